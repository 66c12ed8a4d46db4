# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in and out: what is written down, what is said, what is sent by e-mail (allauth's account adapter)."""

from __future__ import annotations

import time
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from overens.people.models import Person
from overens.records import events
from overens.web.login import assurance, throttling

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

log = structlog.get_logger()
LOGGED_IN_AT = "logged_in_at"

# What allauth has to tell, by its template's name. What is not here goes unsaid.
SAID = {
    "account/messages/logged_out.txt": _("Du är utloggad."),
    "account/messages/password_changed.txt": _("Lösenordet är ändrat. Andra inloggningar har avslutats."),
    "mfa/messages/totp_activated.txt": _("Autentiseringsappen är tillagd."),
    "mfa/messages/totp_deactivated.txt": _("Autentiseringsappen är borttagen."),
    "mfa/messages/webauthn_added.txt": _("Passnyckeln är tillagd."),
    "mfa/messages/webauthn_removed.txt": _("Passnyckeln är borttagen."),
    "mfa/messages/recovery_codes_generated.txt": _("Spara reservkoderna. Äldre gäller inte längre."),
}
# What the person is told by e-mail, in case it was somebody else who did it.
WARNED = {
    "account/email/password_changed": _("Lösenordet har ändrats."),
    "account/email/password_reset": _("Lösenordet har ändrats med en länk som skickades till den här adressen."),
    "mfa/email/totp_activated": _("En autentiseringsapp har lagts till."),
    "mfa/email/totp_deactivated": _("Autentiseringsappen har tagits bort."),
    "mfa/email/webauthn_added": _("En passnyckel har lagts till."),
    "mfa/email/webauthn_removed": _("En passnyckel har tagits bort."),
    "mfa/email/recovery_codes_generated": _("Nya reservkoder har skapats."),
}


@transaction.atomic
def note(act: str, person: Person, *, by_themselves: bool = True) -> None:
    """Write ``login``, ``login-refused`` or ``logout`` in the person's chain. How and from where is the log's."""
    events.record(f"person/{person.pk}", act, person=person if by_themselves else None)


def note_refused(person: Person, method: str) -> None:
    """Somebody tried to log in as a person and failed; nobody knows who."""
    note("login-refused", person, by_themselves=False)
    log.warning("login refused", person=person.pk, method=method)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Kontot är avstängt."),
        "email_password_mismatch": _("E-postadressen och lösenordet hör inte ihop. Kontrollera båda och försök igen."),
        "enter_current_password": _("Det är inte ditt nuvarande lösenord."),
        "incorrect_code": _("Koden stämmer inte, eller är redan använd. Vänta på nästa kod och försök igen."),
        "incorrect_password": _("Lösenordet stämmer inte."),
        "invalid_password_reset": _("Länken gäller inte längre."),
        "too_many_login_attempts": _("För många försök. Vänta fem minuter och försök igen."),
        "rate_limited": _("För många försök. Vänta en minut och försök igen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "overens.web.login.stages.SecondFactor"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as problem:
            key = self._get_login_attempts_cache_key(request, **credentials)
            raise ValidationError(throttling.wait_words(request, "login_failed", key), code=problem.code) from None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        person = Person.objects.filter(email=credentials.get("email", "").lower()).first()
        if person:
            note_refused(person, "password")
        else:
            log.warning("login refused", person=None, method="password")

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        assert isinstance(user, Person)
        super().login(request, user)
        request.session[LOGGED_IN_AT] = int(time.time())
        request.session[assurance.KEY] = assurance.reached(request, user).value
        note("login", user)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **told: Any) -> HttpResponse:
        assert isinstance(user, Person)
        login = (told.get("signal_kwargs") or {}).get("sociallogin")
        level = assurance.reached(request, user, login)
        request.session[assurance.KEY] = level.value
        log.info("login", person=user.pk, method=login.account.provider if login else "own", assurance=level.value)
        return super().post_login(request, user, **told)

    def logout(self, request: HttpRequest) -> None:
        person = request.user if isinstance(request.user, Person) else None
        super().logout(request)
        if person:
            note("logout", person)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("start")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just logged in has just shown who they are."""
        request = context.request
        fresh = time.time() - request.session.get(LOGGED_IN_AT, 0) < 300
        return bool(super().is_reauthentication_required(app=app, **kwargs)) and not fresh

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if said := message or SAID.get(message_template or ""):
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        person = Person.objects.filter(email=email.lower()).first()
        try:
            with translation.override(person.language if person else translation.get_language()):
                super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as problem:
            # Not said to whoever asked: that would tell known addresses from others.
            log.error("e-mail not sent", about=template_prefix, problem=type(problem).__name__)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        assert isinstance(user, Person)
        if what := WARNED.get(template_prefix):
            self.send_mail("account/email/changed", user.email, {"what": what})

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": gettext("Med lösenord"),
            "mfa_reauthenticate": gettext("Med kod"),
            "mfa_reauthenticate:webauthn": gettext("Med passnyckel"),
        }
        return [{**way, "description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]
