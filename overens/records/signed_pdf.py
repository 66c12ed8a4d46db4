# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A PDF that was signed outside the service: is it ours, is it signed, and by whose certificate.

What is trusted lies in ``OVERENS_SIGNING_ROOTS``: PEM files with the issuers' root certificates. Nothing is fetched
from anywhere: revocation is not checked, and the report says so. A certificate is judged at the time that a trusted
time-stamp gives, or else when the file comes in: a time that the signer states proves nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

from asn1crypto.cms import ContentInfo  # type: ignore[import-untyped]
from django.conf import settings
from django.utils import timezone
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel
from pyhanko.sign.diff_analysis.policy_api import DiffResult
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError

from overens.records import intake, test_keys
from overens.rules.findings import refuse
from overens.rules.process import Assurance

# Signing is what the certificate must be for, under either name that issuers use for it.
FOR_SIGNING = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


@dataclass(frozen=True)
class Validated:
    """Whose certificate signed, how surely its policy says that they were identified, and all that was checked."""

    signer: str
    assurance: Assurance
    report: dict[str, Any]


def validate(content: bytes, sent_out: bytes) -> Validated:
    """Check that a file is exactly what was sent out, with one valid signature on it and nothing else.

    Raises Refused at ``file``: those of ``intake.media_type``, ``signed-other-document``, ``signature-missing``,
    ``signature-several``, ``signature-beside`` (more than the signature was added), ``signature-broken``,
    ``signature-untrusted`` (no trusted issuer), ``signature-expired``, ``signature-revoked``.
    """
    intake.media_type(content, accepted=(intake.PDF,))
    if not content.startswith(sent_out):
        refuse("signed-other-document", key="file")
    reader = intake.open_pdf(content)
    try:
        found = reader.embedded_regular_signatures
        if not found:
            refuse("signature-missing", key="file")
        if len(found) > 1:
            refuse("signature-several", key="file", count=len(found))
        (signature,) = found
        ours = PdfFileReader(io.BytesIO(sent_out)).total_revisions
        added = DEFAULT_DIFF_POLICY.review_file(reader, ours - 1)
        if not isinstance(added, DiffResult) or added.modification_level > ModificationLevel.FORM_FILLING:
            refuse("signature-beside", key="file")
        # Behind the signature the standard has zeros; no signature covers what else lies there.
        room = signature.pkcs7_content
        if room[len(ContentInfo.load(room).dump()) :].strip(b"\x00"):
            refuse("signature-beside", key="file")
        status = _status(signature, timezone.now())
        stamped = status.timestamp_validity
        if stamped is not None and stamped.valid and stamped.intact and stamped.trusted:
            status = _status(signature, stamped.timestamp)
    except (PdfError, SignatureValidationError, ValidationError, ValueError, TypeError, KeyError):
        refuse("signature-broken", key="file")
    _judge(status)
    return Validated(
        _name(status.signing_cert),
        _assurance(status.signing_cert),
        _report(content, sent_out, status),
    )


def _status(signature: EmbeddedPdfSignature, moment: dt.datetime) -> PdfSignatureStatus:
    context = ValidationContext(
        trust_roots=list(roots()), allow_fetching=False, revocation_mode="soft-fail", moment=moment
    )
    return validate_pdf_signature(signature, context, key_usage_settings=FOR_SIGNING)


def _judge(status: PdfSignatureStatus) -> None:
    if not (status.intact and status.valid) or status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        refuse("signature-broken", key="file")
    signer = _name(status.signing_cert)
    if status.revoked:
        refuse("signature-revoked", key="file", signer=signer)
    if not status.trusted:
        validity = status.signing_cert["tbs_certificate"]["validity"].native
        late = status.trust_problem_indic in (AdESIndeterminate.OUT_OF_BOUNDS_NO_POE, AdESIndeterminate.EXPIRED)
        if late or not validity["not_before"] <= timezone.now() <= validity["not_after"]:
            first, last = (validity[name].date().isoformat() for name in ("not_before", "not_after"))
            refuse("signature-expired", key="file", signer=signer, first=first, last=last)
        issuer = str(status.signing_cert.issuer.human_friendly)
        refuse("signature-untrusted", key="file", signer=signer, issuer=issuer)
    if not status.bottom_line:
        refuse("signature-broken", key="file")


def _name(certificate: Any) -> str:
    """The name in a certificate, as a person is called; else all of its subject."""
    names = certificate.subject.native
    return str(names.get("common_name") or certificate.subject.human_friendly)


def _assurance(certificate: Any) -> Assurance:
    """What OVERENS_SIGNING_POLICIES says of the certificate's policies; the highest, or "" where it says nothing."""
    told = dict(pair.split("=", 1) for pair in settings.OVERENS_SIGNING_POLICIES.split())
    levels = [Assurance(told[policy]) for policy in _policies(certificate) if policy in told]
    return max(levels, key=list(Assurance).index, default=Assurance.NONE)


def _policies(certificate: Any) -> list[str]:
    value = certificate.certificate_policies_value
    return [policy["policy_identifier"].dotted for policy in value] if value is not None else []


def _report(content: bytes, sent_out: bytes, status: PdfSignatureStatus) -> dict[str, Any]:
    """What was checked, with which outcome, as values that can be kept and shown; times in UTC."""
    certificate = status.signing_cert
    validity = certificate["tbs_certificate"]["validity"].native
    path = status.validation_path
    chain = [str(each.subject.human_friendly) for each in path] if path is not None else []
    stamped = status.timestamp_validity
    return {
        "validated_at": _utc(timezone.now()),
        "validator": f"pyHanko {version_of('pyHanko')}",
        "file_sha256": hashlib.sha256(content).hexdigest(),
        "sent_out_sha256": hashlib.sha256(sent_out).hexdigest(),
        "added": "only the signature",
        "integrity": "intact, over the whole file",
        "digest": status.md_algorithm,
        "mechanism": status.pkcs7_signature_mechanism,
        "signer": str(certificate.subject.human_friendly),
        "issuer": str(certificate.issuer.human_friendly),
        "serial": str(certificate.serial_number),
        "certificate_sha256": certificate.sha256.hex(),
        "valid_from": _utc(validity["not_before"]),
        "valid_to": _utc(validity["not_after"]),
        "policies": _policies(certificate),
        "chain": chain,
        "stated_time": _utc(status.signer_reported_dt) if status.signer_reported_dt else "",
        "timestamp": _utc(stamped.timestamp) if stamped is not None else "",
        "judged_at": "time-stamp" if stamped is not None else "receipt",
        "revocation": "not checked",
        "test": any(test_keys.TEST in each for each in chain),
    }


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def roots() -> tuple[Any, ...]:
    """The root certificates that are trusted. In the demo a test root is made where there is none."""
    folder = Path(settings.OVERENS_SIGNING_ROOTS)
    if settings.DEMO and not any(folder.glob("*.pem")):
        test_keys.make_root(folder)
    files = sorted(folder.glob("*.pem"))
    return _read(tuple((str(path), path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[str, int], ...]) -> tuple[Any, ...]:
    return tuple(load_certs_from_pemder(path for path, _changed in files))  # type: ignore[no-untyped-call]
