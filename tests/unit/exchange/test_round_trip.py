# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is written to an Excel form is what is read back, for any form and anything typed; and how the file is made."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.exchange.forms import layout, reading, workbook
from overens.rules import forms
from overens.rules.amounts import LARGEST, AmountError, parse_amount
from overens.rules.asked import Form
from overens.rules.printed import About, cost_rows, printed
from overens.rules.text import is_writable
from tests.unit.exchange.filled_form import CASE, KNOWN, MADE_AT, TYPED, agreement, draft, edited, empty, excel, form

# Openpyxl takes "x005F_" for Excel's own mark of a character, wherever it stands.
text = st.text(max_size=60).filter(lambda text: is_writable(text) and "_x" not in text and "x005F_" not in text)
label = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40)
amount = st.integers(0, LARGEST).map(str) | st.sampled_from(["1 000", "12,50", "-4", "många"]) | text
row = st.fixed_dictionaries({"title": text, "kronor": amount, "key": text})
TYPES = ("text", "long-text", "phone", "email", "sek", "date")


@st.composite
def a_form(draw: st.DrawFn) -> Form:
    """Any form: sections of fields and of heads of costs, with a sum of all kronor."""
    labels = draw(st.lists(label, min_size=4, max_size=12, unique_by=layout.same))
    sections, ids = [], []
    for number in range(draw(st.integers(1, 3))):
        fields = []
        for _ in range(draw(st.integers(1, 4))):
            if not labels:
                break
            id = f"F{number}.{len(ids)}"
            items = draw(st.booleans())
            type = "sek" if items else draw(st.sampled_from(TYPES))
            fields.append({"id": id, "label": labels.pop(), "type": type, "required": False, "items": items})
            ids.append((id, type))
        if fields:
            sections.append({"id": str(number + 1), "title": f"Del {number}", "field": tuple(fields)})
    sums = tuple(id for id, type in ids if type == "sek")
    total = {"id": "S", "label": "Totalt", "type": "sek", "required": False, "computed": {"plus": sums}}
    sections[-1]["field"] += (total,)
    return Form.model_validate(
        {"id": "financial-report", "version": 1, "title": draw(label), "section": tuple(sections)}
    )


def typed_in(definition: Form) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            field.id: st.lists(row, max_size=3) if field.items else amount if field.type == "sek" else text
            for field in definition.fields
            if not field.computed
        },
    )


