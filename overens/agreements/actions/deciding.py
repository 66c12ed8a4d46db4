# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The government approves a version of an agreement, and decides the payment of its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction

from overens.agreements.actions.minutes import Minutes, ministry_mandate, paper
from overens.agreements.actions.storing import open_lines
from overens.agreements.models import AgreementVersion, Decision, DecisionRow, DeclaredPart
from overens.agreements.models.decision import DecisionKind
from overens.agreements.reading import agreement_of, approval, current_version
from overens.agreements.standing import approved_kronor, line_standing, refuse_what_cannot_be, standing_of
from overens.ledger.models import Line
from overens.ledger.posting import leg, post
from overens.people.models import Mandate, Organisation, Person
from overens.records import events, locks, registrations
from overens.records.models import DocumentVersion
from overens.rules.agreement import Agreement
from overens.rules.amending import money
from overens.rules.ceilings import Ceiling, ceilings
from overens.rules.findings import refuse
from overens.rules.process import Place, Role

APPROVAL = "approval"
PAYMENT_DECISION = "payment-decision"
LOWERING_DECISION = "lowering-decision"


@transaction.atomic
def approve(code: str, minutes: Minutes, person: Person) -> Decision:
    """Record the government's approval of an agreement's newest version: it is in force from now on, and its lines'
    sums exist as it has them. What an amendment adds to a line is the difference; what it lowers is taken, by a paper
    of its own, from what has not been asked for.

    Raises Refused: ``no-mandate``, ``decision-field-missing``, ``agreement-approved`` (each version once),
    ``not-signed`` (a party has not), and what cannot be done to money that is decided already.
    """
    mandate = ministry_mandate(person, code, Role.MINISTRY_OFFICER, "approve-agreement")
    minutes.check()
    locks.hold(f"agreement/{code}")
    version = AgreementVersion.objects.newest().get(code=code)
    standing = standing_of(version)
    if standing.approval:
        refuse("agreement-approved", agreement=code)
    if standing.missing:
        refuse("not-signed", parties=[party.name for party in standing.missing], number=version.number)
    agreement = agreement_of(code, version.number)
    refuse_what_cannot_be(agreement)
    content = {"agreement_version": version.number, "agreement_sha256": version.paper.sha256}
    decided = paper(APPROVAL, code, minutes, mandate, content)
    decision = _decision(DecisionKind.APPROVAL, version, None, minutes, decided)
    registrations.register(f"agreement/{code}", mandate.organisation, minutes.registration_number, mandate)
    lines = open_lines(agreement)
    more = [(line, _amount(agreement, line) - approved_kronor(line)) for line in lines]
    owner = mandate.organisation_id
    post(decided, [leg(line, Place.OUTSIDE, Place.RESERVED, kronor, owner) for line, kronor in more if kronor > 0])
    for line, kronor in more:
        _lower(line, version, -kronor if kronor < 0 else 0, minutes, mandate)
    events.record(f"agreement/{code}", "approve-agreement", mandate, decided)
    return decision


def _amount(agreement: Agreement, line: Line) -> int:
    amount = agreement.line(line.code).amount
    assert isinstance(amount, int), "a line in the ledger has a stated amount"
    return amount


def _lower(line: Line, version: AgreementVersion, kronor: int, minutes: Minutes, mandate: Mandate) -> None:
    """A version gives less of a line: by so many kronor in all, and each recipient what the new shares give."""
    agreement = agreement_of(version.code, version.number)
    decided = line_standing(line).decided
    less = money.lowered(agreement, line.code, decided) if decided is not None else {}
    if not kronor and not less:
        return
    now = {row.organisation: row for row in ceilings(agreement, line.code)} if less else {}
    content = {"line": line.code, "lowered": kronor, "rows": {code: {"kronor": each} for code, each in less.items()}}
    lowering = paper(LOWERING_DECISION, version.code, minutes, mandate, content)
    decision = _decision(DecisionKind.LOWERING, version, line, minutes, lowering)
    owners = _rows(decision, {code: -each for code, each in less.items()}, _parts_lowered(line, now, less))
    legs = [leg(line, Place.ALLOCATED, Place.RESERVED, each, owners[code]) for code, each in less.items()]
    post(lowering, [*legs, leg(line, Place.RESERVED, Place.OUTSIDE, kronor, mandate.organisation_id)])
    events.record(f"agreement/{version.code}", "lower-line", mandate, lowering)


def _parts_lowered(line: Line, now: Mapping[str, Ceiling], less: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """By recipient and pot what the declared split changes by."""
    found: dict[str, dict[str, int]] = {}
    stored = DeclaredPart.objects.filter(row__decision__line=line, row__recipient__code__in=less)
    for code, pot, kronor in stored.values_list("row__recipient__code", "pot", "kronor"):
        parts = found.setdefault(code, {})
        parts[pot] = parts.get(pot, 0) - kronor
    for code, row in now.items():
        for pot, kronor in row.parts.items() if code in less else ():
            parts = found.setdefault(code, {})
            parts[pot] = parts.get(pot, 0) + kronor
    return found


@transaction.atomic
def decide_payment(line: Line, minutes: Minutes, person: Person) -> Decision:
    """Record the government's decision to pay a line: each recipient's ceiling, allocated by the agreement's own rule.

    Raises Refused: ``not-approved``, ``payment-decided``, ``no-mandate``, ``decision-field-missing``.
    """
    mandate = ministry_mandate(person, line.agreement, Role.MINISTRY_OFFICER, "decide-payment")
    minutes.check()
    locks.hold(f"agreement/{line.agreement}")
    if approval(line.agreement) is None:
        refuse("not-approved", agreement=line.agreement)
    if Decision.objects.filter(line=line, kind=DecisionKind.PAYMENT).exists():
        refuse("payment-decided", line=line.title)
    version = current_version(line.agreement)
    rows = ceilings(agreement_of(line.agreement, version.number), line.code)
    content = {row.organisation: {"kronor": row.kronor, "parts": row.parts} for row in rows}
    decided = paper(
        PAYMENT_DECISION,
        line.agreement,
        minutes,
        mandate,
        {"agreement_version": version.number, "line": line.code, "rows": content},
    )
    decision = _decision(DecisionKind.PAYMENT, version, line, minutes, decided)
    subject = f"agreement/{line.agreement}/{line.code}"
    registrations.register(subject, mandate.organisation, minutes.registration_number, mandate)
    owners = _rows(
        decision, {row.organisation: row.kronor for row in rows}, {row.organisation: row.parts for row in rows}
    )
    post(
        decided,
        [leg(line, Place.RESERVED, Place.ALLOCATED, row.kronor, owners[row.organisation]) for row in rows],
    )
    events.record(f"agreement/{line.agreement}", "decide-payment", mandate, decided)
    return decision


def _rows(decision: Decision, kronor: Mapping[str, int], parts: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Write what a decision gives each, with its declared split. Returns the recipients' numbers by code."""
    organisations = dict(Organisation.objects.filter(code__in=kronor).values_list("code", "pk"))
    for code, sum_ in kronor.items():
        row = DecisionRow.objects.create(decision=decision, recipient_id=organisations[code], kronor=sum_)
        DeclaredPart.objects.bulk_create(
            DeclaredPart(row=row, pot=pot, kronor=part) for pot, part in parts.get(code, {}).items()
        )
    return organisations


def _decision(
    kind: DecisionKind, version: AgreementVersion, line: Line | None, minutes: Minutes, decided: DocumentVersion
) -> Decision:
    return Decision.objects.create(
        kind=kind,
        agreement=version.code,
        version=version,
        line=line,
        **asdict(minutes),
        paper=decided,
    )
