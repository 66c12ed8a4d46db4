# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A second person codes a sample, how far the two agree, and what is decided where they do not."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from overens.desks.access import ActingRequest
from overens.desks.analyst.coding_shared import (
    MENTIONS,
    agency,
    choices,
    coders_only,
    edition_or_none,
    in_words,
    page,
    readable,
    title_of,
    whose,
    without_codebook,
)
from overens.desks.analyst.forms_coding import ResolveForm, SampleForm
from overens.desks.asking import whole
from overens.desks.refusals import shown
from overens.followup import agreeing
from overens.followup.actions import second
from overens.followup.models import CodebookEdition, Sample, SampleUnit, Theme
from overens.people.models import Person
from overens.rules.findings import Refused, refuse

HERE = "analyst-second"


@require_GET
@coders_only
def samples(request: ActingRequest) -> HttpResponse:
    """Every comparison; what waits for the person stands first."""
    edition = edition_or_none()
    if edition is None:
        return without_codebook(request, HERE)
    listed = _own(request).annotate(
        all=Count("units", distinct=True),
        answered=Count("units", filter=Q(units__answered_at__isnull=False), distinct=True),
    )
    rows = [
        {
            "sample": each,
            "themes": ", ".join(title_of(edition.codebook, theme.code) for theme in each.themes.all()),
            "mine": each.second_id == request.user.pk and each.done_at is None,
            "waiting": sum(one.resolution is None for one in agreeing.disagreements(each)) if each.done_at else None,
        }
        for each in listed.prefetch_related("themes")
    ]
    return page(request, "analyst/samples.html", HERE, {"rows": sorted(rows, key=lambda row: not row["mine"])})


def _own(request: ActingRequest) -> Any:
    found = Sample.objects.filter(mandate__organisation=agency(request))
    return found.select_related("second", "mandate__person", "edition")


@require_http_methods(["GET", "POST"])
@coders_only
def new(request: ActingRequest) -> HttpResponse:
    """Draw a sample for somebody."""
    edition = edition_or_none()
    if edition is None:
        return without_codebook(request, HERE)
    people = [each for each in second.possible_seconds(agency(request)) if each.pk != request.user.pk]
    form = SampleForm(people, request.POST if request.method == "POST" else None)
    made: list[Sample] = []

    def act(typed: dict[str, Any]) -> None:
        whom = form.people.get(typed["second"])
        if whom is None:
            refuse("second-missing", key="second")
        made.append(second.draw(typed["name"], typed["themes"], whole(typed["size"]) or 0, whom, request.user))

    if request.method == "POST" and form.carried_out(act):
        messages.success(request, gettext("Stycken är dragna. %(who)s kan börja.") % {"who": made[0].second.name})
        return HttpResponseRedirect(reverse("analyst-sample", args=[made[0].pk]), status=303)
    return page(
        request,
        "analyst/sample_new.html",
        HERE,
        {
            "crumbs": [(gettext("Andra kodare"), reverse(HERE))],
            "form": form,
            "people": people,
            "population": len(second.population(agency(request))),
            "themes": choices(edition.codebook, form["themes"].value() or ()),
        },
        status=422 if form.errors else 200,
    )


@require_GET
@coders_only
def sample(request: ActingRequest, number: int) -> HttpResponse:
    """One comparison: to code for the second, the outcome for all once it is done."""
    return _sample_page(request, get_object_or_404(_own(request), pk=number))


def _sample_page(
    request: ActingRequest, found: Sample, refused: Any = (), wrong: dict[str, Any] | None = None
) -> HttpResponse:  # fmt: skip
    edition = edition_or_none()
    assert edition is not None, "a sample is drawn with a codebook"
    themes = [(theme, title_of(edition.codebook, theme.code)) for theme in found.themes.all()]
    context: dict[str, Any] = {
        "crumbs": [(gettext("Andra kodare"), reverse(HERE))],
        "sample": found,
        "themes": themes,
        "is_second": found.second_id == request.user.pk,
        "units": found.units.count(),
        "answered": found.units.exclude(answered_at=None).count(),
        "refused": refused,
        "mentions": MENTIONS.items(),
    }
    if found.done_at:
        context |= _outcome(found, edition, wrong or {}, set(readable(request).values_list("pk", flat=True)))
    elif context["is_second"]:
        context |= _next(found, edition, wrong or {})
    return page(request, "analyst/sample.html", HERE, context, status=422 if refused or wrong else 200)


