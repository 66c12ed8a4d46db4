# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which edition a page of the agency is about, and the way up from it."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from overens.desks.access import ActingRequest
from overens.editions.models import Edition
from overens.rules.edition.process import EditionState

# The word and the look of an edition's state.
STATES: dict[str, tuple[Promise, str]] = {
    EditionState.DRAFT: (_("Utkast"), "info"),
    EditionState.REVIEW: (_("Intern granskning"), "info"),
    EditionState.FACT_CHECK: (_("Hos regionerna"), "warn"),
    EditionState.FROZEN: (_("Fastställd"), "good"),
}


def own_edition(request: ActingRequest, code: str) -> Edition:
    """An edition of the organisation that the person acts for. Anybody else's is not there (404)."""
    assert request.acting.organisation is not None
    found = Edition.objects.of(request.acting.organisation).select_related("owner", "version").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def crumbs(edition: Edition) -> list[tuple[str, str]]:
    """The way to a page below an edition."""
    return [
        (gettext("Nationella rapporter"), reverse("editions-start")),
        (edition.title, reverse("editions-edition", args=[edition.code])),
    ]
