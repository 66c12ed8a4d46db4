# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The identity providers that an operator has configured, as allauth wants them. Read by the settings: no models here.

OVERENS_OIDC and OVERENS_SAML are JSON, or the path of a file with it: a list of objects (docs/login.md has every key).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from overens.rules.process import Assurance

# Levels of assurance of Swedish e-identification. To be confirmed with the provider: the assumed defaults.
LEVELS = {f"http://id.elegnamnden.se/loa/1.0/loa{n}": Assurance(f"loa{n}") for n in (4, 3, 2)}
BY_PROVIDER = (Assurance.LOA2, Assurance.LOA3, Assurance.LOA4)
COMMON = {"id", "name", "levels", "ask_for", "email_domains"}
OIDC = COMMON | {"server_url", "client_id", "secret", "scope", "subject_claim", "origins"}
SAML = COMMON | {
    "entity_id", "sso_url", "certificate", "metadata_url", "attributes", "our_entity_id", "our_certificate",
    "our_key", "encrypted", "origins",
}  # fmt: skip
SUBJECT_IN_SAML = ("urn:oasis:names:tc:SAML:attribute:subject-id", "urn:oid:1.2.752.29.4.13")
EMAIL_IN_SAML = ("urn:oid:0.9.2342.19200300.100.1.3",)


def configured(oidc: str, saml: str) -> dict[str, dict[str, Any]]:
    """SOCIALACCOUNT_PROVIDERS. Raises ImproperlyConfigured, naming the variable, the provider and the key."""
    found: dict[str, dict[str, Any]] = {
        "openid_connect": {
            "provider_class": "overens.web.login.oidc.OpenIdProvider",
            "APPS": [_oidc(each) for each in _entries("OVERENS_OIDC", oidc, OIDC)],
        },
        "saml": {
            "provider_class": "overens.web.login.saml.SamlProvider",
            "APPS": [_saml(each) for each in _entries("OVERENS_SAML", saml, SAML)],
        },
    }
    names = [app["provider_id"] for kind in found.values() for app in kind["APPS"]]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ImproperlyConfigured(f"OVERENS_OIDC, OVERENS_SAML: several providers have the id {', '.join(twice)}.")
    return found


def level_of(settings: Mapping[str, Any], claimed: object) -> Assurance:
    """What a provider's statement of assurance is worth here. One that is not configured is worth a password."""
    return Assurance(settings["levels"].get(claimed, Assurance.PASSWORD) if isinstance(claimed, str) else "password")


def may_vouch_for(settings: Mapping[str, Any], email: str) -> bool:
    """True when the provider may say who owns this address: all of them, or those of the domains it is limited to."""
    domains = settings.get("email_domains")
    return not domains or email.rpartition("@")[2].lower() in domains


def _entries(variable: str, text: str, known: set[str]) -> list[dict[str, Any]]:
    if not text.strip():
        return []
    try:
        if not text.lstrip().startswith(("[", "{")):
            text = Path(text.strip()).read_text(encoding="utf-8")
        entries = json.loads(text)
    except (OSError, ValueError) as problem:
        raise ImproperlyConfigured(f"{variable} is neither JSON nor the path of a file with JSON: {problem}") from None
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise ImproperlyConfigured(f"{variable} is not a list of objects, one per identity provider.")
    for number, entry in enumerate(entries, 1):
        where = f"{variable}, provider {number} ({entry.get('id', 'no id')})"
        for key in ("id", "name"):
            if not isinstance(entry.get(key), str) or not entry[key].strip():
                raise ImproperlyConfigured(f"{where}: {key} is missing.")
        if not re.fullmatch(r"[a-z0-9-]{1,40}", entry["id"]):
            raise ImproperlyConfigured(f"{where}: id may have small letters, digits and hyphens: it is in addresses.")
        if unknown := sorted(entry.keys() - known):
            raise ImproperlyConfigured(f"{where}: unknown {', '.join(unknown)}. Known: {', '.join(sorted(known))}.")
        entry["where"] = where
    return entries


def _oidc(entry: dict[str, Any]) -> dict[str, Any]:
    address = _address(entry, "server_url")
    levels = _levels(entry)
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": _text(entry, "client_id"),
        "secret": _text(entry, "secret"),
        "settings": {
            "server_url": address,
            "levels": levels,
            "ask_for": entry.get("ask_for", list(levels)),
            "scope": entry.get("scope", ["openid", "email"]),
            "uid_field": entry.get("subject_claim", "sub"),
            "email_domains": [domain.lower() for domain in entry.get("email_domains", [])],
            "origins": [_origin(address), *entry.get("origins", [])],
            # What counts is what the provider has signed: the ID token alone.
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
        },
    }


def _saml(entry: dict[str, Any]) -> dict[str, Any]:
    idp: dict[str, Any] = {"entity_id": _text(entry, "entity_id")}
    if "metadata_url" in entry:
        idp["metadata_url"] = _address(entry, "metadata_url")
        origins = list(entry.get("origins", []))
        if not origins:
            raise ImproperlyConfigured(f"{entry['where']}: with metadata_url, origins must say where people are sent.")
    else:
        idp |= {"sso_url": _address(entry, "sso_url"), "x509cert": _text(entry, "certificate")}
        origins = [_origin(idp["sso_url"]), *entry.get("origins", [])]
    levels = _levels(entry)
    ours = {"entity_id": entry["our_entity_id"]} if "our_entity_id" in entry else {}
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["id"],
        "settings": {
            "levels": levels,
            "ask_for": entry.get("ask_for", list(levels)),
            "email_domains": [domain.lower() for domain in entry.get("email_domains", [])],
            "origins": origins,
            "idp": idp,
            "sp": ours,
            "attribute_mapping": {
                "uid": list(SUBJECT_IN_SAML), "email": list(EMAIL_IN_SAML), **entry.get("attributes", {})
            },
            "advanced": {
                "strict": True,
                "want_assertion_signed": True,
                "want_assertion_encrypted": bool(entry.get("encrypted", False)),
                "reject_deprecated_algorithm": True,
                "reject_idp_initiated_sso": True,
                "x509cert": entry.get("our_certificate"),
                "private_key": entry.get("our_key"),
                "authn_request_signed": "our_key" in entry,
                "metadata_signed": "our_key" in entry,
                "allow_single_label_domains": True,
            },
        },
    }  # fmt: skip


def _levels(entry: dict[str, Any]) -> dict[str, str]:
    given = entry.get("levels", LEVELS)
    known = {level.value for level in BY_PROVIDER}
    if not isinstance(given, dict) or not given or not set(given.values()) <= known:
        raise ImproperlyConfigured(f"{entry['where']}: levels must give each of the provider's levels as loa2, 3 or 4.")
    return {str(claim): str(level) for claim, level in given.items()}


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ImproperlyConfigured(f"{entry['where']}: {key} is missing.")
    return value


def _address(entry: dict[str, Any], key: str) -> str:
    """Only HTTPS: what comes from there says who somebody is. (This machine itself may be asked without.)"""
    value = _text(entry, key)
    parts = urlsplit(value)
    here = parts.hostname in ("127.0.0.1", "localhost")
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and here)):
        raise ImproperlyConfigured(f"{entry['where']}: {key} must be an https address, and is {value!r}.")
    return value


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
