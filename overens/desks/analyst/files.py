# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table as a file, in the three forms that people ask for."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.http import HttpResponse

from overens.desks.exports import csv_response
from overens.exchange.cells import escaped

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = ("csv", "xlsx", "json")


def table_response(
    form: str, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:  # fmt: skip
    """A download ``<name>.<form>``: csv, xlsx or json (one object for each row, by the header's words)."""
    if form == "csv":
        return csv_response(name, header, rows)
    if form == "xlsx":
        response = HttpResponse(_excel(header, rows), content_type=EXCEL)
    else:
        listed = [dict(zip(header, row, strict=True)) for row in rows]
        text = json.dumps(listed, ensure_ascii=False, indent=1, default=str)
        response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _excel(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        bold, plain = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, header, bold)
        for number, row in enumerate(rows, start=1):
            cells = [value if isinstance(value, int | float) else str(escaped(value)) for value in row]
            sheet.write_row(number, 0, cells, plain)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(header) - 1, 0), 24)
    return file.getvalue()
