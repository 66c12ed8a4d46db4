# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what, as the head of operations has decided: recorded, withdrawn, never changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm, Day, Reason
from overens.desks.entry.views import person_of
from overens.desks.planner.access import leads, must, readers
from overens.desks.planner.mix.access import frame, newest, own_mix
from overens.desks.planner.mix.words import GROUNDS, said
from overens.desks.refusals import shown
from overens.planner import mixes, reading
from overens.planner.actions import local
from overens.planner.models import Ground
from overens.planning.mix.problem import Mix
from overens.records import clock


class DecisionForm(AskingForm):
    ground = forms.ChoiceField(label=gettext_lazy("Grund"), choices=[(each, GROUNDS[each]) for each in Ground.values])
    competence = forms.ChoiceField(
        label=gettext_lazy("Kompetens"),
        help_text=gettext_lazy("Vid delegering: den roll som uppgiften delegeras till."),
    )
    tasks = forms.MultipleChoiceField(
        label=gettext_lazy("Uppgifter"), widget=forms.SelectMultiple(attrs={"size": 8}), required=False
    )
    number = forms.CharField(label=gettext_lazy("Beslutets nummer"), required=False)
    first = Day(label=gettext_lazy("Gäller från"))
    last = Day(label=gettext_lazy("Sista dag"), required=False, help_text=gettext_lazy("Krävs vid delegering."))
    factor = forms.DecimalField(
        label=gettext_lazy("Tid mot uppgiftens egen"), min_value=Decimal("0.01"), max_value=100, localize=True,
        help_text=gettext_lazy("1,1 är en tiondel längre."),
    )  # fmt: skip
    up_to = forms.DecimalField(
        label=gettext_lazy("Högst så stor del av uppgiften"), min_value=0, max_value=1, localize=True,
        help_text=gettext_lazy("1 är hela."),
    )  # fmt: skip
    supervised_by = forms.ChoiceField(label=gettext_lazy("Handleds av"), required=False)
    supervision = forms.DecimalField(
        label=gettext_lazy("Handledning för varje minut"), min_value=0, max_value=1, required=False, localize=True
    )
    text = Reason(label=gettext_lazy("Varför, och hur kompetensen är prövad"))

    def __init__(self, mix: Mix, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        names = [(each.id, said(each)) for each in mix.competences]
        self.fields["competence"].choices = names  # type: ignore[attr-defined]
        self.fields["supervised_by"].choices = [("", _("Ingen")), *names]  # type: ignore[attr-defined]
        self.fields["tasks"].choices = [(each.id, said(each)) for each in mix.tasks]  # type: ignore[attr-defined]


class WithdrawForm(AskingForm):
    text = Reason(label=gettext_lazy("Varför det inte gäller längre"))


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: ActingRequest, code: str) -> HttpResponse:
    """All of them, and one more by the head of operations. ``uppgift``, ``kompetens``: filled in."""
    saved, version, mix = newest(request, code)
    form = DecisionForm(mix, initial={
        "first": clock.today(), "factor": 1, "up_to": 1, "supervision": 0,
        "tasks": request.GET.getlist("uppgift"), "competence": request.GET.get("kompetens", ""),
    })  # fmt: skip
    if request.method == "POST":
        must(request, leads(request, saved))
        form = DecisionForm(mix, request.POST)
        if form.carried_out(lambda typed: local.decide(saved, _terms(typed), person_of(request))):
            messages.success(request, _("Beslutet är registrerat och infört i underlaget."))
            return HttpResponseRedirect(reverse("planner-mix-decisions", args=[code]), status=303)
    names = {each.id: said(each) for each in mix.competences}
    tasks = {each.id: said(each) for each in mix.tasks}
    known = list(mixes.decisions(saved))
    numbers = {each.registration_number for each in known}
    context = {
        **frame(request, version, mix),
        "form": form,
        "rows": [
            {
                "each": each,
                "ground": GROUNDS[each.ground],
                "competence": names.get(each.competence, each.competence),
                "tasks": [tasks.get(id, id) for id in each.tasks],
                "supervised_by": names.get(each.supervised_by, each.supervised_by),
                "withdrawal": getattr(each, "withdrawal", None),
                "run_out": each.last is not None and each.last < mix.on,
            }
            for each in known
        ],
        "elsewhere": [
            (each, names[each.competence], [tasks[id] for id in each.tasks], GROUNDS[each.ground])
            for each in mix.may
            if each.ground != "occupation" and each.decision not in numbers
        ],
        "wrong": shown(mixes.undecided(saved, mix)),
    }
    return render(request, "planner/mix/decisions.html", context, status=422 if form.errors else 200)


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """From today; the decision and its withdrawal are both kept."""
    saved = own_mix(request, code)
    must(request, leads(request, saved))
    found = get_object_or_404(mixes.decisions(saved), pk=number)
    form = WithdrawForm()
    if request.method == "POST":
        form = WithdrawForm(request.POST)
        if form.carried_out(lambda typed: local.withdraw(found, typed["text"], person_of(request))):
            messages.success(request, _("Beslutet är återkallat."))
            return HttpResponseRedirect(reverse("planner-mix-decisions", args=[code]), status=303)
    version = reading.newest(saved)
    mix, _findings = mixes.mix_of(version)
    context = {**frame(request, version, mix), "form": form, "found": found}
    return render(request, "planner/mix/withdraw.html", context, status=422 if form.errors else 200)


def _terms(typed: dict[str, Any]) -> local.Terms:
    supervised_by = typed["supervised_by"]
    return local.Terms(
        **{**typed, "tasks": tuple(typed["tasks"]), "supervision": typed["supervision"] or Decimal(0),
           "supervised_by": supervised_by}
    )  # fmt: skip
