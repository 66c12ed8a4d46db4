# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Planned against real shift, at both ends: hours typed or read in, kept beside the problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks import exports
from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm, Day, whole
from overens.desks.entry.views import person_of
from overens.desks.planner.access import may_write, must, readers
from overens.desks.planner.mix import board as boards
from overens.desks.planner.mix.access import frame, newest, own_mix
from overens.desks.planner.mix.words import STATES, hours, said
from overens.desks.refusals import shown
from overens.desks.uploading import text_sent
from overens.planner import mixes, reading
from overens.planner.actions import mixing
from overens.planner.models import Computed, ProblemVersion, SavedProblem
from overens.planning.mix.plan import Plan
from overens.planning.mix.problem import Mix
from overens.records import clock
from overens.rules.findings import Finding, Refused, error

if TYPE_CHECKING:
    from overens.planning.mix.follow import Followed

CELL = boards.CELL


class DayForm(AskingForm):
    on = Day(label=gettext_lazy("Vecka som börjar"))
    base = forms.CharField(widget=forms.HiddenInput)


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: ActingRequest, code: str) -> HttpResponse:
    """``dag``: which report, else the newest. POST: hours as they became, of a week."""
    saved, version, now = newest(request, code)
    form = DayForm(initial={"on": clock.today(), "base": saved.number})
    plan_of = _followed_plan(saved)
    mistakes: list[Finding] = []
    mix, plan = (plan_of[1], plan_of[2]) if plan_of else (now, None)
    if request.method == "POST" and plan is not None:
        must(request, may_write(request, saved))
        form = DayForm(request.POST)
        text, mistakes = _sent(request, mix, plan)
        if not mistakes and form.is_valid():
            base = whole(form.cleaned_data["base"]) or 0
            try:
                made = mixing.save_reported(saved, text, form.cleaned_data["on"], base, person_of(request))
                messages.success(request, _("Uppföljningen är sparad.") if made else _("Inget hade ändrats."))
                return HttpResponseRedirect(reverse("planner-mix-follow", args=[code]), status=303)
            except Refused as refusal:
                mistakes = list(refusal.findings)
    days = _days(version)
    day = request.GET.get("dag", "")
    day = day if day in days else days[0] if days else ""
    context: dict[str, Any] = {
        **frame(request, version, now),
        "plan": plan,
        "of": plan_of[0] if plan_of else None,
        "adopted": mixes.adopted(saved),
        "days": days,
        "day": day,
        "form": form,
        "mistakes": shown(mistakes),
        "text": request.POST.get("text", ""),
        "rows": _rows(mix, plan, request) if plan else [],
    }
    if plan and day:
        context |= _told(mix, plan, version, day)
    return render(request, "planner/mix/follow.html", context, status=422 if mistakes or form.errors else 200)


@readers
@require_safe
def followed(request: ActingRequest, code: str, day: str) -> HttpResponse:
    """Planned against real of a day as a table; ``format``: csv, xlsx or json."""
    saved = own_mix(request, code)
    version, found = reading.newest(saved), _followed_plan(saved)
    format = request.GET.get("format", "csv")
    if found is None or day not in _days(version) or format not in exports.FORMATS:
        raise Http404(day)
    told = _told(found[1], found[2], version, day).get("followed")
    if told is None:
        raise Http404(day)
    from overens.planning.mix.follow import Shift

    header = [*Shift.model_fields, "synthetic"]
    rows = [[*each.model_dump().values(), "yes" if found[1].synthetic else "no"] for each in told.shifts]
    return exports.table_response(format, f"{saved.code}-{day}", header, rows)


def _followed_plan(saved: SavedProblem) -> tuple[Computed, Mix, Plan] | None:
    """The plan that was decided on; else the newest computed."""
    decision = mixes.adopted(saved)
    found = decision.computed if decision else mixes.last(saved)
    if found is None:
        return None
    mix, plan, _prices = mixes.opened(found)
    return found, mix, plan


def _days(version: ProblemVersion) -> list[str]:
    """Newest first."""
    names = [name for name in version.tables if name.startswith(mixes.REPORTED)]
    return sorted((name.removeprefix(mixes.REPORTED).removesuffix(".csv") for name in names), reverse=True)


def _pairs(plan: Plan) -> list[tuple[str, str]]:
    """Both ends of everything that was to move."""
    ends = [pair for each in plan.moved for pair in ((each.task, each.giver), (each.task, each.taker)) if pair[1]]
    return list(dict.fromkeys(ends))


def _rows(mix: Mix, plan: Plan, request: ActingRequest) -> list[dict[str, Any]]:
    """What is typed: hours of each competence's own time, beside today's and the plan's."""
    names = {each.id: said(each) for each in mix.competences}
    tasks = {each.id: said(each) for each in mix.tasks}
    before, then = _own_time(mix), {(each.task, each.competence): each.time for each in plan.done}
    return [
        {
            "name": f"{CELL}{task}/{who}",
            "task": tasks[task],
            "competence": names[who],
            "before": hours(before.get((task, who), 0.0)),
            "then": hours(then.get((task, who), 0.0)),
            "value": request.POST.get(f"{CELL}{task}/{who}", ""),
        }
        for task, who in _pairs(plan)
    ]


def _own_time(mix: Mix) -> dict[tuple[str, str], float]:
    """Today's hours, of each competence's own time."""
    from overens.planning.mix import by_hand

    factors = {(task, may.competence): float(may.factor) for may in mix.may for task in may.tasks}
    return {pair: found * factors.get(pair, 1.0) for pair, found in by_hand.today_hours(mix).items()}


def _sent(request: ActingRequest, mix: Mix, plan: Plan) -> tuple[str, list[Finding]]:
    """The table that was read in or pasted; else one of what was typed, and of today's hours for everything else."""
    from overens.planning.mix import by_hand

    text, mistakes = text_sent(request)
    if text.strip() or mistakes:
        return text, mistakes
    became = _own_time(mix)
    for task, who in _pairs(plan):
        raw = request.POST.get(f"{CELL}{task}/{who}", "").strip()
        found = boards.number(raw)
        if not raw or found is None:
            mistakes.append(error("mix-report-hours", f"{CELL}{task}/{who}", raw=raw))
        else:
            became[task, who] = found
    return by_hand.as_table(became), mistakes


def _told(mix: Mix, plan: Plan, version: ProblemVersion, day: str) -> dict[str, Any]:
    from overens.planning.mix import follow as following

    now, findings = following.reported(version.tables[f"{mixes.REPORTED}{day}.csv"], mix)
    if now is None:
        return {"unreadable": shown(findings)}
    found: Followed = following.follow(mix, plan, now)
    names = {each.id: said(each) for each in mix.competences}
    tasks = {each.id: said(each) for each in mix.tasks}
    return {
        "followed": found,
        "said": shown(following.findings(mix, found)),
        "freed": (hours(found.freed), hours(found.really_freed)),
        "shifts": [
            (tasks[e.task], names[e.giver], names.get(e.taker, ""), hours(e.freed), hours(e.really_freed),
             hours(e.taken), hours(e.really_taken), STATES[e.state], e.state)
            for e in found.shifts
        ],
    }  # fmt: skip
