# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ministry, and the government's decision to reclaim when a financial report is late."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from overens.agreements.reading import last_day
from overens.grants.actions import claims
from overens.grants.actions.ending import end_claims
from overens.grants.actions.performing import Performance, performing
from overens.grants.models import Case, Clawback
from overens.grants.models.clawback import ClawbackState
from overens.people.models import Person
from overens.records import clock
from overens.rules.deadlines import is_by, next_working_day
from overens.rules.findings import refuse
from overens.rules.process import Place

# Days for the party to comment before a decision against it. Assumed: the act gives no number.
COMMENT_DAYS = 14


def propose(case: Case, reasons: str, person: Person) -> Clawback:
    """Prepare a clawback and tell the recipient, who may comment first.

    Raises Refused: ``report-not-late`` (the agreement states clawback only for a late report), ``reason-missing``,
    ``clawback-open`` (one at a time).
    """
    with performing("propose-clawback", case, person) as p:
        _require_late(p)
        if not reasons.strip():
            refuse("reason-missing", key="reasons")
        if p.case.clawbacks.filter(state=ClawbackState.PROPOSED).exists():
            refuse("clawback-open", case=p.case.key)
        comment_by = next_working_day(p.at.astimezone(clock.STOCKHOLM).date() + dt.timedelta(days=COMMENT_DAYS))
        p.write({"reasons": reasons, "comment_by": comment_by})
        return Clawback.objects.create(
            case=p.case, reasons=reasons, proposed_by=person, proposed_at=p.at, comment_by=comment_by
        )


def comment(clawback: Clawback, text: str, person: Person) -> None:
    """The recipient's own word before the decision."""
    with performing("comment-clawback", clawback.case, person) as p:
        _proposed(clawback)
        if not text.strip():
            refuse("comment-missing", key="comment")
        p.write({"comment": text})
        Clawback.objects.filter(pk=clawback.pk).update(comment=text, commented_at=p.at)


def drop(clawback: Clawback, person: Person) -> None:
    """Let the proposal go: nothing is reclaimed."""
    with performing("drop-clawback", clawback.case, person) as p:
        _proposed(clawback)
        Clawback.objects.filter(pk=clawback.pk).update(state=ClawbackState.DROPPED, ended_at=p.at)


@transaction.atomic
def decide(
    clawback: Clawback,
    kronor: int,
    registration_number: str,
    decider: str,
    presenting_officer: str,
    reasons: str,
    person: Person,
) -> Clawback:
    """Record the government's decision to reclaim. What is reclaimed is owed, and claimed at once with a day of its
    own to pay it by (assumed: the decision names none); the rest stays with the recipient.

    kronor: at most what the recipient holds. Raises Refused: ``comment-time-left`` (the party may still comment),
    ``report-not-late`` (its day has been moved since), ``above-held``, ``decision-field-missing``.
    """
    with performing("decide-clawback", clawback.case, person) as p:
        _proposed(clawback)
        _require_late(p)
        if not clawback.commented_at and clock.today() <= clawback.comment_by:
            refuse("comment-time-left", comment_by=clawback.comment_by.isoformat())
        for key, text in (("registration_number", registration_number), ("decider", decider), ("reasons", reasons)):
            if not text.strip():
                refuse("decision-field-missing", key=key, field=key)
        held = p.case.money.get(Place.HELD, 0)
        if not 0 < kronor <= held:
            refuse("above-held", key="kronor", asked=kronor, held=held)
        paper = p.write(
            {"kronor": kronor, "decider": decider, "presenting_officer": presenting_officer, "reasons": reasons},
            registration_number=registration_number,
        )
        p.move(Place.HELD, Place.TO_REPAY, kronor)
        Clawback.objects.filter(pk=clawback.pk).update(
            state=ClawbackState.DECIDED, kronor=kronor, decision=paper, ended_at=p.at
        )
    claims.claim(p.case)
    clawback.refresh_from_db()
    return clawback


@transaction.atomic
def annul(clawback: Clawback, registration_number: str, reasons: str, person: Person) -> None:
    """Annul the decision: what has not been repaid is the recipient's again, to report."""
    with performing("annul-clawback", clawback.case, person) as p:
        if not reasons.strip():
            refuse("reason-missing", key="reasons")
        p.write({"reasons": reasons}, registration_number=registration_number)
        p.move(Place.TO_REPAY, Place.HELD, p.case.money.get(Place.TO_REPAY, 0))
        Clawback.objects.filter(pk=clawback.pk).update(state=ClawbackState.ANNULLED, ended_at=p.at)
    end_claims(p.case)


def _require_late(p: Performance) -> None:
    last = last_day(p.case.agreement, "financial-report", p.case.recipient_id)
    if is_by(p.case.reported_at or p.at, last):
        refuse("report-not-late", deadline=str(last))


def _proposed(clawback: Clawback) -> None:
    clawback.refresh_from_db()
    if clawback.state != ClawbackState.PROPOSED:
        refuse("clawback-not-open", state=clawback.state)
