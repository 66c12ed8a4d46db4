# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody's own page, at a secret address: their shifts and hours, what they wish, and their shifts as a calendar.

They have no account here. Nobody else's wishes are shown, and what they write is only their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.asking import whole
from overens.desks.downloads import attachment, unlisted
from overens.desks.planner.roster import own, wish_form
from overens.desks.planner.roster.saying import hours, times, weekday, wished
from overens.desks.planner.roster.words import said
from overens.exchange import calendar
from overens.exchange.rosters import personal_calendar
from overens.exchange.rosters.rota import Shift as CalendarShift
from overens.planner import rosters, rota_values, staff
from overens.planner.actions import staffing
from overens.planner.models import PlanningDecision, SavedProblem, StaffLink
from overens.planning.roster import wishing
from overens.planning.roster.carried import Edition
from overens.planning.roster.personal import Day
from overens.planning.roster.problem import Shift
from overens.records import clock, kept
from overens.records.canonical import digest
from overens.rules.findings import Refused

MONTH = "manad"
# What somebody works after each decision about a period.
Told = list[tuple[PlanningDecision, Mapping[dt.date, CalendarShift]]]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """``vy``: vecka or manad; ``dag``: the day that it is about. POST: wishes."""
    link = _opened(token)
    rows, above = None, list[str]()
    if request.method == "POST":
        rows = wish_form.sent(request.POST)
        if request.POST.get("do") == "save":
            above = _saved(request, link, rows)
            if not above and not any(each.mistakes for each in rows):
                return _secret(HttpResponseRedirect(f"{reverse('planner-own', args=[token])}#onskemal", status=303))
    context = {
        "token": token,
        "is_shared": True,
        "feed": f"{settings.OVERENS_URL}{reverse('planner-own-feed', args=[token])}",
        "above": above,
        **_rota(request, link),
        **_wishes(link, rows),
    }
    wrong = bool(above or any(each.mistakes for each in rows or ()))
    return _secret(render(request, "planner/roster/own.html", context, status=422 if wrong else 200))


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """One's own shifts for a calendar program, at an address that stays; what was taken away is cancelled there."""
    link = _opened(token)
    periods, holder = [], staff.Holder(link)
    for problem in staff.of_unit(link.problem):
        for period in staff.periods(problem):
            told = [(each.decision, _shifts(holder, problem, each.edition)) for each in period.published]
            periods.append([*told, *((each, {}) for each in period.withdrawals)])
    place = link.problem.unit.code if link.problem.unit else link.problem.code
    key = digest(f"{link.problem.owner.code}/{place}/{link.who}")[:24]
    title, synthetic = _person(link)
    note = _("Syntetiska, påhittade uppgifter") if synthetic else ""
    content = personal_calendar.write(title, key, _all(periods), note)
    return unlisted(attachment(content, calendar.TYPE, "schema.ics"))


def _secret(response: HttpResponse) -> HttpResponse:
    """Not told to other sites; to our own it is, for a form that is sent without saying from where is refused."""
    response = unlisted(response)
    response["Referrer-Policy"] = "same-origin"
    return response


def _all(periods: list[Told]) -> list[personal_calendar.Version]:
    """What holds of all periods together after each decision, in the order of the decisions."""
    steps = [(each, number, mine) for number, told in enumerate(periods) for each, mine in told]
    holds: dict[int, Mapping[dt.date, CalendarShift]] = {}
    found = []
    for decision, number, mine in sorted(steps, key=lambda each: each[0].pk):
        holds[number] = mine
        found.append(
            personal_calendar.Version(decision.at, {day: each for one in holds.values() for day, each in one.items()})
        )
    return found


def _shifts(holder: staff.Holder, problem: SavedProblem, edition: Edition) -> Mapping[dt.date, CalendarShift]:
    """What somebody works by date; nothing where they are not in it."""
    if holder.row(problem, edition.roster) is None:
        return {}
    rota = rota_values.as_rota(edition.roster, edition.days)
    return {day: shift for person, day, shift in rota.duties() if person.id == holder.link.who}


def _opened(token: str) -> StaffLink:
    """Raises Http404."""
    found = staff.link_at(token)
    if found is None:
        raise Http404
    return found


