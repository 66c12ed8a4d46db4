# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form as PDF and Word: every label and value stands in each, and each can be read by those who do not see it."""

from __future__ import annotations

import dataclasses
import io
import re
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from overens.rendering import form_pdf, form_word
from overens.rules.printed import Box, Costs, Printed, as_amount
from tests.unit.exchange.filled_form import MADE_AT, TYPED, draft, empty
from tests.unit.rendering.pdf_text import objects, pages, squeezed, text_of

# What both can show as it is: Latin letters, figures and signs; the PDF writes other characters as their codes.
plain = st.text(st.characters(max_codepoint=0x17E, categories=("L", "N", "P", "S", "Zs")), max_size=80)
row = st.fixed_dictionaries({"title": plain, "kronor": st.integers(0, 10**12).map(str) | plain, "key": plain})


def pdf_of(form: Printed) -> PdfFileReader:
    return PdfFileReader(io.BytesIO(form_pdf.pdf(form, MADE_AT)))


def word_of(form: Printed) -> Any:
    return docx.Document(io.BytesIO(form_word.write(form, MADE_AT)))


def word_text(document: Any) -> str:
    """All text, in content controls too, in the order it stands."""
    texts = [element.text or "" for element in document.element.body.iter(qn("w:t"))]
    section = document.sections[0]
    texts += [paragraph.text for part in (section.header, section.footer) for paragraph in part.paragraphs]
    return "".join(texts)


def all_of(form: Printed) -> list[str]:
    """Every text that the form says."""
    texts = [form.title, form.agreement, *(part.title for part in form.parts)]
    for box in form.boxes:
        texts += [box.label, box.note, "" if box.choices else box.shown, *(text for text, _chosen in box.choices)]
    for costs in form.costs:
        for _head, each in costs.rows:
            texts += [each["title"], as_amount(each["kronor"]), each["key"]]
    texts += [text for number in form.numbers for text in number]
    return [squeezed(text.replace("\u00ad", "")) for text in texts if text.strip()]


def named(form: Printed, **changes: Any) -> Printed:
    return dataclasses.replace(form, **changes)


