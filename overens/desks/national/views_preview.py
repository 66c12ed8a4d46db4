# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report as it would be read now, of today's text and facts: for the analysts whose it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks import refusals
from overens.desks.access import ActingRequest, for_desk
from overens.desks.national import shown
from overens.desks.national.views_values import value_as_page
from overens.editions import looking
from overens.editions.compiling import Compiled
from overens.editions.models import Edition
from overens.people.models.organisation import Kind
from overens.rules.edition import finding
from overens.rules.edition.document import Document


def _compiled(request: ActingRequest, code: str) -> Compiled:
    """An edition of the one who acts. Another's is not there (404)."""
    assert request.acting.organisation is not None
    of_theirs = Edition.objects.of(request.acting.organisation).select_related("owner", "version")
    return looking.whole(get_object_or_404(of_theirs, code=code))


@require_safe
@for_desk(Kind.FOLLOWUP)
def report(request: ActingRequest, code: str) -> HttpResponse:
    """The whole report with what is found in it."""
    made = _compiled(request, code)
    context: dict[str, Any] = {
        "document": made.document,
        "drawn": shown.draw(made.document, reverse("editions-preview", args=[code]), with_files=False),
        "preview": True,
        "findings": refusals.shown(made.findings),
        "crumbs": _crumbs(made.document)[:1],
    }
    return render(request, "national/report.html", context)


@require_safe
@for_desk(Kind.FOLLOWUP)
def value(request: ActingRequest, code: str, key: str) -> HttpResponse:
    """What a value of the draft rests on."""
    document = _compiled(request, code).document
    used = finding.uses(document).get(key, [])
    address = reverse("editions-preview", args=[code])
    return value_as_page(request, document, key, address, used, _crumbs(document), preview=True)


def _crumbs(document: Document) -> list[tuple[str, str]]:
    return [
        (_("Nationella rapporter"), reverse("editions-start")),
        (document.title, reverse("editions-preview", args=[document.edition])),
    ]
