# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A party records how far it has come with what it undertook itself.

Sources: 2019 agreement, sections 1.3 and 5, for the undertakings. Who records them, and that an end is given on
grounds, are ours (assumed).
"""

from __future__ import annotations

from django.db import transaction

from overens.agreements.reading import agreement_of
from overens.followup.actions.authority import mandate_of
from overens.followup.models import UndertakingStep
from overens.people.models import Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock, events, files, intake
from overens.records.canonical import canonical, digest
from overens.rules.findings import refuse
from overens.rules.followup.asked import Undertaking
from overens.rules.followup.process import UndertakingState
from overens.rules.process import Role

# By whose people a party's undertakings are recorded: the ministry's for the state, the association's for itself.
PARTIES = {"REG": Kind.MINISTRY}
RECORDERS = (Role.MINISTRY_OFFICER, Role.NEGOTIATOR, Role.PREPARER, Role.AUTHORISED_SIGNATORY)
# These end it, so they say on what grounds.
ENDED = (UndertakingState.DONE, UndertakingState.NOT_DONE)


def is_own(undertaking: Undertaking, organisation: Organisation) -> bool:
    """Whether an organisation's people record this undertaking."""
    return undertaking.by == organisation.code or PARTIES.get(undertaking.by) == organisation.kind


@transaction.atomic
def record(
    agreement: str,
    id: str,
    organisation: Organisation,
    state: str,
    evidence: str,
    file: tuple[bytes, str] | None,
    person: Person,
) -> UndertakingStep:
    """A step of an undertaking, by the party whose it is. file: bytes and name of what shows it.

    Raises Refused: ``undertaking-of-another``, ``no-mandate``, ``undertaking-without-grounds``, and those of a file.
    Raises KeyError for an undertaking that the agreement does not have.
    """
    undertaking = next((each for each in agreement_of(agreement).undertakings if each.id == id), None)
    if undertaking is None:
        raise KeyError(id)
    if not is_own(undertaking, organisation):
        refuse("undertaking-of-another", by=undertaking.by)
    mandate = mandate_of(organisation, person, RECORDERS, "record-undertaking", agreement)
    grounds = evidence.strip()
    if state in ENDED and not grounds:
        refuse("undertaking-without-grounds", key="evidence")
    stored = files.store(file[0], intake.media_type(file[0]), file[1], mandate) if file else None
    made = UndertakingStep.objects.create(
        agreement=agreement, undertaking=id, state=state, evidence=grounds, file=stored, mandate=mandate,
        at=clock.now(),
    )  # fmt: skip
    said = {"state": state, "evidence": grounds, "file": stored.sha256 if stored else ""}
    events.record(f"undertaking/{agreement}/{id}", "record-undertaking", mandate, papers=[digest(canonical(said))])
    return made
