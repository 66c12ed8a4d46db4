# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signatures made outside the service (``records.outside``) on a case's forms. The agreement says which of these count
as "in original". Whatever the recipient has written since a version was sent out is another version.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction
from django.db.models import QuerySet

from overens.agreements.reading import agreement_of
from overens.grants import drawing, forms
from overens.grants.actions import account, report, requisition
from overens.grants.actions.performing import Performance, performing
from overens.grants.models import Case, FinancialReport, Requisition
from overens.people.models import Mandate, Person
from overens.records import clock, outside
from overens.records.documents import Signing
from overens.records.models import DocumentVersion, Rendition, Signature
from overens.records.outside import METHODS, SignedPaper, require_unsigned
from overens.rules.findings import refuse
from overens.rules.process import ACTS

WRITE = {requisition.FORM: "write-requisition", report.FORM: "write-report"}
SIGN = {requisition.FORM: "sign-requisition", report.FORM: "sign-report"}
SUBMIT = {requisition.FORM: "submit-signed-requisition", report.FORM: "submit-signed-report"}
RECORD = {requisition.FORM: "record-paper-requisition", report.FORM: "record-paper-report"}
HandIn = Callable[[Performance, DocumentVersion, Mandate, Signing, dt.datetime], Requisition | FinancialReport]
HAND_IN: dict[str, HandIn] = {requisition.FORM: requisition.hand_in, report.FORM: report.hand_in}


def methods(case: Case) -> tuple[str, ...]:
    """The ways of signing outside the service that the case's agreement takes."""
    roles = agreement_of(case.agreement).roles
    return tuple(each for each in METHODS if roles and each in roles.signature_methods)


def send_out(case: Case, version: DocumentVersion, person: Person) -> Rendition:
    """Make the frozen version a PDF to be signed; the same one each time it is asked for.

    Raises Refused: ``method-not-allowed``, ``version-replaced``, ``version-signed``, ``not-attested`` (a report).
    """
    with performing(WRITE[version.kind], case, person) as p:
        _require_method(p.case, *METHODS)
        require_unsigned(version)
        _require_current(p.case, version)
        if version.kind == report.FORM and not version.attestations.exists():
            refuse("not-attested")
        rendition = drawing.rendition_to_sign(version)
        p.bound.append(rendition.sha256)
        return rendition


def submit_pdf(
    case: Case,
    version: DocumentVersion,
    content: bytes,
    name: str,
    signatory: Person | None,
    person: Person,
    *,
    confirmed: bool = False,
) -> Signature:
    """Hand in the PDF that was sent out, signed by a signing service; the validation is kept as evidence.

    confirmed: somebody has looked at the certificate's name, and it is the signatory's though it is written otherwise.
    Raises Refused: those of ``signed_pdf.validate``, ``signatory-missing``, ``signer-differs``, ``not-sent-out``,
    ``version-replaced``, and what handing in the form is refused for.
    """
    _require_method(case, "signed-pdf")
    checked = outside.check_pdf(version, content, name, signatory, confirmed=confirmed)
    assert signatory is not None
    with _handing_in(SUBMIT, case, version, person) as p:
        require_unsigned(version)
        _require_current(p.case, version)
        return _hand_in(p, version, _mandate(p.case, version, signatory), checked.kept(p.by), p.at)


def submit_scan(
    case: Case,
    version: DocumentVersion,
    content: bytes,
    name: str,
    signatory: Person | None,
    reason: str,
    person: Person,
) -> Signature:
    """The recipient hands in a scan of the paper that was signed by hand. It is received when it is handed in.

    Raises Refused as :func:`record_paper` does, and ``version-replaced``.
    """
    _require_method(case, "paper")
    scan = outside.check_scan(version, content, name, signatory, reason)
    with _handing_in(SUBMIT, case, version, person) as p:
        _require_current(p.case, version)
        today = p.at.astimezone(clock.STOCKHOLM).date()
        return _on_paper(p, version, scan, signatory, today)


