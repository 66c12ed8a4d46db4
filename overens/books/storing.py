# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping the rows of a ledger, a million of them too."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection

from overens.books.models import Combination, LedgerImport
from overens.exchange.entries import Entry, Ledger

COPY = "COPY books_row (combination_id, position, line, date, voucher, ore, text) FROM STDIN (FORMAT BINARY)"
TYPES = ("int8", "int4", "int4", "date", "text", "int8", "text")
# How many rows go between two words on how far it is.
STRETCH = 20_000


def store_rows(ledger_import: LedgerImport, ledger: Ledger, progress: Callable[[int], object]) -> None:
    """Insert the combinations and rows of an import. progress is told how many per cent are done."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], Combination] = {}
    for entry in ledger.entries:
        key = _combination(entry)
        if key not in found:
            found[key] = Combination(ledger_import=ledger_import, account=entry.account, codes=dict(entry.objects))
    Combination.objects.bulk_create(found.values(), batch_size=2000)
    numbers = {key: combination.pk for key, combination in found.items()}
    total = len(ledger.entries)
    for begin in range(0, total, STRETCH):
        if begin:  # between two COPYs: the connection can do nothing else within one
            progress(100 * begin // total)
        with connection.cursor() as cursor, cursor.copy(COPY) as copy:
            copy.set_types(TYPES)
            for position, entry in enumerate(ledger.entries[begin : begin + STRETCH], start=begin):
                copy.write_row(
                    (numbers[_combination(entry)], position, entry.line, entry.date, entry.voucher[:60], entry.ore,
                     entry.text)
                )  # fmt: skip


def _combination(entry: Entry) -> tuple[str, tuple[tuple[str, str], ...]]:
    return entry.account, tuple(sorted(entry.objects.items()))
