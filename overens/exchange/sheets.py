# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A list as an Excel file: one sheet, headings first. Text stays text, whatever it looks like."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The file. Whole numbers are cells of numbers; everything else is written as text, never as a formula."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, list(header), bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, int) and not isinstance(value, bool):
                    sheet.write_number(number, column, value)
                else:
                    sheet.write_string(number, column, "" if value is None else str(value))
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return file.getvalue()
