# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an edition says otherwise than another."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from overens.desks.national.differing import differing
from overens.desks.national.views import crumbs_of, of_standing
from overens.editions import standing
from overens.editions.standing import Standing
from overens.rules.findings import Refused


@require_safe
@of_standing
def difference(request: HttpRequest, found: Standing, other: str) -> HttpResponse:
    """This edition beside another that stands, which it is held against."""
    try:
        before = standing.public(other)
    except Refused as refusal:
        raise Http404 from refusal
    context = {
        "crumbs": crumbs_of(found.document),
        "document": found.document,
        "other": before.document,
        "differences": differing(before.document, found.document),
    }
    return render(request, "national/difference.html", context)
