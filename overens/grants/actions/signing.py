# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which signatures a case takes: by the methods of its agreement, of somebody who was identified surely enough."""

from __future__ import annotations

from django.conf import settings

from overens.agreements.reading import agreement_of
from overens.grants.models import Case
from overens.records.documents import Signing
from overens.rules.findings import refuse
from overens.rules.process import Assurance


def demanded(agreement: str) -> Assurance:
    """How surely whoever signs in the service must be identified: by the agreement or this deployment, the higher."""
    here = Assurance(settings.OVERENS_SIGNING_ASSURANCE)
    roles = agreement_of(agreement).roles
    stated = roles.assurance if roles else "not stated"
    there = Assurance.NONE if stated == "not stated" else Assurance(stated)
    return there if there.reaches(here) else here


def require(case: Case, signing: Signing) -> None:
    """As :func:`require_by`, for the case's agreement."""
    require_by(case.agreement, signing)


def require_by(agreement: str, signing: Signing) -> None:
    """Raises Refused: ``method-not-allowed`` by the agreement, ``assurance-too-low`` (in the service only: what is
    signed outside is judged by its own evidence).
    """
    roles = agreement_of(agreement).roles
    if roles and signing.method not in roles.signature_methods:
        refuse("method-not-allowed", method=signing.method, allowed=list(roles.signature_methods))
    if signing.method == "in-app" and not signing.assurance.reaches(demanded(agreement)):
        refuse("assurance-too-low", has=signing.assurance.value or "unknown", demanded=demanded(agreement).value)
