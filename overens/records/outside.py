# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signatures made outside the service, for every kind of paper: a frozen version goes out as a PDF and comes back
signed, as a file from a signing service or on paper.

What was sent out is what is signed: the file that comes back begins with exactly its bytes, and the paper carries its
code. Which acts hand it in, and who may sign, is said by the room whose paper it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from overens.people.models import Mandate, Person
from overens.records import clock, files, intake, signed_pdf
from overens.records.documents import Signing
from overens.records.models import DocumentVersion, Rendition, Signature
from overens.records.models.file import Purpose
from overens.rendering.paper import grouped
from overens.rules.findings import refuse
from overens.rules.process import Assurance

METHODS = ("signed-pdf", "paper")
CODE_DIGITS = 12


def code_of(version: DocumentVersion) -> str:
    """What whoever receives a paper types to find the version that was signed: ``a1b2 c3d4 e5f6``."""
    return grouped(version.sha256[:CODE_DIGITS])


def sent_out(kinds: Collection[str]) -> QuerySet[DocumentVersion]:
    """Versions of these kinds that were sent out to be signed and have not come back. They are their writer's own until
    they do.
    """
    found = DocumentVersion.objects.filter(kind__in=kinds, renditions__purpose=Purpose.TO_SIGN, signature=None)
    return found.select_related("document__organisation")


def by_code(code: str, kinds: Collection[str]) -> DocumentVersion | None:
    """The one version that was sent out, is not signed, and has this code; spaces and capitals do not matter."""
    typed = "".join(code.split()).lower()
    if len(typed) != CODE_DIGITS or not set(typed) <= set("0123456789abcdef"):
        return None
    found = list(sent_out(kinds).filter(sha256__startswith=typed)[:2])
    return found[0] if len(found) == 1 else None


def to_sign(version: DocumentVersion) -> Rendition:
    """The PDF that a version was sent out as. Raises Refused (``not-sent-out``)."""
    found = version.renditions.filter(purpose=Purpose.TO_SIGN).first()
    if found is None:
        refuse("not-sent-out")
    return found


def require_unsigned(version: DocumentVersion) -> None:
    if Signature.objects.filter(version=version).exists():
        refuse("version-signed", number=version.number)


@dataclass(frozen=True)
class SignedFile:
    """A PDF that came back signed and holds: what its validation found, and how surely the signatory is known."""

    content: bytes
    name: str
    assurance: Assurance
    report: dict[str, Any]

    def kept(self, by: Mandate) -> Signing:
        """Keep the file as evidence, taken in by a mandate."""
        return Signing(
            "signed-pdf", self.assurance, files.store(self.content, intake.PDF, self.name, by), self.report, by
        )


def check_pdf(
    version: DocumentVersion, content: bytes, name: str, signatory: Person | None, *, confirmed: bool
) -> SignedFile:
    """Check the PDF that was sent out, signed by a signing service.

    confirmed: somebody has looked at the certificate's name, and it is the signatory's though it is written otherwise.
    Raises Refused: those of ``signed_pdf.validate``, ``signatory-missing``, ``signer-differs``, ``not-sent-out``.
    """
    validated = signed_pdf.validate(content, bytes(to_sign(version).content))
    if signatory is None:
        refuse("signatory-missing", key="signatory")
    same = _words(validated.signer) == _words(signatory.name)
    if not (same or confirmed):
        refuse("signer-differs", key="confirmed", signer=validated.signer, signatory=signatory.name)
    found = {**validated.report, "name_in_certificate": validated.signer, "name_confirmed": not same}
    return SignedFile(content, name, validated.assurance, found)


@dataclass(frozen=True)
class SignedPaper:
    """A scan of a paper that was signed by hand, and why it was."""

    content: bytes
    media_type: str
    name: str
    reason: str

    def kept(self, version: DocumentVersion, received_on: dt.date, by: Mandate) -> Signing:
        """Keep the scan as evidence of a paper that came on a day, taken in by a mandate."""
        told = {"received_on": received_on.isoformat(), "reason": self.reason, "code": code_of(version)}
        evidence = files.store(self.content, self.media_type, self.name, by)
        return Signing("paper", evidence=evidence, report=told, recorded_by=by)


def check_scan(
    version: DocumentVersion, content: bytes, name: str, signatory: Person | None, reason: str
) -> SignedPaper:
    """What can be known of a scan before the act. Raises Refused: those of ``intake.media_type``, ``not-sent-out``,
    ``signatory-missing``, ``reason-missing``.
    """
    to_sign(version)
    kind = intake.media_type(content)
    if signatory is None:
        refuse("signatory-missing", key="signatory")
    if not reason.strip():
        refuse("reason-missing", key="reason")
    return SignedPaper(content, kind, name, reason.strip())


def require_received_on(version: DocumentVersion, received_on: dt.date, at: dt.datetime) -> None:
    """Raises Refused: ``received-in-future`` (seen at a time), ``received-before-frozen``."""
    frozen_on = version.effective_at.astimezone(clock.STOCKHOLM).date()
    if received_on > at.astimezone(clock.STOCKHOLM).date():
        refuse("received-in-future", key="received_on", day=received_on.isoformat())
    if received_on < frozen_on:
        refuse("received-before-frozen", key="received_on", day=received_on.isoformat(), frozen=frozen_on.isoformat())


def received_at(received_on: dt.date, at: dt.datetime) -> dt.datetime:
    """When a paper counts as received: now where it came today, else at the end of its day."""
    return at if received_on == at.astimezone(clock.STOCKHOLM).date() else clock.end_of_day(received_on)


def _words(name: str) -> set[str]:
    """The words of a name, whatever their order and case; a test certificate's mark is none of them."""
    return {word.strip(",.").casefold() for word in name.split()} - {"test"}
