# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An adopted plan: what was decided, its files, and what has become of its actions."""

from __future__ import annotations

import json

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks import agreement_texts
from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm, Reason
from overens.desks.downloads import attachment
from overens.desks.entry.views import person_of
from overens.desks.planner.access import may_plan, own, readers
from overens.desks.planner.entries_shown import ACTION_STATES, KINDS
from overens.desks.saying import language
from overens.planner import plans
from overens.planner.actions import adopting
from overens.planner.models import Adopted
from overens.planning.supply.bottomup.document import document
from overens.planning.supply.bottomup.entries import FIRST_YEAR, LAST_YEAR
from overens.records import clock
from overens.rules.edition.document import Document

FORMATS = ("pdf", "docx", "json")


class FollowUpForm(AskingForm):
    action = forms.CharField(label=gettext_lazy("Åtgärd"))
    year = forms.IntegerField(label=gettext_lazy("År"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    state = forms.CharField(label=gettext_lazy("Läge"), widget=forms.Select(choices=list(ACTION_STATES.items())))
    done = Reason(label=gettext_lazy("Vad som är gjort"))

    def __init__(self, actions: list[tuple[str, str]], data: object = None, initial: object = None) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        self.fields["action"].widget = forms.Select(choices=actions)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def adopted(request: ActingRequest, year: int, number: int) -> HttpResponse:
    """The decision, the actions with what has been done year by year; say what was done of one."""
    found = _found(request, year, number)
    facts = plans.facts_of(found)
    actions = [(each.key, f"{each.unit_title}: {each.action.title}") for each in facts.actions]
    form = FollowUpForm(actions, initial={"year": clock.today().year})
    if request.method == "POST":
        if not may_plan(request):
            raise PermissionDenied
        form = FollowUpForm(actions, request.POST)
        if form.carried_out(lambda typed: adopting.follow_up(found, person=person_of(request), **typed)):
            messages.success(request, _("Uppföljningen är sparad."))
            return redirect("planner-adopted", year, number)
    followed = list(found.follow_ups.select_related("mandate__person").order_by("year", "pk"))
    context = {
        "found": found,
        "facts": facts,
        "rows": [
            {
                "each": each,
                "kind": KINDS[each.action.kind],
                "state": ACTION_STATES[each.action.state],
                "followed": [(row, ACTION_STATES[row.state]) for row in followed if row.action == each.key],
            }
            for each in facts.actions
        ],
        "form": form,
        "files": [(each, reverse("planner-adopted-file", args=[year, number, each])) for each in FORMATS],
        "may": may_plan(request) and bool(actions),
        "real": not (facts.computed and facts.computed.synthetic),
        "entered": facts.computed is None,
        "crumbs": [(_("Plan"), reverse("planner-plans")), (str(year), reverse("planner-plan", args=[year]))],
    }
    return render(request, "planner/plan/adopted.html", context, status=422 if form.errors else 200)


@require_safe
@readers
def file(request: ActingRequest, year: int, number: int, format: str) -> HttpResponse:
    """The adopted document as PDF/A or Word, the same bytes each time; or its figures and actions as JSON. In
    English it is made of the same facts.
    """
    found = _found(request, year, number)
    name = f"plan-{year}-{number}"
    if format == "json":
        text = json.dumps(found.facts, ensure_ascii=False, indent=1)
        return attachment(text.encode(), "application/json; charset=utf-8", f"{name}.json")
    if format not in FORMATS:
        raise Http404(format)
    media_type, draw = agreement_texts.FORMATS[format]
    return attachment(draw(_document(found), found.at), media_type, f"{name}.{format}")


def _document(found: Adopted) -> Document:
    """As it was adopted: the document in the paper; in English one of the same facts."""
    if language() == "sv":
        return Document.model_validate_json(found.paper.data["document"])
    who = (found.body, found.decided_on)
    facts = plans.facts_of(found)
    return document(facts, found.decided_on, language="en", adopted=who, registration=found.registration_number)


def _found(request: ActingRequest, year: int, number: int) -> Adopted:
    return get_object_or_404(plans.adopted(own(request)), plan__year=year, number=number)
