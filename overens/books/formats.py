# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which reader a ledger file goes to. What a file is, its bytes say, never its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from overens.exchange import ledger_table, sie
from overens.exchange.entries import Ledger
from overens.exchange.ledger_table import Proposal
from overens.records.canonical import canonical, digest

MEDIA_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def is_table(content: bytes) -> bool:
    """True for a table, whose columns have to be named; a SIE file begins with its first label."""
    return not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"#")


def header_of(proposal: Proposal) -> str:
    """What tells that two tables have the same columns: SHA-256 over their headings."""
    return digest(canonical({"headings": [heading.text for heading in proposal.headings]}))


def read(content: bytes, layout: Mapping[str, Any], name: str = "") -> Ledger:
    """layout: what each column of a table is, by its number (overens.exchange.ledger_table.Column)."""
    if is_table(content):
        return ledger_table.read(content, name, {int(number): column for number, column in layout.items()})
    return sie.ledger(sie.stream(content, name))


def names_of(ledger: Ledger) -> dict[str, Any]:
    """What the codes are called, as :class:`overens.rules.costing.Names` takes it."""
    objects: dict[str, dict[str, str]] = {}
    for (dimension, code), name in ledger.objects.items():
        objects.setdefault(dimension, {})[code] = name
    for entry in ledger.entries:  # what is used without having been named
        for dimension, code in entry.objects.items():
            objects.setdefault(dimension, {}).setdefault(code, "")
    accounts = {**dict.fromkeys((entry.account for entry in ledger.entries), ""), **ledger.accounts}
    return {"accounts": accounts, "dimensions": dict(ledger.dimensions), "objects": objects}


def media_type(format: str) -> str:
    """How a file of a format is kept: SIE is text."""
    return MEDIA_TYPES.get(format, "text/plain")
