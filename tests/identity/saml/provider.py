# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real SAML identity provider (pysaml2 with xmlsec1) as a program of its own, in an environment of its own.

    .venv-saml/bin/python tests/identity/saml/provider.py FOLDER < configuration.json

The configuration: port, metadata (the service's), identities (name -> attributes, level, subject). It prints its
certificate. ``/sso`` asks who one is; with ``how`` it misbehaves in one way, see HOW.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.saml import NAMEID_FORMAT_PERSISTENT, NameID
from saml2.server import Server

GIVEN: dict[str, Any] = json.load(sys.stdin)
METADATA: str = GIVEN["metadata"]
ANOTHER = "https://another.example/metadata"  # another service, which the answers of "other-audience" are for
FOLDER = Path(sys.argv[1])
HERE = f"http://127.0.0.1:{GIVEN['port']}"
HOW = ("", "unsigned", "unsigned-assertion", "other-key", "other-audience", "unasked", "over")


def new_key(name: str) -> tuple[str, str]:
    """Files of a key and its certificate."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1)).sign(key, hashes.SHA256())
    )  # fmt: skip
    kind, no_password = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files = FOLDER / f"{name}.key", FOLDER / f"{name}.pem"
    files[0].write_bytes(key.private_bytes(serialization.Encoding.PEM, kind, no_password))
    files[1].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return str(files[0]), str(files[1])


def server(key: str, certificate: str, minutes: int = 5) -> Server:
    config = IdPConfig().load(
        {
            "entityid": f"{HERE}/metadata",
            "service": {
                "idp": {
                    "endpoints": {"single_sign_on_service": [(f"{HERE}/sso", BINDING_HTTP_REDIRECT)]},
                    "policy": {"default": {"lifetime": {"minutes": minutes}}},
                }
            },
            "key_file": key,
            "cert_file": certificate,
            "metadata": {"inline": [METADATA, re.sub('entityID="[^"]*"', f'entityID="{ANOTHER}"', METADATA)]},
        }
    )
    return Server(config=config)


HONEST = new_key("honest")
SERVERS = {"": server(*HONEST), "other-key": server(*new_key("other")), "over": server(*HONEST, minutes=-10)}


def answer(asked: dict[str, list[str]]) -> str:
    """A page whose form carries the answer to the service."""
    who, how = asked["who"][0], asked.get("how", [""])[0]
    assert how in HOW, how
    idp = SERVERS.get(how, SERVERS[""])
    request = idp.parse_authn_request(asked["SAMLRequest"][0], BINDING_HTTP_REDIRECT)
    binding, there = idp.pick_binding("assertion_consumer_service", [BINDING_HTTP_POST], request=request.message)
    identity = GIVEN["identities"][who]
    service = idp.response_args(request.message)["sp_entity_id"]
    response = idp.create_authn_response(
        identity["attributes"],
        None if how == "unasked" else request.message.id,
        there,
        ANOTHER if how == "other-audience" else service,
        name_id=NameID(format=NAMEID_FORMAT_PERSISTENT, text=identity["subject"]),
        authn={"class_ref": identity["level"], "authn_auth": HERE},
        sign_assertion=how not in ("unsigned", "unsigned-assertion"),
        sign_response=how != "unsigned",
        sign_alg="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        digest_alg="http://www.w3.org/2001/04/xmlenc#sha256",
    )
    return str(idp.apply_binding(binding, str(response), there, "", response=True)["data"])


def choice(asked: dict[str, list[str]]) -> str:
    links = "".join(
        f'<p><a href="/sso?{html.escape(urlencode({**{k: v[0] for k, v in asked.items()}, "who": who}))}">{who}</a></p>'
        for who in GIVEN["identities"]
    )
    return f'<!doctype html><html lang="sv"><title>Legitimering</title>{links}'


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    asked = parse_qs(environ["QUERY_STRING"])
    page = answer(asked) if "who" in asked else choice(asked)
    start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [page.encode()]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


if __name__ == "__main__":
    with make_server("127.0.0.1", GIVEN["port"], application, handler_class=Quiet) as web:
        certificate = Path(HONEST[1]).read_text()
        print("ready", json.dumps({"certificate": certificate, "entity_id": f"{HERE}/metadata"}), flush=True)
        web.serve_forever()
