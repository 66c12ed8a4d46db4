# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rounds that an organisation asks: the list, one of them, and opening, moving and closing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.agreements.reading import agreement_of
from overens.desks import words
from overens.desks.access import ActingRequest
from overens.desks.analyst import waiting
from overens.desks.analyst.forms import ConfirmForm, ExtendForm, StepForm
from overens.desks.analyst.shared import acting_for, crumbs, frame, may_act, see_other, title_of, where
from overens.desks.analyst.words import REPORT_STATES, ROUND_STATES
from overens.desks.asking import AskingForm
from overens.desks.reports import asked_round, askers_only
from overens.followup import burden as burdens
from overens.followup import standing
from overens.followup.actions import rounds
from overens.followup.models import Commission, Round
from overens.followup.reading import asked, last_day_for, respondents
from overens.people.models import Organisation, Person
from overens.records.models import Event
from overens.rules.agreement import said
from overens.rules.followup.process import RoundState


def rows(organisation: Organisation) -> list[dict[str, Any]]:
    """Every round that an organisation asks, with how many have answered."""
    own = list(Round.objects.asked_by(organisation).prefetch_related("extensions"))
    come = standing.answered(own)
    found = []
    for each in own:
        word, kind = ROUND_STATES[each.state]
        answered, of = come.get(each.pk, (0, 0))
        found.append(
            {
                "round": each,
                "title": title_of(each),
                "word": word,
                "kind": kind,
                "last": last_day_for(each),
                "answered": answered,
                "of": of or len(respondents(each)),
                "url": reverse("analyst-round", args=where(each)),
            }
        )
    return found


@require_GET
@askers_only
def start(request: ActingRequest) -> HttpResponse:
    """What waits: rounds to open, reports to read, what is to be delivered."""
    organisation = acting_for(request)
    shown = rows(organisation)
    tasks = waiting.tasks(organisation, request.user, shown)
    return render(
        request,
        "analyst/start.html",
        {
            "tasks": tasks,
            "rows": [row for row in shown if row["round"].state == RoundState.OPEN],
            "organisation": organisation,
            "commission": Commission.objects.filter(organisation=organisation).exists(),
        },
    )


@require_GET
@askers_only
def listed(request: ActingRequest) -> HttpResponse:
    buttons = [{"url": reverse("analyst-round-new"), "label": gettext("Ny runda"), "kind": ""}]
    context = {"rows": rows(acting_for(request)), "buttons": buttons if may_act(request) else []}
    return render(request, "analyst/rounds.html", context | {"crumbs": crumbs()[:1]})


@require_GET
@askers_only
def page(request: ActingRequest, agreement: str, round: str) -> HttpResponse:
    found = asked_round(request, agreement, round)
    definition = asked(found)
    language = get_language() or "sv"
    answered, of = standing.answered([found]).get(found.pk, (0, 0))
    states: dict[str, int] = {}
    for each in standing.standings(found) if of else []:
        states[each.state] = states.get(each.state, 0) + 1
    deadline = definition.deadline
    facts = [
        {"label": gettext("Frågar om"), "value": f"{found.about_from:%Y-%m-%d} – {found.about_to:%Y-%m-%d}"},
        {
            "label": gettext("Vilka som svarar"),
            "value": ", ".join(
                said(agreement_of(found.agreement).group(group), "title", language) for group in definition.respondents
            ),
        },
        {
            "label": gettext("Öppnar"),
            "value": found.opens_on or gettext("när den öppnas här"),
            "kind": "date" if found.opens_on else "",
        },
        {
            "label": gettext("Sista dag"),
            "value": last_day_for(found) or gettext("ej angivet"),
            "kind": "date" if last_day_for(found) else "",
            "note": gettext("Överenskommelsens sista dag.") if deadline else "",
        },
        {
            "label": gettext("Underskrift"),
            "value": gettext("Skrivs under av behörig företrädare")
            if definition.signed
            else gettext("Lämnas utan underskrift"),
        },
        {
            "label": gettext("Inlämnade"),
            "value": gettext("%(come)s av %(of)s") % {"come": answered, "of": of or len(respondents(found))},
        },
    ]
    acts = [
        (step.title, reverse("analyst-round-act", args=[*where(found), name]))
        for name, step in STEPS.items()
        if found.state == step.state
    ]
    events = Event.objects.filter(subject=f"round/{found.key}").select_related("person").order_by("-number")
    texts = _texts(found)
    history = [
        {
            "at": event.effective_at,
            "what": words.ACTS.get(event.act, event.act),
            "who": event.person.name if event.person else gettext("Av sig självt"),
            "text": texts.get((event.act, event.effective_at), ""),
        }
        for event in events[:50]
    ]
    context = {
        **frame(request, found, "analyst-round"),
        "facts": facts,
        "acts": acts if may_act(request) else [],
        # Nothing is the next thing to do with an open round that all have answered.
        "waits": found.state != RoundState.OPEN or answered < of,
        "states": [(REPORT_STATES[state], count) for state, count in states.items()],
        "extensions": found.extensions.select_related("respondent", "mandate__person"),
        "history": history,
        "guidance": said(definition, "guidance", language),
    }
    return render(request, "analyst/round.html", context)


