# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report as PDF: what both standards ask for as far as it can be read out of the file, the same bytes each time, and
everything that is said, whatever is said.

No validator of PDF/A or PDF/UA is run here (veraPDF is a Java program): Typst refuses what does not keep them.
"""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from functools import cache
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from overens.rendering.edition_pdf import pdf
from overens.rendering.edition_tables import SIZES, table_as_data
from overens.rules.edition.charts import Bar, Bars, Lines, Map, Matrix, Point, Series
from overens.rules.edition.document import (
    Block,
    Cell,
    Document,
    Figure,
    HeadCell,
    Link,
    Paragraph,
    Plain,
    Row,
    Section,
    Table,
)  # fmt: skip
from tests.unit.edition.sample import document
from tests.unit.rendering.pdf_text import objects, pages, squeezed, text_of

MADE_AT = dt.datetime(2018, 5, 2, 9, tzinfo=dt.UTC)
EVIL = "#$@<\\*_`\"'=-+/[](){}~^&%;\u202e\u200f\x00\x07😀 <script>{{ x }}</script> " + "ord" * 70
SEEN = "#$@<\\*_`\"'=-+/[](){}~^&%;[U+202E][U+200F][U+0000][U+0007][U+1F600]<script>{{x}}</script>" + "ord" * 70


@cache
def made() -> bytes:
    return pdf(document(), MADE_AT)


def read(content: bytes) -> PdfFileReader:
    return PdfFileReader(io.BytesIO(content))


def said(content: bytes) -> str:
    """Without the signs of a broken word, which are the type's and not the text's."""
    return squeezed(text_of(read(content))).replace("\u00ad", "").replace("\u2060", "")


def of(*blocks: Block, title: str = "Ett avsnitt", **more: Any) -> Document:
    section = Section(id="ett", passage="ett", level=1, kind="body", title=title, number="1", blocks=blocks)
    return document().model_copy(update={"sections": (section,), **more})


def wide(rows: int, columns: int, text: str = "12 345") -> Table:
    return Table(
        id=f"tabell-{rows}-{columns}",
        number="1",
        caption="En stor tabell",
        head=((HeadCell(text="Mottagare"), *(HeadCell(text=f"År {at}") for at in range(1, columns))),),
        rows=tuple(
            Row(cells=(Cell(text=f"Mottagare {row}"), *(Cell(text=text) for _ in range(1, columns))))
            for row in range(rows)
        ),
        figures=(False, *(True for _ in range(1, columns))),
    )


def test_it_says_which_standards_it_keeps_and_what_it_is() -> None:
    reader = read(made())
    xmp = etree.fromstring(reader.root["/Metadata"].data.split(b"?>", 1)[1].rsplit(b"<?xpacket", 1)[0])
    names = {"a": "http://www.aiim.org/pdfa/ns/id/", "ua": "http://www.aiim.org/pdfua/ns/id/",
             "dc": "http://purl.org/dc/elements/1.1/"}  # fmt: skip

    def told(name: str) -> str:
        return "".join(xmp.xpath(f"//{name}//text() | //@{name}", namespaces=names)).strip()

    assert (told("a:part"), told("a:conformance"), told("ua:part")) == ("2", "A", "1")
    assert (told("dc:title"), told("dc:language")) == (document().title, "sv")
    assert told("dc:creator") == "Socialstyrelsen"
    assert f"sha256:{document().sha256()}" in told("dc:subject") + str(reader.trailer["/Info"].get("/Keywords", ""))
    assert reader.root["/Lang"] == "sv"


def test_everything_is_tagged_as_what_it_is() -> None:
    reader = read(made())
    kinds = Counter(
        str(each["/S"])
        for each in objects(reader)
        if isinstance(each, generic.DictionaryObject) and "/S" in each and "/P" in each
    )
    assert {"/H1", "/H2", "/Table", "/THead", "/TR", "/TH", "/TD", "/Caption", "/Figure", "/L", "/LI", "/TOC", "/TOCI",
            "/Note", "/Link"} <= set(kinds)  # fmt: skip
    told = [
        each for each in objects(reader) if isinstance(each, generic.DictionaryObject) and each.get("/S") == "/Figure"
    ]
    charts = sum(1 for _section, block in document().blocks() if isinstance(block, Figure))
    assert sum(1 for each in told if "Uppgifterna står i tabellen" in str(each.get("/Alt", ""))) == charts
    assert all("/StructParents" in page and page["/Tabs"] == "/S" for page in pages(reader))


def test_its_type_is_in_the_file_and_no_other() -> None:
    names = {
        str(each["/FontName"]).partition("+")[2].partition("-")[0]
        for each in objects(read(made()))
        if isinstance(each, generic.DictionaryObject) and each.get("/Type") == "/FontDescriptor"
    }
    assert names == {"SourceSerifPro", "SourceSansPro"}


def test_one_finds_the_way_by_the_outline() -> None:
    opened = pypdfium2.PdfDocument(made())
    outline = [(each.level, " ".join(each.get_title().split())) for each in opened.get_toc()]
    assert (0, "1 Satsningar") in outline
    assert (1, "1.1 Vidareutbildning") in outline
    assert (0, "Bilaga 1. Exempel från landstingen") in outline
    assert (1, "Region Uppsala") in outline


def test_values_tables_and_figures_lead_to_what_they_rest_on() -> None:
    reader = read(made())
    led = {
        str(note.get_object()["/A"]["/URI"])
        for page in pages(reader)
        for note in page.get("/Annots", ())
        if "/URI" in note.get_object().get("/A", {})
    }
    address = document().address
    assert f"{address}varde/count/vns,says=does,year=2017/" in led
    assert {
        f"{address}#{block.id}" for _section, block in document().blocks() if isinstance(block, Table | Figure)
    } <= led
    assert "https://example.org/lag" in led
    assert squeezed("Underlag: prov-2017/tabell-utbildningstjanster") in said(made())


def test_a_link_that_leads_nowhere_good_is_text() -> None:
    to = Link(href="javascript:alert(1)", text="klicka")
    content = pdf(of(Paragraph(id="p", inlines=(to,)), address="ftp://x"), MADE_AT)
    assert "klicka" in said(content)
    assert b"javascript" not in content
    assert b"ftp:" not in content


def test_the_same_document_and_time_give_the_same_bytes() -> None:
    assert pdf(document(), MADE_AT) == made()
    assert pdf(document().model_copy(update={"title": "En annan"}), MADE_AT) != made()


def test_a_draft_says_so_on_every_page_and_a_frozen_edition_shows_its_number() -> None:
    assert all("Utkast" in page.get_textpage().get_text_range() for page in list(pypdfium2.PdfDocument(made()))[1:])
    frozen = pdf(document().model_copy(update={"state": "frozen", "registration": "5.1-123/2018"}), MADE_AT)
    assert "tkast" not in said(frozen)
    assert "5.1-123/2018" in said(frozen)


def test_all_that_is_said_is_there() -> None:
    text = said(made())
    for expected in (
        "Uppföljning av överenskommelsen 2017", "Ett prov med påhittade uppgifter", "30 april 2018", "prov-2017",
        "Tre landsting redovisar att de har infört vårdnära service", '# $ <b> \\ @ * _ `',
        "Att något inte framgår betyder inte att det inte görs.", "Universitetssjukhus", "Region Jämtland Härjedalen",
        "590", "Region Stockholm lämnade inga uppgifter för 2016.", "Källa: Landstingens redovisningar för 2017.",
        "Introduktion i ett landsting", "Region Stockholm · Region Uppsala · Region Skåne", "Inget redovisat",
        "Lag (2017:612)", "Kodbok 1", "Ett landsting räknas när det säger",
    ):  # fmt: skip
        assert squeezed(expected) in text, expected


def test_whatever_is_written_is_read() -> None:
    cells = Table(id="t", number="1", caption=EVIL, head=((HeadCell(text=EVIL), HeadCell(text=EVIL)),),
                  rows=(Row(cells=(Cell(text=EVIL), Cell(text=EVIL))),), figures=(False, True))  # fmt: skip
    drawn = Bars(series=(EVIL,), rows=(Bar(label=EVIL, points=(Point(number=1),)),))
    figure = next(block for _section, block in document().blocks() if isinstance(block, Figure))
    picture = figure.model_copy(update={"chart": drawn, "alt": EVIL, "caption": EVIL})
    content = pdf(
        of(Paragraph(id="p", inlines=(Plain(text=EVIL),)), cells, picture, title=EVIL, subtitle=EVIL, publisher=EVIL),
        MADE_AT,
    )
    assert said(content).replace("-", "").count(SEEN.replace("-", "")) >= 7


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_section_may_be_empty_and_the_first_of_any_level(level: int) -> None:
    first = Section(id="a", passage="a", level=level, kind="body", title="", number="")
    assert pdf(document().model_copy(update={"sections": (first,)}), MADE_AT)


def test_a_report_may_have_nothing_in_it() -> None:
    nothing = document().model_copy(
        update=dict.fromkeys(("sections", "references", "values", "sources", "definitions", "years"), ())
    )
    assert len(pypdfium2.PdfDocument(pdf(nothing, MADE_AT))) == 3


@pytest.mark.parametrize(
    "chart",
    [
        Bars(series=(), rows=()),
        Lines(years=("2017",), series=(Series(name="en", points=(Point(number=1),)),)),
        Lines(years=(), series=()),
        Map(regions=(), limits=()),
        Matrix(columns=(), rows=()),
        Bars(series=("a",), rows=tuple(Bar(label=f"Mottagare {at}", points=(Point(number=at),)) for at in range(311))),
    ],
    ids=lambda chart: chart.kind,
)
def test_a_picture_of_nothing_of_one_point_or_of_very_many(chart: Any) -> None:
    figure = next(block for _section, block in document().blocks() if isinstance(block, Figure))
    assert pdf(of(figure.model_copy(update={"chart": chart, "alt": ""})), MADE_AT)


def test_a_table_longer_than_a_page_has_its_head_on_every_page() -> None:
    opened = pypdfium2.PdfDocument(pdf(of(wide(311, 4)), MADE_AT))
    shown = [page.get_textpage().get_text_range() for page in opened]
    rows = [text for text in shown if "Mottagare 1" in text]
    assert len(rows) > 3
    assert all("År 3" in text for text in rows)


def test_a_table_wider_than_the_paper_lies_and_a_wider_one_folds_out() -> None:
    sizes = [page.get_size() for page in pypdfium2.PdfDocument(pdf(of(wide(3, 20), wide(3, 60)), MADE_AT))]
    lying = [size for size in sizes if size[0] > size[1]]
    assert (round(lying[0][0]), lying[1][0] > 842) == (842, True)


def test_a_hundred_thousand_words() -> None:
    line = Plain(text="Regionerna redovisar arbete med planer för vården " * 12)
    text = tuple(Paragraph(id=f"p-{at}", inlines=(line,)) for at in range(100_000 // 84))
    assert len(pypdfium2.PdfDocument(pdf(of(*text), MADE_AT))) > 150


cells = st.builds(Cell, text=st.text("ab1 ", max_size=40), columns=st.integers(0, 4))
tables = st.builds(
    Table,
    id=st.just("t"),
    caption=st.just("c"),
    head=st.lists(
        st.lists(
            st.builds(HeadCell, text=st.text("xyz", max_size=9), columns=st.integers(0, 5), rows=st.integers(0, 4)),
            max_size=4,
        ).map(tuple),
        max_size=3,
    ).map(tuple),
    rows=st.lists(
        st.builds(Row, cells=st.lists(cells, max_size=5).map(tuple), kind=st.sampled_from(["body", "group", "total"])),
        max_size=4,
    ).map(tuple),
    figures=st.lists(st.booleans(), max_size=4).map(tuple),
    labels=st.integers(0, 6),
    wide=st.booleans(),
)


@given(tables)
def test_however_uneven_a_table_is_nothing_is_left_out_and_nothing_lies_on_another(table: Table) -> None:
    laid = table_as_data(table)
    columns = len(laid["weights"])
    assert len(laid["figures"]) == columns
    assert laid["size"] in SIZES
    assert [cell["text"] for cell in laid["head"]] == [cell.text for line in table.head for cell in line]
    places = [
        (cell["x"] + right, cell["y"] + down)
        for cell in laid["head"]
        for right in range(cell["columns"])
        for down in range(cell["rows"])
    ]
    assert len(places) == len(set(places))
    assert all(x < columns and y < len(table.head) for x, y in places)
    for row, given_row in zip(laid["rows"], table.rows, strict=True):
        assert sum(cell["columns"] for cell in row["cells"]) == columns
        assert [cell["text"] for cell in row["cells"]][: len(given_row.cells)] == [c.text for c in given_row.cells]


@settings(max_examples=15, deadline=None)
@given(tables)
def test_however_uneven_a_table_is_it_is_set(table: Table) -> None:
    assert pdf(of(table), MADE_AT)


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_set(title: str, text: str) -> None:
    assert pdf(of(Paragraph(id="p", inlines=(Plain(text=text),)), title=title), MADE_AT)
