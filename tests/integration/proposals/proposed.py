# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ministry's proposals of the demo, and one that is shown at a secret address."""

from __future__ import annotations

from overens.demo import simulate
from overens.demo.people import person
from overens.people.models import Organisation, Person
from overens.proposals import actions
from overens.proposals.models import SavedProposal
from overens.rules.process import Role


def proposal(at: int = 0) -> SavedProposal:
    """One of the demo's, just saved."""
    owner = Organisation.objects.get(code=simulate.OWNER)
    return actions.create(simulate.text(*simulate.PROPOSALS[at]), owner, negotiator())


def negotiator() -> Person:
    return person(simulate.OWNER, Role.NEGOTIATOR)


def numbers() -> dict[str, str]:
    saved = proposal()
    return {"saved_proposal": saved.code, "shared_proposal": actions.share(saved, negotiator())}
