# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The payments of an order as a list for people: CSV, or an Excel workbook. The sum, the number of payments and the
control list's hash stand below, so that the paper on the desk can be held against the screen.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import xlsxwriter

from overens.exchange.orders import Order, Transfer, kind_of
from overens.rules.cells import FORMULA, escaped
from overens.rules.findings import word

COLUMNS = ("list-id", "list-payee", "list-kind", "list-giro", "list-reference", "list-kronor")
WIDTHS = (38, 40, 12, 16, 34, 18)


def as_csv(order: Order, control: str, language: str = "sv") -> bytes:
    """UTF-8 with a byte order mark, semicolons, CRLF, as Swedish spreadsheets expect. control: the list's SHA-256."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(word(column, language) for column in COLUMNS)
    writer.writerows([escaped(value) for value in _row(transfer, language)] for transfer in order.transfers)
    writer.writerows([label, value] for label, value in _below(order, control, language))
    return text.getvalue().encode("utf-8-sig")


def as_excel(order: Order, control: str, language: str = "sv") -> bytes:
    """One sheet: sums as numbers, giros and all other text as text that is never taken for a formula."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": order.message_id, "created": order.created_at.replace(tzinfo=None)})
    sheet = book.add_worksheet(word("list-sheet", language))
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    kronor, plain, quoted = (book.add_format({"num_format": form}) for form in ("# ##0", "@", "@"))
    quoted.set_quote_prefix()
    for column, (title, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, word(title, language), head)
    last = len(COLUMNS) - 1
    for number, transfer in enumerate(order.transfers, start=1):
        *texts, amount = _row(transfer, language)
        for column, text in enumerate(texts):
            sheet.write_string(number, column, str(text), quoted if str(text).startswith(FORMULA) else plain)
        sheet.write_number(number, last, int(str(amount)), kronor)
    for number, (label, value) in enumerate(_below(order, control, language), start=len(order.transfers) + 2):
        sheet.write_string(number, 0, label, head)
        if isinstance(value, int):
            sheet.write_number(number, 1, value, kronor)
        else:
            sheet.write_string(number, 1, value, plain)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return file.getvalue()


def _row(transfer: Transfer, language: str) -> Sequence[str | int]:
    kind = word(f"list-{kind_of(transfer.giro)}", language)
    giro = transfer.giro.replace("\u00a0", " ")
    return (transfer.id, transfer.payee, kind, giro, transfer.reference, transfer.kronor)


def _below(order: Order, control: str, language: str) -> list[tuple[str, str | int]]:
    return [
        (word("list-count", language), len(order.transfers)),
        (word("list-sum", language), order.kronor),
        (word("list-order", language), order.message_id),
        *([(word("list-execute-on", language), order.execute_on.isoformat())] if order.execute_on else []),
        (word("list-control", language), control),
    ]
