# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report's papers as pages and files: the versions of it, its PDF and Word document, and a blank form of a round."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from overens.desks.downloads import Address, attachment
from overens.desks.saying import language
from overens.followup import blank, drawing, papers
from overens.followup.models import Report, ReportFile, Round
from overens.records import renditions
from overens.records.models import DocumentVersion
from overens.rendering import paper, paper_word

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def versions(report: Report) -> QuerySet[DocumentVersion]:
    """All versions of a report, newest first: the respondent's own."""
    found = DocumentVersion.objects.filter(kind=papers.KIND, document__subject=report.key)
    return found.select_related(
        "document__organisation", "signature__person", "signature__mandate", "signature__evidence",
        "signature__recorded_by__person", "signature__recorded_by__organisation", "submission",
    ).order_by("-number")  # fmt: skip


def handed_in(report: Report) -> QuerySet[DocumentVersion]:
    """Those that were handed in, which the asker may read."""
    return versions(report).filter(submission__isnull=False)


def read(version: DocumentVersion) -> papers.ReportPaper:
    """A version in the page's language, compared with the one handed in before it."""
    return papers.read(version, language(), papers.handed_in_before(version))


def download(version: DocumentVersion, address: Address) -> dict[str, Any]:
    """What report/_files.html offers of a version. address: of a desk's page (pdf, word, evidence) for it."""
    signature = getattr(version, "signature", None)
    state, seal = renditions.states_of([version])[version.pk]
    return {
        "version": version,
        "state": state,
        "seal": seal,
        "pdf": address(version, "pdf"),
        "word": address(version, "word"),
        "evidence": address(version, "evidence") if signature is not None and signature.evidence_id else "",
        "report": signature.report if signature is not None and signature.method == "signed-pdf" else None,
    }


def pdf(version: DocumentVersion) -> HttpResponse:
    """The sealed PDF where it is made; else the same paper without a seal, so that it can always be read."""
    sealed = version.renditions.filter(purpose="sealed").first()
    if sealed is not None and sealed.content:
        return attachment(bytes(sealed.content), "application/pdf", f"{_name(version)}.pdf")
    if not version.content:
        raise Http404
    return attachment(paper.pdf(drawing.content(version, language())), "application/pdf", f"{_name(version)}.pdf")


def attached(version: DocumentVersion, sha256: str) -> HttpResponse:
    """A file that was handed in with a version, as it came. 404 for one that the version does not name."""
    named = {each["sha256"] for each in version.data.get("attachments", ())}
    found = ReportFile.objects.filter(report__key=version.document.subject, file__sha256=sha256).first()
    if sha256 not in named or found is None or not found.file.content:
        raise Http404
    return attachment(bytes(found.file.content), found.file.media_type, found.file.name)


def word(version: DocumentVersion) -> HttpResponse:
    """The paper as a Word document, in the page's language."""
    if not version.content:
        raise Http404
    return attachment(paper_word.write(drawing.content(version, language())), WORD, f"{_name(version)}.docx")


def blank_form(request: HttpRequest, round: Round) -> HttpResponse:
    """A round's questions with room to write in, as PDF or Word."""
    content = blank.content(round, language())
    name = f"blankett-{round.key.replace('/', '-')}"
    if request.GET.get("format") == "docx":
        return attachment(paper_word.write(content), WORD, f"{name}.docx")
    return attachment(paper.pdf(content), "application/pdf", f"{name}.pdf")


def _name(version: DocumentVersion) -> str:
    return f"{version.kind}-{version.document.subject.replace('/', '-')}-{version.number}"
