# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An organisation's electronic seal on a PDF: PAdES (ETSI EN 319 142-1), baseline B, or T with a time-stamping service.

A key is a PKCS#12 file in the folder ``OVERENS_SEAL_KEYS`` named by the organisation's code (``KAM.p12``), its password
in ``OVERENS_SEAL_PASSWORD``. In the demo a key is made where there is none; its certificate says TEST.
"""

from __future__ import annotations

import io
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import CMSExtractionError, CMSStructuralError
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from overens.records import locks, test_keys

FIELD = "Sigill"


class NoKey(Exception):
    """There is no key to seal with for an organisation."""


@dataclass(frozen=True)
class Seal:
    """An organisation's key with its certificate. ``certificate``: SHA-256, hexadecimal."""

    signer: signers.SimpleSigner
    certificate: str
    test_key: bool


@dataclass(frozen=True)
class Sealed:
    content: bytes
    certificate: str
    test_key: bool


def with_room_to_sign(pdf: bytes) -> bytes:
    """A PDF with an empty list of form fields, so that what a signature then adds can be told from other changes."""
    writer: Any = _Appending(io.BytesIO(pdf))
    objects: Any = generic
    form = objects.DictionaryObject({"/Fields": objects.ArrayObject()})
    # Signatures are appended: whoever signs shall not write the file anew (ISO 32000-1, 12.7.2).
    form["/SigFlags"] = objects.NumberObject(3)
    writer.root["/AcroForm"] = form
    writer.update_root()
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


class _Appending(IncrementalPdfFileWriter):
    """Adds the seal and leaves the metadata as they are: written anew they would not be those of PDF/A any more."""

    def _update_meta(self) -> None:
        return


def seal_of(code: str, name: str) -> Seal:
    """The seal of an organisation. Raises NoKey, which says what is missing or wrong."""
    path = _path(code)
    if not path.exists():
        if not settings.DEMO:
            raise NoKey(f"no key for {code}: put {path.name} in OVERENS_SEAL_KEYS")
        _make_test_key(path, name)
    return _loaded(path, path.stat().st_mtime_ns, _password())


def put(pdf: bytes, seal: Seal) -> Sealed:
    """Seal a PDF: certified, so that any later change to it breaks the seal. Not to be seen on the page itself, since
    what is to be read of it stands there as text.
    """
    field = SigFieldSpec(
        FIELD, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True), readable_field_name="Elektroniskt sigill"
    )
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    service = settings.OVERENS_TIMESTAMP_URL
    signer = signers.PdfSigner(
        metadata, seal.signer, timestamper=HTTPTimeStamper(service) if service else None, new_field_spec=field
    )
    sealed = signer.sign_pdf(_Appending(io.BytesIO(pdf)))
    return Sealed(sealed.getvalue(), seal.certificate, seal.test_key)


def broken(pdf: bytes, certificate: str) -> str | None:
    """What is wrong with a sealed PDF, in words: its one signature is over the whole file, by this certificate.

    That the certificate was trusted is judged when it is put in OVERENS_SEAL_KEYS; here the bytes are.
    """
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if len(signatures) != 1:
            return f"it has {len(signatures)} signatures, not one"
        (signature,) = signatures
        if signature.evaluate_signature_coverage() is not SignatureCoverageLevel.ENTIRE_FILE:
            return "the seal does not cover the whole file"
        if signature.signer_cert.sha256.hex() != certificate:
            return "it is sealed with another certificate than the recorded one"
        intact, valid = validate_sig_integrity(
            signature.signer_info, signature.signer_cert, "data", signature.compute_digest()
        )
    except (PdfReadError, CMSExtractionError, CMSStructuralError, SignatureValidationError, ValueError) as problem:
        return f"it cannot be read as a sealed PDF ({type(problem).__name__})"
    return None if intact and valid else "the seal does not hold for these bytes"


def keywords(pdf: bytes) -> str:
    """The keywords of a PDF's own metadata; among a paper's is the checksum of its content."""
    trailer = PdfFileReader(io.BytesIO(pdf)).trailer
    return str(trailer["/Info"].get("/Keywords", "")) if "/Info" in trailer else ""


def _path(code: str) -> Path:
    assert re.fullmatch(r"[A-Z0-9-]{1,20}", code), "an organisation's code names its key's file"
    return Path(settings.OVERENS_SEAL_KEYS) / f"{code}.p12"


def _password() -> bytes | None:
    return os.environ.get("OVERENS_SEAL_PASSWORD", "").encode() or None


@lru_cache(maxsize=32)
def _loaded(path: Path, _changed: int, password: bytes | None) -> Seal:
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(path.read_bytes(), other_certs=[], passphrase=password)
    except ValueError as problem:
        raise NoKey(f"{path.name} cannot be read: is OVERENS_SEAL_PASSWORD its password?") from problem
    certificate = signer.signing_cert
    assert certificate is not None
    return Seal(signer, certificate.sha256.hex(), test_keys.says_test(certificate))


def _make_test_key(path: Path, name: str) -> None:
    """Two processes that want a key at once get the same one."""
    locks.hold(f"seal/{path.name}")
    if not path.exists():
        test_keys.make_seal_key(path, name, _password())
