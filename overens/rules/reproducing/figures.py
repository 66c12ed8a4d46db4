# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One figure of a printed table: grouped in the Swedish way or another, whole or with decimals, or misgrouped."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

_UNIT = re.compile(r"\s*(kr|kronor|sek|mnkr|mkr|tkr|milj\.?|miljoner|kronor)\.?$", re.IGNORECASE)
_MARKS = re.compile(r"[*†‡¹²³]+$|\s\d\)$")
_SPACES = " \u00a0\u2009\u202f"
_WHOLE = re.compile(rf"\d+|\d{{1,3}}(?:[{_SPACES}]\d{{3}})+", re.ASCII)
_OTHER_GROUPS = re.compile(r"\d{1,3}(?:([.,'])\d{3})(?:\1\d{3})*", re.ASCII)
_DECIMALS = re.compile(rf"((?:\d+|\d{{1,3}}(?:[{_SPACES}]\d{{3}})+))[.,](\d+)", re.ASCII)
_DIGITS = re.compile(r"\d[\d\s.,']*", re.ASCII)
ABSENT = ("", "-", "\u2013", "\u2212", "..", ".", "x")
LONGEST = 40


class Figure(NamedTuple):
    """``value`` None: none is given. ``misgrouped``: the digits in order are the value, their groups are wrong."""

    value: Fraction | None
    decimals: int = 0
    misgrouped: bool = False


def parse(raw: str, small: bool = False) -> Figure | None:
    """The figure, or None for what is none. small: of a column of thousands or millions, where "12,500" is twelve and a
    half; otherwise it is twelve thousand five hundred.
    """
    text = raw.strip()
    if text.casefold() in ABSENT:
        return Figure(None)
    text = _UNIT.sub("", _MARKS.sub("", text)).strip()
    if len(text) > LONGEST:
        return None
    if _WHOLE.fullmatch(text):
        return Figure(Fraction("".join(text.split())))
    grouped = _OTHER_GROUPS.fullmatch(text)
    if grouped and not (small and len(text.split(grouped[1])) == 2):
        return Figure(Fraction(re.sub(r"\D", "", text)))
    if decimal := _DECIMALS.fullmatch(text):
        whole, part = "".join(decimal[1].split()), decimal[2].rstrip("0")
        return Figure(Fraction(f"{whole}.{part}" if part else whole), len(decimal[2]))
    if _DIGITS.fullmatch(text):
        return Figure(Fraction(re.sub(r"\D", "", text)), misgrouped=True)
    return None
