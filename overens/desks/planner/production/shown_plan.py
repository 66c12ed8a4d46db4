# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a production plan says, in figures, tables and a few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from overens.desks.planner.answering import said
from overens.desks.planner.shown_tables import Cell, Table, about
from overens.desks.refusals import shown
from overens.desks.saying import number, picture
from overens.planner import production
from overens.planner.models import Computed
from overens.planning.production import packing, verdict
from overens.planning.production.flow import Floats
from overens.planning.production.packing import Kept
from overens.planning.production.problem import Production, week_text
from overens.planning.production.waits import Band
from overens.rules.edition.charts import Fan, Panel, Point, Series

# What an hour or a day more must be worth, in kronor, to be said to bind; and so many of what binds are shown.
WORTH = 1.0
MOST_BINDING = 8
# Less of an hour or a patient is none.
SMALL = 0.05
# When what is simulated is told, in weeks from the beginning, beside the end.
MOMENTS = (0, 12, 26)


@dataclass(frozen=True)
class Planned:
    """A plan with the problem that it is of. ``service``: the one that the reader has chosen, "" for all."""

    problem: Production
    computed: Computed
    kept: Kept
    service: str = ""

    @property
    def weeks(self) -> list[str]:
        flow = self.kept.flow
        return [week_text(flow.monday(week)) for week in range(flow.weeks)]

    @property
    def steps(self) -> list[tuple[int, str]]:
        """Those of the service, with their places and what they are called."""
        every = enumerate(self.problem.every_step)
        return [(at, said(step)) for at, (service, step) in every if service.id == self.service]

    @property
    def services(self) -> list[tuple[str, str]]:
        return [(each.id, said(each)) for each in self.problem.services]


def planned(found: Computed, service: str = "") -> Planned:
    problem = production.given(found.of).problem
    known = {each.id for each in problem.services}
    return Planned(problem, found, production.plan(found), service if service in known else "")


def context(found: Computed, service: str = "") -> dict[str, Any]:
    """What the page says of a plan. Patients week by week are of one service: the first, where none is chosen."""
    every, chosen = planned(found), planned(found, service)
    one = chosen if chosen.service else planned(found, every.problem.services[0].id)
    findings = packing.said(every.kept, every.problem)
    return {
        "real": not every.problem.synthetic,
        "summary": summary(every),
        "approved": verdict.is_sound(findings),
        "findings": shown(findings),
        "binding": binding(every),
        "service_title": dict(every.services)[one.service],
        "fields": [
            {
                "name": "tjanst",
                "label": _("Verksamhet"),
                "value": chosen.service,
                "type": "select",
                "options": [("", _("Alla verksamheter")), *every.services],
            }
        ],
        "late_chart": late_chart(chosen),
        "waits": waits_table(chosen),
        "patients": patients_table(one),
        "hours": hours_table(every),
        "hours_by_week": hours_by_week(every),
        "sessions": sessions_table(chosen),
        "runs": every.kept.runs,
    }


def summary(planned: Planned) -> list[tuple[str, str]]:
    flow, plan, facts = planned.kept.flow, planned.kept.plan, planned.computed.facts
    percent = number(round(100 * Decimal(str(facts["gap"])), 2))
    return [
        (
            _("Gränserna från vecka %(week)s") % {"week": week_text(flow.monday(flow.by))},
            _("hålls, med det väntade") if facts["late"] < SMALL else _("hålls inte"),
        ),
        *_chance(planned),
        (_("Steg som påbörjas"), _sum(plan.begun)),
        (_("Därav köps av andra"), _sum(plan.bought)),
        (_("Övertid, timmar"), _sum(plan.overtime)),
        (_("Inhyrd personal, timmar"), _sum(plan.hired)),
        (_("Kostnad för timmar och köpt vård, kronor"), number(facts["cost"])),
        (_("Intjänat bidrag, kronor"), number(facts["earned"])),
        (
            _("Hur nära den bästa planen"),
            _("bevisat bäst") if facts["proven"] else _("högst %(percent)s procent ifrån") % {"percent": percent},
        ),
    ]


