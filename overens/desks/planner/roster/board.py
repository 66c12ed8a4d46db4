# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota as a grid of persons and days: a window of some weeks, with what the checker says in the cells that it is
about, how many there are against how many are wanted below, and each person's sums at the side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.planner.roster.words import COSTS, WEEKDAYS, named, said
from overens.desks.refusals import Shown, shown
from overens.desks.saying import number
from overens.planning.roster.building import due
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.judged import Judged
from overens.planning.roster.laying import At
from overens.planning.roster.problem import Roster
from overens.planning.roster.rules import DAY, SATURDAY, Case
from overens.rules.deadlines import DayOff, day_off

WEEK = 7
# How many weeks may be seen at once, the first where nothing is asked for; 0: all.
WEEKS = (4, 2, 1, 0)
# So many of what is given up are said one by one; all of it is summed.
TOLD = 40
SIGNS: dict[str, tuple[str, Promise]] = {
    "short": ("▼", gettext_lazy("under minst")),
    "under": ("▽", gettext_lazy("under helst")),
    "over": ("△", gettext_lazy("över helst")),
    "": ("", gettext_lazy("som önskat")),
}


@dataclass(frozen=True)
class Window:
    """Of the days that are shown: ``first`` is the week, from 0; ``weeks`` as it was asked for, 0: all."""

    first: int
    weeks: int
    of: int

    @property
    def days(self) -> range:
        count = self.weeks or self.of
        return range(WEEK * self.first, WEEK * min(self.first + count, self.of))

    @property
    def before(self) -> int | None:
        """The first week, from 1, of the window before this one."""
        return max(0, self.first - self.weeks) + 1 if self.weeks and self.first else None

    @property
    def after(self) -> int | None:
        return self.first + self.weeks + 1 if self.weeks and self.first + self.weeks < self.of else None


def window(asked: Mapping[str, str], roster: Roster) -> Window:
    """As the address says: ``vecka`` (from 1) and ``veckor``."""

    def whole(name: str) -> int | None:
        raw = asked.get(name, "")
        return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 4 else None

    weeks, first = whole("veckor"), whole("vecka")
    shown_weeks = weeks if weeks in WEEKS else WEEKS[0]
    at = min(max((first or 1) - 1, 0), roster.weeks - 1)
    return Window(at if shown_weeks else 0, shown_weeks or 0, roster.weeks)


def grid(
    roster: Roster, case: Case, days: Whole, judged: Judged | None, locked: Collection[At], seen: Window
) -> dict[str, Any]:
    """days: roster[P, D]. judged: None for those who only read: what somebody wishes, that they are away, and what is
    broken about them is nobody else's business.
    """
    broken = None if judged is None else _by_cell(judged, roster)
    heads = [_head(case, day) for day in seen.days]
    return {
        "weeks": [
            {"number": heads[at]["date"].isocalendar().week, "count": len(heads[at : at + WEEK])}
            for at in range(0, len(heads), WEEK)
        ],
        "days": heads,
        "rows": [
            _row(roster, case, days, who, broken, {day for other, day in locked if other == each.id}, seen)
            for who, each in enumerate(roster.persons)
        ],
        "cover": _cover(roster, case, days, seen),
    }


def verdict(roster: Roster, judged: Judged) -> dict[str, Any]:
    """What the checker says of the whole: what may not be, one by one; what is given up, summed and the dearest."""
    dearest = sorted(judged.given_up, key=lambda each: -int(str(each.values["cost"])))
    return {
        "broken": _placed(judged.broken, roster),
        "objective": judged.objective,
        "costs": [
            (COSTS.get(kind, kind), number(cost)) for kind, cost in sorted(judged.costs.items(), key=lambda e: -e[1])
        ],
        "given_up": _placed(dearest[:TOLD], roster),
        "given_up_count": len(judged.given_up),
    }


def cell_id(who: str, day: str) -> str:
    return f"c-{who}-{day}"


def _placed(findings: Collection[Any], roster: Roster) -> list[tuple[Shown, str]]:
    """In words, each with the cell that it is about, empty where that is a whole day's."""
    places = [cell_id(f"{e.values['person']}", f"{e.values['day']}") if e.values["person"] else "" for e in findings]
    return list(zip(shown(named(findings, roster)), places, strict=True))


