# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who somebody is, and how surely: by password and second factor, passkey, or an identity provider (docs/login.md).

Nobody is created by logging in: people are invited (overens/people/actions/persons.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

if TYPE_CHECKING:
    from overens.people.models import Person


class InvitationTokens(PasswordResetTokenGenerator):
    """Tokens of invitations. Each works until the person has a new password, has logged in, or PASSWORD_RESET_TIMEOUT
    has passed; none of them resets a password, nor the other way round.
    """

    key_salt = "overens.web.login.InvitationTokens"


tokens = InvitationTokens()


def invitation_link(person: Person) -> str:
    """The path at which an invited person chooses their password. Whoever has it can: it is sent to them alone."""
    number = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("welcome", kwargs={"uidb64": number, "token": tokens.make_token(person)})


def require_secret_key() -> None:
    """Serve nothing without a key of the operator's own. Raises ImproperlyConfigured, saying how to make one."""
    try:
        given = bool(settings.SECRET_KEY)
    except ImproperlyConfigured:  # as Django says that it is empty
        given = False
    if not given:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing. Make one and keep it: it signs sessions and links, and encrypts second factors. "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
