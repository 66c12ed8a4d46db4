# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The financial report: write, review, sign, examine, settle; and a correction later, the same way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from overens.grants import forms
from overens.grants.actions import channel, debt, signing
from overens.grants.actions.performing import Performance, performing
from overens.grants.models import Case, CostItem, Examination, FinancialReport, Settlement
from overens.grants.models.clawback import ClawbackState
from overens.grants.models.examination import Outcome
from overens.people.models import Mandate, Person
from overens.records import documents, drafts
from overens.records.documents import IN_APP, Signing
from overens.records.models import Attestation, Document, DocumentVersion, Draft
from overens.rules.findings import refuse
from overens.rules.process import Place, given_up
from overens.rules.settlement import Correction, outcome, settle

FORM = "financial-report"


def paper_of(case: Case) -> Document:
    return documents.open_document(FORM, case.key, case.recipient)


def write(case: Case, typed: Mapping[str, Any], revision: int, person: Person) -> Draft:
    """Save what is typed, right or wrong. An edit after the review voids the review: the version it was of is no longer
    the newest. Raises Refused (``draft-changed``, ``clawback-decided``).
    """
    with performing("write-report", case, person) as p:
        _require_not_reclaimed(p.case)
        return drafts.save(paper_of(p.case), typed, revision, person)


def freeze(case: Case, revision: int, person: Person) -> DocumentVersion:
    """Make the draft a version that can be reviewed. Raises Refused with the form's own findings."""
    with performing("write-report", case, person) as p:
        document = paper_of(p.case)
        content = forms.frozen(p.case, FORM, document, revision)
        version = documents.add_version(
            document, content, person=person, mandate=p.mandate, preparers=drafts.editors(document), effective_at=p.at
        )
        p.bound.append(version.sha256)
        return version


def reviewable(case: Case) -> DocumentVersion | None:
    """The newest version, when the draft has not been edited since and it is not signed."""
    return forms.unsigned(case, FORM)


def attest(
    case: Case,
    version: DocumentVersion,
    alternative: int,
    deviations: str,
    measures: str,
    contact: Mapping[str, str],
    person: Person,
    how: Signing = IN_APP,
) -> Attestation:
    """The head of finance attests that the report is correct (Alt 1) or not (Alt 2, with deviations and any measures).

    Raises Refused: ``version-attested`` (once only), ``deviations-missing`` (Alt 2), ``attester-prepared`` (whose
    edits are in the version may not
    review it, unless the agreement says otherwise), ``version-replaced``, ``assurance-too-low``.
    """
    with performing("attest-report", case, person) as p:
        signing.require(p.case, how)
        _require_current(p.case, version)
        if version.attestations.exists():
            refuse("version-attested", number=version.number)
        if alternative not in (1, 2):
            refuse("alternative-missing", key="alternative")
        if alternative == 2 and not deviations.strip():
            refuse("deviations-missing", key="deviations")
        p.keep_apart("attester", person, preparer=version.preparers.values_list("pk", flat=True))
        attestation = documents.attest(version, alternative, deviations, measures, p.by, contact, how)
        p.paper = attestation.version
        return attestation


def sign(case: Case, version: DocumentVersion, person: Person, how: Signing = IN_APP) -> FinancialReport:
    """Sign the reviewed version and hand it in. What is unused is owed from this moment on.

    Raises Refused: ``not-attested``, ``version-replaced``, ``paid-changed`` when the paid sum is no longer what the
    version says, ``held-by-others`` when money that is unused has been passed on and not handed back,
    ``method-not-allowed``, ``assurance-too-low``.
    """
    with performing("sign-report", case, person) as p:
        signing.require(p.case, how)
        _require_not_reclaimed(p.case)
        _require_current(p.case, version)
        return hand_in(p, version, p.by, how, p.at)


