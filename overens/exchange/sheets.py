# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists and tables as an Excel file: headings first. Text stays text, whatever it looks like."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal

import xlsxwriter

from overens.rules.cells import FORMULA

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Line = Sequence[object]
# Characters of the widest column; what is longer is wrapped.
WIDEST = 44
# Characters that a cell can hold; of a longer text it holds the beginning.
LONGEST = 32_767


def workbook(
    sheets: Sequence[tuple[str, Sequence[Line]]],
    title: str = "",
    notes: Sequence[str] = (),
    made_on: dt.date | None = None,
) -> bytes:
    """sheets: (name, rows); the first row is the header. Numbers are cells of numbers and days of days (a moment is its
    text); all else is text that is no formula. notes stand below the rows of each sheet. made_on: the day that the file
    says it was made, so that the same rows give the same bytes; otherwise now.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made = {"created": dt.datetime.combine(made_on, dt.time())} if made_on else {}
    book.set_properties({"title": title, **made})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    number, day = (book.add_format({"num_format": form, "valign": "top"}) for form in ("# ##0", "yyyy-mm-dd"))
    decimal = book.add_format({"num_format": "# ##0.0##", "valign": "top"})
    plain, quoted = (book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}) for _ in range(2))
    quoted.set_quote_prefix()
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if at and isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                    sheet.write_number(at, column, value, number if isinstance(value, int) else decimal)
                elif at and isinstance(value, dt.date) and not isinstance(value, dt.datetime):
                    sheet.write_datetime(at, column, value, day)
                else:
                    text = "" if value is None else str(value)
                    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
                    sheet.write_string(at, column, text, head if at == 0 else quoted if _formula(text) else plain)
        for at, note in enumerate(notes, start=len(rows) + 1):
            sheet.write_string(at, 0, note, quoted if _formula(note) else plain)
        for column in range(len(rows[0]) if rows else 0):
            longest = max((len(str(row[column])) for row in rows[:200] if row[column] is not None), default=8)
            sheet.set_column(column, column, min(WIDEST, longest + 2))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    book.close()
    return file.getvalue()


def _formula(text: str) -> bool:
    return text.startswith(FORMULA)
