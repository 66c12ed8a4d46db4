# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two rotas of a problem beside each other: what each breaks and gives up, and whose days differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks import exports
from overens.desks.access import ActingRequest
from overens.desks.planner.access import writers
from overens.desks.planner.roster.access import frame, newest, roster_to_write
from overens.desks.planner.roster.words import COSTS, said
from overens.desks.saying import number
from overens.planner import rosters
from overens.planner.models import SavedProblem
from overens.planning.roster import laying
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.judged import Judged, judge
from overens.planning.roster.problem import Roster
from overens.planning.roster.rules import Case

COLUMNS = ("person", "title", "day", "first", "second")


@dataclass(frozen=True)
class Choice:
    """A rota to compare: its name in the address, what it is called, and its table."""

    name: str
    label: str
    table: str


@dataclass(frozen=True)
class Changed:
    who: str
    title: str
    day: str
    first: str
    second: str


@writers
@require_safe
def compare(request: ActingRequest, code: str) -> HttpResponse:
    """``a``, ``b``: versions with a rota (v3) and computed ones (r12); the two newest where nothing is asked.

    Both are judged by what the newest version says. ``format``: the days that differ as a file.
    """
    roster_to_write(request, code)
    saved, version, roster, case = newest(request, code)
    choices = _choices(saved)
    pair = [_chosen(choices, request.GET.get(name, ""), at) for at, name in enumerate(("b", "a"))][::-1]
    context: dict[str, Any] = {**frame(request, version, roster), "choices": choices}
    one, other = pair
    if one is not None and other is not None:
        first, second = (laying.from_table(each.table, case) for each in (one, other))
        changed = differences(roster, case, first, second)
        if (format := request.GET.get("format", "")) in exports.FORMATS:
            rows = [[each.who, each.title, each.day, each.first, each.second] for each in changed]
            return exports.table_response(format, f"{saved.code}-{one.name}-{other.name}", list(COLUMNS), rows)
        context |= {
            "one": one,
            "other": other,
            "changed": changed,
            "persons": len({each.who for each in changed}),
            "rows": _rows(judge(case, first), judge(case, second)),
        }
    return render(request, "planner/roster/compare.html", context)


def differences(roster: Roster, case: Case, first: Whole, second: Whole) -> list[Changed]:
    """Each day of each person that is not the same."""
    days, names = laying.dates(case), [said(each) for each in roster.persons]

    def shift(of: int) -> str:
        return "" if of == OFF else case.shifts[of]

    return [
        Changed(case.persons[who], names[who], days[day], shift(int(first[who, day])), shift(int(second[who, day])))
        for who, day in np.argwhere(first != second).tolist()
    ]


def _choices(saved: SavedProblem) -> list[Choice]:
    """The newest first: saved versions, then what was computed."""
    versions = [
        Choice(
            f"v{each.number}",
            _("Version %(number)d") % {"number": each.number} + (f": {each.note}" if each.note else ""),
            each.tables[rosters.LAID],
        )
        for each in rosters.with_rota(saved)
    ]
    computed = [
        Choice(
            f"r{each.pk}",
            _("Uträknat på version %(number)d, vägt %(sum)s")
            % {"number": each.of.number, "sum": number(each.facts["objective"])},
            rosters.table_of(each),
        )
        for each in rosters.plans(saved)
    ]
    return [*versions, *computed]


def _chosen(choices: list[Choice], name: str, at: int) -> Choice | None:
    """The one of a name; else the one that stands at a place, where there are so many."""
    found = next((each for each in choices if each.name == name), None)
    return found or (choices[at] if at < len(choices) else None)


def _rows(first: Judged, second: Judged) -> list[tuple[Any, str, str, str]]:
    """What each breaks and costs, by kind, and the difference."""
    figures: list[tuple[Any, int, int]] = [(_("Regler som bryts"), len(first.broken), len(second.broken))]
    figures.append((_("Vägt i allt"), first.objective, second.objective))
    by_kind = {kind: (first.costs.get(kind, 0), second.costs.get(kind, 0)) for kind in {*first.costs, *second.costs}}
    figures += [
        (COSTS.get(kind, kind), *both) for kind, both in sorted(by_kind.items(), key=lambda each: -max(each[1]))
    ]
    return [
        (label, number(one), number(other), ("+" if other > one else "") + number(other - one))
        for label, one, other in figures
    ]
