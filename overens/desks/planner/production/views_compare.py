# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two plans of a problem beside each other, in the weeks that both are of."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks import exports
from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.planner.access import own_problem, readers
from overens.desks.planner.production.shown_plan import Planned, planned
from overens.desks.planner.production.told import frame
from overens.desks.planner.production.views_plan import HERE
from overens.desks.planner.shown_tables import Cell, Table
from overens.desks.saying import picture
from overens.planner import production, reading
from overens.planner.models import Computed, ProblemKind
from overens.planning.production import verdict
from overens.planning.production.flow import Floats
from overens.rules.edition.charts import Lines, Point, Series


@require_safe
@readers
def compare(request: ActingRequest, code: str) -> HttpResponse:
    """``a`` and ``b``: two plans by number; else the last two. ``format``: the weeks as a file."""
    saved = own_problem(request, ProblemKind.PRODUCTION, code)
    made = production.plans(saved)
    by_number = {each.pk: each for each in made}
    defaults = (made[1] if len(made) > 1 else None, made[0] if made else None)
    chosen = [
        by_number.get(whole(request.GET.get(name)) or 0, default) for name, default in zip("ab", defaults, strict=True)
    ]
    context: dict[str, Any] = {
        **frame(request, reading.newest(saved), HERE),
        "step_name": _("Jämför två planer"),
        "formats": exports.FORMATS,
        "fields": [
            {
                "name": name,
                "label": label,
                "value": str(each.pk) if each else "",
                "type": "select",
                "options": [(str(one.pk), _called(one)) for one in made],
            }
            for name, label, each in zip("ab", (_("Den ena"), _("Den andra")), chosen, strict=True)
        ],
    }
    if chosen[0] is None or chosen[1] is None:
        return render(request, "planner/production/compare.html", context)
    one, other = planned(chosen[0]), planned(chosen[1])
    weeks = [week for week in one.weeks if week in other.weeks]
    if weeks:
        table = _by_week(one, other, weeks)
        if (form := request.GET.get("format")) in exports.FORMATS:
            synthetic = one.problem.synthetic or other.problem.synthetic
            of = _("syntetiska") if synthetic else _("verkliga")
            rows = [[*row, of] for row in table.rows]
            return exports.table_response(str(form), f"{saved.code}-jamforelse", [*table.header, _("Uppgifter")], rows)
        context |= {"sums": _sums(one, other, weeks), "table": table, "chart": _chart(one, other, weeks)}
    context |= {"names": [_called(each.computed) for each in (one, other)], "weeks": weeks, "query": _query(chosen)}
    return render(request, "planner/production/compare.html", context)


def _query(chosen: list[Computed | None]) -> str:
    return "&".join(f"{name}={each.pk}" for name, each in zip("ab", chosen, strict=True) if each)


def _called(found: Computed) -> str:
    values = {
        "number": found.of.number,
        "first": found.facts["weeks"][0],
        "at": formats.date_format(found.finished_at, "SHORT_DATETIME_FORMAT"),
    }
    return _("Version %(number)d, från %(first)s, gjord %(at)s") % values


def _at(of: Planned, array: Floats, weeks: list[str]) -> Floats:
    """Of an array [W, …] the rows of these weeks, all else added up."""
    start = of.weeks.index(weeks[0])
    part = array[start : start + len(weeks)]
    found: Floats = part.reshape(len(weeks), -1).sum(1)
    return found


def _columns(of: Planned, weeks: list[str]) -> dict[str, Floats]:
    flow, plan = of.kept.flow, of.kept.plan
    waiting, late, _grown = verdict.recount(flow, plan.begun)
    money = plan.ordinary * flow.cost + plan.overtime * flow.overtime_cost + plan.hired * flow.hired_cost
    arrays = {
        "begun": plan.begun, "bought": plan.bought, "overtime": plan.overtime, "hired": plan.hired,
        "waiting": waiting, "late": late, "cost": money,
    }  # fmt: skip
    found = {name: _at(of, array, weeks) for name, array in arrays.items()}
    found["cost"] = found["cost"] + _at(of, plan.bought.sum(2) * flow.price, weeks)
    return found


def _sums(one: Planned, other: Planned, weeks: list[str]) -> Table:
    """Over the weeks that both have; lists as they are when the last of them ends."""
    first, second = _columns(one, weeks), _columns(other, weeks)
    labels = {
        "begun": _("Steg som påbörjas"), "bought": _("Därav köps av andra"), "overtime": _("Övertid, timmar"),
        "hired": _("Inhyrd personal, timmar"), "cost": _("Kostnad, kronor"),
        "waiting": _("Väntar när sista veckan slutar"),
        "late": _("För sent när sista veckan slutar"),
    }  # fmt: skip
    rows: list[list[Cell]] = []
    for name, label in labels.items():
        ends = [each[name][-1] if name in ("waiting", "late") else each[name].sum() for each in (first, second)]
        before, after = (round(float(each)) for each in ends)
        rows.append([label, before, after, after - before])
    caption = _("I de %(count)d veckor som båda planerna gäller") % {"count": len(weeks)}
    return Table("jamforelse", caption, ["", _("Den ena"), _("Den andra"), _("Skillnad")], rows, whole=True)


def _by_week(one: Planned, other: Planned, weeks: list[str]) -> Table:
    both = (_columns(one, weeks), _columns(other, weeks))
    columns = [each[name] for name in ("begun", "late", "waiting") for each in both]
    rows: list[list[Cell]] = [[week, *(round(float(each[at]), 1) for each in columns)] for at, week in enumerate(weeks)]
    header = [
        _("Vecka"), _("Påbörjas, den ena"), _("Påbörjas, den andra"), _("För sent, den ena"), _("För sent, den andra"),
        _("Väntar, den ena"), _("Väntar, den andra"),
    ]  # fmt: skip
    return Table("jamforelse", _("Vecka för vecka"), header, rows)


def _chart(one: Planned, other: Planned, weeks: list[str]) -> Any:
    series = tuple(
        Series(name=name, points=tuple(Point(number=round(float(each), 1)) for each in _columns(of, weeks)["late"]))
        for name, of in ((_("Den ena"), one), (_("Den andra"), other))
    )
    alt = _("Patienter som har väntat för länge, vecka för vecka")
    return picture(Lines(years=tuple(weeks), series=series, unit=_("patienter")), alt)
