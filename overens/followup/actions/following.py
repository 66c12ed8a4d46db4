# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds follow an amendment of their agreement."""

from __future__ import annotations

from django.db import transaction

from overens.agreements.reading import agreement_of, current_version
from overens.agreements.standing import standing_of
from overens.followup.actions.rounds import days_of, tell
from overens.followup.models import Round, RoundVersion
from overens.followup.reading import asked, content_of
from overens.records import clock, events
from overens.records.canonical import canonical, digest
from overens.rules.diff import apply, diff_tables
from overens.rules.followup.asked import Round as Asked
from overens.rules.followup.process import ReportState, RoundState


@transaction.atomic
def follow(agreement: str) -> list[RoundVersion]:
    """What the amendment in force changes of rounds that are not closed, they ask from now on; may be run again.

    A round's own changes by its asker stand where the amendment says nothing else. What is written stays, also the
    answers to a question that is asked no more; what was handed in keeps the version that it was written by. Those
    whose report has not come in are told.
    """
    version = current_version(agreement)
    standing = standing_of(version)
    if standing.approval is None or standing.before is None:
        return []
    before = {each.id: each for each in agreement_of(agreement, standing.before.number).rounds}
    made = []
    for new in agreement_of(agreement, version.number).rounds:
        old = before.get(new.id)
        if old is None or old == new:
            continue
        locked = Round.objects.select_for_update(of=("self",)).select_related("asker")
        round = locked.filter(agreement=agreement, code=new.id).exclude(state=RoundState.CLOSED).first()
        if round is None:
            continue
        definition = amended(asked(round), old, new)
        text = canonical(content_of(definition))
        latest = round.versions.latest("number")
        if digest(text) == latest.sha256:
            continue
        mandate = standing.approval.paper.mandate
        made.append(
            RoundVersion.objects.create(
                round=round,
                number=latest.number + 1,
                content=text,
                sha256=digest(text),
                mandate=mandate,
                reason=f"Överenskommelsen ändrades: version {version.number}, {standing.approval.registration_number}",
                at=clock.now(),
            )
        )
        for name, day in days_of(definition).items():
            setattr(round, name, day)
        round.save(update_fields=list(days_of(definition)))
        round.known = None
        events.record(f"round/{round.key}", "amend-round", mandate, papers=[made[-1].sha256])
        waiting = round.reports.filter(state__in=[ReportState.WRITING, ReportState.RETURNED])
        tell(waiting.select_related("respondent"), "round-amended", round, number=made[-1].number)
    return made


def amended(now: Asked, old: Asked, new: Asked) -> Asked:
    """A round as it is asked now, with what an agreement changes of it; the agreement's own where the two cannot be
    put together.
    """
    try:
        return apply(now, diff_tables(old, new))
    except (KeyError, ValueError, TypeError, AttributeError):
        return new
