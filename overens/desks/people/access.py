# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may open these pages: an organisation's administrators its own people, and everybody themselves."""

from __future__ import annotations

import functools
from typing import Any

import structlog
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from overens.desks.access import ActingRequest, View
from overens.people.models import Mandate, Organisation, Person
from overens.rules.process import Role

log = structlog.get_logger()


def logged_in(view: View) -> View:
    """The view is for everybody with a login, whatever their mandates."""

    @functools.wraps(view)
    def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def for_administrators(view: View) -> View:
    """The view is for those who administer the organisation that they act for. Others: log in, or 403."""

    @functools.wraps(view)
    def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.acting.organisation is None or Role.ADMINISTRATOR not in request.acting.roles:
            log.warning("administration refused", path=request.path, person=request.user.pk)
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return logged_in(guarded)


def own(request: ActingRequest) -> Organisation:
    organisation = request.acting.organisation
    assert organisation is not None, "for_administrators has seen to it"
    return organisation


def own_person(request: ActingRequest, number: int) -> Person:
    """Somebody who holds or has held a mandate at the organisation. Anybody else is not there (404)."""
    found = Person.objects.filter(pk=number, mandates__organisation=own(request)).distinct().first()
    if found is None:
        log.warning("person of another asked for", path=request.path, person=request.user.pk)
        raise Http404
    return found


def own_mandate(request: ActingRequest, number: int) -> Mandate:
    """A mandate at the organisation. Anybody else's is not there (404)."""
    found = Mandate.objects.select_related("person", "organisation").filter(organisation=own(request), pk=number)
    mandate = found.first()
    if mandate is None:
        log.warning("mandate of another asked for", path=request.path, person=request.user.pk)
        raise Http404
    return mandate