def normal(definition: Form, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as a file gives it back: amounts in digits, line breaks as one character, nothing for nothing."""

    def plain(raw: str) -> str:
        return raw.replace("\r", "").strip()

    def kronor(raw: str) -> str:
        try:
            return str(parse_amount(raw))
        except AmountError:
            return plain(raw)

    found: dict[str, Any] = {}
    heads: dict[str, Any] = {}
    for field in definition.fields:
        value = typed.get(field.id)
        if field.items:
            rows = [{"title": plain(r["title"]), "kronor": kronor(r["kronor"]), "key": plain(r["key"])}
                    for r in value or []]  # fmt: skip
            heads[field.id] = [r for r in rows if any(r.values())]
        elif value and (shown := (kronor if field.type == "sek" else plain)(value)):
            found[field.id] = shown
    return found | (heads if any(heads.values()) else {})


@settings(max_examples=60)
@given(data=st.data(), language=st.sampled_from(["sv", "en"]))
def test_what_is_written_is_read_back(data: st.DataObject, language: str) -> None:
    definition = data.draw(a_form())
    typed = data.draw(typed_in(definition))
    about = About("financial-report", 1, "2019", 1, CASE, data.draw(st.integers(-1, 99)))
    values = {**forms.fill(definition, {}, typed).values, **{k: v for k, v in typed.items() if isinstance(v, str)}}
    shown = printed(definition, agreement(), about, "draft", language, values, cost_rows(typed, definition))
    file = reading.read(workbook.write(shown, MADE_AT), definition)
    assert file.about == about
    assert file.typed == normal(definition, typed)
    assert file.findings == ()


@settings(max_examples=20)
@given(typed=st.fixed_dictionaries({"E1.3": text, "E3.2a": st.lists(row, max_size=4)}))
def test_the_2019_report_says_the_same_after_a_file(typed: dict[str, Any]) -> None:
    """Values and findings of the form are those that they would have been without the file."""
    file = reading.read(excel(typed), form())
    again, before = (forms.fill(form(), KNOWN, each) for each in (file.typed, normal(form(), typed)))
    assert (again.values, again.costs) == (before.values, before.costs)
    assert [finding.code for finding in again.findings] == [finding.code for finding in before.findings]


def test_both_forms_come_back_whole() -> None:
    for kind in ("requisition", "financial-report"):
        file = reading.read(excel({}, kind), form(kind))
        assert file.about == About(kind, 1, "2019", 1, CASE, 3)
        asked = {field.id for field in form(kind).fields if KNOWN.get(field.prefill or "")}
        assert asked == set(file.typed) | set(file.stated) - {"E3.3", "E3.4"}


def test_a_blank_form_knows_its_agreement_and_no_case() -> None:
    file = reading.read(workbook.write(empty(), MADE_AT), form())
    assert file.about == About("financial-report", 1, "2019", 1)
    assert file.typed == {}
    assert set(file.stated) == {"E2.1", "E2.3", "E2.6", "E3.3", "E3.4"}


def test_the_same_form_gives_the_same_bytes() -> None:
    assert excel() == workbook.write(draft(), MADE_AT)
    assert excel() != excel({**TYPED, "E1.3": "En annan"})


def test_what_is_asked_is_open_and_the_rest_is_locked() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(excel())).worksheets[0]
    cells = reading.read(excel(), form()).cells
    assert sheet.protection.sheet
    unlocked = {key for key, address in cells.items() if not sheet[address].protection.locked}
    assert unlocked == {key for key in cells if key in TYPED or key.startswith("E1") or key.count(".") > 1} - {
        "E1.1", "E1.2"
    }  # fmt: skip


def test_it_is_made_to_be_worked_with_and_printed() -> None:
    book = openpyxl.load_workbook(io.BytesIO(excel()))
    sheet, hidden = book.worksheets
    assert (sheet.title, hidden.title, hidden.sheet_state) == ("Ekonomisk berättelse", layout.HIDDEN, "veryHidden")
    assert sheet.freeze_panes == "A3"
    assert sheet.print_area
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert CASE in sheet.oddFooter.left.text
    assert "S2019/1" in sheet.oddFooter.left.text
    rules = {each.type for each in sheet.data_validations.dataValidation}
    assert {"whole", "list"} <= rules
    assert all(each.promptTitle for each in sheet.data_validations.dataValidation), "each cell is read out by its name"
    assert book.properties.title.startswith("Ekonomisk berättelse")


def test_the_alternatives_of_the_review_are_all_there() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(excel())).worksheets[0]
    shown = [str(cell.value) for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("☐")]
    assert [text.count("☐ Alt") for text in shown] == [2]


def test_sums_are_formulas_that_have_their_values() -> None:
    cells = reading.read(excel(), form()).cells
    formulas, values = (openpyxl.load_workbook(io.BytesIO(excel()), data_only=only).worksheets[0]
                        for only in (False, True))  # fmt: skip
    for key, kronor in (("E3.3", 26_500_000), ("E3.4", 23_995_445)):
        assert formulas[cells[key]].value.startswith("=")
        assert values[cells[key]].value == kronor


def test_nothing_that_was_typed_is_a_formula_even_when_it_is_edited_again() -> None:
    typed = {"E1.3": "=1+1", "E3.2a": [{"title": "@SUM(1)", "kronor": "1", "key": "-2"}]}
    sheet = openpyxl.load_workbook(io.BytesIO(excel(typed))).worksheets[0]
    cells = reading.read(excel(typed), form()).cells
    for key in ("E1.3", "E3.2a.0.title", "E3.2a.0.key"):
        cell = sheet[cells[key]]
        assert (cell.data_type, cell.quotePrefix, cell.number_format) == ("s", True, "@"), key


def test_what_is_typed_in_another_program_comes_back() -> None:
    file = reading.read(edited(excel(), {"B16": "0455-1 23 45"}), form())
    assert file.cells["E1.6"] == "B16"
    assert file.typed["E1.6"] == "0455-1 23 45"
