# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form as an Excel file: light cells to fill in, the rest locked, sums as formulas with their values.

The lock has no password: it keeps from mistakes. Text is always written as text, so that nothing typed is a formula.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from overens.exchange.forms import layout
from overens.exchange.forms.layout import KRONOR, LABEL, NOTE, TEXT, Place
from overens.rules.amounts import LARGEST, AmountError, in_digits, parse_amount
from overens.rules.findings import word
from overens.rules.printed import Box, Costs, Printed

# What a spreadsheet would take for a formula where it is typed.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST = 32_000  # characters in a cell; Excel's own limit is 32 767
MONEY = "#,##0"
INK, SOFT, LINE, INPUT, BAND = "#1b2730", "#4a5560", "#8a97a2", "#fff8dc", "#e4edf3"
WIDTHS = (52, 44, 20, 44)


def write(form: Printed, made_at: dt.datetime) -> bytes:
    """The form as .xlsx. ``made_at`` (aware) is what its properties say; the same form and time give the same bytes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        title = f"{form.title} – {form.agreement}"
        book.set_properties({"title": title[:250], "author": form.sender[:250], "created": made_at.astimezone(dt.UTC)})
        _Sheet(book, form).write()
    return file.getvalue()


class _Sheet:
    """The sheet under way: ``row`` is the next one, ``places`` what has been written where."""

    def __init__(self, book: Any, form: Printed) -> None:
        self.book, self.form, self.row = book, form, 0
        self.name = re.sub(r"[\[\]:*?/\\']", " ", form.title).strip()[:31] or layout.FORMAT
        self.sheet: Worksheet = book.add_worksheet(self.name)
        self.hidden: Worksheet = book.add_worksheet(layout.HIDDEN)
        self.places: list[Place] = []
        self.cells: dict[str, str] = {}  # field id -> the cell with its kronor
        self.values = {box.id: box.value for box in form.boxes}

    def write(self) -> None:
        self._page()
        self._top()
        for part in self.form.parts:
            self.row += 1
            for column in range(4):
                self.sheet.write_blank(self.row, column, None, self._format("band"))
            self._text(self.row, LABEL, part.title, "band")
            self.row += 1
            for block in part.blocks:
                self._costs(block) if isinstance(block, Costs) else self._box(block)
        self.sheet.print_area(0, 0, self.row, NOTE)
        self._map()

    def _format(self, kind: str, **more: Any) -> Format:
        base: dict[str, Any] = {
            "font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top", "text_wrap": True
        }  # fmt: skip
        boxed = {"border": 1, "border_color": LINE}
        kinds: dict[str, dict[str, Any]] = {
            "title": {"bold": True, "font_size": 18, "text_wrap": False},
            "plain": {"text_wrap": False},
            "soft": {"font_color": SOFT, "font_size": 10, "indent": 1},
            "status": {"bold": True, "text_wrap": False},
            "band": {"bold": True, "font_size": 12, "bg_color": BAND, "text_wrap": False},
            "label": {},
            "head": {"bold": True, "bg_color": BAND, **boxed},
            "text": {"num_format": "@", **boxed},
            "money": {"num_format": MONEY, "align": "right", "indent": 1, **boxed},
            "sum": {"num_format": MONEY, "align": "right", "indent": 1, "bold": True, **boxed},
        }
        return self.book.add_format({**base, **kinds[kind], **more})

    def _input(self, kind: str, value: str = "") -> Format:
        return self._format(kind, locked=False, bg_color=INPUT, quote_prefix=value.startswith(FORMULA))

    def _text(self, row: int, column: int, text: str, kind: str | Format) -> None:
        form = self._format(kind) if isinstance(kind, str) else kind
        if text:
            self.sheet.write_string(row, column, text[:LONGEST], form)
        else:
            self.sheet.write_blank(row, column, None, form)

    def _height(self, row: int, *texts: str) -> None:
        """Room for the texts of a row, column by column: Excel does not make it where the file does not say it."""
        lines = max(
            sum(1 + len(line) // width for line in text.splitlines() or [""])
            for text, width in zip(texts, WIDTHS, strict=False)
        )
        self.sheet.set_row(row, min(409, 4 + 15 * lines))

    def _kronor(self, row: int, column: int, text: str, form: Callable[[str], Format]) -> None:
        """A number where it is one; anything else that was typed stays as it was typed."""
        try:
            self.sheet.write_number(row, column, parse_amount(text), form("money"))
        except AmountError:
            self._text(row, column, text, form("money"))

    def _page(self) -> None:
        sheet = self.sheet
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        numbers = ", ".join(f"{whose} {number}" for whose, number in self.form.numbers).replace("&", "&&")
        left = " · ".join(text for text in (self.form.about.case, numbers) if text)[:180]
        sheet.set_footer(f"&L{left}&R{word('form-page', self.form.language)} &P (&N)")
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.freeze_panes(2, 0)

    def _top(self) -> None:
        form = self.form
        self._text(0, LABEL, form.title, "title")
        self.sheet.set_row(0, 30)
        self._text(1, LABEL, word(f"form-{form.status}", form.language), "status")
        lines = [form.sender, form.agreement, *(f"{whose}: {number}" for whose, number in form.numbers)]
        if form.about.case:
            lines.append(f"{word('form-case', form.language)}: {form.about.case}")
        if form.status in ("blank", "draft"):
            lines.append(word("form-fill-in", form.language))
        self.row = 2
        for line in filter(None, lines):
            self._text(self.row, LABEL, line, "plain")
            self.row += 1

    def _box(self, box: Box) -> None:
        if box.type == "declaration":
            self.sheet.merge_range(self.row, LABEL, self.row, NOTE, box.label, self._format("label"))
            self.sheet.set_row(self.row, 4 + 15 * (1 + len(box.label) // 130))
            self.row += 1
            return
        self._text(self.row, LABEL, box.label, "label")
        self._text(self.row, NOTE, box.note, "soft")
        is_sum, shown = box.type == "sek", ""
        column = KRONOR if is_sum else TEXT
        if box.computed:
            self._sum(self.row, box)
        elif is_sum:
            self._kronor(self.row, column, box.value, self._maker(box.open, box.value))
        else:
            shown = _chosen(box) if box.choices else box.value if box.open and box.type != "period" else box.shown
            self._text(self.row, column, shown, self._maker(box.open, shown)("text"))
        if box.open:
            self._validated(self.row, column, self.row, box.label, is_sum, [text for text, _chosen in box.choices])
        self._height(self.row, box.label, shown, "", box.note)
        cell = xl_rowcol_to_cell(self.row, column)
        self.cells[box.id] = cell
        self._place("field", box.id, cell, box.label, xl_rowcol_to_cell(self.row, column, True, True))
        self.row += 1

    def _maker(self, open: bool, value: str = "") -> Callable[[str], Format]:
        return (lambda kind: self._input(kind, value)) if open else self._format

    def _costs(self, costs: Costs) -> None:
        """A table of rows, the head chosen in each; below it the sum of each head."""
        language = self.form.language
        if costs.note:
            self._text(self.row, LABEL, costs.note, self._format("soft", text_wrap=False))
            self.row += 1
        for column, name in enumerate(("head", "title", "kronor", "key")):
            self._text(self.row, column, word(f"form-cost-{name}", language), "head")
        first, open = self.row + 1, costs.heads[0].open
        spare = max(layout.ROWS - len(costs.rows), layout.SPARE) if open else 0
        last = self.row + max(1, min(len(costs.rows) + spare, layout.MOST_ROWS))
        labels = {head.id: head.label for head in costs.heads}
        rows = [*costs.rows, *[("", {"title": "", "kronor": "", "key": ""})] * (last - first + 1 - len(costs.rows))]
        for at, (head, row) in enumerate(rows, start=first):
            self._text(at, LABEL, labels.get(head, ""), self._maker(open)("text"))
            self._text(at, TEXT, row["title"], self._maker(open, row["title"])("text"))
            self._kronor(at, KRONOR, row["kronor"], self._maker(open, row["kronor"]))
            self._text(at, NOTE, row["key"], self._maker(open, row["key"])("text"))
            self._height(at, labels.get(head, ""), row["title"], "", row["key"])
        last = first + len(rows) - 1
        if open:
            start = layout.MAP_ROW + len(self.places) + 1  # the heads follow their table in the map
            heads = f"={layout.HIDDEN}!{xl_range_abs(start, 4, start + len(costs.heads) - 1, 4)}"
            self._validated(first, LABEL, last, word("form-cost-head", language), False, heads)
            for column, name in ((TEXT, "title"), (NOTE, "key")):
                self._validated(first, column, last, word(f"form-cost-{name}", language), False, [])
            self._validated(first, KRONOR, last, word("form-cost-kronor", language), True, [])
        area = f"{xl_rowcol_to_cell(first, LABEL)}:{xl_rowcol_to_cell(last, NOTE)}"
        self._place("costs", costs.heads[0].id, area, "", xl_range_abs(first, LABEL, last, NOTE))
        self.row = last + 1
        for each in costs.heads:
            self.places.append(Place("", "head", each.id, "", each.label))
            heading = f"{layout.HIDDEN}!{xl_rowcol_to_cell(layout.MAP_ROW + len(self.places) - 1, 4, True, True)}"
            where, what = xl_range_abs(first, LABEL, last, LABEL), xl_range_abs(first, KRONOR, last, KRONOR)
            self._text(self.row, LABEL, f"{word('form-sum', language)}: {each.label}", "label")
            value = in_digits(each.value)
            formula = f"=SUMIF({where},{heading},{what})"
            self.sheet.write_formula(self.row, KRONOR, formula, self._format("money"), 0 if value is None else value)
            self._height(self.row, each.label)
            self.cells[each.id] = xl_rowcol_to_cell(self.row, KRONOR)
            self.row += 1

    def _sum(self, row: int, box: Box) -> None:
        """What the agreement says that a field is the sum of, as a formula of the cells that it names."""
        assert box.computed is not None
        plus = "+".join(self.cells[id] for id in box.computed.plus if id in self.cells) or "0"
        minus = "".join(f"-{self.cells[id]}" for id in box.computed.minus if id in self.cells)
        floor = box.computed.floor
        formula = f"={plus}{minus}" if floor is None else f"=MAX({floor},{plus}{minus})"
        value = in_digits(box.value)
        self.sheet.write_formula(row, KRONOR, formula, self._format("sum"), 0 if value is None else value)

    def _validated(
        self, first: int, column: int, last: int, label: str, is_sum: bool, choices: list[str] | str
    ) -> None:
        """What the cell takes; its label is read out where the cell is chosen. choices: texts, or where they stand."""
        language = self.form.language
        rule: dict[str, Any] = {"validate": "any"}
        message = word("form-text-cell", language)
        if is_sum:
            message = word("form-amount-cell", language)
            rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": LARGEST,
                    "error_title": word("form-cost-kronor", language), "error_message": message}  # fmt: skip
        elif choices:
            message = word("form-choice-cell", language)
            if isinstance(choices, str) or len(",".join(choices)) <= 255:
                rule = {"validate": "list", "source": choices, "error_message": message}
        rule |= {"input_title": label[:32], "input_message": f"{label[:150]}. {message}"[:255], "ignore_blank": True}
        self.sheet.data_validation(first, column, last, column, rule)

    def _place(self, kind: Any, field: str, address: str, label: str, absolute: str) -> None:
        name = f"{'kostnader' if kind == 'costs' else 'falt'}_{len(self.places) + 1}"
        self.places.append(Place(name, kind, field, address, label))
        self.book.define_name(name, f"='{self.name}'!{absolute}")

    def _map(self) -> None:
        hidden = self.hidden
        about = layout.stated(self.form.about)
        for row, (key, value) in enumerate(zip(layout.ABOUT, about, strict=True)):
            hidden.write_string(row, 0, key)
            hidden.write_string(row, 1, value)
        hidden.write_string(len(layout.ABOUT), 0, "checksum")
        hidden.write_string(len(layout.ABOUT), 1, layout.checksum(about, self.places))
        for column, name in enumerate(Place._fields):
            hidden.write_string(layout.MAP_ROW - 1, column, name)
        for row, place in enumerate(self.places, start=layout.MAP_ROW):
            for column, value in enumerate(place):
                hidden.write_string(row, column, value)
        hidden.protect("")
        hidden.very_hidden()


def _chosen(box: Box) -> str:
    """The choice that is made, where it is chosen from a list; else all of them, ticked or not."""
    if box.open:
        return next((text for text, chosen in box.choices if chosen), "")
    return "\n".join(f"{'☒' if chosen else '☐'} {text}" for text, chosen in box.choices)
