# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A roster as text and as JSON, by the names of its persons and shifts.

Text: a line for each person in the order of the problem, a cell for each day between commas, empty on days off. That
this is how others write solutions of the benchmark is assumed; JSON has the names of the persons too.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from pydantic import TypeAdapter, ValidationError

from overens.planning.roster.instance import OFF, Whole
from overens.rules.findings import Finding, Refused, Where, error

ROWS = TypeAdapter(dict[str, list[str]])


def as_text(roster: Whole, shifts: Sequence[str]) -> str:
    return "".join(",".join(row) + "\n" for row in _names(roster, shifts))


def as_json(roster: Whole, persons: Sequence[str], shifts: Sequence[str]) -> str:
    rows = dict(zip(persons, _names(roster, shifts), strict=True))
    lines = (
        f"  {json.dumps(who, ensure_ascii=False)}: {json.dumps(row, ensure_ascii=False)}" for who, row in rows.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def from_text(text: str, persons: Sequence[str], shifts: Sequence[str], days: int) -> Whole:
    """roster[P, D]. Raises Refused, with the lines that are to be mended."""
    rows = [[cell.strip() for cell in line.split(",")] for line in text.removeprefix("\ufeff").splitlines()]
    if len(rows) != len(persons):
        raise Refused(error("roster-rows", None, found=len(rows), right=len(persons)))
    return _roster(rows, persons, shifts, days)


def from_json(text: str, persons: Sequence[str], shifts: Sequence[str], days: int) -> Whole:
    """roster[P, D]. Raises Refused, with the persons that are to be mended."""
    try:
        rows = ROWS.validate_python(json.loads(text, object_pairs_hook=_once), strict=True)
    except ValidationError as problem:
        where = ".".join(map(str, problem.errors()[0]["loc"]))
        raise Refused(error("roster-json", None, message=where[:200] or "1")) from None
    except (ValueError, RecursionError) as problem:
        raise Refused(error("roster-json", None, message=str(problem).splitlines()[0][:200])) from None
    unknown, missing = [who for who in rows if who not in persons], [who for who in persons if who not in rows]
    if unknown or missing:
        raise Refused(error("roster-persons", None, unknown=unknown[:20], missing=missing[:20]))
    return _roster([rows[who] for who in persons], persons, shifts, days)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Raises Refused where somebody stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise Refused(error("roster-twice", None, names=sorted({each for each in names if names.count(each) > 1})[:20]))
    return found


def _names(roster: Whole, shifts: Sequence[str]) -> list[list[str]]:
    return [["" if shift == OFF else shifts[shift] for shift in row] for row in roster.tolist()]


def _roster(rows: list[list[str]], persons: Sequence[str], shifts: Sequence[str], days: int) -> Whole:
    places = {"": OFF, **{name: at for at, name in enumerate(shifts)}}
    findings: list[Finding] = []
    roster = np.full((len(persons), days), OFF, dtype=np.int64)
    for who, row in enumerate(rows):
        at = Where(line=who + 1, key=persons[who])
        if len(row) != days:
            findings.append(replace(error("roster-days", found=len(row), right=days), where=at))
        elif unknown := sorted({cell for cell in row if cell not in places}):
            findings.append(replace(error("roster-shifts", names=unknown[:20], known=list(shifts)), where=at))
        else:
            roster[who] = [places[cell] for cell in row]
    if findings:
        raise Refused(*findings)
    return roster
