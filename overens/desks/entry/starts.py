# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where each kind of organisation's people start."""

from __future__ import annotations

from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.rules.process import Role

STARTS = {
    Kind.REGION: "region-start",
    Kind.ASSOCIATION: "region-start",
    Kind.PAYER: "payer-queue",
    Kind.MINISTRY: "ministry-start",
    Kind.FOLLOWUP: "analyst-start",
}


def start_of(organisation: Organisation, role: str) -> str:
    """The name of the page that somebody with the role at the organisation begins with."""
    if role == "negotiator":
        return "negotiator-start"
    if role == "administrator":
        return "people-list"
    if role == Role.HEAD_OF_OPERATIONS:
        return "planner-start"
    return STARTS.get(Kind(organisation.kind), "home")
