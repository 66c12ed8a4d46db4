# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the costs of a financial report come from, as its own organisation sees it beside the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from overens.books.actions.prefilling import PART
from overens.books.reading import Books, heads
from overens.grants.models import Case
from overens.rules.prefilling import Row, is_from_books, typed_rows


@dataclass(frozen=True)
class Source:
    """A row of costs. ``url``: the rows behind it, empty where it was typed by hand or is not in the books."""

    title: str
    kronor: str
    url: str
    by_hand: bool


@dataclass(frozen=True)
class Trace:
    """``number`` and ``sha256`` of the mapping that filled the report in; ``files``: SHA-256 of each imported file."""

    number: str
    sha256: str
    files: tuple[str, ...]
    sources: tuple[Source, ...]


def trace(case: Case, typed: Mapping[str, Any]) -> Trace | None:
    """What a draft, or what a frozen version says was typed, has from the books; None where it has nothing."""
    part = typed.get(PART)
    version = case.mappings.filter(sha256=part["mapping"]).first() if part else None
    if part is None or version is None:
        return None
    address = reverse("books-rows", args=[case.recipient.code, case.agreement, case.line.code])
    numbers = {
        (line.head, line.item): n for n, line in enumerate(Books.of(version).lines, start=1) if line.stated is None
    }

    def source(row: Row) -> Source:
        own = is_from_books(row, part["items"])
        number = numbers.get((row["head"], row["title"])) if own else None
        url = f"{address}?version={version.number}&post={number}" if number else ""
        return Source(row["title"], row["kronor"], url, not own)

    rows = typed_rows(typed, list(heads(case.agreement)))
    return Trace(str(version.number), version.sha256, tuple(part["files"]), tuple(source(row) for row in rows))
