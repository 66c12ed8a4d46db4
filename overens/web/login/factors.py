# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Second factors: of whom one is demanded, who has shown one, how their secrets are kept (allauth's MFA adapter)."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

import qrcode
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import authentication_step_completed, password_changed, password_reset
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from overens.people.models import Person
from overens.records import clock
from overens.rules.process import Assurance, Role
from overens.web.login import assurance
from overens.web.login.accounts import note_refused

# Who can move money, sign for an organisation, or say who may.
DEMANDED_OF = frozenset(
    {Role.PAYER, Role.SECOND_PAYER, Role.AUTHORISED_SIGNATORY, Role.HEAD_OF_FINANCE, Role.ADMINISTRATOR}
)
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def demanded_of(person: Person) -> bool:
    """True when the person holds, today and anywhere, a role that takes a second factor."""
    return person.mandates.on(clock.today()).filter(role__in=DEMANDED_OF).exists()


def shown(request: HttpRequest, person: Person) -> bool:
    """True when the session is as sure as a second factor makes it. In the demo one click is enough."""
    level = Assurance(request.session.get(assurance.KEY, ""))
    if level in (Assurance.DEMO, Assurance.NONE):
        return bool(settings.DEMO)
    return level in assurance.SURE or assurance.second_factor_used(request, person)


def has_one(person: Person) -> bool:
    return Authenticator.objects.filter(user=person, type__in=STRONG).exists()


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Din roll kräver en andra faktor. Lägg till en annan innan du tar bort den."),
        "cannot_generate_recovery_codes": _("Lägg först till en passnyckel eller en autentiseringsapp."),
        "incorrect_code": _("Koden stämmer inte, eller är redan använd. Vänta på nästa kod och försök igen."),
    }

    def encrypt(self, text: str) -> str:
        """Whoever reads the database alone cannot make codes."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises cryptography.fernet.InvalidToken where SECRET_KEY is another than it was encrypted with."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        person = authenticator.user
        others = Authenticator.objects.filter(user=person, type__in=STRONG).exclude(pk=authenticator.pk)
        return others.exists() or not demanded_of(person)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passnyckel %(number)d") % {"number": number}

    def build_totp_svg(self, url: str) -> str:
        """With a white ground, so that a phone reads it on a dark page too."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Överens"}


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(str(key))) for key in keys])


def _derived(key: str) -> bytes:
    kdf = HKDF(SHA256(), length=32, salt=None, info=b"overens second factors")
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))


def listen() -> None:
    """Follow what allauth does in a session that has begun."""
    authentication_step_completed.connect(_surer, dispatch_uid="overens surer")
    authenticator_added.connect(_added, dispatch_uid="overens added")
    authentication_failed.connect(_failed, dispatch_uid="overens failed")
    for changed in (password_changed, password_reset):
        changed.connect(_end_other_sessions, dispatch_uid="overens password")


def _surer(request: HttpRequest, user: Any, method: str, **_told: Any) -> None:
    """A second factor shown later makes the session as sure as one shown at login."""
    here = request.user.is_authenticated and request.user.pk == user.pk
    if here and method == "mfa" and request.session.get(assurance.KEY) == Assurance.PASSWORD:
        request.session[assurance.KEY] = Assurance.MFA.value


def _added(request: HttpRequest, user: Any, authenticator: Any, **_told: Any) -> None:
    """To add a second factor one has to show it."""
    if request.user.is_authenticated and authenticator.type in STRONG:
        record_authentication(request, user, "mfa", type=authenticator.type)


def _failed(user: Any, reauthentication: bool, **_told: Any) -> None:
    if not reauthentication:
        note_refused(user, "code")


def _end_other_sessions(request: HttpRequest, user: Any, **_told: Any) -> None:
    """With the password they have ended already; this takes them out of the list too."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key or ""):
        session.end()
