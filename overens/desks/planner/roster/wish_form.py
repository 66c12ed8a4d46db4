# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Wishes as rows of fields, and what is typed in them; a row without a day is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from overens.desks.refusals import shown
from overens.planning.roster.problem import Wish
from overens.rules.findings import Finding, error

# Empty rows beside those that are filled in, and how many there may be in all.
EMPTY, MOST = 3, 40
FIELDS = ("day", "want", "shift", "weight")


@dataclass
class Row:
    """As typed, with what is wrong by field."""

    day: str = ""
    want: str = "off"
    shift: str = ""
    weight: str = "1"
    mistakes: dict[str, list[str]] = field(default_factory=dict)


def rows_of(wishes: Iterable[Wish]) -> list[Row]:
    return [Row(each.day.isoformat(), each.want, each.shift, str(each.weight)) for each in wishes]


def with_empty(rows: Sequence[Row]) -> list[Row]:
    filled = [each for each in rows if each.day.strip() or each.mistakes]
    return [*filled, *(Row() for _ in range(EMPTY))][:MOST]


def sent(posted: Mapping[str, str]) -> list[Row]:
    """Those with a day, as typed."""
    found = []
    for at in range(1, MOST + 1):
        typed = {name: posted.get(f"{name}-{at}", "").strip() for name in FIELDS}
        if typed["day"]:
            found.append(Row(typed["day"], typed["want"], typed["shift"], typed["weight"]))
    return found


def read(rows: Sequence[Row]) -> tuple[list[Wish], list[Finding]]:
    """The wishes of rows that can be read, and what cannot, with keys as ``wish[#2].day``."""
    wishes: list[Wish] = []
    wrong: list[Finding] = []
    for at, row in enumerate(rows, 1):
        day, weight = _day(row.day), int(row.weight) if row.weight.isascii() and row.weight.isdigit() else None
        if day is None:
            wrong.append(error("wish-raw", f"wish[#{at}].day", raw=row.day[:40]))
        if weight is None:
            wrong.append(error("wish-weight", f"wish[#{at}].weight", raw=row.weight[:40]))
        if day is not None and weight is not None:
            wishes.append(Wish(day=day, want="on" if row.want == "on" else "off", shift=row.shift, weight=weight))
    return wishes, wrong


def marked(rows: Sequence[Row], findings: Iterable[Finding]) -> list[str]:
    """Put what is wrong at its field; what is about none of them is given back."""
    above = []
    for each in shown(findings):
        place, _, name = each.key.partition(".")
        at = place.removeprefix("wish[#").removesuffix("]")
        if at.isdigit() and 0 < int(at) <= len(rows):
            rows[int(at) - 1].mistakes.setdefault(name or "day", []).append(each.text)
        else:
            above.append(each.text)
    return above


def _day(raw: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(raw)
    except ValueError:
        return None
