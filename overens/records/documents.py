# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Making versions of papers, attesting and signing them.

The content of a version is canonical JSON (RFC 8785, text in NFC, amounts as strings), so that its SHA-256 is
the same wherever it is computed. Nothing here is ever changed afterwards; what is corrected gets a new version.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import rfc8785

from overens.people.models import Mandate, Organisation, Person
from overens.records import clock
from overens.records.models import Attestation, Document, DocumentVersion, Signature


def canonical(content: Mapping[str, Any]) -> str:
    """Canonical JSON of a mapping of str, int, bool, None, date, list and mapping. Numbers become strings."""
    return rfc8785.dumps(_plain(content)).decode()


def _plain(value: Any) -> Any:
    match value:
        case bool() | None:
            return value
        case int():
            return str(value)  # JSON's numbers are floats; a sum of money is not
        case str():
            return unicodedata.normalize("NFC", value)
        case dt.date():
            return value.isoformat()
        case Mapping():
            return {str(k): _plain(v) for k, v in value.items()}
        case Iterable():
            return [_plain(v) for v in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


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
    """Freeze a content as the document's next version. Call it under the lock of the case."""
    latest = document.versions.order_by("-number").first()
    text = canonical(content)
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
    version.preparers.set(preparers)
    return version


def single(
    kind: str, subject: str, organisation: Organisation, content: Mapping[str, Any], **fields: Any
) -> DocumentVersion:
    """A paper of its own with one version: a decision, a receipt, a proof."""
    document = Document.objects.create(kind=kind, subject=subject, organisation=organisation)
    return add_version(document, content, **fields)


def attest(
    version: DocumentVersion,
    alternative: int,
    deviations: str,
    measures: str,
    mandate: Mandate,
    contact: Mapping[str, str],
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
            "mandate": mandate.citation,
        },
        person=mandate.person,
        mandate=mandate,
    )
    return Attestation.objects.create(
        version=paper, attested=version, alternative=alternative, person=mandate.person, mandate=mandate
    )


def sign(
    version: DocumentVersion, attestation: Attestation | None, declaration: Mapping[str, str], mandate: Mandate
) -> Signature:
    """An in-app signature over the version's hash and, where there is one, its attestation's."""
    moment = clock.now()
    text = canonical(
        {
            "signs": version.sha256,
            "attestation": attestation.version.sha256 if attestation else None,
            "declaration": declaration,
            "by": mandate.person.name,
            "mandate": {"role": mandate.role, "organisation": mandate.organisation.code, "citation": mandate.citation},
            "at": moment,
            "method": "in-app",
        }
    )
    return Signature.objects.create(
        version=version,
        attestation=attestation,
        content=text,
        sha256=digest(text),
        person=mandate.person,
        mandate=mandate,
        method="in-app",
        effective_at=moment,
    )


def first_difference() -> str | None:
    """Recompute every content hash and chain of versions; the first that does not hold, in words."""
    before: dict[int, str] = {}
    for version in DocumentVersion.objects.order_by("document_id", "number").iterator(chunk_size=2000):
        if digest(version.content) != version.sha256:
            return f"document version {version.pk}: its content does not have the recorded hash"
        if version.predecessor != before.get(version.document_id, ""):
            return f"document version {version.pk}: it does not follow the version before it"
        before[version.document_id] = version.sha256
    for signature in Signature.objects.select_related("version", "attestation__version").iterator(chunk_size=2000):
        signed = {signature.version.sha256, *([signature.attestation.version.sha256] if signature.attestation else [])}
        if digest(signature.content) != signature.sha256 or not all(h in signature.content for h in signed):
            return f"signature {signature.pk}: it does not bind the version that it stands on"
    return None
