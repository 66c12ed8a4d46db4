# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one text of a content that has one hash: canonical JSON (RFC 8785), text in NFC, numbers as strings."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import rfc8785

from overens.rules.findings import refuse
from overens.rules.text import is_writable


def canonical(content: Mapping[str, Any]) -> str:
    """Canonical JSON of a mapping of str, int, bool, None, date, list and mapping. Numbers become strings.

    Raises Refused (``text-unwritable``): what is signed has no character that cannot be seen.
    """
    return rfc8785.dumps(_plain(content)).decode()


def _plain(value: Any) -> Any:
    match value:
        case bool() | None:
            return value
        case int():
            return str(value)  # JSON's numbers are floats; a sum of money is not
        case str():
            if not is_writable(value):
                refuse("text-unwritable")
            return unicodedata.normalize("NFC", value)
        case dt.date():
            return value.isoformat()
        case Mapping():
            return {str(k): _plain(v) for k, v in value.items()}
        case Iterable() if not isinstance(value, bytes):
            return [_plain(v) for v in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
