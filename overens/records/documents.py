# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Making versions of papers, attesting and signing them.

The content of a version is canonical JSON (RFC 8785, text in NFC, amounts as strings), so that its SHA-256 is
the same wherever it is computed. Nothing here is ever changed afterwards; what is corrected gets a new version.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from overens.people.models import Mandate, Organisation, Person
from overens.records import clock
from overens.records.canonical import canonical, digest
from overens.records.models import Attestation, Document, DocumentVersion, Signature, StoredFile, Tombstone
from overens.rules.process import Assurance


@dataclass(frozen=True)
class Signing:
    """How a signature came about: by which method, and how surely the signatory was identified.

    Outside the service also the received file, the report of its validation (or of who took it in and why), and who
    recorded it.
    """

    method: str = "in-app"
    assurance: Assurance = Assurance.NONE
    evidence: StoredFile | None = None
    report: Mapping[str, Any] | None = None
    recorded_by: Mandate | None = None


IN_APP = Signing()


def find(kind: str, subject: str) -> Document | None:
    """The paper of a kind that a case has, without making one."""
    return Document.objects.filter(kind=kind, subject=subject).first()


def open_document(kind: str, subject: str, organisation: Organisation) -> Document:
    """The one paper of a kind that a case has, made if it is not there."""
    document, _ = Document.objects.get_or_create(kind=kind, subject=subject, organisation=organisation)
    return document


def add_version(
    document: Document,
    content: Mapping[str, Any],
    *,
    person: Person | None = None,
    mandate: Mandate | None = None,
    preparers: Iterable[Person] = (),
    registration_number: str = "",
    effective_at: dt.datetime | None = None,
) -> DocumentVersion:
    """Freeze a content as the document's next version, with the hash of the version before it in its own.

    Call it under the lock of the case.
    """
    latest = document.versions.order_by("-number").first()
    return _frozen(document, latest, content, person, mandate, preparers, registration_number, effective_at)


def _frozen(
    document: Document,
    latest: DocumentVersion | None,
    content: Mapping[str, Any],
    person: Person | None = None,
    mandate: Mandate | None = None,
    preparers: Iterable[Person] = (),
    registration_number: str = "",
    effective_at: dt.datetime | None = None,
) -> DocumentVersion:
    text = canonical({**content, "predecessor": latest.sha256 if latest else ""})
    version = DocumentVersion.objects.create(
        document=document,
        kind=document.kind,
        number=latest.number + 1 if latest else 1,
        content=text,
        sha256=digest(text),
        predecessor=latest.sha256 if latest else "",
        registration_number=registration_number,
        person=person,
        mandate=mandate,
        effective_at=effective_at or clock.now(),
    )
    version.preparers.add(*preparers)
    return version


def single(
    kind: str, subject: str, organisation: Organisation, content: Mapping[str, Any], **fields: Any
) -> DocumentVersion:
    """A paper of its own with one version: a decision, a receipt, a proof."""
    document = Document.objects.create(kind=kind, subject=subject, organisation=organisation)
    return _frozen(document, None, content, **fields)


def attest(
    version: DocumentVersion,
    alternative: int,
    deviations: str,
    measures: str,
    mandate: Mandate,
    contact: Mapping[str, str],
    how: Signing,
) -> Attestation:
    """The head of finance's own paper over a version's hash (2019 agreement, Bilaga 2, part 4)."""
    paper = single(
        "attestation",
        version.document.subject,
        version.document.organisation,
        {
            "attests": version.sha256,
            "alternative": alternative,
            "deviations": deviations,
            "measures": measures,
            "by": contact,
            "mandate": {"id": mandate.pk, "role": mandate.role, "citation": mandate.citation},
            "method": how.method,
            "assurance": how.assurance,
        },
        person=mandate.person,
        mandate=mandate,
    )
    return Attestation.objects.create(
        version=paper, attested=version, alternative=alternative, person=mandate.person, mandate=mandate
    )


def sign(
    version: DocumentVersion,
    attestation: Attestation | None,
    declaration: Mapping[str, str],
    mandate: Mandate,
    how: Signing = IN_APP,
) -> Signature:
    """A signature over the version's hash and, where there is one, its attestation's."""
    moment = clock.now()
    text = canonical(
        {
            "signs": version.sha256,
            "attestation": attestation.version.sha256 if attestation else None,
            "declaration": declaration,
            "by": mandate.person.name,
            "mandate": {
                "id": mandate.pk,
                "role": mandate.role,
                "organisation": mandate.organisation.code,
                "citation": mandate.citation,
            },
            "at": moment,
            "method": how.method,
            "assurance": how.assurance,
            "evidence": how.evidence.sha256 if how.evidence else None,
            "report": how.report,
            "recorded_by": how.recorded_by.pk if how.recorded_by else None,
        }
    )
    return Signature.objects.create(
        version=version,
        attestation=attestation,
        content=text,
        sha256=digest(text),
        person=mandate.person,
        mandate=mandate,
        method=how.method,
        assurance=how.assurance,
        evidence=how.evidence,
        report=how.report,
        recorded_by=how.recorded_by,
        effective_at=moment,
    )


def first_difference() -> str | None:
    """Recompute every content hash and chain of versions; the first that does not hold, in words.

    A content that was disposed of by decision is empty and has a tombstone with its hash.
    """
    removed = set(Tombstone.objects.values_list("what", "row", "sha256"))
    before: dict[int, str] = {}
    for version in DocumentVersion.objects.order_by("document_id", "number").iterator(chunk_size=2000):
        gone = not version.content and ("version", version.pk, version.sha256) in removed
        if not gone and digest(version.content) != version.sha256:
            return f"document version {version.pk}: its content does not have the recorded hash"
        if version.predecessor != before.get(version.document_id, ""):
            return f"document version {version.pk}: it does not follow the version before it"
        before[version.document_id] = version.sha256
    for signature in Signature.objects.select_related("version", "attestation__version").iterator(chunk_size=2000):
        if not signature.content and ("signature", signature.pk, signature.sha256) in removed:
            continue
        signed = {signature.version.sha256, *([signature.attestation.version.sha256] if signature.attestation else [])}
        if digest(signature.content) != signature.sha256 or not all(h in signature.content for h in signed):
            return f"signature {signature.pk}: it does not bind the version that it stands on"
    for file in StoredFile.objects.iterator(chunk_size=20):
        gone = not file.content and ("file", file.pk, file.sha256) in removed
        if not gone and hashlib.sha256(file.content).hexdigest() != file.sha256:
            return f"file {file.pk}: it does not have the recorded hash"
    return None
