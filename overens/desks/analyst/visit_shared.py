# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of visits share: who may open them, and what stands above each."""

from __future__ import annotations

import functools
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from overens.desks.access import ActingRequest, View, for_desk, note_reading
from overens.followup.models import Visit
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import intake
from overens.rules.findings import refuse
from overens.rules.process import Role
from overens.web import uploads

log = structlog.get_logger()
followers_only = for_desk(Kind.FOLLOWUP)


def analysts_only(view: View) -> View:
    """The view is for those who follow up, by role: memos and interview notes are not for all of the agency."""

    @functools.wraps(view)
    def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if Role.ANALYST not in request.acting.roles:
            log.warning("working papers refused", path=request.path, person=request.user.pk)
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return followers_only(guarded)


def acting_for(request: ActingRequest) -> Organisation:
    organisation = request.acting.organisation
    assert organisation is not None, "behind followers_only"
    return organisation


def is_analyst(request: ActingRequest) -> bool:
    return Role.ANALYST in request.acting.roles


def made_visit(request: ActingRequest, agreement: str, year: int, respondent: str) -> Visit:
    """A visit that the person's organisation makes; another's is not there (404)."""
    made = Visit.objects.by(acting_for(request)).with_parties().select_related("plan")
    found = made.filter(agreement=agreement, year=year, respondent__code=respondent).first()
    if found is None:
        raise Http404
    note_reading(request, found.key)
    return found


def crumbs(visit: Visit | None = None) -> list[tuple[str, str]]:
    above = [(_("Besök"), reverse("analyst-visits"))]
    if visit is not None:
        above.append((visit.respondent.name, reverse("analyst-visit", args=visit.where)))
    return above


def pill(words: dict[str, Any], state: str) -> dict[str, Any]:
    """A state as components/pill.html shows it."""
    text, kind = words[state]
    return {"text": text, "kind": kind}


def sent_files(request: HttpRequest, field: list[Any]) -> list[tuple[bytes, str]]:
    """The files' bytes and the sender's names for them. Raises Refused at ``file``."""
    if uploads.too_large(request):
        refuse("upload-too-large", key="file", limit=intake.LARGEST // intake.MIB)
    return [(file.read(), file.name) for file in field]
