# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From hours a week of each competence, typed or of a plan, to a curve over the week and to how many on each shift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.planner.access import seen, writers
from overens.desks.planner.roster.access import frame, newest, roster_to_write
from overens.desks.planner.roster.words import WEEKDAYS, named, said
from overens.desks.refusals import shown
from overens.desks.saying import number, picture
from overens.planner import hours
from overens.planner.actions import problems
from overens.planner.models import Computed, ProblemKind, ProblemVersion
from overens.planning.roster import demand
from overens.planning.roster.demand import Staffing
from overens.planning.roster.problem import Roster
from overens.rules.edition.charts import Lines, Point, Series
from overens.rules.findings import Finding, Refused, error

# How a competence's hours are named, and which of the plan's competences they are.
HOURS, OF_PLAN = "h:", "k:"
MOST, MOST_SHORT = Decimal(100_000), 10
EACH_HOUR = 2
KEPT = 32


@dataclass(frozen=True)
class Asked:
    """``hours``: those of each of the ward's competences, as they are counted with; ``typed``: as they stand in the
    fields; ``plan``: of which plan, and ``its``: the plan's own hours by competence.
    """

    hours: Mapping[str, float]
    typed: Mapping[str, str]
    chosen: Mapping[str, str]
    plan: Computed | None
    its: Mapping[str, float]
    profile: str
    least: Decimal
    short: Decimal
    wrong: tuple[Finding, ...]


@writers
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: ActingRequest, code: str) -> HttpResponse:
    """What is asked stands in the address: ``plan``, ``profil``, ``minst``, ``brist``, hours by competence. POST: write
    the cover that it gives into the problem, as a new version.
    """
    roster_to_write(request, code)
    saved, version, roster, _case = newest(request, code)
    plans = hours.plans([*seen(request, ProblemKind.PRODUCTION), *seen(request, ProblemKind.MIX)])
    sent = request.POST if request.method == "POST" else request.GET
    asked = _asked(sent, roster, plans)
    wrong, found = list(asked.wrong), dict[str, Staffing]()
    try:
        for competence, of in asked.hours.items():
            found[competence] = _staffing(
                version, competence, of, asked.profile, float(asked.least), float(asked.short)
            )
        if request.method == "POST" and found and not wrong:
            text = version.text
            for competence, staffing in found.items():
                text = demand.put_in(text, competence, demand.cover(roster, staffing, _source(asked)))
            problems.save(saved, text, whole(request.POST.get("base")) or 0, person_of(request), note=_source(asked))
            messages.success(request, _("Bemanningen är införd i underlaget."))
            return HttpResponseRedirect(f"{reverse('planner-roster-one', args=[code])}#cover", status=303)
    except Refused as refusal:
        wrong += refusal.findings
    context: dict[str, Any] = {
        **frame(request, version, roster),
        "asked": asked,
        "plans": [(each, each.of.problem.title, each.of.number) for each in plans],
        "its": [(name, number(round(Decimal(of), 1))) for name, of in asked.its.items()],
        "profiles": [(each, said(demand.shipped(each))) for each in demand.profiles()],
        "profile": demand.shipped(asked.profile),
        "typed_least": sent.get("minst", "") or round(100 * demand.LEAST),
        "typed_short": sent.get("brist", "") or 0,
        "competences": [
            {"id": e.id, "title": said(e), "typed": asked.typed.get(e.id, ""), "chosen": asked.chosen.get(e.id, "")}
            for e in roster.competences
        ],
        "staffings": [_told(roster, each) for each in found.values()],
        "mistakes": [replace(each, key="") for each in shown(named(wrong, roster))],
        "base": saved.number,
    }
    return render(request, "planner/roster/cover.html", context, status=422 if wrong else 200)


@lru_cache(KEPT)
def _staffing(
    version: ProblemVersion, competence: str, of: float, profile: str, least: float, short: float
) -> Staffing:
    """Of a version, which never changes; one that can be read. Raises Refused."""
    from overens.planner import rosters

    roster, _case = rosters.opened(version)
    return demand.staffing(roster, competence, of, demand.shipped(profile), least, short)


