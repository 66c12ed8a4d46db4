# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A paper as PDF: what both standards ask for as far as it can be read out of the file, the same bytes each time, and
text that comes out as the text that went in.

No validator of PDF/A or PDF/UA is run here (veraPDF is a Java program); docs/signatures.md says what that leaves open.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from overens.rendering.paper import Content, Fields, Grid, Line, Prose, grouped, pdf
from tests.unit.rendering.pdf_text import objects, pages, squeezed, text_of

CONTENT = Content(
    title="Rekvisition",
    subtitle="Medel till landstingen",
    language="sv",
    sender="Region Blekinge",
    recipient="Kammarkollegiet",
    day="27 november 2019",
    made_at=dt.datetime(2019, 11, 27, 9, 30, tzinfo=dt.UTC),
    numbers=(Line("Dnr Socialdepartementet", "S2019/03899/FS"), Line("Dnr Kammarkollegiet", "9.2-12345-2019")),
    blocks=(
        Fields("Kontaktuppgifter", (Line("Bidragsmottagare", "Region Blekinge"), Line("Belopp", "50 495 445 kr"))),
        Grid("Fördelning", ("Mottagare", "Kronor"), (False, True), (("Blekinge", "1 kr"),), ("Summa", "1 kr")),
        Prose("Skäl", ("Ett stycke.", "Ett till.")),
    ),
    sha256="0123456789abcdef" * 4,
)
NAMESPACES = {"pdfaid": "http://www.aiim.org/pdfa/ns/id/", "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
              "dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/"}  # fmt: skip


def reader_of(content: Content) -> PdfFileReader:
    return PdfFileReader(io.BytesIO(pdf(content)))


def test_it_says_that_it_is_pdf_a_2a_and_pdf_ua_1() -> None:
    reader = reader_of(CONTENT)
    assert reader.input_version == (1, 7)
    xmp = etree.fromstring(reader.root["/Metadata"].data.split(b"?>", 1)[1].rsplit(b"<?xpacket", 1)[0])

    def told(name: str) -> str:
        return "".join(xmp.xpath(f"//{name}//text() | //@{name}", namespaces=NAMESPACES)).strip()

    assert (told("pdfaid:part"), told("pdfaid:conformance"), told("pdfuaid:part")) == ("2", "A", "1")
    assert (told("dc:title"), told("dc:language"), told("dc:creator")) == ("Rekvisition", "sv", "Region Blekinge")
    assert told("xmp:CreateDate").startswith("2019-11-27T09:30")


def test_it_is_tagged_with_language_title_and_header_cells() -> None:
    reader = reader_of(CONTENT)
    root = reader.root
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  (a PDF's own boolean)
    assert root["/Lang"] == "sv"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    kinds = [str(each["/S"]) for each in objects(reader) if isinstance(each, generic.DictionaryObject)
             and "/S" in each and "/P" in each]  # fmt: skip
    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD"} <= set(kinds)
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 4
    assert "/StructTreeRoot" in root
    assert all("/StructParents" in page and page["/Tabs"] == "/S" for page in pages(reader))


def test_every_font_is_in_the_file_and_colours_are_defined() -> None:
    reader = reader_of(CONTENT)
    described = [each for each in objects(reader) if isinstance(each, generic.DictionaryObject)
                 and each.get("/Type") == "/FontDescriptor"]  # fmt: skip
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(each) for each in described)
    assert {re.sub(r"^/[A-Z]{6}\+", "", str(each["/FontName"])).split("-")[0] for each in described} == {
        "SourceSansPro"
    }
    assert reader.root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert not reader.encrypted


def test_it_holds_nothing_that_acts() -> None:
    for each in objects(reader_of(CONTENT)):
        if isinstance(each, generic.DictionaryObject):
            assert not {"/AA", "/OpenAction", "/JS", "/EF", "/Launch"} & set(each)


def test_the_same_content_gives_the_same_bytes_whenever_it_is_drawn() -> None:
    assert pdf(CONTENT) == pdf(dataclasses.replace(CONTENT))
    assert pdf(CONTENT) != pdf(dataclasses.replace(CONTENT, sha256="f" * 64))