def _chance(planned: Planned) -> list[tuple[str, str]]:
    """What becomes of the limits when days and patients are uneven."""
    kept, end = planned.kept, planned.kept.flow.weeks
    if kept.planned is None:
        return []
    within = spread(kept.planned.within, end, -1, 100)
    return [
        (_("Har väntat för länge när planen slutar, simulerat"), spread(kept.planned.late, end, -1)),
        (_("Inom gränsen när planen slutar, simulerat, procent"), within),
    ]


def _sum(amounts: Floats) -> str:
    return number(round(float(amounts.sum())))


def late_chart(planned: Planned) -> Any:
    """Who have waited too long when each week ends: as planned, and as chance makes of it with the plan and without."""
    kept = planned.kept
    places = planned.steps or [(-1, _("Alla steg"))]
    panels = []
    for at, title in places:
        if at >= 0 and not np.isfinite(kept.flow.limit[at]).any():
            continue
        late = kept.plan.late.sum((1, 2)) if at < 0 else kept.plan.late[:, at].sum(1)
        series = [Series(name=_("Planen"), points=tuple(Point(number=round(float(each), 1)) for each in late))]
        for name, waits in ((_("Simulerat med planen"), kept.planned), (_("Simulerat utan planen"), kept.unplanned)):
            if waits is not None:
                series.append(Series(name=name, points=_banded(waits.late, at)))
        panels.append(Panel(title=title, series=tuple(series)))
    if not panels:
        return ""
    alt = _("Patienter som har väntat för länge, vecka för vecka")
    return picture(Fan(years=tuple(planned.weeks), panels=tuple(panels), unit=_("patienter")), alt)


def _banded(band: Band, at: int) -> tuple[Point, ...]:
    """Of the ends of the weeks."""
    ends = zip(band.middle[1:, at], band.low[1:, at], band.high[1:, at], strict=True)
    return tuple(Point(number=float(middle), low=float(low), high=float(high)) for middle, low, high in ends)


def waits_table(planned: Planned) -> Table | None:
    """Who waits, who is late and the share within the limit, by step, at some moments."""
    kept = planned.kept
    if kept.planned is None or kept.unplanned is None:
        return None
    weeks, both = kept.flow.weeks, (kept.planned, kept.unplanned)
    rows = []
    for at, title in planned.steps or [(-1, _("Alla steg"))]:
        for week in sorted({each for each in MOMENTS if each < weeks} | {weeks}):
            when = _("om %(weeks)d veckor") % {"weeks": week} if week else _("när planen börjar")
            cells = [spread(each.on_list, week, at) for each in both]
            cells += [spread(each.late, week, at) for each in both]
            rows.append([title, when, *cells, *(spread(each.within, week, at, 100) for each in both)])
    header = [
        _("Steg"), _("När"), _("Väntar, med planen"), _("Väntar, utan"), _("För sent, med planen"), _("För sent, utan"),
        _("Inom gränsen med planen, procent"), _("Inom gränsen utan, procent"),
    ]  # fmt: skip
    return Table("vantande", _("Simulerad väntan: mitten av körningarna, och var nio av tio ligger"), header, rows, 2)


def spread(band: Band, week: int, at: int, times: float = 1) -> str:
    """120 (90–150); a dash where nobody waits."""
    ends = [float(each[week, at]) * times for each in (band.middle, band.low, band.high)]
    if np.isnan(ends[0]):
        return "–"
    middle, low, high = (number(round(each)) for each in ends)
    return middle if low == high else f"{middle} ({low}–{high})"


