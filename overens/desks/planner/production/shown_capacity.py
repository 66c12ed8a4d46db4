# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Step 2: hours, rooms and beds by week, and what changes them. Step 3: what is asked for of what there is."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from overens.desks.planner.answering import said
from overens.desks.planner.production.ground import Ground, week_name
from overens.desks.planner.shown_tables import Cell, Table, rounded
from overens.desks.planner.words import WORDS
from overens.desks.saying import number, picture
from overens.planning.production.days import WORKING_DAYS, working_days
from overens.planning.production.problem import Bed, Competence, week_text
from overens.rules.edition.charts import Bar, Heat, Point

# Per cent of what there is, where a class of the figures begins.
SHARES, LOADS = (50, 75, 90, 100), (70, 90, 100, 110)
# Hours or days of which less is not worth a row.
SMALLEST = 0.5


def things(ground: Ground) -> list[dict[str, Any]]:
    """Each competence, kind of room and bed: an ordinary week, the least one, what may be added, and how sure."""
    found = []
    for _id, thing, _need, there in ground.things:
        least = int(there.argmin())
        found.append(
            {
                "title": said(thing),
                "aid": _aid(thing),
                "unit": _("vårddygn") if isinstance(thing, Bed) else _("timmar"),
                "ordinary": _about(_ordinary(thing)),
                "least": _about(there[least]),
                "least_week": week_text(ground.flow.monday(least)),
                "sum": _about(there.sum()),
                "more": _more(thing) if isinstance(thing, Competence) else "",
                "status": WORDS["status"][thing.status],
                "source": thing.source if thing.status in ("verified", "data") else "",
            }
        )
    return found


def _ordinary(thing: Any) -> float:
    return float(thing.number) * 7 if isinstance(thing, Bed) else float(thing.hours)


def _aid(thing: Any) -> str:
    """The codes of a competence in AID, the employers' classification of work."""
    if not isinstance(thing, Competence):
        return ""
    return ", ".join(thing.aid) or _("inte angiven")


def _more(thing: Competence) -> str:
    found = []
    if thing.overtime:
        share = {"share": _about(100 * float(thing.overtime)), "cost": _kronor(thing.overtime_cost or 0)}
        found.append(_("övertid högst %(share)s procent, %(cost)s kr/timme") % share)
    if thing.hired:
        hired = {"hours": _about(float(thing.hired)), "cost": _kronor(thing.hired_cost or 0)}
        found.append(_("inhyrt högst %(hours)s timmar i veckan, %(cost)s kr/timme") % hired)
    return "; ".join(found)


def changes(ground: Ground) -> list[dict[str, Any]]:
    """What makes weeks differ: changes of the file, and weeks with holidays."""
    problem = ground.given.problem
    titles = {each.id: said(each) for each in (*problem.units, *problem.competences, *problem.rooms, *problem.beds)}
    found = [
        {
            "weeks": f"{week_text(each.first)} – {week_text(each.last)}",
            "what": ", ".join(titles.get(name, name) for name in each.what),
            "share": _about(100 * float(each.share)),
            "note": each.note,
        }
        for each in problem.changes
    ]
    short = [(monday, days) for monday in problem.mondays if (days := working_days(monday)) < WORKING_DAYS]
    for days in sorted({each for _monday, each in short}):
        weeks = ", ".join(week_text(monday) for monday, each in short if each == days)
        share = _about(100 * days / WORKING_DAYS)
        found.append({"weeks": weeks, "what": _("timmar och lokaler"), "share": share, "note": _("helgdagar")})
    return found


def by_week(ground: Ground) -> Table:
    header = [_("Vecka"), *(said(thing) for _id, thing, _need, _there in ground.things)]
    rows: list[list[Cell]] = [
        [week_text(ground.flow.monday(week)), *(float(there[week]) for _id, _thing, _need, there in ground.things)]
        for week in range(ground.flow.weeks)
    ]
    return Table("kapacitet", _("Timmar och vårddygn vecka för vecka"), header, rows)


def share_figure(ground: Ground) -> SafeString:
    """Per cent of an ordinary week, by week."""
    rows = [(said(thing), 100 * there / max(_ordinary(thing), 1e-9)) for _id, thing, _need, there in ground.things]
    return _heat(ground, rows, SHARES, _("procent av en vanlig vecka"), _("Vad som finns vecka för vecka"))


