# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signatures made outside the service (``records.outside``) on a report: as a signed PDF, or on paper that either side
takes in. The agreement says which of these count.
"""

from __future__ import annotations

import datetime as dt

from overens.agreements.reading import agreement_of
from overens.followup import drawing
from overens.followup.actions import handing_in
from overens.followup.actions.performing import Performance, performing
from overens.followup.models import Report, Submission
from overens.people.models import Mandate, Person
from overens.records import clock, outside, renditions
from overens.records.models import DocumentVersion, Rendition
from overens.records.models.file import Purpose
from overens.records.outside import METHODS, SignedPaper, require_unsigned
from overens.rules.findings import refuse
from overens.rules.followup.process import REPORT_ACTS

SIGN = REPORT_ACTS["sign-activity-report"]


def methods(report: Report) -> tuple[str, ...]:
    """The ways of signing outside the service that the report's agreement takes."""
    roles = agreement_of(report.round.agreement).roles
    return tuple(each for each in METHODS if roles and each in roles.signature_methods)


def send_out(report: Report, version: DocumentVersion, person: Person) -> Rendition:
    """Make the frozen version a PDF to be signed; the same one each time it is asked for.

    Raises Refused: ``method-not-allowed``, ``version-replaced``, ``version-signed``.
    """
    with performing("freeze-activity-report", report, person) as p:
        _require_method(p.report, *METHODS)
        require_unsigned(version)
        handing_in.require_current(p.report, version)
        found = version.renditions.filter(purpose=Purpose.TO_SIGN).first()
        rendition = found or renditions.to_sign(version, drawing.to_sign(version))
        p.bound.append(rendition.sha256)
        return rendition


def submit_pdf(
    report: Report,
    version: DocumentVersion,
    content: bytes,
    name: str,
    signatory: Person | None,
    person: Person,
    *,
    confirmed: bool = False,
) -> Submission:
    """Hand in the PDF that was sent out, signed by a signing service; the validation is kept as evidence.

    Raises Refused: those of ``outside.check_pdf``, ``version-replaced``, ``no-mandate``, those of handing in.
    """
    _require_method(report, "signed-pdf")
    checked = outside.check_pdf(version, content, name, signatory, confirmed=confirmed)
    assert signatory is not None
    with performing("submit-signed-activity-report", report, person) as p:
        require_unsigned(version)
        handing_in.require_current(p.report, version)
        by = _mandate(p.report, signatory, clock.today())
        return handing_in.hand_in(p, version, by, checked.kept(p.by), p.at)


def submit_scan(
    report: Report,
    version: DocumentVersion,
    content: bytes,
    name: str,
    signatory: Person | None,
    reason: str,
    person: Person,
) -> Submission:
    """The respondent hands in a scan of the paper that was signed by hand; it is received when it is handed in."""
    _require_method(report, "paper")
    scan = outside.check_scan(version, content, name, signatory, reason)
    with performing("submit-signed-activity-report", report, person) as p:
        handing_in.require_current(p.report, version)
        return _on_paper(p, version, scan, signatory, p.at.astimezone(clock.STOCKHOLM).date())


def record_paper(
    report: Report,
    version: DocumentVersion,
    content: bytes,
    name: str,
    signatory: Person | None,
    received_on: dt.date,
    reason: str,
    person: Person,
) -> Submission:
    """The asker records a signed paper that came to it, on the day that it came. It holds even where the respondent has
    written on since: what was signed is what was sent.
    """
    _require_method(report, "paper")
    scan = outside.check_scan(version, content, name, signatory, reason)
    with performing("record-paper-activity-report", report, person) as p:
        return _on_paper(p, version, scan, signatory, received_on)


def _on_paper(
    p: Performance, version: DocumentVersion, scan: SignedPaper, signatory: Person | None, on: dt.date
) -> Submission:
    assert signatory is not None
    require_unsigned(version)
    outside.require_received_on(version, on, p.at)
    by = _mandate(p.report, signatory, on)
    return handing_in.hand_in(p, version, by, scan.kept(version, on, p.by), outside.received_at(on, p.at))


def signatories(report: Report, day: dt.date) -> list[Mandate]:
    """Who may have signed for the respondent on a day, by name."""
    found = (
        Mandate.objects.on(day)
        .covering(report.round.agreement)
        .filter(organisation=report.respondent_id, role__in=SIGN.roles)
        .select_related("person", "organisation")
    )
    return list({mandate.person_id: mandate for mandate in found.order_by("person__name", "pk")}.values())


def _mandate(report: Report, signatory: Person, day: dt.date) -> Mandate:
    """The signatory's mandate at the respondent on a day. Raises Refused (``no-mandate``) at ``signatory``."""
    found = next((each for each in signatories(report, day) if each.person_id == signatory.pk), None)
    if found is None:
        name = report.respondent.name_on(day)
        refuse("no-mandate", "signatory", act=SIGN.name, roles=list(SIGN.roles), organisation=name, day=day.isoformat())
    return found


def _require_method(report: Report, *wanted: str) -> None:
    if not set(wanted) & set(methods(report)):
        roles = agreement_of(report.round.agreement).roles
        refuse("method-not-allowed", method=wanted[0], allowed=list(roles.signature_methods) if roles else [])