def _person(link: StaffLink) -> tuple[str, bool]:
    """What they are called, and whether all of it is made up."""
    roster, _case = rosters.opened(kept.newest(link.problem))
    return next((said(each) for each in roster.persons if each.id == link.who), link.who), roster.synthetic


def _rota(request: HttpRequest, link: StaffLink) -> dict[str, Any]:
    periods, today = own.mine(link), clock.today()
    known = own.days(periods)
    at = own.anchor(request.GET.get("dag", ""), known, today)
    by_month = request.GET.get("vy") == MONTH
    title, synthetic = _person(link)
    first = at.replace(day=1)
    before, after = (first - own.DAY, first + 31 * own.DAY) if by_month else (at - own.WEEK, at + own.WEEK)
    return {
        "title": title,
        "problem": link.problem,
        "real": not synthetic,
        "periods": own.sums(periods),
        "changed": [
            {
                "day": each.day, "weekday": weekday(each.day), "on": each.on,
                "before": _shift(old), "after": _shift(new), "short": each.is_short,
            }
            for each, old, new in own.changed(periods, link.who, today)
        ],
        "at": at,
        "by_month": by_month,
        "today": today,
        "before": before,
        "after": after,
        "week": [] if by_month else _week(known, at),
        "week_sum": hours(sum(each.minutes for each in own.week(known, at) if each)),
        "number": at.isocalendar().week,
        "month": [[(day, inside, _day(each)) for day, inside, each in row] for row in own.month(known, at)]
        if by_month
        else [],
        "month_name": formats.date_format(first, "F Y"),
        "weekdays": [weekday(day) for day, _inside, _each in own.month(known, at)[0]],
    }  # fmt: skip


def _week(known: dict[dt.date, Day], at: dt.date) -> list[dict[str, Any]]:
    monday = at - own.DAY * at.weekday()
    return [
        {"on": monday + own.DAY * number, "weekday": weekday(monday + own.DAY * number), "day": _day(each)}
        for number, each in enumerate(own.week(known, at))
    ]


def _day(each: Day | None) -> dict[str, Any] | None:
    if each is None:
        return None
    rest = None if each.rest is None or each.rest > own.LONG_REST else hours(each.rest)
    return {"shift": _shift(each.shift), "hours": hours(each.minutes), "rest": rest, "is_leave": each.is_leave}


def _shift(shift: Shift | None) -> dict[str, str] | None:
    return None if shift is None else {"id": shift.id, "title": said(shift), "times": times(shift)}


def _wishes(link: StaffLink, rows: list[wish_form.Row] | None) -> dict[str, Any]:
    """rows: as typed, where something is."""
    problem = staff.wishing(link)
    roster, _case = rosters.opened(kept.newest(problem))
    row = staff.Holder(link).row(problem, roster)
    if row is None:
        return {"roster": None}
    who = roster.persons[row]
    wishes, number = staff.wished(problem, roster, who)
    closes = wishing.closes(roster)
    published = [each for each in staff.periods(problem) if each.last.edition.roster.first == roster.first]
    return {
        "roster": roster,
        "closes": closes,
        "open": clock.today() <= closes,
        "rows": wish_form.with_empty(wish_form.rows_of(wishes) if rows is None else rows),
        "base": number,
        "used": sum(each.weight for each in wishes),
        "left": roster.wish_points - sum(each.weight for each in wishes),
        "shifts": [(each.id, said(each)) for each in roster.shifts],
        "wishes": [wished(each, roster) for each in wishes],
        "met": own.met(published[-1], link.who) if published and not published[-1].withdrawn else None,
    }


def _saved(request: HttpRequest, link: StaffLink, rows: list[wish_form.Row]) -> list[str]:
    """Save what was typed; what stands against it is put at its field, or given back."""
    wishes, wrong = wish_form.read(rows)
    if not wrong:
        try:
            made = staffing.wish(link, wishes, whole(request.POST.get("base")) or 0)
            messages.success(request, _("Önskemålen är sparade.") if made else _("Inget hade ändrats."))
        except Refused as refusal:
            wrong = list(refusal.findings)
    return wish_form.marked(rows, wrong)
