# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A draft's steps, each on a page that says what happens: shown, locked, taken up again, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.analyst.shared import acting_for, see_other
from overens.desks.asking import AskingForm
from overens.desks.entry.views import person_of
from overens.desks.negotiator.views import negotiators
from overens.desks.refusals import shown
from overens.desks.studio.shared import draft_or_404, head, may
from overens.people.models import Organisation, Person
from overens.studio.actions import stepping
from overens.studio.models import Draft


@dataclass(frozen=True)
class Step:
    """What may be done with a draft: the act's name in the table of acts, and its page."""

    act: str
    title: Promise
    lead: Promise
    done: Promise
    does: Callable[[Draft, Organisation, Person], object]


STEPS: dict[str, Step] = {
    "visa": Step(
        "share-draft",
        _("Visa utkastet för motparten"),
        _(
            "Motpartens förhandlare ser texten med alla dess versioner, och kan skriva och kommentera i den. "
            "Era egna kommentarer stannar hos er tills ni släpper dem. Det går inte att dölja utkastet igen."
        ),
        _("Motparten ser nu utkastet."),
        stepping.share,
    ),
    "las": Step(
        "lock-draft",
        _("Lås texten för underskrift"),
        _(
            "Texten läggs in ord för ord med sin kontrollsumma, och kan inte ändras. "
            "Tills någon har skrivit under kan båda parter låsa upp den igen."
        ),
        _("Texten är låst och inlagd."),
        stepping.lock,
    ),
    "las-upp": Step(
        "unlock-draft",
        _("Lås upp texten"),
        _("Det går att skriva i utkastet igen. Den text som var låst finns kvar som en version."),
        _("Utkastet är upplåst."),
        stepping.unlock,
    ),
    "dra-tillbaka": Step(
        "withdraw-draft",
        _("Dra tillbaka utkastet"),
        _("Det går inte längre att skriva i det. Det som är skrivet och sagt finns kvar att läsa."),
        _("Utkastet är tillbakadraget."),
        stepping.withdraw,
    ),
}


@require_http_methods(["GET", "POST"])
@negotiators
def step(request: ActingRequest, code: str, step: str) -> HttpResponse:
    found = draft_or_404(request, code)
    if step not in STEPS:
        raise Http404(step)
    taken = STEPS[step]
    form = AskingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.carried_out(
        lambda _typed: taken.does(found, acting_for(request), person_of(request))
    ):
        messages.success(request, str(taken.done))
        return see_other("studio-draft", code)
    hindrances = list(stepping.hindrances(found)) if taken.act == "lock-draft" else []
    context = {
        **head(request, found),
        "form": form,
        "title": taken.title,
        "lead": taken.lead,
        "allowed": may(request, taken.act, found) and not hindrances,
        "hindrances": shown(hindrances),
        "back": reverse("studio-draft", args=[code]),
    }
    return render(request, "studio/step.html", context, status=422 if form.errors else 200)


def open_steps(request: ActingRequest, draft: Draft) -> list[tuple[str, Step]]:
    """The steps that the draft's state and the party allow, by the last part of their address."""
    return [
        (name, each)
        for name, each in STEPS.items()
        if may(request, each.act, draft) and not (name == "visa" and draft.shared_at)
    ]