def _asked(sent: Mapping[str, str], roster: Roster, plans: list[Computed]) -> Asked:
    """Hours that are typed go before those of the plan. What cannot be read is said, and stands as it was typed."""
    plan = next((each for each in plans if str(each.pk) == sent.get("plan")), None)
    its, wrong = dict[str, float](), list[Finding]()
    if plan is not None:
        try:
            its = demand.hours_of(hours.text_of(plan), roster.first, roster.weeks)
        except Refused as refusal:
            wrong += refusal.findings
    found, typed, chosen = dict[str, float](), dict[str, str](), dict[str, str]()
    for each in roster.competences:
        raw = typed[each.id] = sent.get(f"{HOURS}{each.id}", "").strip()
        chosen[each.id] = sent.get(f"{OF_PLAN}{each.id}", each.id)
        value = _number(raw)
        if raw and value is None:
            wrong.append(error("roster-hours", f"{HOURS}{each.id}", raw=raw[:40], most=int(MOST)))
        elif raw and value:
            found[each.id] = float(value)
        elif not raw and its.get(chosen[each.id]):
            found[each.id] = its[chosen[each.id]]
    profile = sent.get("profil", "")
    raw = sent.get("minst", "").strip()
    least = _number(raw) if raw else Decimal(str(round(100 * demand.LEAST)))
    if least is None or least > 100:
        wrong.append(error("roster-least-share", "minst", raw=raw[:40]))
        least = Decimal(str(round(100 * demand.LEAST)))
    raw = sent.get("brist", "").strip()
    short = _number(raw) if raw else Decimal(0)
    if short is None or short > MOST_SHORT:
        wrong.append(error("roster-short", "brist", raw=raw[:40], most=MOST_SHORT))
        short = Decimal(0)
    known = demand.profiles()
    return Asked(
        found, typed, chosen, plan, its, profile if profile in known else known[-1], least / 100, short, tuple(wrong)
    )


def _number(raw: str) -> Decimal | None:
    try:
        found = Decimal(raw.replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 <= found <= MOST else None


def _source(asked: Asked) -> str:
    """As the file says where the rows come from, in Swedish as all of it."""
    if asked.plan is None:
        return f"Timmar som skrivits in; aktivitetsprofilen {asked.profile} (antagen)"
    return (
        f"{asked.plan.of.problem.title}, version {asked.plan.of.number}; aktivitetsprofilen {asked.profile} (antagen)"
    )


def _told(roster: Roster, of: Staffing) -> dict[str, Any]:
    title = next(said(each) for each in roster.competences if each.id == of.competence)
    return {
        "title": title,
        "hours": number(round(Decimal(of.hours), 1)),
        "figure": _figure(title, of),
        "days": [str(each) for each in WEEKDAYS],
        "rows": [
            (
                f"{shift.id} {said(shift)}",
                list(zip(of.least[:, at].tolist(), of.wanted[:, at].tolist(), strict=True)),
            )
            for at, shift in enumerate(roster.shifts)
            if of.wanted[:, at].any()
        ],
        "under": number(round(Decimal(float(of.under.sum()) / EACH_HOUR), 1)),
        "over": number(round(Decimal(float(of.over.sum()) / EACH_HOUR), 1)),
    }


def _figure(title: str, of: Staffing) -> Any:
    """The curve and what covers it, hour by hour of a week."""
    curve, covered = (each.reshape(-1, EACH_HOUR).mean(axis=1) for each in (of.curve, of.covered))
    hours_of_day = 24
    names = tuple(f"{WEEKDAYS[at // hours_of_day]} {at % hours_of_day:02d}" for at in range(len(curve)))
    series = tuple(
        Series(name=name, points=tuple(Point(number=round(float(each), 2)) for each in line))
        for name, line in ((_("Behövs"), curve), (_("Bemannat"), covered))
    )
    alt = _("Behov och bemanning över veckan: %(title)s") % {"title": title}
    return picture(Lines(years=names, series=series, unit=_("personer")), alt, 900)
