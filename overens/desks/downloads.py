# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A paper as a file: the sealed PDF, or that it is being made; and what came in signed from outside.

Which papers a desk may read is said here once, for its pages and for the files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from overens.agreements.models import Decision
from overens.bank.models import AccountProof
from overens.grants.models import Case
from overens.grants.papers import FORMS
from overens.records import renditions
from overens.records.models import DocumentVersion, Rendition
from overens.records.models.file import Purpose

# What was decided in a case, and claimed, which both sides may read.
DECISIONS = (
    *renditions.DECISIONS_OF_PAYER,
    *renditions.LETTERS_OF_PAYER,
    *renditions.DECISIONS_OF_GOVERNMENT,
)


def received(case: Case) -> QuerySet[DocumentVersion]:
    """What state officers may read of a case: what was signed and handed in, and what was decided."""
    return _with_people(Q(document__subject=case.key, kind__in=FORMS, signature__isnull=False) | _decided(case))


def own(case: Case) -> QuerySet[DocumentVersion]:
    """What the recipient may read of its case: its own versions, signed or not, and what was decided."""
    mine = Q(document__subject=case.key, kind__in=FORMS, document__organisation=case.recipient_id)
    return _with_people(mine | _decided(case))


def decided(case: Case) -> QuerySet[DocumentVersion]:
    """The decisions on a case, the government's on its line and agreement among them; newest first."""
    return _with_people(_decided(case)).order_by("-effective_at", "-pk")


def _decided(case: Case) -> Q:
    on_line = Decision.objects.filter(Q(line=None) | Q(line=case.line_id), agreement=case.agreement)
    return Q(document__subject=case.key, kind__in=DECISIONS) | Q(pk__in=on_line.values("paper"))


def _with_people(which: Q) -> QuerySet[DocumentVersion]:
    return DocumentVersion.objects.filter(which).select_related(
        "document__organisation", "signature__person", "signature__evidence", "mandate__organisation"
    )


Address = Callable[[DocumentVersion, str], str]


@dataclass(frozen=True)
class Download:
    """What components/paper_pdf.html offers of a paper. ``state``: that of ``renditions.state_of``."""

    version: DocumentVersion
    state: str
    seal: Rendition | None
    url: str
    retry_url: str
    evidence_url: str
    form_url: str = ""

    @property
    def report(self) -> dict[str, Any] | None:
        signature = getattr(self.version, "signature", None) if self.version.kind in FORMS else None
        return signature.report if signature is not None and signature.method == "signed-pdf" else None


def offered(version: DocumentVersion, address: Address) -> Download:
    """What there is of one paper."""
    return all_offered([version], address)[version.pk]


def all_offered(versions: Collection[DocumentVersion], address: Address) -> dict[int, Download]:
    """By version id what there is of papers. address: of a desk's page (pdf, retry, evidence or form) for a
    version.
    """
    found = {}
    for version, (state, seal) in zip(versions, renditions.states_of(versions).values(), strict=True):
        signature = getattr(version, "signature", None) if version.kind in FORMS else None
        has_file = signature is not None and signature.evidence_id is not None
        found[version.pk] = Download(
            version,
            state,
            seal,
            address(version, "pdf"),
            address(version, "retry"),
            address(version, "evidence") if has_file else "",
            address(version, "form") if version.kind in FORMS and version.content else "",
        )
    return found


def sealed_pdf(version: DocumentVersion, purpose: Purpose = Purpose.SEALED) -> HttpResponse:
    """The kept PDF as a download. 404 where it is not made yet, or its content was disposed of."""
    rendition = get_object_or_404(Rendition, version=version, purpose=purpose)
    if not rendition.content:
        raise Http404
    return attachment(bytes(rendition.content), "application/pdf", f"{_name(version)}.pdf")


def evidence(version: DocumentVersion) -> HttpResponse:
    """The signed file as it came from outside, as a download: never shown within the service."""
    signature = getattr(version, "signature", None)
    if signature is None or signature.evidence is None or not signature.evidence.content:
        raise Http404
    file = signature.evidence
    ending = file.media_type.rpartition("/")[2]
    return attachment(bytes(file.content), file.media_type, f"{_name(version)}-underskriven.{ending}")


def account_statement(proof: AccountProof) -> HttpResponse:
    """A bank's statement as it came in, as a download. 404 where its content was disposed of."""
    if not proof.file.content:
        raise Http404
    ending = proof.file.media_type.rpartition("/")[2]
    name = f"kontobevis-{proof.case.replace('/', '-')}-{proof.pk}.{ending}"
    return attachment(bytes(proof.file.content), proof.file.media_type, name)


def attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def zipped(files: Mapping[str, str | bytes], name: str) -> HttpResponse:
    """Several files as one download."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in files.items():
            archive.writestr(each, content)
    return attachment(packed.getvalue(), "application/zip", name)


def unlisted(response: HttpResponse) -> HttpResponse:
    """At a secret address: not for search engines, and not told to the pages that it links to."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


def _name(version: DocumentVersion) -> str:
    """By kind, case and version: ``requisition-2019-regioner-10-2``."""
    return f"{version.kind}-{version.document.subject.replace('/', '-')}-{version.number}"
