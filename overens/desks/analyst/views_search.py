# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Searching the texts, and searches that are kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from overens.desks.access import ActingRequest
from overens.desks.analyst.coding_shared import (
    KINDS,
    agency,
    areas_named,
    coders_only,
    edition_or_none,
    kind_of,
    page,
    readable,
    region_of,
    whose,
    year_of,
)
from overens.desks.analyst.forms_coding import SaveSearchForm, SearchFilter
from overens.desks.analyst.views_coding import paragraph_at, regions_of
from overens.desks.asking import whole
from overens.desks.exports import FORMATS, table_response
from overens.desks.refusals import Shown, shown, tell
from overens.followup import coded, searching
from overens.followup.actions import coding
from overens.followup.models import SavedSearch, Text
from overens.rules.findings import Refused
from overens.rules.followup.query import Query, parse

PAGE = 20
FIELDS = ("q", "ar", "region", "slag", "omrade", "tema", "kodat")
# More rows than a spreadsheet is read with; the rest is found by narrowing.
LARGEST_FILE = 5000


@require_GET
@coders_only
def search(request: ActingRequest) -> HttpResponse:
    """What the texts say, ranked, with the stretches around what was found. A query that cannot be read is told so."""
    organisation, edition = agency(request), edition_or_none()
    every = coded.standing(readable(request))
    pairs = every.exclude(submission=None).exclude(area="").order_by().values_list("submission__agreement", "area")
    named = areas_named(pairs.distinct())
    areas = sorted({area: title for (_agreement, area), title in sorted(named.items())}.items())
    codebook = edition.codebook if edition else None
    form = SearchFilter(request.GET, coded.years(organisation), regions_of(every), areas, codebook)
    wrong: list[Shown] = []
    query: Query | None = None
    texts = Text.objects.none()
    typed = form.text("q")
    try:
        query = parse(typed) if typed.strip() else None
        narrowed = searching.Narrowed(
            year=whole(form.text("ar")),
            region=form.text("region"),
            area=form.text("omrade"),
            kind=form.text("slag"),
            theme=form.text("tema"),
            coded=form.text("kodat") != "nej",
        )
        texts = searching.found(every, query, narrowed, edition)
    except Refused as refusal:
        wrong = shown(refusal.findings)
    blind = coded.blind_for(request.user)
    if form.text("tema"):
        texts = texts.exclude(pk__in=blind)
    if request.GET.get("format") in FORMATS and not wrong:
        return _file(request.GET["format"], texts, query)
    paged = Paginator(texts, PAGE).get_page(request.GET.get("page"))
    hits = list(paged.object_list)
    count = paged.paginator.count
    asked = {name: request.GET[name] for name in FIELDS if request.GET.get(name)}
    return page(
        request,
        "analyst/search.html",
        "analyst-search",
        {
            "fields": form.shown,
            "wrong": wrong,
            "page": paged,
            "rows": _hits(hits, query),
            "result_text": "" if wrong else ngettext("%(count)s text", "%(count)s texter", count) % {"count": count},
            "searched": bool(asked),
            "save": SaveSearchForm(initial={"query": urlencode(asked)}) if asked and not wrong else None,
            "saved": [
                {"search": each, "url": f"{reverse('analyst-search')}?{each.query}"}
                for each in SavedSearch.objects.filter(ended_at=None).select_related("mandate__person")
            ],
            "formats": FORMATS,
        },
        status=422 if wrong else 200,
    )


def _hits(texts: list[Text], query: Query | None) -> list[dict[str, Any]]:
    fragments = searching.fragments(texts, query)
    return [
        {
            "text": each,
            "whose": whose(each),
            "kind": KINDS[kind_of(each)],
            "pieces": fragments[each.pk],
            "paragraph": paragraph_at(each.body, searching.first_hit(each.body, fragments[each.pk])),
        }
        for each in texts
    ]


def _file(form: str, texts: Any, query: Query | None) -> HttpResponse:
    header = [gettext("Region"), gettext("År"), gettext("Slag av text"), gettext("Rubrik"), gettext("Var"),
              gettext("Utdrag"), gettext("Text")]  # fmt: skip
    listed = list(texts[:LARGEST_FILE])
    fragments = searching.fragments(listed, query)
    rows = [
        [region_of(each), year_of(each), str(KINDS[kind_of(each)]), each.heading, each.place,
         "".join(text for text, _ in fragments[each.pk]), each.body]
        for each in listed
    ]  # fmt: skip
    return table_response(form, "sokning", header, rows)


@require_POST
@coders_only
def save(request: ActingRequest) -> HttpResponse:
    """Keep a search; only what the search itself asks for is taken from the address."""
    form = SaveSearchForm(request.POST)
    pairs = [(key, value) for key, value in parse_qsl(request.POST.get("query", "")) if key in FIELDS]
    query = urlencode(pairs)
    if form.carried_out(lambda typed: coding.save_search(typed["name"], query, request.user)):
        messages.success(request, gettext("Sökningen är sparad."))
    else:
        for each in form.summary:
            messages.error(request, each["text"])
    return HttpResponseRedirect(f"{reverse('analyst-search')}?{query}", status=303)


@require_POST
@coders_only
def forget(request: ActingRequest, number: int) -> HttpResponse:
    try:
        coding.forget_search(get_object_or_404(SavedSearch, pk=number, ended_at=None), request.user)
        messages.success(request, gettext("Sökningen är borttagen."))
    except Refused as refusal:
        tell(request, refusal)
    return HttpResponseRedirect(reverse("analyst-search"), status=303)