FORMS = {
    f"{kind}-{language}-{status}": make(kind, language)
    for kind in ("requisition", "financial-report")
    for language in ("sv", "en")
    for status, make in (
        ("draft", lambda kind, language: draft(TYPED if kind != "requisition" else {}, kind, language)),
        ("blank", empty),
    )
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_label_and_value_stands_in_pdf_and_word(form: Printed) -> None:
    for said in (squeezed(text_of(pdf_of(form))), squeezed(word_text(word_of(form)))):
        assert [text for text in all_of(form) if text not in said] == []


@settings(max_examples=25)
@given(name=plain, rows=st.lists(row, max_size=3))
def test_whatever_is_typed_stands_in_pdf_and_word(name: str, rows: list[dict[str, str]]) -> None:
    form = draft({**TYPED, "E1.3": name, "E3.2b": rows})
    for said in (squeezed(text_of(pdf_of(form))), squeezed(word_text(word_of(form)))):
        assert [text for text in all_of(form) if text not in said] == []


@pytest.mark.parametrize(
    "text", ["😀 漢字", "שלום", "a\u202eb", "x\x00y\x0b", "rad 1\nrad 2", "x" * 4000, "#panic() *b*"]
)
def test_any_text_can_be_drawn(text: str) -> None:
    form = draft({**TYPED, "E1.3": text, "E3.2a": [{"title": text, "kronor": text, "key": text}]})
    assert form_pdf.pdf(form, MADE_AT).startswith(b"%PDF-1.7")
    assert word_of(form).paragraphs


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_pdf_says_that_it_is_pdf_a_2a_and_pdf_ua_1_and_is_tagged(form: Printed) -> None:
    reader = pdf_of(form)
    xmp = reader.root["/Metadata"].data.decode()
    for name, value in (("pdfaid:part", "2"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")):
        assert re.search(rf"{name}(>|=\"){value}", xmp), name
    assert reader.root["/MarkInfo"]["/Marked"] == True  # noqa: E712  (a PDF's own boolean)
    assert (reader.root["/Lang"], reader.root["/ViewerPreferences"]["/DisplayDocTitle"]) == (form.language, True)
    kinds = [str(each["/S"]) for each in objects(reader) if isinstance(each, generic.DictionaryObject)
             and "/S" in each and "/P" in each]  # fmt: skip
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == len(form.parts)
    assert kinds.count("/TH") == 4 * sum(1 for _ in form.costs)
    assert all("/StructParents" in page for page in pages(reader))


def test_the_registration_numbers_and_the_draft_mark_stand_on_every_page() -> None:
    form = draft({**TYPED, "E3.2b": [{"title": f"Post {n}", "kronor": "1", "key": ""} for n in range(80)]})
    reader = pdf_of(form)
    whole = squeezed(text_of(reader))
    count = len(pages(reader))
    assert count > 2
    assert whole.count(squeezed("9.2-12345-2019")) == count
    assert whole.count(f"Sida{count}({count})") == 1
    assert whole.count(squeezed("Utkast – inte underskrivet")) == count + 1
    assert whole.count("UTKAST") == count


def test_what_is_not_a_draft_has_no_mark() -> None:
    for status in ("blank", "frozen", "signed"):
        assert "UTKAST" not in text_of(pdf_of(named(draft(), status=status)))


def test_the_chosen_alternative_is_ticked_in_text() -> None:
    review = draft().parts[3]
    box = dataclasses.replace(review.blocks[0], choices=(("Alt 1", False), ("Alt 2", True)))
    form = named(draft(), parts=(dataclasses.replace(review, blocks=(box,)),))
    for said in (squeezed(text_of(pdf_of(form))), squeezed(word_text(word_of(form)))):
        assert "☐Alt1" in said
        assert "☒Alt2" in said


def test_the_same_form_gives_the_same_pdf() -> None:
    assert form_pdf.pdf(draft(), MADE_AT) == form_pdf.pdf(draft(), MADE_AT)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_word_document_has_headings_header_rows_names_and_language(language: str) -> None:
    form = draft(language=language)
    document = word_of(form)
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert styles == ["Heading 1"] + ["Heading 2"] * len(form.parts)
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    assert document.core_properties.title.startswith(form.title)
    wanted = {"sv": "sv-SE", "en": "en-GB"}[language]
    assert document.core_properties.language == wanted
    assert document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").get(qn("w:val")) == wanted
    section = document.sections[0]
    assert "9.2-12345-2019" in section.header.paragraphs[0].text
    assert "PAGE" in etree.tostring(section.footer._element).decode()
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_what_is_to_be_filled_in_in_word_is_a_control_with_its_label() -> None:
    form = draft()
    controls = {
        control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")): control
        for control in word_of(form).element.body.iter(qn("w:sdt"))
    }
    asked = {box.id: box for part in form.parts if part.stage == "writing" for box in part.blocks
             if not isinstance(box, Costs) and box.open}  # fmt: skip
    assert set(asked) <= set(controls)
    for id, box in asked.items():
        properties = controls[id].find(qn("w:sdtPr"))
        assert properties.find(qn("w:alias")).get(qn("w:val")) == box.label[:64]
        empty_now = properties.find(qn("w:showingPlcHdr")) is not None
        assert empty_now == (not box.value)
    heads = [each.get(qn("w:value")) for each in next(
        control for tag, control in controls.items() if tag.endswith(".1.1")
    ).iter(qn("w:listItem"))]  # fmt: skip
    assert heads == [head.label for costs in form.costs for head in costs.heads]
    assert not {box.id for box in form.boxes if box.computed} & set(controls)


def test_a_signed_form_in_word_is_text_only() -> None:
    def closed(block: Box | Costs) -> Box | Costs:
        return block if isinstance(block, Costs) else dataclasses.replace(block, open=False, choices=())

    later = (part for part in draft().parts if part.stage != "writing")
    parts = tuple(dataclasses.replace(part, blocks=tuple(map(closed, part.blocks))) for part in later)
    assert list(word_of(named(draft(), status="signed", parts=parts)).element.body.iter(qn("w:sdt"))) == []
