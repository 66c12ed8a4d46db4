# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Step 3: what is needed against what there is, the choices with their price, and the decision, which never changes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm
from overens.desks.entry.views import person_of
from overens.desks.planner.access import may_write, own_problem, readers
from overens.desks.planner.production import shown_capacity
from overens.desks.planner.production.ground import Ground, Shown, drawn
from overens.desks.planner.views_kept import version_of
from overens.planner import balancing, production
from overens.planner.actions import deciding
from overens.planner.models import Computed, DecisionKind, ProblemKind, ProblemVersion, SavedProblem
from overens.planning.production.problem import week_text
from overens.records import clock

NAME = "planner-production-balance"


class DecisionForm(AskingForm):
    text = forms.CharField(
        label=gettext_lazy("Vad som beslutas"),
        help_text=gettext_lazy("Vad som ska göras, vad som väljs bort och varför."),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=8000,
    )
    plan = forms.ChoiceField(label=gettext_lazy("Vald plan"), required=False)
    body = forms.CharField(
        label=gettext_lazy("Vem som beslutar"),
        help_text=gettext_lazy("Roll eller organ, till exempel verksamhetschef. Inga namn."),
        max_length=200,
        required=False,
    )
    decided_on = forms.DateField(label=gettext_lazy("Beslutsdag"), widget=forms.DateInput(attrs={"type": "date"}))
    registration_number = forms.CharField(
        label=gettext_lazy("Diarienummer (frivilligt)"), max_length=60, required=False
    )

    def __init__(self, plans: list[tuple[str, str]], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["plan"].choices = [("", _("Ingen plan är beräknad än eller vald")), *plans]  # type: ignore[attr-defined]


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def balance(request: ActingRequest, code: str) -> HttpResponse:
    """What binds, the choices, and the decisions; record one."""
    saved = own_problem(request, ProblemKind.PRODUCTION, code)
    version, plans = version_of(request, saved), _plans(saved)
    listed = [(str(each.pk), _plan_name(each)) for each in plans]
    form = DecisionForm(listed, initial={"decided_on": clock.today()})
    status = 200
    if request.method == "POST":
        if not may_write(request, saved):
            raise PermissionDenied
        form = DecisionForm(listed, request.POST)
        if form.carried_out(lambda typed: _decide(request, version, plans, typed)):
            messages.success(request, _("Beslutet är registrerat."))
            return redirect(NAME, code)
        status = 422
    return drawn(request, version, NAME, "planner/production/balance.html", lambda ground: _shown(ground, form), status)


def _decide(request: ActingRequest, version: ProblemVersion, plans: list[Computed], typed: dict[str, Any]) -> None:
    """A chosen plan is decided on in the version that it was made of."""
    asked = typed.pop("plan")
    chosen = next((each for each in plans if str(each.pk) == asked), None)
    deciding.decide(
        chosen.of if chosen else version, DecisionKind.BALANCE, person=person_of(request), computed=chosen, **typed
    )


def _plans(saved: SavedProblem) -> list[Computed]:
    found = Computed.objects.filter(kind=production.KIND, version__problem=saved).defer("packed")
    return list(found.select_related("version__problem__owner"))


def _plan_name(found: Computed) -> str:
    day = found.finished_at.date().isoformat()
    return _("Plan av version %(number)d, beräknad %(day)s") % {"number": found.of.number, "day": day}


def _shown(ground: Ground, form: DecisionForm) -> Shown:
    need = ground.need
    decisions = list(balancing.decisions(ground.version.problem))
    earliest = None if need is None or need.earliest is None else week_text(ground.flow.monday(need.earliest))
    return Shown(
        {
            "figure": shown_capacity.load_figure(ground),
            "binding": shown_capacity.binding(ground),
            "lacking": shown_capacity.lacking(ground),
            "ways": shown_capacity.ways(ground),
            "by": week_text(ground.given.problem.by),
            "earliest": earliest,
            "has_need": need is not None,
            "form": form,
            "decisions": [(each, _plan_name(each.computed) if each.computed else "") for each in decisions],
        },
        shown_capacity.loads(ground),
    )