def patients_table(planned: Planned) -> Table:
    """By week, of the chosen service: what is begun of each step, and who then has waited too long."""
    kept = planned.kept
    header, columns = [_("Vecka")], list[Floats]()
    for at, title in planned.steps:
        for label, array, is_shown in (
            (_("%(step)s: påbörjas"), kept.plan.begun, True),
            (_("%(step)s: därav köps"), kept.plan.bought, kept.plan.bought[:, at].sum() > SMALL),
            (_("%(step)s: för sent"), kept.plan.late, bool(np.isfinite(kept.flow.limit[at]).any())),
        ):
            if is_shown:
                header.append(label % {"step": title})
                columns.append(array[:, at].sum(1))
    return Table("patienter", _("Vad som påbörjas, vecka för vecka"), header, _by_week(planned, columns))


def hours_table(planned: Planned) -> Table:
    """By competence: the hours there are and are planned, and in which weeks more than the ordinary ones."""
    flow, plan = planned.kept.flow, planned.kept.plan
    rows: list[list[Cell]] = []
    for at, competence in enumerate(planned.problem.competences):
        parts = (flow.hours, plan.ordinary, plan.overtime, plan.hired)
        weeks = np.flatnonzero(plan.overtime[:, at] + plan.hired[:, at] > SMALL)
        rows.append([said(competence), *(round(float(each[:, at].sum())) for each in parts), when(planned, weeks)])
    header = [
        _("Kompetens"), _("Finns"), _("Ordinarie"), _("Övertid"), _("Inhyrd"), _("Veckor med mer än ordinarie"),
    ]  # fmt: skip
    return Table("timmar", _("Timmar per kompetens under hela planen"), header, rows, whole=True)


def hours_by_week(planned: Planned) -> Table:
    """By week and competence: all planned hours, for the rota."""
    plan = planned.kept.plan
    total = plan.ordinary + plan.overtime + plan.hired
    header = [_("Vecka"), *(said(each) for each in planned.problem.competences)]
    return Table("timmar-per-vecka", _("Planerade timmar per vecka och kompetens"), header, _by_week(planned, total.T))


def sessions_table(planned: Planned) -> Table | None:
    """By week: whole sessions of each kind of room for each service, or for the chosen one."""
    problem, opened = planned.problem, planned.kept.plan.opened
    header, columns = [_("Vecka")], list[Floats]()
    for at, room in enumerate(problem.rooms):
        for place, service in enumerate(problem.services):
            if opened[:, at, place].any() and planned.service in ("", service.id):
                header.append(f"{said(room)}: {said(service)}")
                columns.append(opened[:, at, place])
    if not columns:
        return None
    return Table("pass", _("Hela pass i lokalerna, vecka för vecka"), header, _by_week(planned, columns), whole=True)


def binding(planned: Planned) -> list[dict[str, str]]:
    """Of what one more hour or day would be worth something, the dearest first."""
    problem, plan, found = planned.problem, planned.kept.plan, []
    an_hour, a_day = _("kronor för en timme till"), _("kronor för ett dygn till")
    for things, worth, unit in (
        (problem.competences, plan.worth, an_hour),
        (problem.rooms, plan.room_worth, an_hour),
        (problem.beds, plan.bed_worth, a_day),
    ):
        for at, thing in enumerate(things):
            weeks = np.flatnonzero(worth[:, at] > WORTH)
            if len(weeks):
                mean = about(float(worth[weeks, at].mean()))
                found.append((-float(worth[:, at].sum()), said(thing), when(planned, weeks), f"{mean} {unit}"))
    return [
        {"title": title, "weeks": weeks, "worth": worth} for _sum, title, weeks, worth in sorted(found)[:MOST_BINDING]
    ]


def _by_week(planned: Planned, columns: Iterable[Floats]) -> list[list[Any]]:
    by_week = zip(planned.weeks, *columns, strict=True)
    return [[week, *(round(float(each), 1) for each in row)] for week, *row in by_week]


def when(planned: Planned, weeks: Any) -> str:
    """27 veckor, från 2026-W05 till 2026-W40."""
    if not len(weeks):
        return "–"
    first, last = planned.weeks[int(weeks[0])], planned.weeks[int(weeks[-1])]
    if len(weeks) == 1:
        return first
    return _("%(count)d veckor, från %(first)s till %(last)s") % {"count": len(weeks), "first": first, "last": last}
