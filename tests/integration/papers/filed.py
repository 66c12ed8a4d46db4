# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""For a table of addresses: a case's papers in every way that they can be had as files."""

from __future__ import annotations

from typing import Any

from overens.demo.people import person
from overens.grants import drawing, forms
from overens.grants.actions import channel, outside, report
from overens.grants.models import Case
from overens.records import documents, files, renditions
from overens.records.documents import Signing
from overens.records.models import DocumentVersion
from overens.rules.process import Role


def numbers(case: Case, paper: DocumentVersion) -> dict[str, int]:
    """``paper`` gets its seal; ids of a scanned requisition, a report sent out to be signed, a sealed decision
    and a signed report (of another region).
    """
    decision = DocumentVersion.objects.get(kind="payment-decision", decision__line=case.line)
    for version in (paper, decision):
        renditions._seal(version, drawing.sealed)
    report = DocumentVersion.objects.filter(kind="financial-report", signature__isnull=False).latest("pk")
    return {
        "scanned": _scanned(case, paper).pk,
        "frozen": _frozen(case).pk,
        "decision": decision.pk,
        "report": report.pk,
    }


def _scanned(case: Case, paper: DocumentVersion) -> DocumentVersion:
    """One more version of the requisition, as if it had come on paper."""
    by = person(case.recipient.code, Role.AUTHORISED_SIGNATORY).mandates.get()
    scan = files.store(b"%PDF-", "application/pdf", "scan.pdf", by)
    version = documents.add_version(paper.document, paper.data, person=by.person, mandate=by)
    how = Signing("paper", evidence=scan, report={"received_on": "2019-11-30", "reason": ""}, recorded_by=by)
    documents.sign(version, None, forms.declared(paper), by, how)
    return version


def _frozen(case: Case) -> DocumentVersion:
    code = case.recipient.code
    preparer, head = person(code, Role.PREPARER), person(code, Role.HEAD_OF_FINANCE)
    typed: dict[str, Any] = {
        "E1.3": preparer.name,
        "E3.2a": [{"title": "Bemanning", "kronor": str(channel.received_sum(case)), "key": ""}],
    }
    version = report.freeze(case, report.write(case, typed, 0, preparer).revision, preparer)
    contact = {"name": head.name, "title": head.title, "telephone": head.telephone, "email": head.email}
    report.attest(case, version, 1, "", "", contact, head)
    outside.send_out(case, version, preparer)
    return version
