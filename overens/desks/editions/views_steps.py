# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An edition's steps, each on a page that says what happens: to review, to the regions, frozen. And its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest, for_desk
from overens.desks.asking import AskingForm, Day
from overens.desks.downloads import attachment
from overens.desks.editions.shared import crumbs, own_edition
from overens.desks.refusals import shown
from overens.editions import filing
from overens.editions.actions import stepping
from overens.editions.models import Edition
from overens.people.models import Person
from overens.people.models.organisation import Kind
from overens.records import runs
from overens.rules.edition.process import EDITION_ACTS, EditionState
from overens.rules.findings import Finding


class ConfirmForm(AskingForm):
    """Nothing is typed."""


class SendForm(AskingForm):
    due_on = Day(
        label=_("Svar senast"), help_text=_("En dag som inte är arbetsdag flyttas till nästa."), required=False
    )


class FreezeForm(AskingForm):
    registration_number = forms.CharField(
        label=_("Rapportens diarienummer"), help_text=_("Står på rapporten och i registret."), required=False,
        max_length=60,
    )  # fmt: skip


@dataclass(frozen=True)
class Step:
    """What may be done with an edition: the act's name in the table of acts, and its page."""

    act: str
    title: Promise
    lead: Promise
    done: Promise
    form: type[AskingForm]
    does: Callable[[Edition, dict[str, Any], Person], object]


STEPS: dict[str, Step] = {
    "granska": Step(
        "send-to-review",
        _("Lämna till intern granskning"),
        _(
            "En annan analytiker läser rapporten och avgör om den ska gå till regionerna. "
            "Texten går att skriva vidare på."
        ),
        _("Rapporten är lämnad till intern granskning."),
        ConfirmForm,
        lambda edition, typed, person: stepping.send_to_review(edition, person),
    ),
    "tillbaka": Step(
        "return-to-draft",
        _("Ta tillbaka till utkast"),
        _("Det som regionerna redan har svarat finns kvar. Därefter granskas rapporten på nytt."),
        _("Rapporten är ett utkast igen."),
        ConfirmForm,
        lambda edition, typed, person: stepping.return_to_draft(edition, person),
    ),
    "skicka": Step(
        "send-edition-check",
        _("Skicka till regionerna för faktagranskning"),
        _(
            "Varje region får bara det som rapporten säger om den: stycken som nämner den, dess rader i tabellerna "
            "och dess översikt."
        ),
        _("Varje region som nämns har fått sina uppgifter att granska."),
        SendForm,
        lambda edition, typed, person: stepping.send_checks(edition, typed["due_on"], person),
    ),
    "faststall": Step(
        "freeze-edition",
        _("Fastställ rapporten"),
        _(
            "Text, siffror och underlag låses med en kontrollsumma och blir offentliga. "
            "En senare rättelse ändrar inte den här utgåvan."
        ),
        _("Rapporten är fastställd. Filerna tas fram i bakgrunden."),
        FreezeForm,
        lambda edition, typed, person: stepping.freeze(edition, typed["registration_number"], person),
    ),
}  # fmt: skip


def steps_of(edition: Edition) -> list[tuple[str, Step]]:
    """The steps that an edition's state allows, by the last part of their address."""
    return [(name, step) for name, step in STEPS.items() if edition.state in EDITION_ACTS[step.act].states]


@require_http_methods(["GET", "POST"])
@for_desk(Kind.FOLLOWUP)
def step(request: ActingRequest, code: str, step: str) -> HttpResponse:
    edition = own_edition(request, code)
    if step not in STEPS:
        raise Http404
    taken = STEPS[step]
    form = taken.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.carried_out(lambda typed: taken.does(edition, typed, request.user)):
        messages.success(request, str(taken.done))
        return redirect("editions-edition", edition.code)
    act = EDITION_ACTS[taken.act]
    context = {
        "crumbs": crumbs(edition),
        "edition": edition,
        "form": form,
        "title": taken.title,
        "lead": taken.lead,
        "allowed": edition.state in act.states and bool(set(act.roles) & set(request.acting.roles)),
        "hindrances": shown(_hindrances(edition, taken.act, request.user)),
        "back": reverse("editions-edition", args=[edition.code]),
    }
    return render(request, "editions/step.html", context, status=422 if form.errors else 200)


def _hindrances(edition: Edition, act: str, person: Person) -> list[Finding]:
    """What is known to stand in the way before anything is typed."""
    if act == "freeze-edition":
        return list(stepping.hindrances(edition))
    return list(stepping.review_by_another(edition, person)) if act == "send-edition-check" else []


@require_safe
@for_desk(Kind.FOLLOWUP)
def checks(request: ActingRequest, code: str) -> HttpResponse:
    """Which regions have what to check, and what they have answered."""
    edition = own_edition(request, code)
    checks = stepping.checks_now(edition)
    rows = []
    for check in checks:
        pieces = list(check.pieces.all())
        objections = [each for each in pieces if check.answered_at and each.answer != "correct"]
        rows.append({"check": check, "pieces": pieces, "objections": objections})
    context = {
        "crumbs": crumbs(edition),
        "edition": edition,
        "rows": rows,
        "answered": sum(1 for check in checks if check.answered_at),
        "is_open": edition.state == EditionState.FACT_CHECK,
    }
    return render(request, "editions/checks.html", context)


@require_http_methods(["GET", "POST"])
@for_desk(Kind.FOLLOWUP)
def files(request: ActingRequest, code: str) -> HttpResponse:
    """The files of the edition, and how far the making of them has come; made, cancelled and tried again here."""
    edition = own_edition(request, code)
    run = filing.run_of(edition)
    if request.method == "POST":
        asked = request.POST.get("do", "")
        if asked == "make":
            filing.start(edition, request.user)
            messages.success(request, gettext("Filerna tas fram i bakgrunden."))
        elif asked == "cancel" and run:
            runs.cancel(run)
            messages.success(request, gettext("Arbetet med filerna avbryts."))
        elif asked == "retry" and run:
            runs.retry(run)
        else:
            raise Http404
        return redirect("editions-files", edition.code)
    context = {
        "crumbs": crumbs(edition),
        "edition": edition,
        "run": run,
        "is_under_way": run is not None and run.state in ("waiting", "running"),
        "has_failed": run is not None and run.state == "failed",
        "files": filing.latest(edition),
        "is_frozen": edition.state == EditionState.FROZEN,
    }
    return render(request, "editions/files.html", context)


@require_safe
@for_desk(Kind.FOLLOWUP)
def file(request: ActingRequest, code: str, number: int) -> HttpResponse:
    edition = own_edition(request, code)
    found = get_object_or_404(edition.files.select_related("file"), pk=number)
    name = f"{edition.code}-{found.name.replace('/', '-')}"
    return attachment(bytes(found.file.content), found.file.media_type, name)
