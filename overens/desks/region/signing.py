# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who can do what is left, so that the page can say whom to ask."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from overens.desks.access import ActingRequest
from overens.grants.actions import outside
from overens.grants.models import Case
from overens.people.models import Mandate
from overens.records import clock
from overens.records.documents import Signing
from overens.rules.process import Role


def signed_by(request: ActingRequest) -> Signing:
    """A signature in the service, of somebody who was identified as they were at login."""
    return Signing(assurance=request.acting.assurance)


def outside_url(case: Case, form: str) -> str:
    """Where a form (rekvisition, berattelse) is frozen to be signed outside; empty where the agreement takes none."""
    where = [case.recipient.code, case.agreement, case.line.code, form]
    return reverse("region-send-out", args=where) if outside.methods(case) else ""


def mandated(case: Case, roles: Iterable[Role]) -> list[Mandate]:
    """The recipient's mandates in these roles that are in force today."""
    return list(
        Mandate.objects.on(clock.today())
        .covering(case.agreement)
        .filter(organisation=case.recipient_id, role__in=roles)
        .select_related("person")
    )