@require_GET
@askers_only
def work(request: ActingRequest, agreement: str, round: str) -> HttpResponse:
    """How much work the round and those before it gave their respondents, in medians that show no single one."""
    found = asked_round(request, agreement, round)
    language = get_language() or "sv"
    compared = list(burdens.before_and_after(found))
    now = compared[0][1] if compared else None
    context = frame(request, found, "analyst-round", below=True) | {
        "rounds": [{"title": title_of(each), "key": each.key, "burden": made} for each, made in compared],
        "fewest": burdens.FEWEST,
        "sections": [
            {"title": said(each, "title", language), "minutes": now.minutes.get(each.id) if now else None}
            for each in asked(found).sections
        ],
    }
    context["crumbs"] = context["crumbs"][:-1]
    return render(request, "analyst/work.html", context)


def _texts(round: Round) -> dict[tuple[str, dt.datetime], str]:
    """The reasons of what was done, by act and time: they stand on rows of their own."""
    found = {(step.act, step.at): step.reason for step in round.steps.all()}
    found |= {("revise-round", each.at): each.reason for each in round.versions.defer("content")}
    found |= {("extend-round", each.at): each.reason for each in round.extensions.all()}
    return found


@dataclass(frozen=True)
class Step:
    """What the asker may do with a round that stands in a state."""

    state: RoundState
    title: Promise
    lead: Promise
    done: Promise
    kind: str
    form: Callable[[ActingRequest, Round], AskingForm]
    does: Callable[[Round, dict[str, Any], Person], object]


def _posted(request: ActingRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _extend_form(request: ActingRequest, round: Round) -> AskingForm:
    whom = [each.respondent for each in round.reports.select_related("respondent")]
    whom.sort(key=lambda each: each.sort_key)
    return ExtendForm(_posted(request), whom, {"respondent": request.GET.get("for", "")})


def _extend(round: Round, typed: dict[str, Any], person: Person) -> object:
    code = typed["respondent"]
    whom = Organisation.objects.get(code=code) if code else None
    return rounds.extend(round, whom, typed["day"], typed["reason"], person)


STEPS: dict[str, Step] = {
    "oppna": Step(
        RoundState.PREPARING,
        _("Öppna rundan"),
        _(
            "Var och en som ska svara får sin redogörelse att skriva och ett meddelande om det. "
            "Efter det kan frågorna inte ändras."
        ),
        _("Rundan är öppen, och alla som ska svara har fått veta det."),
        "is-primary",
        lambda request, round: ConfirmForm(_posted(request)),
        lambda round, typed, person: rounds.open_by(round, person),
    ),
    "forlang": Step(
        RoundState.OPEN,
        _("Förläng tiden"),
        _("Den nya dagen gäller alla, eller bara en. De som inte har lämnat in får veta den nya dagen och skälet."),
        _("Den nya dagen gäller, och de som den är till för har fått veta det."),
        "is-primary",
        _extend_form,
        _extend,
    ),
    "stang": Step(
        RoundState.OPEN,
        _("Stäng rundan"),
        _(
            "Därefter tas inga fler redogörelser emot. Det som är påbörjat finns kvar hos den som skriver. "
            "Det som redan är inlämnat kan ändå kompletteras och rättas."
        ),
        _("Rundan är stängd. De som inte hade lämnat in har fått veta det."),
        "is-danger",
        lambda request, round: StepForm(_posted(request)),
        lambda round, typed, person: rounds.close(round, typed["reason"], person),
    ),
    "oppna-igen": Step(
        RoundState.CLOSED,
        _("Öppna rundan igen"),
        _("De som inte har lämnat in kan göra det, och får veta det."),
        _("Rundan är öppen igen."),
        "is-primary",
        lambda request, round: StepForm(_posted(request)),
        lambda round, typed, person: rounds.reopen(round, typed["reason"], person),
    ),
}


@require_http_methods(["GET", "POST"])
@askers_only
def act(request: ActingRequest, agreement: str, round: str, step: str) -> HttpResponse:
    found = asked_round(request, agreement, round)
    if step not in STEPS:
        raise Http404
    taken = STEPS[step]
    form = taken.form(request, found)
    if request.method == "POST" and form.carried_out(lambda typed: taken.does(found, typed, request.user)):
        messages.success(request, str(taken.done))
        return see_other("analyst-round", *where(found))
    context = {
        **frame(request, found, "analyst-round", below=True),
        "form": form,
        "title": taken.title,
        "lead": taken.lead,
        "label": taken.title,
        "button": taken.kind,
        "allowed": (may_act(request) and found.state == taken.state) or form.errors,
        "back": reverse("analyst-round", args=where(found)),
    }
    context["crumbs"] = context["crumbs"][:-1]
    return render(request, "analyst/act.html", context, status=422 if form.errors else 200)