def _next(found: Sample, edition: CodebookEdition, typed: dict[str, Any]) -> dict[str, Any]:
    unit = found.units.filter(answered_at=None).select_related("text__submission__organisation").first()
    asked = [
        {
            "code": theme.code,
            "title": title_of(edition.codebook, theme.code),
            "definition": in_words(edition.codebook.theme(theme.code), "definition")
            if edition.codebook.has(theme.code)
            else "",
            "said": typed.get(theme.code, ""),
        }
        for theme in found.themes.all()
    ]
    return {"unit": unit, "whose": whose(unit.text) if unit else "", "asked": asked}


def _outcome(
    found: Sample, edition: CodebookEdition, typed: dict[str, Any], may_read: Collection[int]
) -> dict[str, Any]:  # fmt: skip
    return {
        "agreements": [
            {
                "title": title_of(edition.codebook, each.theme.code) if each.theme else gettext("Alla teman"),
                "each": each,
                "raw": _decimals(each.raw),
                "kappa": _decimals(each.kappa),
                "alpha": _decimals(each.alpha),
                "low": _decimals(each.interval.low) if each.interval else "",
                "high": _decimals(each.interval.high) if each.interval else "",
            }
            for each in agreeing.agreements(found)
        ],
        "disagreements": [
            {
                "each": each,
                "title": title_of(edition.codebook, each.theme.code),
                "whose": whose(each.unit.text),
                "first": _judged(each.first.mention),
                "second": _judged(each.second.mention),
                "decided": _judged(each.resolution.mention) if each.resolution else "",
                "typed": typed if (each.unit.pk, each.theme.code) == typed.get("of") else {},
            }
            for each in agreeing.disagreements(found)
            if each.unit.text_id in may_read
        ],
    }


def _judged(mention: str) -> str:
    return str(MENTIONS[mention]) if mention else gettext("Temat finns inte i stycket")


def _decimals(value: Fraction | None) -> str:
    return "–" if value is None else str(number_format(round(float(value), 2), decimal_pos=2))


@require_POST
@coders_only
def answer(request: ActingRequest, number: int, unit: int) -> HttpResponse:
    """The second's word on one paragraph."""
    found = get_object_or_404(_own(request), pk=number)
    asked = get_object_or_404(found.units.all(), pk=unit)
    said = {theme.code: request.POST.get(f"tema-{theme.code}", "") for theme in found.themes.all()}
    try:
        second.answer(asked, said, request.user)
    except Refused as refusal:
        return _sample_page(request, found, shown(refusal.findings), said)
    found.refresh_from_db()
    if found.done_at:
        messages.success(request, gettext("Det var det sista stycket. Här är utfallet."))
    return HttpResponseRedirect(reverse("analyst-sample", args=[number]), status=303)


@require_POST
@coders_only
def resolve(request: ActingRequest, number: int, unit: int, code: str) -> HttpResponse:
    """What is decided of one paragraph and theme."""
    found = get_object_or_404(_own(request), pk=number)
    asked = get_object_or_404(SampleUnit.objects.select_related("text"), pk=unit, sample=found)
    theme = get_object_or_404(Theme, code=code)
    form = ResolveForm(request.POST)

    def act(typed: dict[str, Any]) -> None:
        second.resolve(asked, theme, typed["mention"], typed["together"], typed["reason"], _who(request))

    if form.carried_out(act):
        messages.success(request, gettext("Beslutet är antecknat, och markeringarna följer det."))
        return HttpResponseRedirect(reverse("analyst-sample", args=[number]) + "#olika", status=303)
    words = [each["text"] for each in form.summary]
    return _sample_page(request, found, [{"text": each} for each in words], {**request.POST.dict(), "of": (unit, code)})


def _who(request: ActingRequest) -> Person:
    return request.user
