# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The years' rounds: which units are asked, from when until when, who has not answered, what waits for the planner."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm, Day
from overens.desks.entry.views import person_of
from overens.desks.planner.access import heads_only, may_plan, own, readers
from overens.desks.planner.entries_shown import answers, crumbs, listed, plan_or_404, require_region
from overens.people.models.organisation import Kind
from overens.planner import plans
from overens.planner.actions import entries
from overens.planner.models import AnswerState
from overens.planning.supply.bottomup.entries import FIRST_YEAR, LAST_YEAR
from overens.records import clock


class DaysForm(AskingForm):
    opens_on = Day(label=gettext_lazy("Öppnar"))
    closes_on = Day(label=gettext_lazy("Sista dag"))


class OpenForm(DaysForm):
    year = forms.IntegerField(label=gettext_lazy("Planens år"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    field_order = ("year", "opens_on", "closes_on")


class UnitForm(AskingForm):
    title = forms.CharField(label=gettext_lazy("Enhetens namn"), required=False, max_length=200)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def start(request: ActingRequest) -> HttpResponse:
    """Every year's round, and the units; open a new year, add or remove a unit."""
    if own(request).kind != Kind.REGION:
        return render(request, "planner/plan/no_region.html", {})
    today = clock.today()
    begun = {"year": today.year + 1, "opens_on": today, "closes_on": today + dt.timedelta(days=60)}
    opening, adding = OpenForm(initial=begun), UnitForm()
    if request.method == "POST":
        if not may_plan(request):
            raise PermissionDenied
        do = request.POST.get("do", "")
        if do == "open":
            opening = OpenForm(request.POST)
            if opening.carried_out(lambda typed: entries.open_plan(own(request), person=person_of(request), **typed)):
                messages.success(request, _("Året är öppnat. Enheterna kan fyllas i."))
                return redirect("planner-round", opening.cleaned_data["year"])
        elif do == "add":
            adding = UnitForm(request.POST)
            if adding.carried_out(lambda typed: entries.add_unit(own(request), typed["title"], person_of(request))):
                messages.success(request, _("Enheten är med från och med nu."))
                return redirect("planner-units")
        else:
            unit = get_object_or_404(plans.units(own(request)), code=request.POST.get("unit", ""))
            entries.remove_unit(unit, person_of(request))
            messages.success(request, _("Enheten tillfrågas inte längre. Det den har fyllt i är kvar."))
            return redirect("planner-units")
    rows, mine = [], heads_only(request)
    for each in plans.plans(own(request)):
        asked = list(answers(request, each))
        rows.append(
            {
                "plan": each,
                "is_open": plans.is_within(each),
                "units": len(asked),
                "silent": sum(answer.is_open for answer in asked),
                "waiting": sum(answer.state == AnswerState.SENT for answer in asked),
            }
        )
    wrong = opening.errors or adding.errors
    context = {
        "rows": rows,
        "units": [each for each in plans.units(own(request)) if mine is None or each.code in mine],
        "opening": opening,
        "adding": adding,
        "may": may_plan(request),
        "entered": True,
    }
    return render(request, "planner/plan/units.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def year(request: ActingRequest, year: int) -> HttpResponse:
    """One year: what waits, who has not answered, every unit; move the days."""
    require_region(request)
    plan = plan_or_404(request, year)
    form = DaysForm(initial={"opens_on": plan.opens_on, "closes_on": plan.closes_on})
    if request.method == "POST":
        if not may_plan(request):
            raise PermissionDenied
        form = DaysForm(request.POST)
        if form.carried_out(lambda typed: entries.set_days(plan, person=person_of(request), **typed)):
            messages.success(request, _("Dagarna är ändrade."))
            return redirect("planner-round", year)
    rows = [listed(each) for each in answers(request, plan).prefetch_related("entries")]
    context: dict[str, Any] = {
        "plan": plan,
        "rows": rows,
        "waiting": [row for row in rows if row["answer"].state == AnswerState.SENT],
        "silent": [row for row in rows if row["answer"].is_open],
        "is_open": plans.is_within(plan),
        "days_left": (plan.closes_on - clock.today()).days,
        "form": form,
        "may": may_plan(request),
        "may_write": may_plan(request) or bool(request.acting.units),
        "sees_all": heads_only(request) is None,
        "entered": True,
        "crumbs": crumbs(),
    }
    return render(request, "planner/plan/round.html", context, status=422 if form.errors else 200)
