# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every record of a SIE file but vouchers: what its fields are, and where they go."""

from __future__ import annotations

import re
from collections.abc import Callable

from overens.exchange.sie.fields import Braces, date, objects
from overens.exchange.sie.model import Account, Balance, Dimension, SieFile

# Records of one text, by what it is called here.
SIMPLE = {
    "#FLAGGA": "flag",
    "#FORMAT": "format",
    "#SIETYP": "type",
    "#PROSA": "comment",
    "#FTYP": "legal_form",
    "#FNR": "company_id",
    "#FNAMN": "company",
    "#ORGNR": "orgnr",
    "#BKOD": "industry",
    "#TAXAR": "tax_year",
    "#KPTYP": "chart",
    "#VALUTA": "currency",
}
OF_ACCOUNTS = ("#KONTO", "#KTYP", "#ENHET", "#SRU")
BALANCES = ("#IB", "#UB", "#RES", "#OIB", "#OUB", "#PSALDO", "#PBUDGET")
OTHERS = ("#PROGRAM", "#GEN", "#ADRESS", "#RAR", "#OMFATTN", "#DIM", "#UNDERDIM", "#OBJEKT", "#VER", "#KSUMMA")
KNOWN = frozenset((*SIMPLE, *OF_ACCOUNTS, *BALANCES, *OTHERS))

# Where a free text stands that is often written without its quotation marks, and how many fields follow it.
_FREE = {
    "#PROSA": (0, 0), "#FNAMN": (0, 0), "#KPTYP": (0, 0), "#PROGRAM": (0, 1), "#KONTO": (1, 0), "#DIM": (1, 0),
    "#UNDERDIM": (1, 1), "#OBJEKT": (2, 0),
}  # fmt: skip
# In a row or a voucher's head, what follows the text, all of it optional, begins with a number or a day.
_THEN = {
    "#VER": (3, re.compile(r"(\d{8})?")),
    **dict.fromkeys(("#TRANS", "#RTRANS", "#BTRANS"), (4, re.compile(r"(-?\d+([.,]\d+)?)?"))),
}


def mended(label: str, fields: list[str]) -> tuple[list[str], bool]:
    """The fields with a free text put together that lacks its quotation marks, and whether one did."""
    if label in _FREE:
        at, after = _FREE[label]
        end = len(fields) - after
    elif label in _THEN and len(fields) > _THEN[label][0] + 1:
        at, expected = _THEN[label]
        end = next((n for n in range(at + 1, len(fields)) if expected.fullmatch(fields[n])), len(fields))
    else:
        return fields, False
    if end <= at + 1:
        return fields, False
    return [*fields[:at], " ".join(fields[at:end]), *fields[end:]], True


def record(file: SieFile, label: str, fields: list[str], amount: Callable[[str], int]) -> None:
    """Put one record into the file. Raises ValueError or IndexError for one that cannot be read."""
    if label in SIMPLE:
        setattr(file, SIMPLE[label], _at(fields, 0))
    elif label in OF_ACCOUNTS:
        _of_account(file, label, fields)
    elif label in BALANCES:
        file.balances.append(_balance(label, fields, amount))
    elif label == "#PROGRAM":
        file.program = (_at(fields, 0), _at(fields, 1))
    elif label == "#GEN":
        file.generated, file.generated_by = date(_at(fields, 0)), _at(fields, 1)
    elif label == "#ADRESS":
        file.address = tuple(fields)
    elif label == "#RAR":
        first, last = date(fields[1]), date(fields[2])
        if first is None or last is None or last < first:
            raise ValueError(fields)
        file.years[int(fields[0])] = (first, last)
    elif label == "#OMFATTN":
        file.covers_until = date(fields[0])
    elif label in ("#DIM", "#UNDERDIM"):
        file.dimensions[fields[0]] = Dimension(_at(fields, 1), _at(fields, 2))
    elif label == "#OBJEKT":
        file.objects[fields[0], fields[1]] = _at(fields, 2)


def _at(fields: list[str], place: int) -> str:
    """A field that may be left out."""
    return fields[place] if place < len(fields) else ""


def _of_account(file: SieFile, label: str, fields: list[str]) -> None:
    number, value = fields[0], _at(fields, 1)
    known = file.accounts.get(number, Account())
    match label:
        case "#KONTO":
            known = known._replace(name=value)
        case "#KTYP":
            known = known._replace(kind=value)
        case "#ENHET":
            known = known._replace(unit=value)
        case _:
            known = known._replace(sru=(*known.sru, value))
    file.accounts[number] = known


def _balance(label: str, fields: list[str], amount: Callable[[str], int]) -> Balance:
    """``#IB year account sum quantity``; by object with those, by month with a period before the account."""
    rest = list(fields)
    year = int(rest.pop(0))
    period = rest.pop(0) if label in ("#PSALDO", "#PBUDGET") else ""
    account = rest.pop(0)
    found = objects(rest.pop(0)) if isinstance(rest[0], Braces) else ()
    return Balance(label[1:], year, account, amount(rest[0]), found, period, _at(rest, 1))
