# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota as it hangs on the wall of the staff room, in words: some weeks to a page, a row for each person.

Who is on leave is off there: why somebody is not at work is nobody's business.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import formats
from django.utils.translation import gettext as _

from overens.desks.planner.roster.saying import hours, times
from overens.desks.planner.roster.words import WEEKDAYS, said
from overens.desks.saying import language
from overens.planner.models import PlanningDecision, ProblemVersion
from overens.planning.roster.building import case
from overens.planning.roster.carried import Edition
from overens.planning.roster.instance import OFF
from overens.rendering.wall import Wall, WallDay, WallPage, WallRow
from overens.rules.deadlines import DayOff, day_off

WEEKS = 4
FREE = {DayOff.SATURDAY, DayOff.SUNDAY, DayOff.PUBLIC_HOLIDAY}


def wall(edition: Edition, version: ProblemVersion, decision: PlanningDecision | None) -> Wall:
    """decision: that it was published; None: it is not."""
    roster = edition.roster
    if decision is None:
        state = _("utkast, inte publicerat")
    else:
        state = _("publicerat %(day)s av %(who)s") % {"day": decision.decided_on.isoformat(), "who": decision.body}
    values = {"unit": roster.unit or said(roster), "number": version.number, "state": state}
    return Wall(
        title=said(roster),
        language=language(),
        notice=_("Syntetiska, påhittade uppgifter: ingen verklig avdelning.") if roster.synthetic else "",
        about=_("%(unit)s. Version %(number)d, %(state)s.") % values,
        person=_("Medarbetare"),
        total=_("Timmar"),
        legend=[(each.id, f"{said(each)} {times(each)}") for each in roster.shifts],
        dark=[each.id for each in roster.shifts if each.kind == "night"],
        pages=list(_pages(edition)),
    )


def _pages(edition: Edition) -> Iterator[WallPage]:
    roster, built = edition.roster, case(edition.roster)
    for start in range(0, 7 * roster.weeks, 7 * WEEKS):
        days = range(start, min(start + 7 * WEEKS, 7 * roster.weeks))
        dates = [roster.first + dt.timedelta(days=day) for day in days]
        numbers = [each.isocalendar().week for each in dates[::7]]
        rows = []
        for at, who in enumerate(roster.persons):
            line = [(day, int(edition.days[at, day])) for day in days]
            minutes = sum(int(built.minutes[built.before + day, shift]) for day, shift in line if shift != OFF)
            cells = ["" if shift == OFF else roster.shifts[shift].id for _day, shift in line]
            rows.append(WallRow(said(who), cells, hours(minutes)))
        sums = [
            WallRow(
                _("Antal %(shift)s") % {"shift": each.id},
                [str(int((edition.days[:, day] == at).sum())) for day in days],
            )
            for at, each in enumerate(roster.shifts)
        ]
        span = {"first": formats.date_format(dates[0], "j F"), "last": formats.date_format(dates[-1], "j F Y")}
        weeks = {"from": numbers[0], "to": numbers[-1], **span}
        yield WallPage(
            title=_("Vecka %(from)d–%(to)d, %(first)s – %(last)s") % weeks,
            weeks=[_("v. %(number)d") % {"number": each} for each in numbers],
            days=[
                WallDay(str(WEEKDAYS[each.weekday()]), f"{each.day}/{each.month}", day_off(each) in FREE)
                for each in dates
            ],
            rows=rows,
            sums=sums,
        )
