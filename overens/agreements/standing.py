# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a version of an agreement has come: signed by whom, approved, in force; and how far the money has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import Sum

from overens.agreements.models import AgreementVersion, Decision, DecisionRow, PartySignature, Recall
from overens.agreements.models.decision import DecisionKind
from overens.agreements.reading import agreement_of, approval, moved_days
from overens.ledger.models import Line
from overens.ledger.reading import balances, by_place
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules import amending
from overens.rules.agreement import Agreement, Party
from overens.rules.amending import LineStanding, Standing
from overens.rules.findings import Refused
from overens.rules.process import Place

# "replaced": another was approved or stored before this one was; "recalled": the parties took it back, unsigned.
State = Literal["to-sign", "to-approve", "in-force", "former", "replaced", "recalled"]


@dataclass(frozen=True)
class VersionStanding:
    """``missing`` are the parties whose signature is not there yet; ``before`` is the version in force that this one
    amends, None for a first one. ``alone``: the government decides it without new signatures.
    """

    version: AgreementVersion
    state: State
    signatures: tuple[PartySignature, ...]
    missing: tuple[Party, ...]
    approval: Decision | None
    before: AgreementVersion | None
    alone: bool


def standing_of(version: AgreementVersion) -> VersionStanding:
    agreement = agreement_of(version.code, version.number)
    decisions = Decision.objects.filter(agreement=version.code, kind=DecisionKind.APPROVAL).select_related("version")
    approvals = {each.version.number: each for each in decisions}
    approved = approvals.get(version.number)
    earlier = [each.version for number, each in sorted(approvals.items()) if number < version.number]
    before = earlier[-1] if earlier else None
    alone = before is not None and amending.by_government_alone(agreement_of(before.code, before.number), agreement)
    signatures = tuple(version.signatures.select_related("paper__signature__person", "paper__document__organisation"))
    signed = {each.party for each in signatures}
    needed = agreement.parties if version.signed_here and not alone else ()
    missing = tuple(party for party in needed if party.code not in signed)
    is_last = max(approvals, default=0) <= version.number
    if approved:
        state: State = "in-force" if is_last else "former"
    elif Recall.objects.filter(version=version).exists():
        state = "recalled"
    elif AgreementVersion.objects.newest().get(code=version.code) != version:
        state = "replaced"
    else:
        state = "to-sign" if missing else "to-approve"
    return VersionStanding(version, state, signatures, missing, approved, before, alone)


def waiting_version(code: str) -> AgreementVersion | None:
    """The newest version, when it is not in force; never one that is taken back."""
    newest = AgreementVersion.objects.newest().filter(code=code).first()
    return None if newest is None or newest.decisions.filter(kind=DecisionKind.APPROVAL).exists() else newest


def organisation_of(party: Party) -> Organisation | None:
    """Whose people sign for a party: its own; for the state, whose agreement it is, the ministry's."""
    own = Organisation.objects.filter(code=party.code).exclude(kind=Kind.GOVERNMENT).first()
    return own or Organisation.objects.filter(kind=Kind.MINISTRY).first()


def approved_kronor(line: Line) -> int:
    """What the government has approved of a line, whole kronor."""
    return sum(by_place(line=line.pk).values())


def line_standing(line: Line) -> LineStanding:
    """How far a line's money has come."""
    rows = DecisionRow.objects.filter(decision__line=line).order_by()
    decided = {
        (code, number): kronor
        for code, number, kronor in rows.values_list("recipient__code", "recipient").annotate(Sum("kronor"))
    }
    places = balances((line.pk, number) for _code, number in decided)
    is_decided = line.decisions.filter(kind=DecisionKind.PAYMENT).exists()
    return LineStanding(
        approved_kronor(line),
        {code: kronor for (code, _number), kronor in decided.items() if kronor} if is_decided else None,
        {code: places[line.pk, number].get(Place.ALLOCATED, 0) for code, number in decided},
    )


def money_standing(code: str) -> Standing:
    """The money and the moved days of an agreement; :mod:`overens.followup.amending` adds what recipients have done."""
    return Standing(
        clock.today(),
        lines={line.code: line_standing(line) for line in Line.objects.filter(agreement=code)},
        moved={
            deadline.id: max(days)
            for deadline in agreement_of(code).deadlines
            if (days := moved_days([code], deadline.id).values())
        },
    )


def refuse_what_cannot_be(new: Agreement) -> None:
    """Raises Refused with what a text would do to money of its agreement that is decided already and cannot."""
    if approval(new.id) is None:
        return
    if wrong := amending.refusals(agreement_of(new.id), new, money_standing(new.id)):
        raise Refused(*wrong)
