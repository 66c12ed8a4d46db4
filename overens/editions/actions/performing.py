# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How every act on an edition is done: one transaction, under the edition's lock, by somebody with a mandate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

from overens.editions.models import Edition
from overens.followup.actions.authority import mandate_of
from overens.people.models import Mandate, Organisation, Person
from overens.records import clock, events
from overens.records.models import DocumentVersion
from overens.rules.edition.process import EDITION_ACTS, EditionAct, EditionState
from overens.rules.findings import refuse
from overens.rules.process import Side

# What is done so often that it has rows of its own instead of events.
QUIET = frozenset({"write-passage", "confirm-values", "remark-on-passage", "answer-remark", "write-edition-check"})


@dataclass
class Performance:
    """An act under way. ``edition`` is locked; ``mandate`` is None for what the system does by rule."""

    act: EditionAct
    edition: Edition
    mandate: Mandate | None
    at: dt.datetime
    paper: DocumentVersion | None = None
    bound: list[str] = field(default_factory=list)

    @property
    def by(self) -> Mandate:
        assert self.mandate is not None, f"{self.act.name} is done by rule"
        return self.mandate


@contextmanager
def performing(
    name: str, edition: Edition, person: Person | None = None, region: Organisation | None = None
) -> Iterator[Performance]:
    """Do an act of the editions' table. region: who acts, where it is not the edition's owner.

    Raises Refused before anything is written: ``wrong-edition-state``, ``no-mandate``.
    """
    act = EDITION_ACTS[name]
    with transaction.atomic():
        locked = Edition.objects.select_for_update(of=("self",)).select_related("owner").get(pk=edition.pk)
        performance = _begun(act, locked, person, region)
        yield performance
        if act.to is not None:
            locked.state = act.to
        locked.save()
        if act.name not in QUIET:
            events.record(
                locked.key, act.name, performance.mandate, performance.paper, papers=performance.bound,
                at=performance.at,
            )  # fmt: skip


@contextmanager
def writing(name: str, edition: Edition, person: Person) -> Iterator[Performance]:
    """The same for what many do at once: the edition is held against a change of state, and they do not wait for each
    other.
    """
    act = EDITION_ACTS[name]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT state FROM editions_edition WHERE id = %s FOR SHARE", [edition.pk])
            (state,) = cursor.fetchone()
        held = Edition.objects.select_related("owner").get(pk=edition.pk)
        held.state = state
        yield _begun(act, held, person, None)


def _begun(act: EditionAct, edition: Edition, person: Person | None, region: Organisation | None) -> Performance:
    if EditionState(edition.state) not in act.states:
        refuse("wrong-edition-state", act=act.name, state=edition.state)
    if not act.roles:
        return Performance(act, edition, None, clock.now())
    side = edition.owner if act.side is Side.ASKER else region
    assert side is not None
    # An edition is of several agreements, so only a mandate for all of them is enough, or for its newest.
    agreement = edition.agreements[-1] if edition.agreements else ""
    return Performance(act, edition, mandate_of(side, person, act.roles, act.name, agreement), clock.now())
