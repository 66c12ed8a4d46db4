# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How every act on a report is done: one transaction, under the report's lock, by somebody with a mandate.

check state and mandate → write parts, papers and rows → change state → write the event. It is ``grants.performing``
without money.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

from overens.followup.actions.authority import mandate_of
from overens.followup.models import Report, Round
from overens.followup.reading import asked
from overens.people.models import Mandate, Notice, Person
from overens.records import clock, events
from overens.records.models import DocumentVersion
from overens.rules.findings import refuse
from overens.rules.followup.process import REPORT_ACTS, ReportAct, ReportState, RoundState
from overens.rules.notices import TOLD, code_of
from overens.rules.process import Side


@dataclass
class Performance:
    """An act under way. ``report`` is locked; ``mandate`` is None for what the system does by rule.

    ``bound``: hashes of what the act froze besides its paper.
    """

    act: ReportAct
    report: Report
    mandate: Mandate | None
    at: dt.datetime
    paper: DocumentVersion | None = None
    bound: list[str] = field(default_factory=list)

    @property
    def by(self) -> Mandate:
        """The mandate of an act that a person does."""
        assert self.mandate is not None, f"{self.act.name} is done by rule"
        return self.mandate


# What is done so often that it has rows of its own instead of events.
QUIET = frozenset({"write-part", "discuss-part"})


@contextmanager
def performing(name: str, report: Report, person: Person | None = None) -> Iterator[Performance]:
    """Do an act of the reports' table. Raises Refused before anything is written: ``wrong-report-state``,
    ``no-mandate``, ``round-not-open`` for what is done in time only.
    """
    act = REPORT_ACTS[name]
    with transaction.atomic():
        locked = (
            Report.objects.select_for_update(of=("self",))
            .select_related("round__asker", "respondent")
            .get(pk=report.pk)
        )
        if ReportState(locked.state) not in act.states:
            refuse("wrong-report-state", act=act.name, state=locked.state)
        if act.in_time:
            _held_as_it_is(locked.round)
            require_open(locked)
        mandate = authority(person, act, locked) if act.roles else None
        performance = Performance(act, locked, mandate, clock.now())
        yield performance
        if act.to is not None:
            locked.state = act.to
        locked.changed_at = performance.at
        locked.save()
        if act.name in QUIET:
            return
        event = events.record(
            locked.key, act.name, performance.mandate, performance.paper, papers=performance.bound, at=performance.at
        )
        if act.name in TOLD:
            told = TOLD[act.name]
            Notice.objects.create(
                organisation=locked.respondent if told.side is Side.RECIPIENT else locked.round.asker,
                key=f"{act.name}/{locked.key}/{event.number}",
                code=code_of(act.name),
                values={"round": asked(locked.round).title, "respondent": locked.respondent.name},
                subject=locked.key,
                at=event.effective_at,
            )


def _held_as_it_is(round: Round) -> None:
    """Until the act is done the round is neither closed nor opened again; whoever is about to has waited for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, closed_at FROM followup_round WHERE id = %s FOR SHARE", [round.pk])
        round.state, round.closed_at = cursor.fetchone()


def require_open(report: Report) -> None:
    """Raises Refused (``round-not-open``) when the asker has closed the round to reports that have not come in yet. A
    late one comes in while it is open; what was handed in before may be completed and corrected after it closed.
    """
    if report.round.state != RoundState.OPEN and report.state == ReportState.WRITING:
        refuse("round-not-open", round=report.round.key, asker=report.round.asker.name)


def authority(person: Person | None, act: ReportAct, report: Report) -> Mandate:
    """The mandate by which a person may do an act on a report today. Raises Refused (``no-mandate``)."""
    organisation = report.respondent if act.side is Side.RECIPIENT else report.round.asker
    return mandate_of(organisation, person, act.roles, act.name, report.round.agreement)