def hand_in(
    p: Performance, version: DocumentVersion, by: Mandate, how: Signing, received_at: dt.datetime
) -> FinancialReport:
    """Within an act: the reviewed version is signed by the signatory's mandate and was received at a time.

    Raises Refused as :func:`sign` does.
    """
    signing.require(p.case, how)
    _require_not_reclaimed(p.case)
    attestation = version.attestations.select_related("version").first()
    if attestation is None:
        refuse("not-attested")
    preparers = version.preparers.values_list("pk", flat=True)
    p.keep_apart("signatory", by.person, attester=[attestation.person_id], preparer=preparers)
    content = version.data
    granted, stated, costs = (
        int(forms.value_of(p.case, FORM, content, meaning))
        for meaning in ("granted-sum", "received-sum", "total-costs")
    )
    money = p.case.money
    received = channel.received_sum(p.case)
    if stated != received:
        refuse("paid-changed", version=stated, paid=received)
    result = outcome(received, costs)
    p.paper = version
    if forms.unsigned(p.case, FORM) == version:  # what was written since it was frozen is kept
        drafts.discard(version.document)
    signature = documents.sign(version, attestation, forms.declared(version), by, how)
    p.bound.append(signature.sha256)
    owed = money.get(Place.TO_REPAY, 0)
    due = max(0, result.unused - money.get(Place.RETURNED, 0) - given_up(money))
    own = money.get(Place.HELD, 0) + money.get(Place.USED, 0)
    if due - owed > own:
        refuse("held-by-others", unused=result.unused, held=own)
    # After a settlement the difference is owed when the correction is accepted.
    if not p.case.settlements.exists():
        if due >= owed:
            p.move(Place.HELD, Place.TO_REPAY, due - owed)
        else:
            p.move(Place.TO_REPAY, Place.HELD, owed - due)
    p.case.reports.update(superseded=True)
    p.case.reported_at = p.case.reported_at or received_at
    report = FinancialReport.objects.create(
        case=p.case,
        version=version,
        received_at=received_at,
        granted=granted,
        received=received,
        costs=costs,
        unused=result.unused,
        own_share=result.own_share,
        alternative=attestation.alternative,
    )
    CostItem.objects.bulk_create(
        CostItem(
            report=report,
            head=item["head"],
            title=item["title"],
            kronor=int(item["kronor"]),
            allocation_key=item["key"],
        )
        for item in version.data["costs"]
    )
    return report


def _require_not_reclaimed(case: Case) -> None:
    """What the government has reclaimed is not settled by a report, until the government annuls its decision."""
    if case.clawbacks.filter(state=ClawbackState.DECIDED).exists():
        refuse("clawback-decided", case=case.key)


def _require_current(case: Case, version: DocumentVersion) -> None:
    current = reviewable(case)
    if current is None or current.pk != version.pk:
        refuse("version-replaced", number=version.number)


def send_back(case: Case, reason: str, person: Person) -> None:
    """Return the report for completion with a reason; what it said is owed stays owed."""
    with performing("return-report", case, person) as p:
        if not reason.strip():
            refuse("reason-missing", key="reason")
        report = p.case.reports.select_related("version").get(superseded=False)
        _examine(p, report.version, Outcome.RETURNED, p.by, reason)


@transaction.atomic
def accept(case: Case, person: Person) -> Settlement:
    """Settle the case by its standing report; a case that was settled before changes by the difference."""
    with performing("accept-report", case, person) as p:
        report = p.case.reports.select_related("version").get(superseded=False)
        settlement, change = settle_by(p, report, p.mandate)
    if change.refund:
        debt.refund(case, change.refund, settlement, person)
    debt.close_when_settled(case)
    return settlement


def settle_by(
    p: Performance, report: FinancialReport, mandate: Mandate | None, more: Mapping[str, Any] | None = None
) -> tuple[Settlement, Correction]:
    """Within an act: accept the report, by an officer's mandate or (None) by rule, and move the money to where it says.

    more: what else stands on the settlement.
    """
    money = p.case.money
    passed_on = channel.elsewhere(p.case, Place.HELD)
    result = outcome(report.received, report.costs)
    change = settle(
        held=money.get(Place.HELD, 0) + sum(passed_on.values()),
        used=money.get(Place.USED, 0) + sum(channel.elsewhere(p.case, Place.USED).values()),
        to_repay=money.get(Place.TO_REPAY, 0),
        returned=money.get(Place.RETURNED, 0),
        given_up=given_up(money),
        report=result,
    )
    _examine(p, report.version, Outcome.ACCEPTED, mandate)
    paper = p.write(
        {
            "report": report.version.sha256,
            "used": result.used,
            "unused": result.unused,
            "own_share": result.own_share,
            **(more or {}),
        }
    )
    p.move(Place.HELD, Place.USED, money.get(Place.HELD, 0))
    for owner, kronor in passed_on.items():
        p.move(Place.HELD, Place.USED, kronor, owner=owner)
    p.move(Place.USED, Place.TO_REPAY, change.used_to_repay)
    p.move(Place.TO_REPAY, Place.USED, change.repay_to_used)
    # A report that is accepted is no longer late: what was proposed for that falls.
    open_ones = p.case.clawbacks.filter(state=ClawbackState.PROPOSED)
    open_ones.update(state=ClawbackState.DROPPED, ended_at=p.at)
    settlement = Settlement.objects.create(
        case=p.case, version=paper, report=report, used=result.used, unused=result.unused
    )
    return settlement, change


def _examine(
    p: Performance, version: DocumentVersion, result: Outcome, mandate: Mandate | None, reason: str = ""
) -> None:
    Examination.objects.create(
        case=p.case,
        version=version,
        outcome=result,
        reason=reason,
        person=mandate.person if mandate else None,
        mandate=mandate,
        effective_at=p.at,
    )
