# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The agency's national reports: where each one is, and beginning a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from overens.agreements.models import AgreementVersion
from overens.desks.access import ActingRequest
from overens.desks.analyst.shared import acting_for, see_other
from overens.desks.editions.forms import EditionForm, NewEditionForm
from overens.desks.editions.shared import STATES, agency_only, crumbs, head, may, may_begin, own_edition
from overens.desks.entry.views import person_of
from overens.editions import source
from overens.editions.actions import making
from overens.editions.models import Edition
from overens.editions.source import EditionSource
from overens.editions.values.register import About


@require_safe
@agency_only
def start(request: ActingRequest) -> HttpResponse:
    """The editions of the one who acts, the latest first, and the outlines that come with Överens."""
    organisation = acting_for(request)
    editions = Edition.objects.of(organisation).prefetch_related("passages")
    return render(
        request,
        "editions/start.html",
        {
            "rows": [_row(each) for each in editions],
            "outlines": [each.about for each in map(source.shipped, source.shipped_codes())],
            "may_begin": may_begin(request),
        },
    )


def _row(edition: Edition) -> dict[str, Any]:
    word, kind = STATES[edition.state]
    there = [each for each in edition.passages.all() if not each.removed]
    changed = max((each.changed_at for each in there if each.changed_at), default=None)
    return {"edition": edition, "state": word, "state_kind": kind, "passages": len(there), "changed_at": changed}


@require_http_methods(["GET", "POST"])
@agency_only
def new(request: ActingRequest) -> HttpResponse:
    """Begin an edition from one of the agency's own (``?fran=``), or from an outline that comes with Överens
    (``?mall=``).
    """
    begun_from, follows = _begun_from(request, request.GET.get("fran", ""), request.GET.get("mall", ""))
    initial = _initial(begun_from.about) if begun_from else {"called": "regioner"}
    form = NewEditionForm(request.POST if request.method == "POST" else None, _agreements(), initial=initial)
    made: list[Edition] = []
    passages = begun_from.passages if begun_from else ()
    if request.method == "POST" and form.carried_out(
        lambda typed: made.append(
            making.begin(
                acting_for(request), typed["code"], form.terms(), passages, person_of(request), follows
            )
        )
    ):  # fmt: skip
        messages.success(request, gettext("Rapporten är påbörjad."))
        return see_other("editions-edition", made[0].code)
    context = {"crumbs": crumbs(), "form": form, "begun_from": begun_from}
    return render(request, "editions/new.html", context, status=422 if form.errors else 200)


def _begun_from(request: ActingRequest, code: str, outline: str) -> tuple[EditionSource | None, Edition | None]:
    """What a new edition begins from, and the edition that it follows."""
    own = Edition.objects.of(acting_for(request)).select_related("owner").filter(code=code).first()
    if own is not None:
        return source.stored(own), own
    return (source.shipped(outline), None) if outline in source.shipped_codes() else (None, None)


def _initial(about: About) -> dict[str, Any]:
    return {
        "title": about.title,
        "subtitle": about.subtitle,
        "year": about.year,
        "years": ", ".join(map(str, about.years)),
        "agreements": list(about.agreements),
        "called": about.called,
        "settings": about.settings,
    }


def _agreements() -> list[str]:
    return sorted(AgreementVersion.objects.current().values_list("code", flat=True), reverse=True)


@require_http_methods(["GET", "POST"])
@agency_only
def about(request: ActingRequest, code: str) -> HttpResponse:
    """What an edition is about: its title, years, agreements and rules of wording."""
    edition = own_edition(request, code)
    posted = request.POST if request.method == "POST" else None
    form = EditionForm(posted, _agreements(), initial=_initial(source.stored(edition).about))
    if posted is not None and form.carried_out(
        lambda _typed: making.describe(edition, form.terms(), person_of(request))
    ):
        messages.success(request, gettext("Sparat."))
        return see_other("editions-edition", code)
    context = {**head(request, edition), "form": form, "may": may(request, "describe-edition", edition)}
    return render(request, "editions/about.html", context, status=422 if form.errors else 200)
