# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One grant: what, who, how much, by which key, by when what must be done, what is asked, where from, and how sure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.agreements.models import AgreementVersion
from overens.desks import exports
from overens.desks.portal import words
from overens.desks.portal.views import downloads
from overens.desks.public.pages import slice_of
from overens.portal import reading
from overens.portal.models import Grant, GrantShare
from overens.rules.portal import shipped
from overens.rules.portal.grant import Fact, Part


@require_safe
def grant(request: HttpRequest, code: str) -> HttpResponse:
    """``format``: its allocation as a file."""
    found = get_object_or_404(Grant, code=code)
    # By the length of the code: regions, the association, municipalities, structures.
    shares = found.shares.select_related("recipient").order_by(Length("recipient__code"), "recipient__sort_key")
    if (form := request.GET.get("format")) in exports.FORMATS:
        rows = ([each.recipient.code, each.recipient.name, each.kronor, each.how, each.through] for each in shares)
        return exports.table_response(form, f"bidrag-{code}", ("code", "name", "kronor", "how", "through"), rows)
    whole = found.described
    page = slice_of(request, shares)
    word, kind, meaning = words.CERTAINTIES[found.certainty]
    titles = words.area_titles()
    context = {
        "grant": found,
        "whole": whole,
        "title": words.said(found, "title"),
        "certainty": {"word": word, "kind": kind, "meaning": meaning},
        "kinds": [words.KINDS[each] for each in found.kinds],
        "areas": [titles.get(each, each) for each in found.areas],
        "parts": [_part(each, titles) for each in whole.parts],
        "unplaced": whole.unplaced,
        "duties": [(each, [words.KINDS[kind] for kind in each.kinds]) for each in whole.duties],
        "facts": [fact_words(each) for each in whole.facts],
        "page": page,
        "shares": [share_row(each) for each in page],
        "given": reading.given(found),
        "alike": _links(reading.alike(found)[:20]),
        "gathers": _links(Grant.objects.standing().filter(code__in=whole.gathers)),
        "gathered_by": _links(Grant.objects.standing().filter(content__gathers__contains=[found.code])),
        "others": [each for each in shipped.frames() if found.agreement and each.agreement == found.agreement],
        "agreement": found.agreement
        if AgreementVersion.objects.filter(code=found.agreement or None).exists()
        else "",
        "downloads": downloads(request),
        "changes": [
            (each.at, words.CHANGES[each.kind], words.what_changed(each.what)) for each in found.changes.all()[:20]
        ],
        "crumbs": [(_("Statsbidrag"), f"{reverse('portal')}?ar={found.years[0]}")],
    }  # fmt: skip
    return render(request, "portal/grant.html", context)


def _links(grants: Iterable[Grant]) -> list[tuple[str, str]]:
    return [(words.said(each, "title"), words.grant_address(each)) for each in grants]


def _part(part: Part, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "part": part,
        "kinds": ", ".join(str(words.KINDS[each]) for each in part.kinds),
        "areas": ", ".join(titles.get(each, each) for each in part.areas),
    }


def fact_words(fact: Fact) -> dict[str, Any]:
    """A fact that is asked for: what, about which years, broken down by what, of what."""
    years = f"{fact.years[0]}–{fact.years[-1]}" if len(fact.years) > 1 else "".join(map(str, fact.years))
    return {
        "title": words.said(fact, "title"),
        "years": years,
        "by": ", ".join(str(words.BY.get(each, each)) for each in fact.by),
        "level": words.LEVELS[fact.level],
    }


def share_row(share: GrantShare) -> dict[str, Any]:
    return {
        "share": share,
        "name": share.recipient.name,
        "url": words.address(share.recipient),
        "how": words.HOWS[share.how],
        "through": share.through,
    }