def test_the_checksum_stands_on_the_paper_and_in_its_keywords() -> None:
    reader = reader_of(CONTENT)
    assert grouped(CONTENT.sha256, 8) in text_of(reader).replace("\n", " ")
    assert reader.trailer["/Info"]["/Keywords"] == f"sha256:{CONTENT.sha256}"


def test_everything_that_is_to_be_read_is_read() -> None:
    said = squeezed(text_of(reader_of(CONTENT)))
    for text in ("Rekvisition", "Region Blekinge", "Till", "Kammarkollegiet", "S2019/03899/FS", "9.2-12345-2019",
                 "50 495 445 kr", "Ett till.", "Sida 1 (1)", "27 november 2019"):  # fmt: skip
        assert squeezed(text) in said, text
    assert "Testnyckel" not in said
    assert squeezed("Testnyckel – gäller inte") in squeezed(
        text_of(reader_of(dataclasses.replace(CONTENT, test_key=True)))
    )


def test_a_paper_to_sign_has_the_declaration_the_lines_and_the_code() -> None:
    content = dataclasses.replace(CONTENT, declaration="Jag intygar detta.", code="a1b2 c3d4 e5f6")
    said = squeezed(text_of(reader_of(content)))
    for text in ("Jag intygar detta.", "Underskrift", "Namnförtydligande", "Datum", "a1b2 c3d4 e5f6"):
        assert squeezed(text) in said


def test_it_speaks_english_too() -> None:
    said = squeezed(text_of(reader_of(dataclasses.replace(CONTENT, language="en", test_key=True))))
    assert squeezed("Page 1 (1)") in said
    assert squeezed("Test key – not valid") in said


HOSTILE = [
    "#strong[x] *y* _z_ `w` $a^2$ @ref <label> // comment \\ /* */",
    '#{panic("no")} #import "x.typ" #sys.inputs',
    "<script>alert(1)</script> &amp; %s {0}",
    "1 000 000 000 000 kr",
    "Ett",
    "rad ett\nrad två",
    "Ðóra Þorsteinsdóttir, Łukasz Żółć, Ångström",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_text(text: str) -> None:
    content = dataclasses.replace(
        CONTENT, title=text, blocks=(Fields(text, (Line(text, text, (text,)),)), Prose("", (text,)))
    )
    assert squeezed(text_of(reader_of(content))).count(squeezed(text)) >= 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("😀", "[U+1F600]"),
        ("漢字", "[U+6F22][U+5B57]"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\x00b\x1bc", "a[U+0000]b[U+001B]c"),
        ("so\u00adft\u200b", "soft"),
        ("e\u0301", "é"),
    ],
)
def test_what_no_font_has_or_what_steers_the_reader_is_written_as_its_code(text: str, said: str) -> None:
    content = dataclasses.replace(CONTENT, blocks=(Prose("", (text,)),))
    assert said in squeezed(text_of(reader_of(content)))


def test_hebrew_and_arabic_are_set_with_their_own_letters() -> None:
    said = text_of(reader_of(dataclasses.replace(CONTENT, blocks=(Prose("", ("שלום", "سلام")),))))
    assert set("שלום") <= set(said)


@pytest.mark.parametrize("length", [27, 28, 200, 5000])
def test_a_very_long_word_stays_on_the_paper(length: int) -> None:
    content = dataclasses.replace(CONTENT, blocks=(Fields("", (Line("x" * length, "y" * length),)),))
    reader = reader_of(content)
    assert text_of(reader).count("y") >= length
    for page in pages(reader):
        right = [float(x) for x in re.findall(rb"1 0 0 -?1 ([\d.]+) [\d.]+ (?:Tm|cm)", page["/Contents"].data)]
        assert all(x <= 595.3 for x in right)


@settings(max_examples=25)
@given(text=st.text(max_size=300))
def test_whatever_is_written_a_paper_can_be_set(text: str) -> None:
    content = dataclasses.replace(CONTENT, title=text or "–", sender=text, blocks=(Fields(text, (Line(text, text),)),))
    assert pdf(content).startswith(b"%PDF-1.7")
