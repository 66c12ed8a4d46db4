# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a SIE file holds. Amounts are öre, debit positive; what the file does not say is empty or None."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from overens.rules.findings import Finding

Objects = tuple[tuple[str, str], ...]
Period = tuple[dt.date, dt.date]


@dataclass(slots=True)
class Row:
    """One row of a voucher. ``kind``: ``TRANS``, or ``RTRANS`` (added) and ``BTRANS`` (struck) in a correction.

    ``objects``: pairs of dimension and object. ``date``: where it is not the voucher's. ``quantity``: as it is written.
    """

    account: str
    ore: int
    objects: Objects = ()
    date: dt.date | None = None
    text: str = ""
    quantity: str = ""
    sign: str = ""
    kind: str = "TRANS"
    line: int = field(default=0, compare=False)

    @property
    def stands(self) -> bool:
        return self.kind != "BTRANS"


@dataclass(slots=True)
class Voucher:
    """``number`` is empty where the receiving system is to give one. ``registered``: the day it was entered."""

    series: str
    number: str
    date: dt.date
    text: str = ""
    registered: dt.date | None = None
    sign: str = ""
    rows: list[Row] = field(default_factory=list)
    line: int = field(default=0, compare=False)

    @property
    def id(self) -> str:
        """``A 12``; by its line where it has no number."""
        return f"{self.series} {self.number}".strip() if self.number else f"@{self.line}"

    @property
    def difference(self) -> int:
        """What is missing for the rows that stand to add up to zero, in öre."""
        return sum(row.ore for row in self.rows if row.kind != "BTRANS")


class Account(NamedTuple):
    """``kind``: T, S, K or I (asset, liability, cost, income)."""

    name: str = ""
    kind: str = ""
    unit: str = ""
    sru: tuple[str, ...] = ()


class Dimension(NamedTuple):
    name: str
    parent: str = ""


class Balance(NamedTuple):
    """``label``: IB, UB, OIB, OUB, RES, PSALDO or PBUDGET. ``year``: 0 this one, -1 the last. ``period``: YYYYMM."""

    label: str
    year: int
    account: str
    ore: int
    objects: Objects = ()
    period: str = ""
    quantity: str = ""


@dataclass
class SieFile:
    """``vouchers`` is a list, or, from ``stream``, an iterator that can be gone through once; head, balances and
    findings are complete when it has been.

    ``type``: ``1``, ``2``, ``3``, ``4E`` (export of a year) or ``4I`` (import of vouchers).
    """

    type: str = "4E"
    flag: str = "0"
    format: str = "PC8"
    program: tuple[str, str] = ("", "")
    generated: dt.date | None = None
    generated_by: str = ""
    comment: str = ""
    legal_form: str = ""
    company_id: str = ""
    company: str = ""
    orgnr: str = ""
    industry: str = ""
    address: tuple[str, ...] = ()
    years: dict[int, Period] = field(default_factory=dict)
    tax_year: str = ""
    covers_until: dt.date | None = None
    chart: str = ""
    currency: str = ""
    accounts: dict[str, Account] = field(default_factory=dict)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    objects: dict[tuple[str, str], str] = field(default_factory=dict)
    balances: list[Balance] = field(default_factory=list)
    vouchers: Iterable[Voucher] = ()
    encoding: str = field(default="", compare=False)
    findings: tuple[Finding, ...] = field(default=(), compare=False)

    @property
    def year(self) -> Period | None:
        """The financial year that the vouchers are of."""
        return self.years.get(0)
