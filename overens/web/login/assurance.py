# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How surely a person was identified at a login, and in the session since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

from overens.rules.process import Assurance
from overens.web.login.providers import level_of

if TYPE_CHECKING:
    from overens.people.models import Person

KEY = "assurance"
# Surer than these two no second factor of ours makes anybody.
SURE = (Assurance.LOA3, Assurance.LOA4)


def stated(login: Any) -> Assurance:
    """What the identity provider said of a login (an allauth SocialLogin); none: no provider had a say."""
    if login is None:
        return Assurance.NONE
    return level_of(login.provider.app.settings, login.account.extra_data.get("acr"))


def reached(request: HttpRequest, person: Person, login: Any = None) -> Assurance:
    """The level of a login that has just succeeded: the provider's, and with a second factor of ours at least mfa."""
    own = Assurance.MFA if second_factor_used(request, person) else Assurance.PASSWORD
    return max(own, stated(login), key=list(Assurance).index)


def second_factor_used(request: HttpRequest, person: Person) -> bool:
    """True when the person has shown a second factor or a passkey in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, person))
