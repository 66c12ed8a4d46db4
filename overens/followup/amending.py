# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far everything has come under an agreement, and what an amendment of it leads to.

What a recipient writes and has not handed in is its own: of that only is known that something has not come in.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreement_of
from overens.agreements.standing import money_standing, standing_of
from overens.followup.actions import projecting
from overens.followup.models import Round, Submission
from overens.followup.reading import asked_in
from overens.grants.models import Case
from overens.records.models import DocumentVersion
from overens.rules import amending
from overens.rules.agreement import Agreement
from overens.rules.amending import RoundStanding, Standing
from overens.rules.findings import Finding
from overens.rules.followup import handed_in, parts
from overens.rules.followup.process import ReportState
from overens.rules.process import ACTS, DUE, State

WRITTEN_IN = {"requisition": ACTS["write-requisition"].states, "financial-report": ACTS["write-report"].states}
NOT_IN = (ReportState.WRITING, ReportState.RETURNED)


def consequences(new: Agreement, number: int | None = None) -> tuple[Finding, ...]:
    """What a text leads to when it comes into force after the version in force; nothing for a first text.

    number: of the stored version that the text is, so that one that is in force is compared with the one before it.
    """
    if not AgreementVersion.objects.current().filter(code=new.id).exists():
        return ()
    before = None
    if number is not None:
        version = AgreementVersion.objects.get(code=new.id, number=number)
        before = standing_of(version).before
        if before is None:
            return ()
    old = agreement_of(new.id, before.number if before else None)
    return amending.consequences(old, new, standing(new.id))


def standing(code: str) -> Standing:
    """The money, and what recipients have done and have before them."""
    waiting: dict[str, set[str]] = defaultdict(set)
    writing: dict[str, set[str]] = defaultdict(set)
    for state, recipient in Case.objects.filter(agreement=code).values_list("state", "recipient__code"):
        if deadline := DUE.get(State(state)):
            waiting[deadline].add(recipient)
        for form, states in WRITTEN_IN.items():
            if state in states and DUE.get(State(state)) == form:
                writing[form].add(recipient)
    signed: dict[str, set[str]] = defaultdict(set)
    papers = DocumentVersion.objects.filter(
        kind__in=WRITTEN_IN, signature__isnull=False, document__subject__startswith=f"{code}/"
    )
    for form, organisation in papers.values_list("kind", "document__organisation__code"):
        signed[form].add(organisation)
    rounds = {}
    for round in Round.objects.filter(agreement=code):
        rounds[round.code] = _round(round)
        deadline = next((each.deadline for each in agreement_of(code).rounds if each.id == round.code), None)
        if deadline and round.state == "open":
            waiting[deadline].update(rounds[round.code].writing)
    return replace(
        money_standing(code),
        waiting={key: tuple(sorted(codes)) for key, codes in waiting.items()},
        writing={key: tuple(sorted(codes)) for key, codes in writing.items()},
        signed={key: tuple(sorted(codes)) for key, codes in signed.items()},
        rounds=rounds,
    )


def _round(round: Round) -> RoundStanding:
    reports = round.reports.values_list("respondent__code", "state", "submitted_at")
    answered: dict[str, set[str]] = defaultdict(set)
    standing = Submission.objects.standing().filter(report__round=round).select_related("version", "organisation")
    for submission in standing:
        assert submission.version is not None, "what was handed in is a version"
        asked = asked_in(submission.version)
        for key in handed_in.keys(projecting.groups(submission.version)):
            try:
                question = parts.question_of(asked, parts.parse(key))
            except (KeyError, ValueError):
                continue
            answered[question.id].add(submission.organisation.code if submission.organisation else "")
    return RoundStanding(
        round.state,  # type: ignore[arg-type]
        writing=tuple(sorted(code for code, state, _at in reports if state in NOT_IN)),
        handed_in=tuple(sorted(code for code, _state, at in reports if at is not None)),
        answered={key: tuple(sorted(codes)) for key, codes in answered.items()},
    )
