# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which reader a ledger file goes to. What a file is, its bytes say, never its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from overens.exchange import sie
from overens.exchange.entries import Ledger

MEDIA_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def is_table(content: bytes) -> bool:
    """True for a table, whose columns have to be named; a SIE file begins with its first label."""
    return not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"#")


def header_of(content: bytes) -> str:
    raise NotImplementedError


def read(content: bytes, layout: Mapping[str, Any], name: str = "") -> Ledger:
    return sie.ledger(sie.stream(content, name))


def media_type(format: str) -> str:
    """How a file of a format is kept: SIE is text."""
    return MEDIA_TYPES.get(format, "text/plain")
