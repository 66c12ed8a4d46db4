# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statistics as their sources publish them: json-stat2, Kolada's replies, and a plain table."""

from __future__ import annotations

from collections.abc import Sequence

from overens.exchange.statistics import jsonstat, kolada, plain
from overens.rules.statistics.asked import Asked, Format, Read

READERS = {"jsonstat": jsonstat.read, "kolada": kolada.read, "csv": plain.read}


def read(format: Format, replies: Sequence[bytes], asked: Asked) -> Read:
    """Read one table from a file, or from the replies that it came in. Raises Refused with what is wrong, and where."""
    return READERS[format](replies, asked)


def format_of(content: bytes) -> Format:
    """What a file seems to be."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith((b"{", b"[")):
        return "csv"
    return "kolada" if b'"municipality"' in start[:4000] and b'"kpi"' in start[:4000] else "jsonstat"
