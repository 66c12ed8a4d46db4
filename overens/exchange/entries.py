# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A general ledger as any accounting system exports it: what SIE files and CSV or Excel exports have in common.

A reader of a format makes a :class:`Ledger`. What is wrong with a file is said in its findings, with the line; a file
with errors is not to be used, and nothing in it is guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from overens.rules.findings import Finding


class Entry(NamedTuple):
    """One row of one voucher. A named tuple, since a region's year has a million of them.

    ``ore`` is signed, debit positive. ``objects``: code of the object by code of its dimension, such as
    ``{"6": "P2019"}``. ``line``: where the row stands in the file, from 1.
    """

    voucher: str
    date: dt.date
    account: str
    objects: Mapping[str, str]
    ore: int
    text: str
    line: int


@dataclass(frozen=True)
class Ledger:
    """What a file holds. ``accounts``, ``dimensions``: name by code; ``objects``: name by (dimension, code).

    ``format``: what was read, such as ``sie-4`` or ``csv``. ``orgnr``: as the file has it, empty where it does not say.
    ``first_day``, ``last_day``: the financial year, or where the format does not say, the days of the entries.
    """

    format: str
    company: str
    orgnr: str
    first_day: dt.date | None
    last_day: dt.date | None
    accounts: Mapping[str, str]
    dimensions: Mapping[str, str]
    objects: Mapping[tuple[str, str], str]
    entries: Sequence[Entry]
    findings: tuple[Finding, ...] = ()
    program: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
