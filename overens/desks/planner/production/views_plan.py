# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Step 4, the production plan: made in the background, read, decided on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from overens.desks import exports
from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm, Day, Reason, whole
from overens.desks.entry.views import person_of
from overens.desks.planner import places
from overens.desks.planner.access import may_write, own_problem, problem_to_write, readers, writers
from overens.desks.planner.production import shown_plan
from overens.desks.planner.production.told import frame, given_or_none
from overens.desks.planner.views_kept import version_of
from overens.desks.refusals import tell
from overens.planner import production, reading, results
from overens.planner.actions import deciding, producing
from overens.planner.models import Computed, DecisionKind, PlanningDecision, ProblemKind, SavedProblem
from overens.records import clock
from overens.rules.findings import Refused

HERE = "planner-production-plan"


class DecideForm(AskingForm):
    text = Reason(
        label=gettext_lazy("Beslut"), help_text=gettext_lazy("Vad som beslutas om planen, och vad det kräver.")
    )
    body = forms.CharField(
        label=gettext_lazy("Beslutat av"), help_text=gettext_lazy("Till exempel verksamhetschefen."), required=False
    )
    decided_on = Day(label=gettext_lazy("Beslutsdag"))
    registration_number = forms.CharField(label=gettext_lazy("Diarienummer"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def plan(request: ActingRequest, code: str) -> HttpResponse:
    """The last plan, or that of the version asked for; decide on it."""
    saved = own_problem(request, ProblemKind.PRODUCTION, code)
    version = version_of(request, saved)
    found = asked_for(request, saved)
    form = DecideForm(initial={"decided_on": clock.today()})
    if request.method == "POST":
        if not may_write(request, saved):
            raise PermissionDenied
        if found is None or whole(request.POST.get("plan")) != found.pk:
            raise Http404(code)
        form = DecideForm(request.POST)
        if form.carried_out(lambda typed: _decide(found, typed, request)):
            messages.success(request, _("Beslutet om planen är registrerat och ändras inte mer."))
            return redirect(HERE, code)
    run, given = results.last_run(production.KIND, version), given_or_none(version)
    context = {
        **frame(request, version, HERE),
        "run": run,
        "is_going": bool(run and run.state in results.GOING_ON),
        "found": found,
        "seconds": producing.SECONDS,
        "problem": given.problem if given else None,
        "form": form,
        "decisions": _decisions(saved),
        "formats": exports.FORMATS,
        **(shown_plan.context(found, request.GET.get("tjanst", "")) if found else {}),
    }
    return render(request, "planner/production/plan.html", context, status=422 if form.errors else 200)


@writers
@require_POST
def run(request: ActingRequest, code: str) -> HttpResponse:
    """Have the newest version planned."""
    saved = problem_to_write(request, ProblemKind.PRODUCTION, code)
    # What is no number is refused as one that is out of bounds: the refusal says what may be typed.
    seconds, runs, seed = (whole(request.POST.get(name, "").replace(" ", "")) for name in ("seconds", "runs", "seed"))
    try:
        producing.ask(
            reading.newest(saved), seconds or 0, -1 if runs is None else runs, -1 if seed is None else seed,
            person_of(request),
        )  # fmt: skip
    except Refused as refusal:
        tell(request, refusal)
    return places.to(saved, production.KIND)


def asked_for(request: ActingRequest, saved: SavedProblem) -> Computed | None:
    """The plan of the version that ``version`` asks for, else the last one of any."""
    if "version" in request.GET:
        return results.last(production.KIND, version_of(request, saved))
    return production.last(saved)


def _decide(found: Computed, typed: dict[str, Any], request: ActingRequest) -> PlanningDecision:
    return deciding.decide(found.of, DecisionKind.PLAN, person=person_of(request), computed=found, **typed)


def _decisions(saved: SavedProblem) -> Any:
    of = PlanningDecision.objects.filter(version__problem=saved, kind=DecisionKind.PLAN)
    return of.select_related("version", "mandate__person", "paper")
