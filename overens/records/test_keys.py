# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys and certificates that prove nothing, for the demo and the tests. Every subject says TEST."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.utils import timezone
from pyhanko.sign.signers import SimpleSigner

TEST = "TEST"
YEARS = 10
ROOT = "TEST-root"


def says_test(certificate: Any) -> bool:
    """True for a certificate (asn1crypto) whose subject says that it proves nothing."""
    return TEST in str(certificate.subject.native.get("organizational_unit_name", ""))


def make_seal_key(path: Path, name: str, password: bytes | None) -> None:
    """A self-signed key for an organisation's seal, as PKCS#12."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _subject(name)
    _keep(path, key, _certificate(subject, key, subject, key), password)


def make_root(folder: Path) -> None:
    """A root that signers' certificates can be issued by; its key lies beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _subject("Överens testrot")
    root = _certificate(subject, key, subject, key, is_root=True)
    _keep(folder / f"{ROOT}.p12", key, root, None)
    _write(folder / f"{ROOT}.pem", root.public_bytes(serialization.Encoding.PEM))


def signer(
    folder: Path, name: str, *, first: dt.datetime | None = None, days: int = 365, policy: str = ""
) -> SimpleSigner:
    """A signer with a certificate of the folder's test root, valid for so many days from ``first`` (yesterday)."""
    stored = pkcs12.load_pkcs12((folder / f"{ROOT}.p12").read_bytes(), None)
    assert stored.cert is not None
    assert isinstance(stored.key, ec.EllipticCurvePrivateKey)
    root = stored.cert.certificate
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(_subject(name), key, root.subject, stored.key, first=first, days=days, policy=policy)
    packed = pkcs12.serialize_key_and_certificates(b"signer", key, certificate, [root], NoEncryption())
    loaded = SimpleSigner.load_pkcs12_data(packed, other_certs=[])
    assert isinstance(loaded, SimpleSigner)
    return loaded


def _subject(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "SE"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TEST),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{TEST} {name}"[:64]),
        ]
    )


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    is_root: bool = False,
    first: dt.datetime | None = None,
    days: int = 365 * YEARS,
    policy: str = "",
) -> x509.Certificate:
    start = first or timezone.now() - dt.timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_root, content_commitment=not is_root, key_encipherment=False,
                data_encipherment=False, key_agreement=False, key_cert_sign=is_root, crl_sign=is_root,
                encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
    )  # fmt: skip
    if policy:
        stated = x509.PolicyInformation(x509.ObjectIdentifier(policy), None)
        builder = builder.add_extension(x509.CertificatePolicies([stated]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _keep(path: Path, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate, password: bytes | None) -> None:
    closed = BestAvailableEncryption(password) if password else NoEncryption()
    _write(path, pkcs12.serialize_key_and_certificates(path.stem.encode(), key, certificate, None, closed))


def _write(path: Path, content: bytes) -> None:
    """For the owner's eyes only; in one step, so that nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    draft.replace(path)
