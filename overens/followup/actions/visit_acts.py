# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How every act on a visit is done: one transaction, under the visit's lock, by somebody with a mandate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from overens.followup.actions.authority import mandate_of
from overens.followup.models import Visit
from overens.people.models import Mandate, Notice, Organisation, Person
from overens.records import clock, events
from overens.records.models import DocumentVersion
from overens.rules.findings import refuse
from overens.rules.followup.visiting import ANALYSTS, QUIET, VISIT_ACTS, MemoState, VisitAct, VisitState
from overens.rules.process import Side


@dataclass
class Performance:
    """An act under way. ``visit`` is locked. ``said`` are the values of the notice that the other side gets."""

    act: VisitAct
    visit: Visit
    mandate: Mandate | None
    at: dt.datetime
    paper: DocumentVersion | None = None
    bound: list[str] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def by(self) -> Mandate:
        assert self.mandate is not None, f"{self.act.name} is done by rule"
        return self.mandate


@contextmanager
def performing(name: str, visit: Visit, person: Person | None = None) -> Iterator[Performance]:
    """Do an act of the visits' table. Raises Refused before anything is written: ``wrong-visit-state``,
    ``no-mandate``.
    """
    act = VISIT_ACTS[name]
    with transaction.atomic():
        locked = Visit.objects.select_for_update(of=("self",)).with_parties().get(pk=visit.pk)
        if VisitState(locked.state) not in act.states or MemoState(locked.memo_state) not in act.memo:
            refuse(
                "wrong-visit-state", act=act.name, visit=f"visit-is-{locked.state}", memo=f"memo-is-{locked.memo_state}"
            )
        side = locked.asker if act.side is Side.ASKER else locked.respondent
        mandate = mandate_of(side, person, act.roles, act.name, locked.agreement) if act.roles else None
        performance = Performance(act, locked, mandate, clock.now())
        yield performance
        locked.state = act.to or locked.state
        locked.memo_state = act.memo_to or locked.memo_state
        locked.changed_at = performance.at
        locked.save()
        if act.name in QUIET:
            return
        event = events.record(
            locked.key, act.name, performance.mandate, performance.paper, papers=performance.bound, at=performance.at
        )
        if act.told:
            other = locked.respondent if act.side is Side.ASKER else locked.asker
            tell(other, act.told, locked.key, f"{act.name}/{locked.key}/{event.number}", performance.at,
                 who=side.name, **performance.said)  # fmt: skip


def analyst(organisation: Organisation, person: Person, act: str, agreement: str) -> Mandate:
    """The mandate of one who follows up an agreement for the organisation. Raises Refused (``no-mandate``)."""
    return mandate_of(organisation, person, ANALYSTS, act, agreement)


def tell(organisation: Organisation, code: str, subject: str, key: str, at: dt.datetime, **values: Any) -> None:
    """A word to an organisation, once for each key."""
    Notice.objects.create(organisation=organisation, key=key, code=code, values=values, subject=subject, at=at)
