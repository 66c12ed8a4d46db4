# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of facts as a workbook: one sheet as it is shown, one with a cell a row and all that is known of it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from overens.exchange.cells import FORMULA

Line = Sequence[object]


def workbook(title: str, sheets: Sequence[tuple[str, Sequence[Line]]], notes: Sequence[str]) -> bytes:
    """sheets: (name, rows); the first row is the header. Numbers as numbers, all else as text that is no formula."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    number, plain, quoted = (book.add_format({"num_format": form}) for form in ("# ##0", "@", "@"))
    quoted.set_quote_prefix()
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, int) and not isinstance(value, bool) and at:
                    sheet.write_number(at, column, value, number)
                    continue
                text = "" if value is None else str(value)
                form = head if at == 0 else quoted if text.startswith(FORMULA) else plain
                sheet.write_string(at, column, text, form)
        for at, note in enumerate(notes, start=len(rows) + 1):
            sheet.write_string(at, 0, note, quoted if note.startswith(FORMULA) else plain)
        for column in range(len(rows[0]) if rows else 0):
            longest = max((len(str(row[column])) for row in rows[:200] if row[column] is not None), default=8)
            sheet.set_column(column, column, min(44, longest + 2))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    book.close()
    return file.getvalue()
