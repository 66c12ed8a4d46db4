# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What has come in since an edition stands, and what it would change: numbers, pictures, sentences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest, for_desk
from overens.desks.asking import AskingForm
from overens.desks.editions.shared import crumbs, may_begin, own_edition
from overens.desks.national.differing import differing
from overens.editions import current
from overens.editions.actions import proposing
from overens.editions.models import Proposal
from overens.editions.standing import document_of
from overens.people.models.organisation import Kind
from overens.rules.edition.process import EditionState


class DecideForm(AskingForm):
    decision = forms.ChoiceField(
        label=_("Ert beslut"),
        choices=[("taken", _("Tas med i nästa utgåva")), ("declined", _("Tas inte med"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Skäl"), help_text=_("Behövs när det inte tas med."), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


@require_safe
@for_desk(Kind.FOLLOWUP)
def proposals(request: ActingRequest, code: str) -> HttpResponse:
    """What has come in, and how the edition would read with the facts of today."""
    edition = own_edition(request, code)
    context: dict[str, Any] = {"crumbs": crumbs(edition), "edition": edition, "stands": False}
    if edition.state == EditionState.FROZEN:
        rows = edition.proposals.select_related("submission__organisation", "submission__report", "decided_by")
        context |= {
            "stands": True,
            "may_go_on": may_begin(request),
            "rows": rows,
            "differences": differing(document_of(edition), current.today(edition).document) if rows else None,
        }
    return render(request, "editions/proposals.html", context)


@require_http_methods(["GET", "POST"])
@for_desk(Kind.FOLLOWUP)
def decide(request: ActingRequest, code: str, number: int) -> HttpResponse:
    edition = own_edition(request, code)
    found = get_object_or_404(
        Proposal.objects.select_related("edition__owner", "submission__organisation"), pk=number, edition=edition
    )
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.carried_out(
        lambda typed: proposing.decide(found, typed["decision"] == "taken", typed["reason"], request.user)
    ):
        messages.success(request, gettext("Beslutet är fattat."))
        return redirect("editions-proposals", edition.code)
    who = found.submission.organisation.name if found.submission.organisation else ""
    context = {
        "crumbs": crumbs(edition),
        "edition": edition,
        "form": form,
        "title": gettext("Avgör om rättelsen från %(who)s ska med i nästa utgåva") % {"who": who},
        "label": gettext("Besluta"),
        "lead": gettext(
            "Den fastställda utgåvan ändras aldrig. Nästa utgåva hämtar sina siffror på nytt, och där är rättelsen "
            "med; beslutet säger hur ni har tagit ställning till den."
        ),
        "allowed": found.state == "open" and "analyst" in request.acting.roles,
        "back": reverse("editions-proposals", args=[edition.code]),
    }
    return render(request, "editions/step.html", context, status=422 if form.errors else 200)
