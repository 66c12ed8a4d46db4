# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may open a page. Each view says it in one line; tests/cases/access.toml says it again and is tried."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import structlog
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from overens.grants.models import Case
from overens.people.models import Person
from overens.people.models.organisation import Kind
from overens.records import readings
from overens.web.middleware import Acting

log = structlog.get_logger()
View = Callable[..., HttpResponse]


class ActingRequest(HttpRequest):
    """A request after the middleware: it knows for whom its person acts. (``user`` is a person behind ``for_desk``.)"""

    acting: Acting
    user: Person
    htmx: HtmxDetails


def for_desk(*kinds: Kind) -> Callable[[View], View]:
    """The view is for those who act for an organisation of one of these kinds. Others: log in, or 403."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            organisation = request.acting.organisation
            if organisation is None or organisation.kind not in kinds:
                log.warning("desk refused", path=request.path, person=request.user.pk)
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def own_case(request: ActingRequest, code: str, agreement: str, line: str) -> Case:
    """The case of the organisation that the person acts for. Anybody else's is not there (404): the try is logged."""
    organisation = request.acting.organisation
    assert organisation is not None
    case = Case.objects.of(organisation).with_parties().filter(key=f"{agreement}/{line}/{code}").first()
    if case is None:
        log.warning(
            "case of another asked for", path=request.path, person=request.user.pk, organisation=organisation.code
        )
        raise Http404
    return case


def examined_case(request: ActingRequest, agreement: str, line: str, recipient: str) -> Case:
    """Any recipient's case, for a state officer behind ``for_desk``. 404 where there is none; the reading is noted."""
    case = Case.objects.with_parties().filter(key=f"{agreement}/{line}/{recipient}").first()
    if case is None:
        raise Http404
    note_reading(request, case.key)
    return case


def note_reading(request: ActingRequest, subject: str) -> None:
    """Note that an officer opens what another organisation sent in: by page, once a visit."""
    mandate = request.acting.mandate
    if request.method == "GET" and mandate is not None and request.resolver_match is not None:
        readings.note(subject, request.resolver_match.url_name or "", mandate)
