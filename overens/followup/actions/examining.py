# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The asker examines what was handed in: accepts it, or returns it with a reason."""

from __future__ import annotations

from overens.followup.actions.performing import Performance, performing
from overens.followup.models import Outcome, Report, ReportExamination
from overens.people.models import Person
from overens.records.models import DocumentVersion
from overens.rules.findings import refuse


def accept(report: Report, version: DocumentVersion, person: Person) -> ReportExamination:
    """Accept the standing version. Raises Refused (``version-replaced`` where another has come since)."""
    with performing("accept-activity-report", report, person) as p:
        return _examined(p, version, Outcome.ACCEPTED)


def send_back(report: Report, version: DocumentVersion, reason: str, person: Person) -> ReportExamination:
    """Return the standing version to be mended. Its facts count until it is handed in again.

    Raises Refused: ``reason-missing``, ``version-replaced``.
    """
    with performing("return-activity-report", report, person) as p:
        if not reason.strip():
            refuse("reason-missing", key="reason")
        return _examined(p, version, Outcome.RETURNED, reason.strip())


def _examined(p: Performance, version: DocumentVersion, outcome: Outcome, reason: str = "") -> ReportExamination:
    standing = p.report.submissions.standing().get()
    if standing.version_id != version.pk:
        refuse("version-replaced", number=version.number)
    p.bound.append(version.sha256)
    return ReportExamination.objects.create(
        report=p.report, version=version, outcome=outcome, reason=reason, mandate=p.by, at=p.at
    )
