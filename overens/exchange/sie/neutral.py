# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A SIE file as the rows that every ledger export has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from overens.exchange.entries import Entry, Ledger
from overens.exchange.sie.model import SieFile, Voucher
from overens.rules.findings import Finding

# The format's own dimensions, which need not be declared (assumed to be those of edition 4B).
OWN = {"1": "Kostnadsställe", "2": "Kostnadsbärare", "6": "Projekt", "7": "Anställd", "8": "Kund", "9": "Leverantör",
       "10": "Faktura"}  # fmt: skip


def ledger(file: SieFile) -> Ledger:
    """From ``read`` or, without a second copy of the rows, from ``stream``. Struck rows are left out, added ones in.

    A file without vouchers (types 1 to 3) makes the error ``ledger-no-rows``: sums by account say nothing of a project.
    """
    rows = list(entries(file.vouchers))
    days = [row.date for row in rows]
    first, last = file.year or (min(days, default=None), max(days, default=None))
    used = {dimension for row in rows for dimension in row.objects}
    empty = () if rows else (Finding("ledger-no-rows", "error", {"format": f"SIE {file.type}"}),)
    return Ledger(
        format=f"sie-{file.type.lower()}",
        company=file.company,
        orgnr=file.orgnr,
        first_day=first,
        last_day=last,
        accounts={number: account.name for number, account in file.accounts.items()},
        dimensions={
            **{number: name for number, name in OWN.items() if number in used},
            **{number: dimension.name for number, dimension in file.dimensions.items()},
        },
        objects=dict(file.objects),
        entries=rows,
        findings=(*file.findings, *empty),
        program=" ".join(file.program).strip(),
        about={"encoding": file.encoding},
    )


def entries(vouchers: Iterable[Voucher]) -> Iterator[Entry]:
    """The rows that stand, one at a time. A row without a text of its own has its voucher's."""
    lists: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for voucher in vouchers:
        id, date, words = voucher.id, voucher.date, voucher.text
        for row in voucher.rows:
            if row.kind == "BTRANS":
                continue
            objects = lists.get(row.objects)
            if objects is None:
                objects = lists[row.objects] = dict(row.objects)
            yield Entry(id, row.date or date, row.account, objects, row.ore, row.text or words, row.line)
