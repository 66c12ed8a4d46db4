# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Text that can be kept, drawn and signed: what is seen is all there is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from overens.rules.findings import Finding, error

# Control characters (PostgreSQL keeps no NUL, and XML 1.0, section 2.2, has no place for the others), half
# surrogates, and marks that turn the direction of what follows, by which a text can be shown as another than it is.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def is_writable(text: str) -> bool:
    """False for text with characters that no form takes; line breaks and tabs are fine."""
    return UNWRITABLE.search(text) is None


def unwritable(typed: Mapping[str, Any]) -> list[Finding]:
    """``text-unwritable`` at each field with such text; in rows of a field at ``<field>.<row>.<part>``."""
    return [error("text-unwritable", key) for key, text in _texts(typed) if not is_writable(text)]


def _texts(typed: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    for key, value in typed.items():
        if isinstance(value, str):
            yield f"{at}{key}", value
        elif isinstance(value, list):
            for number, row in enumerate(value):
                yield from _texts(row if isinstance(row, Mapping) else {"": row}, f"{at}{key}.{number}.")
