# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The text of an agreement says all of it: every recipient's krona, every day, form and question, in both languages."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Literal

import pytest

from overens.rendering import edition_pdf, edition_word
from overens.rules import annex, reading
from overens.rules.agreement import said
from overens.rules.agreement_text import AGREED, DRAFT, Signed, document
from overens.rules.amounts import group_digits
from overens.rules.edition.document import Document, Table

DAY = dt.date(2019, 9, 12)
AT = dt.datetime(2019, 9, 12, 12, tzinfo=dt.UTC)
Language = Literal["sv", "en"]


def text_of(made: Document) -> str:
    return made.canonical().decode()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("code", sorted(reading.shipped_ids()))
def test_every_shipped_agreement_has_a_text(code: str, language: Language) -> None:
    a = reading.stored(reading.find(code).read_text("utf-8"))
    made = document(a, DAY, language=language, number=1)
    text = text_of(made)
    assert not re.search(r"agreement-[a-z]|\{\w+", text.replace("agreement-agreed", "")), "a wording is missing"
    for thing in (*a.lines, *a.pots, *a.rounds, *a.forms):
        assert said(thing, "title", language) in text
    ids = [section.id for section in made.sections] + [block.id for _section, block in made.blocks()]
    assert len(ids) == len(set(ids))


def test_the_first_annex_is_the_allocation_to_the_krona() -> None:
    a = reading.stored(reading.find("2019").read_text("utf-8"))
    made = document(a, DAY, number=1)
    (table,) = [
        block for _section, block in made.blocks() if isinstance(block, Table) and block.id == "tabell-regioner"
    ]
    rows = {row.cells[0].text: row.cells[-1].text for row in table.rows if row.kind == "body"}
    assert rows == {row.name: group_digits(row.sum) for row in annex.decided(a, "regioner").rows}
    assert table.rows[-1].cells[-1].text == group_digits(3_235_000_000)


def test_a_draft_is_marked_and_a_signature_stands_at_its_party() -> None:
    a = reading.stored(reading.find("2019").read_text("utf-8"))
    assert document(a, DAY).state == DRAFT
    signed = document(a, DAY, number=1, signed=[Signed("SKL", "Namn", "VD", dt.date(2019, 6, 28))])
    assert signed.state == AGREED
    (table,) = [
        block for _s, block in signed.blocks() if isinstance(block, Table) and block.id == "tabell-underskrifter"
    ]
    assert [cell.text for cell in table.rows[1].cells] == [
        "Sveriges Kommuner och Landsting",
        "VD",
        "Namn",
        "28 juni 2019",
    ]
    assert [cell.text for cell in table.rows[0].cells[2:]] == ["", ""]


def test_the_same_text_gives_the_same_bytes() -> None:
    a = reading.stored(reading.find("2017-2018").read_text("utf-8"))
    made = document(a, DAY, number=1)
    word = edition_word.docx(made, AT)
    assert word == edition_word.docx(document(a, DAY, number=1), AT)
    assert "w:document" in zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    pdf = edition_pdf.pdf(made, AT)
    assert pdf == edition_pdf.pdf(made, AT)
    assert b"pdfaid:part" in pdf
