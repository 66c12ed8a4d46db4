# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which person an identity provider has identified (allauth's social account adapter)."""

from __future__ import annotations

from typing import Any, NoReturn

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.crypto import constant_time_compare

from overens.people.models import Person
from overens.web.login.accounts import note_refused
from overens.web.login.providers import may_vouch_for

log = structlog.get_logger()


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Finds the person by the provider's name for them; the first time by an e-mail address that it has verified.

    Nobody is created, and whoever is not found is told what to do.
    """

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:
        """Only what the operator has configured: none from the database, where the application could add one."""
        from allauth.socialaccount.adapter import _build_apps_from_settings

        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: Any) -> None:
        """Done by pre_social_login, which keeps the person's password where allauth would wipe it."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        provider = sociallogin.provider
        asked = sociallogin.state.get("nonce")
        if asked is not None and not constant_time_compare(asked, sociallogin.nonce or ""):
            self.refuse(request, provider, "nonce")
        if not sociallogin.is_existing:
            person = self._person(sociallogin)
            if person is None:
                self.refuse(request, provider, "nobody", "socialaccount/nobody.html")
            sociallogin.connect(request, person)
            log.info("identity connected", person=sociallogin.user.pk, provider=provider.app.provider_id)
        if not sociallogin.user.is_active:
            note_refused(sociallogin.user, provider.app.provider_id)

    def _person(self, sociallogin: Any) -> Person | None:
        settings = sociallogin.provider.app.settings
        vouched = {
            address.email.lower()
            for address in sociallogin.email_addresses
            if address.verified is True and may_vouch_for(settings, address.email)
        }
        return Person.objects.filter(email__in=vouched, is_active=True).first()

    def refuse(self, request: HttpRequest, provider: Any, why: str, template: str = "") -> NoReturn:
        log.warning("login refused", person=None, method=provider.app.provider_id, why=why)
        page = template or "socialaccount/authentication_error.html"
        raise ImmediateHttpResponse(render(request, page, {"provider": provider}, status=403))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        why = "state" if "state_id" in (extra_context or {}) else str(exception or error)
        log.warning("login refused", person=None, method=provider.app.provider_id, why=why[:200])

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The first login by a provider is no surprise to whoever has just done it."""
