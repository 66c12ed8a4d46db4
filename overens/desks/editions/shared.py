# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of an edition share: whose it is, who may do what, and what its states are called."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from overens.desks.access import ActingRequest, for_desk
from overens.desks.analyst.shared import acting_for
from overens.editions.models import Edition, Passage
from overens.people.models.organisation import Kind
from overens.rules.edition.process import EDITION_ACTS, EditionState

agency_only = for_desk(Kind.FOLLOWUP)

# The word and the look of an edition's state.
STATES: dict[str, tuple[Promise, str]] = {
    EditionState.DRAFT: (_("Utkast"), "info"),
    EditionState.REVIEW: (_("Intern granskning"), "info"),
    EditionState.FACT_CHECK: (_("Hos regionerna"), "warn"),
    EditionState.FROZEN: (_("Fastställd"), "good"),
}
KINDS: dict[str, Promise] = {
    "front": _("Före numreringen"),
    "body": _("Numrerat avsnitt"),
    "annex": _("Bilaga"),
}
CALLED: dict[str, Promise] = {"landsting": _("Landsting"), "regioner": _("Regioner")}


def own_edition(request: ActingRequest, code: str) -> Edition:
    """An edition of the organisation that the person acts for. Anybody else's is not there (404)."""
    return get_object_or_404(Edition.objects.of(acting_for(request)).select_related("owner", "version"), code=code)


def passage_or_404(edition: Edition, key: str) -> Passage:
    """A passage that has not been taken away."""
    found = edition.passages.filter(key=key, removed=False).select_related("changed_by").first()
    if found is None:
        raise Http404
    found.edition = edition
    return found


def heading_of(passage: Passage) -> str:
    return passage.content.get("heading") or passage.key


def may(request: ActingRequest, act: str, edition: Edition) -> bool:
    """Whether somebody with these roles can do an act as the edition stands."""
    found = EDITION_ACTS[act]
    return edition.state in found.states and bool(set(found.roles) & set(request.acting.roles))


def may_begin(request: ActingRequest) -> bool:
    return bool(set(EDITION_ACTS["begin-edition"].roles) & set(request.acting.roles))


def crumbs(edition: Edition | None = None, passage: Passage | None = None) -> list[tuple[str, str]]:
    found = [(gettext("Nationella rapporter"), reverse("editions-start"))]
    if edition is not None:
        found.append((edition.title, reverse("editions-edition", args=[edition.code])))
    if edition is not None and passage is not None:
        found.append((heading_of(passage), reverse("editions-passage", args=[edition.code, passage.key])))
    return found


def head(request: ActingRequest, edition: Edition) -> dict[str, Any]:
    """What every page of an edition says of it."""
    word, kind = STATES[edition.state]
    return {
        "edition": edition,
        "state": word,
        "state_kind": kind,
        "may_write": may(request, "write-passage", edition),
        "may_remark": may(request, "remark-on-passage", edition),
        "crumbs": crumbs(edition),
    }
