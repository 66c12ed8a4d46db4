# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Amounts as accounting systems write them, to whole öre; refused where they can be read in two ways."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

Decimal = Literal[".", ","]
SPACES = " \u00a0\u2009\u202f'"
MINUS = "-\u2212\u2013"


def parse_ore(raw: str, decimal: Decimal, grouping: str = SPACES) -> int:
    """``"1 234,50"`` → 123450. decimal: the sign before the öre; grouping: what may stand between groups of three.

    A minus may stand first or, as SAP writes it, last. Raises ValueError for all else: a third decimal that is not 0,
    groups of another size, more than 15 digits of kronor.
    """
    found = _pattern(decimal, grouping).fullmatch(raw.strip()[:60])
    if found is None or (found["minus"] and found["after"]):
        raise ValueError(raw)
    kronor = re.sub(r"\D", "", found["kronor"])
    if len(kronor) > 15:
        raise ValueError(raw)
    amount = int(kronor + f"{found['fraction'] or '':0<2}"[:2])
    return -amount if found["minus"] or found["after"] else amount


def ore_text(ore: int) -> str:
    """123450 → ``"1234.50"``, as SIE has it: a point, no groups."""
    return f"{'-' if ore < 0 else ''}{abs(ore) // 100}.{abs(ore) % 100:02}"


@cache
def _pattern(decimal: str, grouping: str) -> re.Pattern[str]:
    groups = rf"\d{{1,3}}(?:[{re.escape(grouping)}]\d{{3}})+|" if grouping else ""
    return re.compile(
        rf"(?:\+|(?P<minus>[{MINUS}]))?[ ]?(?P<kronor>{groups}\d+)"
        rf"(?:{re.escape(decimal)}(?P<fraction>\d{{0,2}}0*))?[ ]?(?P<after>[{MINUS}])?",
        re.ASCII,
    )
