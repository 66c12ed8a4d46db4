# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A list as a file: for a spreadsheet, or as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from overens.desks.downloads import attachment
from overens.exchange import sheets
from overens.rules.cells import swedish

FORMATS = ("csv", "xlsx", "json")


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A download ``<name>.csv``: UTF-8 with a byte order mark, semicolons and decimal commas, as Swedish
    spreadsheets expect whatever language the page is in. What a program reads is the JSON.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([swedish(value) for value in header])
    writer.writerows([swedish(value) for value in row] for row in rows)
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def excel_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]], sheet: str = "Tabell"
) -> HttpResponse:
    """A download ``<name>.xlsx`` of one sheet."""
    return attachment(sheets.workbook([(sheet, [header, *rows])]), sheets.TYPE, f"{name}.xlsx")


def table_response(
    form: str, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:  # fmt: skip
    """A download ``<name>.<form>``: csv, xlsx or json (one object for each row, by the header's words)."""
    if form == "csv":
        return csv_response(name, header, rows)
    if form == "xlsx":
        return excel_response(name, header, rows)
    listed = [dict(zip(header, row, strict=True)) for row in rows]
    text = json.dumps(listed, ensure_ascii=False, indent=1, default=str)
    return attachment(text.encode(), "application/json; charset=utf-8", f"{name}.json")
