# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files that belong to a report, until it is handed in and its content names them."""

from __future__ import annotations

from overens.followup.actions.performing import performing
from overens.followup.models import Report, ReportFile
from overens.people.models import Person
from overens.records import files, intake
from overens.rules.findings import refuse
from overens.rules.followup import prose

MOST = 20


def add(report: Report, content: bytes, name: str, title: str, person: Person) -> ReportFile:
    """Attach a PDF, PNG or JPEG. Raises Refused: ``attachment-title-missing`` at ``title``, ``attachments-too-many``,
    those of :func:`overens.records.intake.media_type` at ``file``, and those of ``performing``.
    """
    called = " ".join(prose.clean(title).text.split())[:200]
    if not called:
        refuse("attachment-title-missing", key="title")
    kind = intake.media_type(content)
    with performing("write-part", report, person) as p:
        if p.report.files.standing().count() >= MOST:
            refuse("attachments-too-many", key="file", most=MOST)
        stored = files.store(content, kind, name, p.by)
        return ReportFile.objects.create(report=p.report, file=stored, title=called, added_by=p.by, added_at=p.at)


def remove(attached: ReportFile, person: Person) -> None:
    """Take a file away from the report. Papers that were handed in with it keep it."""
    with performing("write-part", attached.report, person) as p:
        p.report.files.standing().filter(pk=attached.pk).update(removed_at=p.at, removed_by=p.by)


def files_of(report: Report) -> list[ReportFile]:
    """The files that the report has now, in the order they came; ``file.sha256`` is what a frozen content names."""
    found = report.files.standing().select_related("file", "added_by__person")
    return list(found.defer("file__content").order_by("pk"))
