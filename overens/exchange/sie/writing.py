# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A SIE file as bytes: CP437 and CRLF, as the format has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from overens.exchange.encoding import DOS
from overens.exchange.ore import ore_text
from overens.exchange.sie.fields import Braces, braces, is_writable, join
from overens.exchange.sie.model import Balance, Row, SieFile, Voucher
from overens.exchange.sie.records import SIMPLE
from overens.rules.findings import Finding, Refused, Where


def write(file: SieFile) -> bytes:
    """What ``read`` reads the same again. Records stand in the order of the format.

    Raises Refused (``sie-unencodable``, one finding a text) where a text has characters that CP437 or a field cannot
    hold: nothing is ever replaced.
    """
    out: list[str] = []
    refused: list[Finding] = []
    for fields in _records(file):
        refused += [
            Finding("sie-unencodable", "error", {"text": text}, Where(key=fields[0]))
            for text in fields
            if not _fits(text)
        ]
        out.append(join(*fields))
    if refused:
        raise Refused(*refused)
    return "".join(f"{line}\r\n" for line in out).encode(DOS)


def _fits(text: str) -> bool:
    try:
        text.encode(DOS)
    except UnicodeEncodeError:
        return False
    return isinstance(text, Braces) or is_writable(text)


def _records(file: SieFile) -> Iterator[tuple[str, ...]]:
    yield "#FLAGGA", file.flag
    yield "#PROGRAM", *file.program
    yield "#FORMAT", file.format
    yield "#GEN", _day(file.generated), file.generated_by
    yield "#SIETYP", file.type[:1]
    for label, name in SIMPLE.items():
        if label not in ("#FLAGGA", "#FORMAT", "#SIETYP") and getattr(file, name):
            yield label, getattr(file, name)
    if file.address:
        yield "#ADRESS", *file.address
    for year, (first, last) in file.years.items():
        yield "#RAR", str(year), _day(first), _day(last)
    if file.covers_until:
        yield "#OMFATTN", _day(file.covers_until)
    for number, account in file.accounts.items():
        yield "#KONTO", number, account.name
        if account.kind:
            yield "#KTYP", number, account.kind
        if account.unit:
            yield "#ENHET", number, account.unit
        for code in account.sru:
            yield "#SRU", number, code
    for number, dimension in file.dimensions.items():
        label = "#UNDERDIM" if dimension.parent else "#DIM"
        yield label, number, dimension.name, dimension.parent
    for pair, name in file.objects.items():
        yield "#OBJEKT", *pair, name
    yield from map(_balance, file.balances)
    for voucher in file.vouchers:
        yield from _voucher(voucher)


def _balance(balance: Balance) -> tuple[str, ...]:
    by_month = (balance.period,) if balance.label in ("PSALDO", "PBUDGET") else ()
    of_object = (braces(balance.objects),) if by_month or balance.label in ("OIB", "OUB") else ()
    amount = ore_text(balance.ore)
    return f"#{balance.label}", str(balance.year), *by_month, balance.account, *of_object, amount, balance.quantity


def _voucher(voucher: Voucher) -> Iterator[tuple[str, ...]]:
    registered = _day(voucher.registered)
    yield "#VER", voucher.series, voucher.number, _day(voucher.date), voucher.text, registered, voucher.sign
    yield (Braces("{"),)
    for row in voucher.rows:
        yield _row(row, row.kind)
        if row.kind == "RTRANS":
            yield _row(row, "TRANS")
    yield (Braces("}"),)


def _row(row: Row, kind: str) -> tuple[str, ...]:
    amount, day = ore_text(row.ore), _day(row.date)
    return f"#{kind}", row.account, braces(row.objects), amount, day, row.text, row.quantity, row.sign


def _day(day: dt.date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""
