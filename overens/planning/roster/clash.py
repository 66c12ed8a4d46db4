# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which demands clash where no roster keeps everything, in words: each with where it stands and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overens.planning.roster.building import covered
from overens.planning.roster.core import Clash, Demand, clash
from overens.planning.roster.problem import Roster
from overens.planning.roster.rules import TIMED, Case
from overens.planning.roster.words import day_of, named
from overens.rules.findings import Finding, Where

EACH_HOUR, WEEK = 60, 7
WEEKENDS = ("most-weekends", "split-weekends")


def clashing(case: Case, seconds: float, roster: Roster | None = None, seed: int = 0) -> tuple[Finding, ...]:
    """Nothing where some roster keeps everything. Else first what it is about (``roster-clash``; ``roster-clash-some``
    where time ended before it was tried to be without each), then each demand, and after it a note of what would mend
    it; ``roster-clash-unknown`` where time ended first. ``roster``: the file, for its titles and the keys of its lines.
    """
    found = clash(case, seconds, seed)
    if not found.demands:
        return () if found.known else (Finding("roster-clash-unknown", "warning", {"seconds": round(seconds)}),)
    return tuple(_told(case, roster, found))


def _told(case: Case, roster: Roster | None, found: Clash) -> Iterator[Finding]:
    code = "roster-clash" if found.whole else "roster-clash-some"
    yield Finding(code, "error", {"count": len(found.demands)})
    for demand in found.demands:
        said, where = _said(case, roster, demand)
        sort = demand.grounds[0].sort
        titled = sort == "rule" and roster is not None
        yield Finding(f"roster-clash-{'titled' if titled else sort}", "error", said, Where(key=where))
        mended = demand.mended
        if mended.alone is None:
            ends = "untried"
        elif not mended.alone:
            ends = "not"
        else:
            ends = sort if mended.amount else "without"
        yield Finding(f"roster-clash-mend-{ends}", "note", {**said, **_enough(case, demand)}, Where(key=where))


def _said(case: Case, roster: Roster | None, demand: Demand) -> tuple[dict[str, object], str]:
    """The values of a demand's wording, and its key."""
    sort, at, who = demand.grounds[0]
    people = [each.person for each in demand.grounds if each.person is not None]
    persons = [named(roster.persons[each]) if roster else case.persons[each] for each in people]
    key = f"person[{case.persons[who]}]" if who is not None else ""
    if sort == "rule":
        rule = case.rules[at]
        value = _number(rule.value, rule.kind)
        said: dict[str, object] = {
            "rule": rule.name,
            "kind": f"roster-clash-{rule.kind}",
            "value": value,
            "persons": persons,
        }
        if roster is not None:
            said["title"] = next(named(each) for each in roster.rules if each.id == rule.name)
        return said, f"rule[{rule.name}]" if rule.name else f"roster[{case.persons[people[0]]}]"
    if sort == "cover":
        cover = case.cover[at]
        shift = named(roster.shifts[cover.shift]) if roster else case.shifts[cover.shift]
        names = {each.id: named(each) for each in roster.competences} if roster else {}
        there = names.get(cover.name, cover.name)
        said = {"least": cover.least, "shift": shift, "competence": there, "day": day_of(case, cover.day)}
        return said, _row(case, roster, at)
    last = at
    while sort == "off" and last + 1 < case.last and case.off[people[0], last + 1]:
        last += 1
    said = {"person": persons[0], "day": day_of(case, at), "last": day_of(case, last), "days": last + 1 - at}
    if sort == "off":
        return said, f"{key}.leave"
    given = int(case.fixed[people[0], at])
    return {**said, "shift": named(roster.shifts[given]) if roster else case.shifts[given]}, f"{key}.duty"


def _enough(case: Case, demand: Demand) -> Mapping[str, object]:
    """How far it would have to be loosened."""
    sort, at, _ = demand.grounds[0]
    amount, proven = demand.mended.amount, "roster-clash-least" if demand.mended.least else "roster-clash-perhaps"
    if sort == "cover":
        return {"enough": case.cover[at].least - amount, "amount": amount, "proven": proven}
    if sort == "rule":
        rule = case.rules[at]
        if rule.kind == "average-minutes":  # told by the week, as the rule is
            amount = -(-amount * WEEK // min(rule.days or case.days, case.days))
        of_weekends = rule.kind in WEEKENDS or (rule.kind == "fair" and not rule.shifts)
        unit = "hours" if rule.kind in TIMED else "weekends" if of_weekends else "units"
        return {"amount": _number(amount, rule.kind), "unit": f"roster-clash-{unit}", "proven": proven}
    return {"amount": amount, "proven": proven}


def _number(value: int, kind: str) -> float | int:
    return round(value / EACH_HOUR, 2) if kind in TIMED else value


def _row(case: Case, roster: Roster | None, at: int) -> str:
    """Of the file, for a day's cover. One row is many days."""
    cover = case.cover[at]
    for row, each in enumerate(roster.cover if roster else (), start=1):
        alike = (each.shift, each.competence) == (case.shifts[cover.shift], cover.name)
        if roster is not None and alike and cover.day - case.before in covered(roster, each):
            return f"cover[#{row}].least"
    return f"cover.{day_of(case, cover.day)}"
