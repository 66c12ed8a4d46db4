# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Visits as a list, and one of them with its memo, interviews and documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.analyst import visit_waiting, visit_words
from overens.desks.analyst.visit_forms import CancelForm, ChangeForm, DueForm, HeldForm
from overens.desks.analyst.visit_shared import acting_for, crumbs, followers_only, is_analyst, made_visit, pill
from overens.desks.asking import AskingForm
from overens.desks.exports import csv_response
from overens.followup import visits as reading
from overens.followup.actions import fact_checking, visiting
from overens.followup.models import Visit
from overens.people.models import Person
from overens.records import clock
from overens.rules.followup.visiting import VISIT_ACTS, MemoState, VisitState


@require_GET
@followers_only
def visits(request: ActingRequest) -> HttpResponse:
    """All visits, narrowed by year, state and region; and where regions are chosen and interviews listed."""
    organisation = acting_for(request)
    found = Visit.objects.by(organisation).with_parties().select_related("fact_check")
    years = reading.followed_up(organisation)
    regions = reading.regions()
    year, state = request.GET.get("ar", ""), request.GET.get("lage", "")
    if year.isdecimal():
        found = found.filter(year=int(year[:4]))
    if state in visit_words.VISITS:
        found = found.filter(state=state)
    elif state in visit_words.MEMOS:
        found = found.filter(memo_state=state)
    if (region := request.GET.get("region", "")) in regions:
        found = found.filter(respondent__code=region)
    rows = [_row(each) for each in found]
    if request.GET.get("format") == "csv":
        return _csv(rows)
    anything = ("", gettext("Alla"))
    states = [(code, text) for code, (text, _kind) in [*visit_words.VISITS.items(), *visit_words.MEMOS.items()]]
    fields = [
        {"name": "ar", "label": gettext("År som följs upp"), "value": year, "type": "select",
         "options": [anything, *((str(each), each) for each in sorted({y for _a, y in years}, reverse=True))]},
        {"name": "lage", "label": gettext("Läge"), "value": state, "type": "select", "options": [anything, *states]},
        {"name": "region", "label": gettext("Region"), "value": region, "type": "select",
         "options": [anything, *((code, each.name) for code, each in regions.items())]},
    ]  # fmt: skip
    return render(
        request,
        "analyst/visits.html",
        {
            "tasks": visit_waiting.tasks(organisation) if is_analyst(request) else [],
            "buttons": [{"url": reverse("analyst-documents"), "label": gettext("Insamlat underlag")}],
            "years": years,
            "fields": fields,
            "rows": rows,
            "result_text": ngettext("%(count)s besök", "%(count)s besök", len(rows)) % {"count": len(rows)},
        },
    )


def _row(visit: Visit) -> dict[str, Any]:
    check = getattr(visit, "fact_check", None)
    return {
        "visit": visit,
        "url": reverse("analyst-visit", args=visit.where),
        "state": pill(visit_words.VISITS, visit.state),
        "memo": pill(visit_words.MEMOS, visit.memo_state),
        "due": check.due_on if check and visit.memo_state == MemoState.SENT else None,
    }


def _csv(rows: list[dict[str, Any]]) -> HttpResponse:
    header = (
        gettext("Region"), gettext("Överenskommelse"), gettext("År som följs upp"), gettext("Läge"),
        gettext("Planerad dag"), gettext("Dagen för besöket"), gettext("Promemoria"), gettext("Sista dag att svara"),
    )  # fmt: skip
    cells = (
        [
            row["visit"].respondent.name,
            row["visit"].agreement,
            row["visit"].year,
            str(row["state"]["text"]),
            row["visit"].planned_on or "",
            row["visit"].held_on or "",
            str(row["memo"]["text"]),
            row["due"] or "",
        ]
        for row in rows
    )
    return csv_response("besok", header, cells)


@require_GET
@followers_only
def visit(request: ActingRequest, agreement: str, year: int, respondent: str) -> HttpResponse:
    found = made_visit(request, agreement, year, respondent)
    allowed = is_analyst(request)
    return render(
        request,
        "analyst/visit.html",
        {
            "crumbs": crumbs(),
            "visit": found,
            "state": pill(visit_words.VISITS, found.state),
            "memo": pill(visit_words.MEMOS, found.memo_state),
            "check": getattr(found, "fact_check", None),
            "is_analyst": allowed,
            "acts": [
                (step.title, reverse("analyst-visit-act", args=[*found.where, slug]))
                for slug, step in STEPS.items()
                if allowed and step.is_open(found)
            ],
            "interviews": [
                (each, visit_words.INTERVIEWS[each.form]) for each in found.interviews.select_related("respondent")
            ],
            "documents": [(each, visit_words.DOCUMENTS[each.kind]) for each in found.documents.all()],
            "due": found.memo_state == MemoState.SENT,
        },
    )


