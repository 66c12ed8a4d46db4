# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every grant of a year, narrowed by the address; everybody who can get one; what is new. Open to anybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from overens.desks import exports
from overens.desks.portal import words
from overens.desks.public.pages import slice_of
from overens.portal import reading
from overens.portal.models import Grant, Recipient
from overens.portal.reading import Asked
from overens.rendering.countymap import county_names

HEADER = (
    "code", "title", "granter", "first_day", "last_day", "frame", "kinds", "areas", "certainty", "source", "address",
)  # fmt: skip


@require_safe
def grants(request: HttpRequest) -> HttpResponse:
    """The grants of a year. Filters stand in the address; ``format``: all that match as a file."""
    there = reading.years()
    asked = _asked(request, there)
    found = reading.grants(asked)
    if (form := request.GET.get("format")) in exports.FORMATS:
        return exports.table_response(form, f"bidrag-{asked.year}", HEADER, map(_cells, found))
    page = slice_of(request, found.defer("content", "words"))
    count = page.paginator.count
    context = {
        "fields": _fields(asked, there),
        "page": page,
        "rows": [_row(grant) for grant in page],
        "result": ngettext("%(count)s bidrag %(year)s", "%(count)s bidrag %(year)s", count)
        % {"count": count, "year": asked.year},
        "is_narrowed": any((asked.kind, asked.area, asked.granter, asked.certainty, asked.words)),
        "downloads": downloads(request),
        "crumbs": [(_("Startsidan"), reverse("home"))],
    }
    return render(request, "portal/grants.html", context)


def downloads(request: HttpRequest) -> list[tuple[str, str]]:
    """The page's table as files: format and address, with what it is narrowed by."""
    found = []
    for form in exports.FORMATS:
        query = request.GET.copy()
        query.pop("page", None)
        query["format"] = form
        found.append((form, f"?{query.urlencode()}"))
    return found


def _asked(request: HttpRequest, there: list[int]) -> Asked:
    get = request.GET.get
    return Asked(
        year=reading.year_of(get("ar", ""), there),
        kind=get("mottagare", ""),
        area=get("omrade", ""),
        granter=get("givare", ""),
        certainty=get("sakerhet", ""),
        words=get("q", "")[:200],
    )


def _fields(asked: Asked, there: list[int]) -> list[dict[str, Any]]:
    def chosen(name: str, label: str, value: str, all_of: str, options: list[tuple[str, Any]]) -> dict[str, Any]:
        return {"name": name, "label": label, "type": "select", "value": value, "options": [("", all_of), *options]}

    year = {
        "name": "ar",
        "label": _("År"),
        "type": "select",
        "value": str(asked.year),
        "options": [(str(each), str(each)) for each in there],
    }
    given_by = reading.granters(asked.year or there[0])
    areas = sorted(words.area_titles().items(), key=lambda item: item[1])
    kinds = [(kind, words.KINDS[kind]) for kind in ("region", "municipality", "association")]
    return [
        year,
        chosen("mottagare", _("Vem som kan få"), asked.kind, _("Alla"), kinds),
        chosen("omrade", _("Område"), asked.area, _("Alla områden"), areas),
        chosen("givare", _("Givare"), asked.granter, _("Alla givare"), [(each, each) for each in given_by]),
        chosen("sakerhet", _("Hur säkert"), asked.certainty, _("Allt"), certainties()),
        {"name": "q", "label": _("Ord"), "type": "text", "value": asked.words, "options": []},
    ]


def certainties() -> list[tuple[str, Any]]:
    return [(code, word) for code, (word, _kind, _meaning) in words.CERTAINTIES.items()]


def _row(grant: Grant) -> dict[str, Any]:
    word, kind, _meaning = words.CERTAINTIES[grant.certainty]
    titles = words.area_titles()
    return {
        "grant": grant,
        "url": words.grant_address(grant),
        "kinds": [words.KINDS[each] for each in grant.kinds],
        "areas": [titles.get(each, each) for each in grant.areas],
        "certainty": word,
        "certainty_kind": kind,
    }


def _cells(grant: Grant) -> list[object]:
    whole = grant.described
    return [
        grant.code, words.said(grant, "title"), words.said(grant, "granter"), grant.first_day, grant.last_day,
        grant.frame, " ".join(grant.kinds), " ".join(grant.areas), grant.certainty, whole.source, whole.address,
    ]  # fmt: skip


@require_safe
def recipients(request: HttpRequest) -> HttpResponse:
    """Everybody who can get a grant: the regions, and the municipalities by county. ``q``: by name or code."""
    asked = request.GET.get("q", "").strip()[:100]
    found = Recipient.objects.all()
    if asked:
        found = found.filter(name__icontains=asked) | found.filter(code=asked)
    by_kind: dict[str, list[Recipient]] = {}
    by_county: dict[str, list[Recipient]] = {}
    for each in found:
        if each.kind == "municipality":
            by_county.setdefault(each.county, []).append(each)
        else:
            by_kind.setdefault(each.kind, []).append(each)
    counties = county_names()
    context = {
        "q": asked,
        "fields": [{"name": "q", "label": _("Namn eller kod"), "type": "text", "value": asked, "options": []}],
        "groups": [
            (words.KINDS[kind], [(each.name, words.address(each)) for each in by_kind[kind]])
            for kind in words.KINDS
            if kind in by_kind
        ],
        "counties": [
            (counties[code], [(each.name, words.address(each)) for each in some])
            for code, some in sorted(by_county.items())
        ],
        "crumbs": [(_("Statsbidrag"), reverse("portal"))],
    }  # fmt: skip
    return render(request, "portal/recipients.html", context)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What is new or has changed, the latest first."""
    page = slice_of(request, reading.changes())
    context = {
        "page": page,
        "rows": [
            {
                "at": each.at,
                "what": words.CHANGES[each.kind],
                "title": words.said(each.grant, "title"),
                "text": words.what_changed(each.what),
                "url": words.grant_address(each.grant),
            }
            for each in page
        ],
        "crumbs": [(_("Statsbidrag"), reverse("portal"))],
    }
    return render(request, "portal/news.html", context)
