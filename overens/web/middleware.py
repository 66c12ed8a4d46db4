# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""In which language, and for whom: every request knows the person's mandates today and for whom they act."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from overens.people.models import Mandate, Organisation
from overens.records import clock
from overens.rules.process import Assurance

SESSION_KEY = "acting_for"


class Acting:
    """The mandates in force today of the person who is logged in, the organisation that they now act for, and how
    surely they were identified when they logged in. ``units``: codes of those that they head there.
    """

    def __init__(self, mandates: list[Mandate], chosen: int | None, assurance: str = "") -> None:
        self.mandates = mandates
        self.assurance = Assurance(assurance)
        self.organisations: list[Organisation] = list({m.organisation_id: m.organisation for m in mandates}.values())
        ids = [o.pk for o in self.organisations]
        self.organisation = next((o for o in self.organisations if o.pk == chosen), None) or next(
            iter(self.organisations), None
        )
        self.roles = frozenset(
            m.role for m in mandates if self.organisation and m.organisation_id == self.organisation.pk
        )
        self.units = frozenset(
            m.unit for m in mandates if m.unit and self.organisation and m.organisation_id == self.organisation.pk
        )
        self.several = len(ids) > 1

    @property
    def mandate(self) -> Mandate | None:
        """The first of the mandates at the organisation that they act for."""
        return next((m for m in self.mandates if self.organisation and m.organisation_id == self.organisation.pk), None)

    def has(self, kind: str, *roles: str) -> bool:
        """True when they act for an organisation of this kind, in one of the roles (any role when none is named)."""
        return bool(self.organisation and self.organisation.kind == kind and (not roles or self.roles & set(roles)))


def chosen_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Swedish, until the reader chooses English: a browser's own language says little about a Swedish agency's reader.

    The API, which has no such choice, answers in the language that is asked for.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):
            language = translation.get_language_from_request(request)
        else:
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
            language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    return middleware


def acting_for(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        mandates: list[Mandate] = []
        if request.user.is_authenticated:
            mandates = list(request.user.mandates.on(clock.today()).select_related("organisation"))
        request.acting = Acting(  # type: ignore[attr-defined]
            mandates, request.session.get(SESSION_KEY), request.session.get("assurance", "")
        )
        return get_response(request)

    return middleware
