# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a draft share: who sees it, who may do what, and what its states are called."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import structlog
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from overens.agreements.standing import standing_of
from overens.desks.access import ActingRequest
from overens.desks.analyst.shared import acting_for
from overens.people.models.organisation import Kind
from overens.rules.studio.process import DRAFT_ACTS, DraftState
from overens.studio.models import Draft

log = structlog.get_logger()
# The word and the look of a draft's state.
STATES: dict[str, tuple[Promise, str]] = {
    DraftState.NEGOTIATING: (_("Förhandlas"), "info"),
    DraftState.LOCKED: (_("Låst för underskrift"), "warn"),
    DraftState.WITHDRAWN: (_("Tillbakadraget"), "neutral"),
}

STANDINGS: dict[str, tuple[Promise, str]] = {
    "to-approve": (_("Undertecknat"), "good"),
    "in-force": (_("Gäller"), "good"),
    "former": (_("Har gällt"), "neutral"),
}


def draft_or_404(request: ActingRequest, code: str) -> Draft:
    """A draft of the party that the person acts for, or one that it has been shown. Any other is not there (404)."""
    found = (
        Draft.objects.visible_to(acting_for(request))
        .select_related("owner", "begun_from", "version", "changed_by", "created_by")
        .filter(code=code)
        .first()
    )
    if found is None:
        log.warning("draft of another asked for", path=request.path, person=request.user.pk)
        raise Http404
    return found


def state_of(draft: Draft) -> tuple[Promise, str]:
    """The word and the look of a draft's state: of a locked one, how far its version has come."""
    if draft.version is not None and (found := STANDINGS.get(standing_of(draft.version).state)):
        return found
    return STATES[draft.state]


def may(request: ActingRequest, act: str, draft: Draft) -> bool:
    """Whether the party may do an act as the draft stands."""
    found = DRAFT_ACTS[act]
    party = acting_for(request)
    barred = (found.owner_only and party.pk != draft.owner_id) or (found.ministry_only and party.kind != Kind.MINISTRY)
    return draft.state in found.states and not barred


def crumbs(draft: Draft | None = None) -> list[tuple[str, str]]:
    found = [(gettext("Förhandling"), reverse("negotiator-start")), (gettext("Utkast"), reverse("studio-start"))]
    if draft is not None:
        found.append((draft.title, reverse("studio-draft", args=[draft.code])))
    return found


def to_place(draft: Draft, place: str, anchor: str = "") -> HttpResponse:
    """After an act: the draft, at a place of its file."""
    url = reverse("studio-draft", args=[draft.code])
    query = f"?{urlencode({'plats': place})}" if place else ""
    return HttpResponseRedirect(f"{url}{query}{f'#{anchor}' if anchor else ''}", status=303)


def head(request: ActingRequest, draft: Draft, *, below: bool = True) -> dict[str, Any]:
    """What every page of a draft says of it. below: whether the page is one below the draft's own."""
    word, kind = state_of(draft)
    return {
        "draft": draft,
        "state": word,
        "state_kind": kind,
        "is_own": acting_for(request).pk == draft.owner_id,
        "may_write": may(request, "write-draft", draft),
        "may_comment": may(request, "comment-on-draft", draft),
        "crumbs": crumbs(draft if below else None),
    }