def record_paper(
    case: Case,
    version: DocumentVersion,
    content: bytes,
    name: str,
    signatory: Person | None,
    received_on: dt.date,
    reason: str,
    person: Person,
) -> Signature:
    """The payer records a signed paper that came to it, on the day that it came: that day decides whether it is late.

    It holds even where the recipient has written on since it was sent: what was signed is what was sent.
    Raises Refused: those of ``intake.media_type``, ``signatory-missing``, ``reason-missing``, ``no-mandate`` (the
    signatory had none that day), ``received-in-future``, ``received-before-frozen``, ``not-sent-out``,
    ``version-signed``, ``method-not-allowed``, and what handing in the form is refused for.
    """
    _require_method(case, "paper")
    scan = outside.check_scan(version, content, name, signatory, reason)
    with _handing_in(RECORD, case, version, person) as p:
        return _on_paper(p, version, scan, signatory, received_on)


def by_code(code: str) -> DocumentVersion | None:
    """The one form that was sent out, is not signed, and has this code; spaces and capitals do not matter."""
    return outside.by_code(code, HAND_IN)


def sent_out() -> QuerySet[DocumentVersion]:
    """Forms that were sent out to be signed and have not come back. They are the recipient's own until they do."""
    return outside.sent_out(HAND_IN)


def signatories(case: Case, day: dt.date) -> list[Mandate]:
    """Who may have signed for the recipient on a day, by name."""
    found = (
        Mandate.objects.on(day)
        .covering(case.agreement)
        .filter(organisation=case.recipient_id, role__in=ACTS["sign-requisition"].roles)
        .select_related("person", "organisation")
    )
    return list({mandate.person_id: mandate for mandate in found.order_by("person__name", "pk")}.values())


def _on_paper(
    p: Performance, version: DocumentVersion, scan: SignedPaper, signatory: Person | None, received_on: dt.date
) -> Signature:
    assert signatory is not None
    require_unsigned(version)
    outside.require_received_on(version, received_on, p.at)
    by = _mandate(p.case, version, signatory, received_on)
    how = scan.kept(version, received_on, p.by)
    return _hand_in(p, version, by, how, outside.received_at(received_on, p.at))


@contextmanager
def _handing_in(acts: Mapping[str, str], case: Case, version: DocumentVersion, person: Person) -> Iterator[Performance]:
    """The act that hands a form in, and what follows of itself when it is a requisition."""
    with transaction.atomic():
        with performing(acts[version.kind], case, person) as p:
            yield p
        if version.kind == requisition.FORM:
            account.question_when_unlisted(case)


def _hand_in(
    p: Performance, version: DocumentVersion, by: Mandate, how: Signing, received_at: dt.datetime
) -> Signature:
    HAND_IN[version.kind](p, version, by, how, received_at)
    return Signature.objects.get(version=version)


def _mandate(case: Case, version: DocumentVersion, signatory: Person, day: dt.date | None = None) -> Mandate:
    """The signatory's mandate at the recipient on a day (today). Raises Refused (``no-mandate``) at ``signatory``."""
    day = day or clock.today()
    found = next((each for each in signatories(case, day) if each.person_id == signatory.pk), None)
    if found is None:
        act = ACTS[SIGN[version.kind]]
        name = case.recipient.name_on(day)
        refuse("no-mandate", "signatory", act=act.name, roles=list(act.roles), organisation=name, day=day.isoformat())
    return found


def _require_method(case: Case, *wanted: str) -> None:
    if not set(wanted) & set(methods(case)):
        roles = agreement_of(case.agreement).roles
        refuse("method-not-allowed", method=wanted[0], allowed=list(roles.signature_methods) if roles else [])


def _require_current(case: Case, version: DocumentVersion) -> None:
    if forms.unsigned(case, version.kind) != version:
        refuse("version-replaced", number=version.number)
