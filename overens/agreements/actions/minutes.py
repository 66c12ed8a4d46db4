# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every decision on an agreement states, its paper, and by whose mandate it is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from overens.people.models import Mandate, Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock, documents, registrations
from overens.records.models import DocumentVersion
from overens.rules.findings import Refused, error, refuse
from overens.rules.process import Role


@dataclass(frozen=True)
class Minutes:
    """What a decision states besides its sums; offices, not names."""

    decided_on: dt.date
    registration_number: str
    decider: str
    presenting_officer: str
    reasons: str

    def check(self) -> None:
        """Raises Refused: ``decision-field-missing``, ``decision-in-future``."""
        needed = ("registration_number", "decider", "reasons")
        missing = [name for name in needed if not getattr(self, name).strip()]
        if missing:
            raise Refused(*(error("decision-field-missing", key=name, field=name) for name in missing))
        if self.decided_on > clock.today():
            refuse("decision-in-future", key="decided_on", day=self.decided_on.isoformat())

    @property
    def content(self) -> dict[str, object]:
        """As it stands on the decision's paper, which carries the registration number itself."""
        return {
            "decided_on": self.decided_on,
            "decider": self.decider,
            "presenting_officer": self.presenting_officer,
            "reasons": self.reasons,
        }


def ministry_mandate(person: Person, agreement: str, role: Role, act: str) -> Mandate:
    """The mandate by which a person acts for the ministry today. Raises Refused (``no-mandate``)."""
    mandate = (
        person.mandates.on(clock.today())
        .covering(agreement)
        .filter(role=role, organisation__kind=Kind.MINISTRY)
        .select_related("organisation", "person")
        .first()
    )
    if mandate is None:
        refuse(
            "no-mandate",
            act=act,
            roles=[role.value],
            organisation=Organisation.objects.get(kind=Kind.MINISTRY).name,
            day=clock.today().isoformat(),
        )
    return mandate


def paper(
    kind: str, agreement: str, minutes: Minutes, mandate: Mandate, content: Mapping[str, object]
) -> DocumentVersion:
    """A decision's paper, with the agreement that it is about and what its minutes say."""
    return documents.single(
        kind,
        f"agreement/{agreement}",
        mandate.organisation,
        {
            "agreement": agreement,
            "registrations": registrations.of(f"agreement/{agreement}"),
            **minutes.content,
            **content,
        },
        person=mandate.person,
        mandate=mandate,
        registration_number=minutes.registration_number,
        effective_at=min(clock.now(), clock.end_of_day(minutes.decided_on)),
    )
