# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The passages of an edition: adding, moving, taking away and bringing back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.analyst.shared import see_other
from overens.desks.editions.forms import PassageForm
from overens.desks.editions.shared import KINDS, agency_only, head, heading_of, may, own_edition
from overens.desks.entry.views import person_of
from overens.desks.refusals import tell
from overens.editions.actions import arranging
from overens.editions.models import Edition, Passage
from overens.rules.findings import Refused


@require_http_methods(["GET", "POST"])
@agency_only
def arrange(request: ActingRequest, code: str) -> HttpResponse:
    """The passages in order, each with buttons. By POST: ``do`` says what is done with ``passage``."""
    edition = own_edition(request, code)
    there = list(edition.passages.filter(removed=False).order_by("position", "pk"))
    order = [(each.key, heading_of(each)) for each in there]
    adds = request.method == "POST" and request.POST.get("do") == "add"
    form = PassageForm(request.POST if adds else None, order, initial={"after": order[-1][0] if order else ""})
    if adds:
        made: list[Passage] = []
        if form.carried_out(
            lambda typed: made.append(
                arranging.add(
                    edition, typed["heading"], typed["kind"], int(typed["level"]), typed["after"], person_of(request)
                )
            )
        ):
            return see_other("editions-passage", code, made[0].key)
    elif request.method == "POST":
        return _done(request, edition)
    context = {
        **head(request, edition),
        "rows": [(each, heading_of(each)) for each in there],
        "removed": [(each, heading_of(each)) for each in edition.passages.filter(removed=True)],
        "kinds": KINDS.items(),
        "form": form,
        "may": may(request, "arrange-passages", edition),
    }
    return render(request, "editions/arrange.html", context, status=422 if form.errors else 200)


def _done(request: ActingRequest, edition: Edition) -> HttpResponse:
    key, do, person = request.POST.get("passage", ""), request.POST.get("do", ""), person_of(request)
    kind, _, level = request.POST.get("put", "").partition("/")
    try:
        if do in ("up", "down"):
            arranging.move(edition, key, "up" if do == "up" else "down", person)
        elif do == "remove":
            arranging.remove(edition, key, person)
            messages.success(request, gettext("Avsnittet är borttaget. Det finns kvar sist på sidan."))
        elif do == "bring-back":
            arranging.bring_back(edition, key, person)
            messages.success(request, gettext("Avsnittet är tillbaka."))
        elif kind in KINDS and level in ("1", "2"):
            arranging.put(edition, key, kind, int(level), person)
            messages.success(request, gettext("Sparat."))
    except Refused as refusal:
        tell(request, refusal)
    return see_other("editions-arrange", edition.code, anchor=f"passage-{key}")
