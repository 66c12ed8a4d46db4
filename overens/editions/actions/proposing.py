# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What comes in after an edition stands never changes it: it opens a proposal for the next."""

from __future__ import annotations

from overens.editions.actions.performing import performing
from overens.editions.models import Edition, Proposal
from overens.editions.standing import document_of
from overens.followup.models import Submission
from overens.people.models import Notice, Person
from overens.rules.findings import refuse


def newer(edition: Edition) -> list[Submission]:
    """What was handed in since the edition stands, of what it is about: corrections, and reports that came late."""
    assert edition.frozen_at is not None
    known = {each.id for each in document_of(edition).sources}
    found = Submission.objects.standing().filter(
        agreement__in=edition.agreements,
        year__lte=edition.year,
        received_at__gt=edition.frozen_at,
        organisation__isnull=False,
    )
    return [each for each in found.with_source() if each.key not in known]


def open_for(edition: Edition, submission: Submission) -> Proposal | None:
    """Note what has come in, once. Done by rule."""
    if Proposal.objects.filter(edition=edition, submission=submission).exists():
        return None
    with performing("open-edition-proposal", edition) as p:
        proposal = Proposal.objects.create(edition=p.edition, submission=submission, opened_at=p.at)
        who = submission.organisation.name if submission.organisation else ""
        Notice.objects.create(
            organisation=p.edition.owner,
            key=f"edition-proposal/{proposal.pk}",
            code="edition-proposal",
            values={"title": p.edition.title, "who": who},
            subject=p.edition.key,
            at=p.at,
        )
        return proposal


def decide(proposal: Proposal, taken: bool, reason: str, person: Person) -> Proposal:
    """Take what has come in to the next edition, or say why not.

    Raises Refused: ``proposal-decided``, ``reason-missing`` where it is declined without one.
    """
    with performing("decide-edition-proposal", proposal.edition, person) as p:
        held = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if held.state != "open":
            refuse("edition-proposal-decided")
        if not taken and not reason.strip():
            refuse("reason-missing", key="reason")
        held.state, held.reason = ("taken" if taken else "declined"), reason.strip()
        held.decided_by, held.decided_at = person, p.at
        held.save(update_fields=["state", "reason", "decided_by", "decided_at"])
        return held