@dataclass(frozen=True)
class Step:
    """What the analyst may do to a visit; ``act`` is the name in the table of acts."""

    act: str
    title: Promise
    lead: Promise
    done: Promise
    form: type[AskingForm]
    initial: Callable[[Visit], dict[str, Any]]
    does: Callable[[Visit, Mapping[str, Any], Person], object]

    def is_open(self, visit: Visit) -> bool:
        act = VISIT_ACTS[self.act]
        return VisitState(visit.state) in act.states and MemoState(visit.memo_state) in act.memo


STEPS: dict[str, Step] = {
    "planera": Step(
        "change-visit",
        _("Bestäm dag och deltagare"),
        _("Regionen får veta dagen. Skriv roller och inte namn."),
        _("Dagen är bestämd och regionen har fått veta den."),
        ChangeForm,
        lambda visit: {"planned_on": visit.planned_on, "visitors": visit.visitors, "met": visit.met},
        lambda visit, typed, person: visiting.change(
            visit, typed["planned_on"], typed["visitors"], typed["met"], person
        ),
    ),
    "genomfort": Step(
        "hold-visit",
        _("Besöket är genomfört"),
        _("Efter besöket kan promemorian skickas till regionen för faktagranskning."),
        _("Besöket är genomfört."),
        HeldForm,
        lambda visit: {"held_on": visit.planned_on or clock.today(), "visitors": visit.visitors, "met": visit.met},
        lambda visit, typed, person: visiting.held(visit, typed["held_on"], typed["visitors"], typed["met"], person),
    ),
    "stall-in": Step(
        "cancel-visit",
        _("Ställ in besöket"),
        _("Besöket blir kvar i listan som inställt, med skälet."),
        _("Besöket är inställt."),
        CancelForm,
        lambda visit: {},
        lambda visit, typed, person: visiting.cancel(visit, typed["reason"], person),
    ),
    "skicka": Step(
        "send-fact-check",
        _("Skicka promemorian för faktagranskning"),
        _("Promemorian låses som den är och regionen läser den, stycke för stycke. Före det ser regionen ingenting."),
        _("Promemorian är skickad. Regionens svar visas här."),
        DueForm,
        lambda visit: {},
        lambda visit, typed, person: fact_checking.send(visit, typed["due_on"], person),
    ),
    "flytta-dag": Step(
        "move-fact-check-day",
        _("Flytta sista dagen för faktagranskningen"),
        _("Regionen får veta den nya dagen."),
        _("Dagen är flyttad och regionen har fått veta det."),
        DueForm,
        lambda visit: {"due_on": visit.fact_check.due_on},
        lambda visit, typed, person: fact_checking.move_day(visit, typed["due_on"], person),
    ),
}


@require_http_methods(["GET", "POST"])
@followers_only
def act(request: ActingRequest, agreement: str, year: int, respondent: str, step: str) -> HttpResponse:
    """One act on a visit, with what it asks for."""
    found = made_visit(request, agreement, year, respondent)
    if step not in STEPS:
        raise Http404
    taken = STEPS[step]
    is_open = taken.is_open(found)
    form = taken.form(
        request.POST if request.method == "POST" else None, initial=taken.initial(found) if is_open else {}
    )
    back = reverse("analyst-visit", args=found.where)
    if request.method == "POST" and form.carried_out(lambda typed: taken.does(found, typed, request.user)):
        messages.success(request, str(taken.done))
        return HttpResponseRedirect(back, status=303)
    return render(
        request,
        "analyst/visit_act.html",
        {
            "crumbs": crumbs(found),
            "kicker": found.respondent.name,
            "form": form,
            "title": taken.title,
            "lead": taken.lead,
            "label": taken.title,
            "allowed": (is_open and is_analyst(request)) or form.errors,
            "back": back,
        },
        status=422 if form.errors else 200,
    )
