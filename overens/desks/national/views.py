# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""National reports that stand, for anybody to read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks.national import shown
from overens.editions import standing
from overens.editions.models import Edition
from overens.editions.standing import Standing
from overens.rendering.edition_html import numbered
from overens.rules.edition import finding
from overens.rules.edition.document import Document, Figure, Table
from overens.rules.findings import Refused

View = Callable[..., HttpResponse]


def of_standing(view: View) -> View:
    """The view is of an edition that stands; any other is not there (404)."""

    @wraps(view)
    def looked_up(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
        try:
            found = standing.public(code)
        except Refused as refusal:
            raise Http404 from refusal
        return view(request, found, **kwargs)

    return looked_up


def address_of(code: str) -> str:
    return reverse("national-report", args=[code])


def formats_of(code: str) -> list[dict[str, str]]:
    """What a report can be fetched as."""
    labels = {f"{code}.pdf": _("PDF"), f"{code}.docx": _("Word"), f"{code}-html.zip": _("Webbsidor (zip)")}
    return [{"label": label, "url": reverse("national-file", args=[code, name])} for name, label in labels.items()]


def crumbs_of(document: Document) -> list[tuple[str, str]]:
    return [(_("Rapporter"), reverse("national-start")), (document.title, address_of(document.edition))]


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The editions that stand, the latest first."""
    rows = [
        {
            "edition": found.edition,
            "document": found.document,
            "url": address_of(found.document.edition),
            "counts": _counts(found.document),
            "formats": formats_of(found.document.edition),
        }
        for found in standing.all_public()
    ]
    return render(request, "national/start.html", {"rows": rows})


def _counts(document: Document) -> dict[str, int]:
    blocks = [block for _section, block in document.blocks()]
    return {
        "tables": sum(isinstance(each, Table) for each in blocks),
        "figures": sum(isinstance(each, Figure) for each in blocks),
        "values": len(document.values),
        "sources": len(document.sources),
    }


@require_safe
@of_standing
def report(request: HttpRequest, found: Standing) -> HttpResponse:
    """The whole report on one page, so that it is searched and printed as one, with an anchor for every part."""
    code, edition = found.document.edition, found.edition
    earlier = edition.follows
    context: dict[str, Any] = {
        "found": found,
        "document": found.document,
        "drawn": shown.drawn(found, address_of(code)),
        "later": Edition.objects.public().filter(follows=edition).first(),
        "formats": formats_of(code),
        "earlier": earlier if earlier and earlier.version_id else None,
        "crumbs": crumbs_of(found.document)[:1],
    }
    return render(request, "national/report.html", context)


@require_safe
@of_standing
def search(request: HttpRequest, found: Standing) -> HttpResponse:
    """Where in the report words stand."""
    words = request.GET.get("q", "")[:200].strip()
    language = found.document.language
    hits = [
        (numbered(hit.section, language), f"{address_of(found.document.edition)}#{hit.id}", hit.text)
        for hit in finding.hits(found.document, words)
    ]
    context = {"found": found, "words": words, "hits": hits, "crumbs": crumbs_of(found.document)}
    return render(request, "national/search.html", context)
