# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions back to the respondents: asked about a passage, answered there, closed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.desks import talk
from overens.desks.access import ActingRequest
from overens.desks.analyst.shared import acting_for, address, frame, see_other, where
from overens.desks.asking import AskingForm
from overens.desks.refusals import tell
from overens.desks.reports import asked_report, asked_round, askers_only
from overens.followup.actions import talking
from overens.followup.models import Talk, Thread
from overens.rules.findings import Refused


class QuestionForm(AskingForm):
    part_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)
    quote = forms.CharField(
        label=_("Stycket som frågan gäller"),
        help_text=_("Kopiera in det ur redogörelsen. Kan lämnas tomt."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text = forms.CharField(label=_("Er fråga"), required=False, widget=forms.Textarea(attrs={"rows": 4}))


class ReplyForm(AskingForm):
    text = forms.CharField(label=_("Skriv mer"), required=False, widget=forms.Textarea(attrs={"rows": 4}))


@require_GET
@askers_only
def threads(request: ActingRequest, agreement: str, round: str) -> HttpResponse:
    """All questions of a round, open ones unless others are asked for."""
    found = asked_round(request, agreement, round)
    every = talk.shown(talk.questions_of(acting_for(request), report__round=found))
    chosen = request.GET.get("lage", "")
    tests: dict[str, Callable[[talk.Shown], bool]] = {
        "": lambda each: each.is_open,
        "besvarade": lambda each: each.is_open and each.is_answered,
        "vantar": lambda each: each.is_open and not each.is_answered,
    }
    rows = [each for each in every if chosen not in tests or tests[chosen](each)]
    options = [
        ("", gettext("Öppna")),
        ("besvarade", gettext("Besvarade, att läsa")),
        ("vantar", gettext("Väntar på svar")),
        ("alla", gettext("Alla")),
    ]
    context = {
        "threads": rows,
        "any": bool(every),
        "fields": [{"name": "lage", "label": gettext("Läge"), "value": chosen, "type": "select", "options": options}],
    }
    return render(request, "analyst/threads.html", frame(request, found, "analyst-round-threads") | context)


@require_http_methods(["GET", "POST"])
@askers_only
def ask(request: ActingRequest, agreement: str, round: str, respondent: str) -> HttpResponse:
    """A question about a report that was handed in; ``part`` and ``quote`` in the address say about what."""
    report = asked_report(request, agreement, round, respondent)
    initial = {"part_key": request.GET.get("part", ""), "quote": request.GET.get("quote", "")}
    form = QuestionForm(request.POST if request.method == "POST" else None, initial=initial)
    made: list[Thread] = []
    if request.method == "POST" and form.carried_out(
        lambda typed: made.append(
            talking.open_thread(report, typed["part_key"], typed["quote"], Talk.QUESTION, typed["text"], request.user)
        )
    ):
        messages.success(
            request, gettext("Frågan är ställd. %(name)s har fått veta det.") % {"name": report.respondent.name}
        )
        return see_other("analyst-thread", *where(report.round), made[0].pk)
    context = frame(request, report.round, "analyst-respondents", below=True)
    context |= {
        "form": form,
        "report": report,
        "about": talk.about(report.round, str(form["part_key"].value() or "")),
        "back": address("analyst-report", *where(report.round), respondent)
        or reverse("analyst-respondents", args=where(report.round)),
    }
    return render(request, "analyst/ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@askers_only
def thread(request: ActingRequest, agreement: str, round: str, number: int) -> HttpResponse:
    """One question with its answers: write more, or close it."""
    found = asked_round(request, agreement, round)
    one = get_object_or_404(talk.questions_of(acting_for(request), report__round=found), pk=number)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    here: tuple[Any, ...] = ("analyst-thread", *where(found), number)
    if request.method == "POST" and request.POST.get("do") == "close":
        try:
            talking.close(one, request.user)
        except Refused as refusal:
            tell(request, refusal)
            return see_other(*here)
        messages.success(request, gettext("Frågan är avslutad."))
        return see_other("analyst-round-threads", *where(found))
    if request.method == "POST" and form.carried_out(lambda typed: talking.say(one, typed["text"], request.user)):
        messages.success(request, gettext("Det är skickat."))
        return see_other(*here)
    context = frame(request, found, "analyst-round-threads", below=True)
    context |= {"shown": talk.shown(talk.questions_of(acting_for(request), pk=number))[0], "form": form}
    return render(request, "analyst/thread.html", context, status=422 if form.errors else 200)
