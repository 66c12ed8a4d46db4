# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form as a Word document: headings, tables with a header row, and content controls where something is to be written.

It is for filling in and sending by those who still do; Överens reads none of it back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from overens.rendering import word as docs
from overens.rules.findings import word
from overens.rules.printed import Box, Costs, Part, Printed, as_amount

LINES = 9  # rows to write costs in, on a blank form
FIELDS, COSTS = (74, 98), (44, 48, 36, 44)  # widths of columns in mm


def write(form: Printed, made_at: dt.datetime) -> bytes:
    """The form as .docx. ``made_at`` (aware) is what its properties say."""
    document = docx.Document()
    _set_up(document, form, made_at)
    document.add_heading(form.title, 1)
    document.add_paragraph(form.agreement)
    if form.status != "blank":
        document.add_paragraph().add_run(word(f"form-{form.status}", form.language)).bold = True
    for part in form.parts:
        document.add_heading(part.title, 2)
        _part(document, part, form)
    return docs.saved(document)


def _set_up(document: Document, form: Printed, made_at: dt.datetime) -> None:
    lines = [", ".join(text for text in (form.title, form.sender) if text)]
    if form.about.case:
        lines.append(f"{word('form-case', form.language)} {form.about.case}")
    lines += [f"{whose}: {number}" for whose, number in form.numbers]
    docs.set_up(
        document,
        docs.Frame(
            title=f"{form.title} – {form.agreement}",
            sender=form.sender,
            language=form.language,
            head=tuple(lines),
            foot=word(f"form-{form.status}", form.language),
        ),
        made_at,
    )


def _part(document: Document, part: Part, form: Printed) -> None:
    for kind, run in groupby(part.blocks, key=_kind):
        blocks = list(run)
        for block in blocks:
            if isinstance(block, Costs):
                _costs(document, block, form, part)
            elif kind == "declaration":
                document.add_paragraph(block.label)
        if kind == "fields":
            _fields(document, [box for box in blocks if isinstance(box, Box)], form, part)


def _kind(block: Box | Costs) -> str:
    if isinstance(block, Costs):
        return "costs"
    return "declaration" if block.type == "declaration" else "fields"


def _fields(document: Document, boxes: Sequence[Box], form: Printed, part: Part) -> None:
    names = [word("form-item", form.language), word("form-value", form.language)]
    table = docs.table(document, names, FIELDS, part.title)
    for box in boxes:
        label, answer = table.add_row().cells
        label.paragraphs[0].add_run(box.label)
        if box.note:
            docs.small(label.add_paragraph(), box.note)
        _answer(answer, box, form, part)
    docs.widths(table, FIELDS)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _answer(cell: _Cell, box: Box, form: Printed, part: Part) -> None:
    paragraph = cell.paragraphs[0]
    later = part.stage != "writing" and form.status in ("blank", "draft")
    if box.type == "sek":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if box.choices:
        for number, (text, chosen) in enumerate(box.choices):
            if number:
                paragraph = cell.add_paragraph()
            _checkbox(paragraph, f"{box.id}.{number + 1}", text, chosen)
            paragraph.add_run(f" {text}")
    elif box.type == "signature" and not box.value:
        paragraph.paragraph_format.space_after = Pt(32)
    elif box.open or later:
        _control(paragraph, box.id, box.label, box.shown, form, lines=box.type == "long-text")
    else:
        paragraph.add_run(box.shown).bold = box.computed is not None


def _costs(document: Document, costs: Costs, form: Printed, part: Part) -> None:
    if costs.note:
        docs.small(document.add_paragraph(), costs.note)
    names = [word(f"form-cost-{name}", form.language) for name in ("head", "title", "kronor", "key")]
    table = docs.table(document, names, COSTS, word("form-costs", form.language))
    labels = {head.id: head.label for head in costs.heads}
    rows = [(labels[head], row["title"], as_amount(row["kronor"]), row["key"]) for head, row in costs.rows]
    open = costs.heads[0].open
    if form.status == "blank":
        rows += [("", "", "", "")] * LINES
    for number, row in enumerate(rows, start=1):
        for column, (cell, text, name) in enumerate(zip(table.add_row().cells, row, names, strict=True)):
            paragraph = cell.paragraphs[0]
            if column == 2:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if open:
                choices = list(labels.values()) if column == 0 else ()
                key = f"{costs.heads[0].id}.{number}.{column + 1}"
                _control(paragraph, key, f"{name}, {number}", text, form, choices=choices)
            else:
                paragraph.add_run(text)
    for head in costs.heads:
        cells = table.add_row().cells
        cells[0].merge(cells[1]).paragraphs[0].add_run(f"{word('form-sum', form.language)}: {head.label}")
        cells[2].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        cells[2].paragraphs[0].add_run(head.shown).bold = True
    docs.widths(table, COSTS)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _control(
    paragraph: Paragraph,
    tag: str,
    label: str,
    value: str,
    form: Printed,
    *,
    choices: Sequence[str] = (),
    lines: bool = False,
) -> None:
    """A content control: named by its label, with what stands in it, or a word that asks for it."""
    properties = _named(tag, label)
    if not value:
        properties.append(docs.element("w:showingPlcHdr"))
    if choices:
        drop_down = docs.element("w:dropDownList")
        for choice in choices:
            drop_down.append(docs.element("w:listItem", displayText=choice, value=choice))
        properties.append(drop_down)
    else:
        properties.append(docs.element("w:text", **({"multiLine": "1"} if lines else {})))
    # The run is made by the paragraph, which knows how line breaks are written, and moved into the control.
    run = paragraph.add_run(value or word("form-empty-cell", form.language))
    if not value:
        run.font.color.rgb = docs.SOFT
    _wrap(paragraph, properties, run)


def _checkbox(paragraph: Paragraph, tag: str, label: str, chosen: bool) -> None:
    properties = _named(tag, label)
    box = docs.element("w14:checkbox")
    box.append(docs.element("w14:checked", val="1" if chosen else "0"))
    box.append(docs.element("w14:checkedState", val="2612", font="MS Gothic"))
    box.append(docs.element("w14:uncheckedState", val="2610", font="MS Gothic"))
    properties.append(box)
    _wrap(paragraph, properties, paragraph.add_run("☒" if chosen else "☐"))


def _named(tag: str, label: str) -> Any:
    properties = docs.element("w:sdtPr")
    properties.append(docs.element("w:alias", val=label[:64]))
    properties.append(docs.element("w:tag", val=tag[:64]))
    properties.append(docs.element("w:lock", val="sdtLocked"))
    return properties


def _wrap(paragraph: Paragraph, properties: Any, run: Any) -> None:
    control, content = docs.element("w:sdt"), docs.element("w:sdtContent")
    control.append(properties)
    control.append(content)
    content.append(run._r)
    paragraph._p.append(control)
