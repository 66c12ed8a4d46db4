# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How every act on a case is done: one transaction, under the case's lock, by somebody with a mandate.

check state and mandate → write papers and rows → move money in one go → change state → write the event.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from overens.agreements.reading import agreement_of, last_day
from overens.grants.models import Case
from overens.ledger.posting import Leg, leg, post
from overens.people.models import Mandate, Notice, Organisation, Person
from overens.records import clock, documents, events, registrations
from overens.records.models import DocumentVersion, Event
from overens.rules import separation
from overens.rules.findings import refuse
from overens.rules.notices import TOLD, code_of
from overens.rules.process import ACTS, DUE, QUIET, Act, Place, Side, State


@dataclass
class Performance:
    """An act under way. ``case`` is locked; ``mandate`` is None for what the system does by rule.

    ``bound``: hashes of what the act froze besides its paper, such as a signature; its event binds them all.
    """

    act: Act
    case: Case
    mandate: Mandate | None
    at: dt.datetime
    paper: DocumentVersion | None = None
    bound: list[str] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)

    @property
    def by(self) -> Mandate:
        """The mandate of an act that a person does."""
        assert self.mandate is not None, f"{self.act.name} is done by rule"
        return self.mandate

    def keep_apart(self, part: str, person: Person, **done: Collection[int]) -> None:
        """A person takes a part in a paper ("attester", "signatory", "payer", "second-payer") in which others have had
        theirs: ``done``, the persons' numbers by part. Raises Refused with the code of what it would break.
        """
        demanded = separations(self.case, self.by.organisation)
        if code := separation.clash(part, person.pk, done, demanded):
            refuse(code, who=person.name)

    def write(
        self, content: Mapping[str, Any], *, registration_number: str = "", preparers: Iterable[Person] = ()
    ) -> DocumentVersion:
        """Make the act's paper as a document of its own; it becomes the cause of what the act moves."""
        assert self.act.paper, f"{self.act.name} makes no paper"
        organisation = self.mandate.organisation if self.mandate else self.case.recipient
        self.paper = documents.single(
            self.act.paper,
            self.case.key,
            organisation,
            {"case": self.case.key, "registrations": registrations.of(self.case.key), **content},
            person=self.mandate.person if self.mandate else None,
            mandate=self.mandate,
            registration_number=registration_number,
            preparers=preparers,
            effective_at=self.at,
        )
        return self.paper

    def move(
        self, from_place: Place, to_place: Place, kronor: int, *, owner: int | None = None, to_owner: int | None = None
    ) -> None:
        """Move kronor of the case's line when the act ends, from the recipient's place or another owner's."""
        if kronor:
            self.legs.append(
                leg(self.case.line, from_place, to_place, kronor, owner or self.case.recipient_id, to_owner)
            )


@contextmanager
def performing(name: str, case: Case, person: Person | None = None) -> Iterator[Performance]:
    """Do an act of the process table. Raises Refused (``wrong-state``, ``no-mandate``) before anything is written."""
    act = ACTS[name]
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).select_related("line", "recipient").get(pk=case.pk)
        if State(locked.state) not in act.states:
            refuse("wrong-state", act=act.name, state=locked.state)
        mandate = authority(person, act, locked) if act.roles else None
        performance = Performance(act, locked, mandate, clock.now())
        yield performance
        if performance.legs:
            assert performance.paper is not None, f"{name} moves money without a paper"
            post(performance.paper, performance.legs, performance.at)
        if act.to is not None:
            locked.state = act.to
            locked.due_on = due_on(locked)
        if name not in QUIET:
            locked.changed_at = performance.at
        locked.save()
        event = events.record(
            locked.key, act.name, performance.mandate, performance.paper, papers=performance.bound, at=performance.at
        )
        if act.name in TOLD:
            _tell(locked, event)


def _tell(case: Case, event: Event) -> None:
    """Tell the one that an act concerns of it: a notice on its pages, which other rooms send on."""
    told = TOLD[event.act]
    for to in (case.recipient,) if told.side is Side.RECIPIENT else _sides(told.side):
        Notice.objects.create(
            organisation=to,
            key=f"{event.act}/{case.key}/{event.number}",
            code=code_of(event.act),
            subject=case.key,
            at=event.effective_at,
        )


def due_on(case: Case) -> dt.date | None:
    """The recipient's next last day in the state that the case is in."""
    deadline = DUE.get(State(case.state))
    return last_day(case.agreement, deadline, case.recipient_id) if deadline else None


def separations(case: Case, organisation: Organisation) -> frozenset[str]:
    """Who must be another than whom when people of an organisation act on a case: by its agreement, by its recipient,
    and by the organisation itself.
    """
    roles = agreement_of(case.agreement).roles
    stated = roles is not None and "separations" in roles.model_fields_set
    by_agreement = roles.separations if roles and stated else separation.DEFAULT
    return frozenset((*by_agreement, *case.recipient.separations, *organisation.separations))


def authority(person: Person | None, act: Act, case: Case) -> Mandate:
    """The mandate by which a person may do an act on a case today. Raises Refused (``no-mandate``,
    ``own-organisation``).
    """
    assert person is not None, f"{act.name} is done by a person"
    today = clock.today()
    rows = {row.pk: row for row in person.mandates.select_related("organisation", "person")}
    held = [row.held for row in rows.values()]
    found = separation.authorising(act, held, case.recipient_id, case.agreement, today)
    code = separation.obstacle(
        act, person=person.pk, mandates=held, recipient=case.recipient_id, agreement=case.agreement, day=today
    )
    if code == "own-organisation":
        refuse(code, who=person.name, organisation=case.recipient.name_on(today))
    if code or found is None:
        refuse(
            "no-mandate", act=act.name, roles=list(act.roles), organisation=_side_name(act, case), day=today.isoformat()
        )
    return rows[found.number]


def _side_name(act: Act, case: Case) -> str:
    if act.side is Side.RECIPIENT:
        return case.recipient.name_on(clock.today())
    return ", ".join(each.name for each in _sides(act.side))


def _sides(side: Side) -> QuerySet[Organisation]:
    """The state's organisations on a side; where either may act, the payer first."""
    return Organisation.objects.filter(kind__in=separation.SIDE_KINDS[side]).order_by("-kind")