def loads(ground: Ground) -> Table:
    """What the limits ask for against what there is, by week."""
    header = [_("Vecka")]
    for _id, thing, _need, _there in ground.things:
        header += [_("%(what)s: behövs") % {"what": said(thing)}, _("%(what)s: finns") % {"what": said(thing)}]
    rows: list[list[Cell]] = [
        [
            week_text(ground.flow.monday(week)),
            *(float(each[week]) for _id, _thing, need, there in ground.things for each in (need, there)),
        ]
        for week in range(ground.flow.weeks)
    ]
    return Table("balansering", _("Behov och tillgång vecka för vecka, timmar och vårddygn"), header, rows)


def load_figure(ground: Ground) -> SafeString:
    rows = [
        (said(thing), 100 * np.divide(need, there, out=np.zeros_like(need), where=there > 0))
        for _id, thing, need, there in ground.things
    ]
    return _heat(ground, rows, LOADS, _("procent av vad som finns"), _("Vad gränserna kräver av vad som finns"))


def binding(ground: Ground) -> list[dict[str, Any]]:
    """Of what the limits ask for more than there is in some week: the most pressed first."""
    found = []
    for _id, thing, need, there in ground.things:
        over = np.flatnonzero(need > there + 1e-6)
        if len(over):
            found.append(
                {
                    "title": said(thing),
                    "unit": _("vårddygn") if isinstance(thing, Bed) else _("timmar"),
                    "count": len(over),
                    "first": week_text(ground.flow.monday(int(over[0]))),
                    "last": week_text(ground.flow.monday(int(over[-1]))),
                    "share": _about(100 * need.sum() / max(float(there.sum()), 1e-9)),
                    "load": float(need.sum() / max(float(there.sum()), 1e-9)),
                    "over": _about((need - there)[over].sum()),
                }
            )
    return sorted(found, key=lambda each: -each["load"])


def lacking(ground: Ground) -> list[dict[str, Any]]:
    """What is lacking to keep all limits, beside all overtime, hired staff and others that there are: how much, in
    which weeks, and what so many hours cost with more posts, more overtime or more hired staff. Kronor, whole.
    """
    need, flow, problem = ground.need, ground.flow, ground.given.problem
    if need is None:
        return []
    found = []
    for things, amounts, unit in (
        (problem.competences, need.hours, _("timmar")),
        (problem.rooms, need.room_hours, _("timmar")),
        (problem.beds, need.bed_days, _("vårddygn")),
    ):
        for at, thing in enumerate(things):
            much, weeks = float(amounts[:, at].sum()), np.flatnonzero(amounts[:, at] > 1e-3)
            if much < SMALLEST:
                continue
            prices = ["–", "–", "–"]
            if isinstance(thing, Competence):
                costs = (flow.cost[at], flow.overtime_cost[at], flow.hired_cost[at])
                prices = [_kronor(much * each) if each else "–" for each in costs]
            found.append(
                {
                    "title": said(thing),
                    "much": f"{_about(much)} {unit}",
                    "weeks": number(len(weeks)),
                    "first": week_text(flow.monday(int(weeks[0]))),
                    "last": week_text(flow.monday(int(weeks[-1]))),
                    "prices": prices,
                }
            )
    return found


def ways(ground: Ground) -> list[list[str]]:
    """What may be added, of each kind: which, what of, how much at most in all weeks, for how much each, and in all."""
    flow, found = ground.flow, []
    for at, thing in enumerate(ground.given.problem.competences):
        for name, most, cost in (
            (_("Övertid"), flow.overtime[:, at].sum(), flow.overtime_cost[at]),
            (_("Inhyrd personal"), flow.hired[:, at].sum(), flow.hired_cost[at]),
        ):
            if most > 0:
                much = _("%(hours)s timmar") % {"hours": _about(most)}
                found.append([name, said(thing), much, _kronor(cost), _kronor(most * cost)])
    for at, (service, step) in enumerate(ground.steps):
        most = flow.bought[:, at].sum()
        if most > 0:
            much = _("%(count)s patienter") % {"count": _about(most)}
            found.append(
                [_("Köpt vård"), f"{service}: {step}", much, _kronor(flow.price[at]), _kronor(most * flow.price[at])]
            )
    return found


def _heat(ground: Ground, rows: list[tuple[str, Any]], limits: tuple[int, ...], unit: str, alt: str) -> SafeString:
    columns = tuple(week_name(monday) for monday in ground.given.problem.mondays)
    drawn = tuple(
        Bar(label=title, points=tuple(Point(number=round(float(each))) for each in values)) for title, values in rows
    )
    return picture(Heat(columns=columns, rows=drawn, limits=limits, unit=unit), alt, 1100)


def _about(value: Any) -> str:
    return number(rounded(float(value)))


def _kronor(value: Any) -> str:
    return number(round(float(value)))
