# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The payer decides by which policy reports are chosen for examination, for one agreement at a time, and ends it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping

from django.db import transaction

from overens.agreements.actions import Minutes
from overens.agreements.reading import current_version
from overens.grants.models import ExaminationPolicy
from overens.people.models import Mandate, Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock, documents, events, locks
from overens.records.models import DocumentVersion
from overens.rules import policy as rules
from overens.rules import sampling
from overens.rules.findings import refuse
from overens.rules.process import Role

PAPER = "examination-policy"


def subject_of(agreement: str) -> str:
    """What papers and events of the examination carry: a chain of its own, which no recipient reads."""
    return f"agreement/{agreement}/examination"


def standing(agreement: str) -> ExaminationPolicy | None:
    """The policy that holds for an agreement; None where none was decided, or the last one was ended."""
    newest = ExaminationPolicy.objects.filter(agreement=agreement).order_by("-number").first()
    return newest if newest and newest.holds else None


@transaction.atomic
def adopt(agreement: str, text: str, minutes: Minutes, person: Person) -> ExaminationPolicy:
    """Decide that reports under an agreement are chosen by this policy from now on, and that the rest pass by rule.

    A seed for its draws is made here, before anybody knows which reports they will be over; the paper has its SHA-256
    only. Raises Refused: what :func:`overens.rules.policy.read` finds, ``no-mandate``, ``decision-field-missing``,
    ``decision-in-future``, ``policy-holds-already`` for the same text.
    """
    policy = rules.read(text)
    before = _locked(agreement)
    if before and before.text == text:
        refuse("policy-holds-already", key="file", number=policy.number)
    seed = secrets.token_hex(32)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    content = {
        "policy": str(policy.number), "policy_sha256": sha256, "commitment": sampling.commitment(seed), "toml": text
    }  # fmt: skip
    mandate, paper = _decide(agreement, minutes, person, "adopt-policy", content)
    return _store(agreement, mandate, paper, text=text, sha256=sha256, seed=seed)


@transaction.atomic
def end(agreement: str, minutes: Minutes, person: Person) -> ExaminationPolicy:
    """Decide that nothing passes by rule any more: officers examine every report, those that wait to pass among them.

    Raises Refused: ``no-mandate``, ``decision-field-missing``, ``decision-in-future``, ``no-policy``.
    """
    before = _locked(agreement)
    if before is None:
        refuse("no-policy", agreement=agreement)
    mandate, paper = _decide(agreement, minutes, person, "end-policy", {"ended": before.paper.sha256})
    return _store(agreement, mandate, paper)


def officer(agreement: str, person: Person, act: str) -> Mandate:
    """The mandate by which a person decides on examination under an agreement today. Raises Refused ``no-mandate``."""
    held = person.mandates.on(clock.today()).covering(agreement).select_related("organisation", "person")
    mandate = held.filter(role=Role.CASE_OFFICER, organisation__kind=Kind.PAYER).first()
    if mandate is None:
        payer = Organisation.objects.get(kind=Kind.PAYER)
        today = clock.today().isoformat()
        refuse("no-mandate", act=act, roles=[Role.CASE_OFFICER.value], organisation=payer.name, day=today)
    return mandate


def _locked(agreement: str) -> ExaminationPolicy | None:
    """The policy that holds, which nobody else changes until the transaction ends."""
    current_version(agreement)  # there is such an agreement
    locks.hold(subject_of(agreement))
    return standing(agreement)


def _decide(
    agreement: str, minutes: Minutes, person: Person, act: str, content: Mapping[str, object]
) -> tuple[Mandate, DocumentVersion]:
    mandate = officer(agreement, person, act)
    minutes.check()
    paper = documents.single(
        PAPER,
        subject_of(agreement),
        mandate.organisation,
        {"agreement": agreement, **minutes.content, **content},
        person=person,
        mandate=mandate,
        registration_number=minutes.registration_number,
    )
    events.record(subject_of(agreement), act, mandate, paper)
    return mandate, paper


def _store(agreement: str, mandate: Mandate, paper: DocumentVersion, **text: str) -> ExaminationPolicy:
    number = ExaminationPolicy.objects.filter(agreement=agreement).count() + 1
    return ExaminationPolicy.objects.create(
        agreement=agreement, number=number, mandate=mandate, decided_at=clock.now(), paper=paper, **text
    )
