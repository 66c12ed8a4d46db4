# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Minutes for one unit of what is asked, by kind: measured where enough have measured, else assumed.

The assumptions are ``overens/reference/burden/assumptions.toml`` (assumed, all of them).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from statistics import quantiles
from typing import Any

SHIPPED = Path(__file__).parents[1] / "reference" / "burden" / "assumptions.toml"
# Minutes of fewer respondents than this are never used: one of them could be made out.
FEWEST = 3


@dataclass(frozen=True)
class PerUnit:
    """Minutes for one unit of a kind. ``respondents``: how many measured it; 0 where it is assumed. Measured, least and
    most are the quartiles and likely is the median.
    """

    kind: str
    title: str
    title_en: str
    least: Fraction
    likely: Fraction
    most: Fraction
    respondents: int = 0

    @property
    def assumed(self) -> bool:
        return self.respondents == 0


Minutes = Mapping[str, PerUnit]
# How many rows a respondent is taken to give, by type of question.
Rows = Mapping[str, int]


@cache
def assumptions() -> Minutes:
    return {row["id"]: _assumed(row) for row in _shipped()}


@cache
def rows() -> Rows:
    return {row["id"]: row["rows"] for row in _shipped() if "rows" in row}


def _shipped() -> list[dict[str, Any]]:
    return list(tomllib.loads(SHIPPED.read_text(encoding="utf-8"), parse_float=Decimal)["kind"])


def _assumed(row: Mapping[str, Any]) -> PerUnit:
    least, likely, most = (Fraction(row["minutes"][name]) for name in ("least", "likely", "most"))
    return PerUnit(row["id"], row["title"], row["title_en"], least, likely, most)


@dataclass(frozen=True)
class Observation:
    """What one respondent spent on a section: minutes, and how many units of each kind it answered there."""

    respondent: str
    units: Mapping[str, int]
    minutes: int


def measured(observations: Iterable[Observation], assumed: Minutes) -> Minutes:
    """The assumptions with what has been measured in their place.

    A section of several kinds is split between them as the assumptions would have it, so what is measured is by how
    much it was quicker or slower. A kind that fewer than three respondents measured stays assumed. A respondent's
    several sections count as one, so that nobody weighs more by measuring more.
    """
    spent: dict[str, dict[str, list[Fraction]]] = {}
    for each in observations:
        expected = sum((assumed[kind].likely * units for kind, units in each.units.items()), Fraction(0))
        if not expected or not each.minutes:
            continue
        for kind, units in each.units.items():
            if units:
                per_unit = assumed[kind].likely * each.minutes / expected
                spent.setdefault(kind, {}).setdefault(each.respondent, []).append(per_unit)
    found = dict(assumed)
    for kind, by in spent.items():
        if len(by) >= FEWEST:
            means = sorted(sum(some, Fraction(0)) / len(some) for some in by.values())
            least, likely, most = quantiles(means, n=4, method="inclusive")
            was = assumed[kind]
            found[kind] = PerUnit(kind, was.title, was.title_en, least, likely, most, len(by))
    return found