def _by_cell(judged: Judged, roster: Roster) -> dict[At, list[str]]:
    found: dict[At, list[str]] = {}
    for finding, words in zip(judged.broken, shown(named(judged.broken, roster)), strict=True):
        found.setdefault((f"{finding.values['person']}", f"{finding.values['day']}"), []).append(words.text)
    return found


def _head(case: Case, day: int) -> dict[str, Any]:
    assert case.first is not None
    on = case.first + dt.timedelta(days=day)
    why, column = day_off(on), case.before + day
    length = int(case.midnights[column + 1] - case.midnights[column])
    marks = [_("helgdag")] if why in (DayOff.PUBLIC_HOLIDAY, DayOff.EVE) else []
    if length != DAY:
        marks.append(_("sommartid") if length < DAY else _("normaltid"))
    return {
        "date": on,
        "iso": on.isoformat(),
        "weekday": WEEKDAYS[day % WEEK],
        "label": f"{on.day}/{on.month}",
        "off": why is not None,
        "marks": marks,
    }


def _row(
    roster: Roster, case: Case, days: Whole, who: int, broken: Mapping[At, list[str]] | None, locked: Collection[str],
    seen: Window,
) -> dict[str, Any]:  # fmt: skip
    person = roster.persons[who]
    wishes = {each.day: each for each in person.wishes}
    cells = []
    for day in seen.days:
        head = _head(case, day)
        shift, column = int(days[who, day]), case.before + day
        cell: dict[str, Any] = {
            "id": cell_id(person.id, head["iso"]),
            "at": f"{person.id}/{head['iso']}",
            "text": "" if shift == OFF else case.shifts[shift],
            "kind": "" if shift == OFF else roster.shifts[shift].kind,
            "day_off": head["off"],
        }
        if broken is not None:
            wish = wishes.get(head["date"])
            cell |= {
                "leave": bool(case.off[who, column]),
                "given": int(case.fixed[who, column]) != OFF or head["iso"] in locked,
                "wish": "" if wish is None else wish.want,
                "wrong": broken.get((person.id, head["iso"]), []),
            }
        cells.append(cell)
    return {"id": person.id, "title": said(person), "cells": cells, **_sums(roster, case, days, who)}


def _sums(roster: Roster, case: Case, days: Whole, who: int) -> dict[str, Any]:
    """Over the whole period: hours against the contract, nights, weekends with work."""
    line = days[who].tolist()
    minutes = sum(int(case.minutes[case.before + day, shift]) for day, shift in enumerate(line) if shift != OFF)
    weekends = range(SATURDAY, len(line), WEEK)
    return {
        "hours": number(round(minutes / 60)),
        "due": number(round(due(roster, roster.persons[who]) / 60)),
        "nights": sum(shift != OFF and roster.shifts[shift].kind == "night" for shift in line),
        "weekends": sum(line[day] != OFF or line[day + 1] != OFF for day in weekends),
    }


def _cover(roster: Roster, case: Case, days: Whole, seen: Window) -> list[dict[str, Any]]:
    """A row for each shift and competence that anything is asked of: there and wanted, day by day."""
    shifts, names = ({each.id: said(each) for each in part} for part in (roster.shifts, roster.competences))
    by_row: dict[tuple[str, str], dict[int, dict[str, Any]]] = {}
    for each in case.cover:
        day = each.day - case.before
        there = int((days[sorted(each.persons), day] == each.shift).sum())
        state = "short" if there < each.least else "under" if there < each.wanted else ""
        state = state or ("over" if there > each.wanted else "")
        sign, word = SIGNS[state]
        found = {"there": there, "wanted": each.wanted, "least": each.least, "state": state, "sign": sign, "word": word}
        by_row.setdefault((case.shifts[each.shift], each.name), {})[day] = found
    return [
        {
            "title": f"{shifts[shift]}, {names.get(name, name)}",
            "cells": [found.get(day) for day in seen.days],
            "short": sum(each["state"] == "short" for each in found.values()),
            "under": sum(each["state"] in ("short", "under") for each in found.values()),
        }
        for (shift, name), found in by_row.items()
    ]
