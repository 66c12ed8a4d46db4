# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Filling in the costs of a financial report from the books, beside what somebody has typed by hand.

A row of costs is ``{"title", "kronor", "key"}`` under its head, all text, as the form's draft has it. What was filled
in from the books before is known (``before``), so any other row is somebody's own: it is kept or replaced as they
choose, never silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from overens.rules.amounts import AmountError, parse_amount
from overens.rules.costing import Item

Row = Mapping[str, str]
PARTS = ("head", "title", "kronor", "key")


@dataclass(frozen=True)
class Change:
    """What a cost item would be changed from and to, in kronor as typed; None where it is not there."""

    head: str
    title: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Prefilled:
    """``costs``: rows by head, to be typed. ``by_hand``: the rows of before that are not from the books."""

    costs: Mapping[str, list[dict[str, str]]]
    changes: tuple[Change, ...]
    by_hand: tuple[Row, ...]


def offered(items: Iterable[Item]) -> list[dict[str, str]]:
    """The cost items as rows with their head; an item that comes to nothing is none."""
    return [
        {"head": i.line.head, "title": i.line.item, "kronor": str(i.kronor), "key": i.line.explained}
        for i in items
        if i.kronor
    ]


def typed_rows(typed: Mapping[str, Any], heads: Sequence[str]) -> list[dict[str, str]]:
    """The rows of costs in a draft, each with its head."""
    return [
        {"head": head, **{part: str(row.get(part) or "").strip() for part in PARTS[1:]}}
        for head in heads
        for row in typed.get(head) or []
    ]


def is_from_books(row: Row, items: Iterable[Row]) -> bool:
    """True when a row stands as it was filled in; a sum is the same however it is grouped."""
    return any(_same(row, item) for item in items)


def _same(row: Row, other: Row) -> bool:
    return (row["head"], row["title"], row["key"]) == (other["head"], other["title"], other["key"]) and _digits(
        row["kronor"]
    ) == _digits(other["kronor"])


def _digits(text: str) -> str:
    try:
        return str(parse_amount(text))
    except AmountError:
        return text


def prefill(
    typed: Mapping[str, Any], before: Iterable[Row], rows: Iterable[Row], heads: Sequence[str], *, keep: bool
) -> Prefilled:
    """What the costs would be. before: what was filled in last time; rows: what the books come to now.

    keep: rows that somebody typed or changed stay, and stand for what the books say under the same head and title.
    """
    were, earlier, new = typed_rows(typed, heads), list(before), list(rows)
    by_hand = [row for row in were if not is_from_books(row, earlier) and not is_from_books(row, new)]
    kept = by_hand if keep else []
    own = {(row["head"], row["title"]) for row in kept}
    result = [*kept, *(row for row in new if (row["head"], row["title"]) not in own)]
    costs = {head: [_without_head(row) for row in result if row["head"] == head] for head in heads}
    return Prefilled(costs, tuple(_changes(were, result)), tuple(by_hand))


def _without_head(row: Row) -> dict[str, str]:
    return {part: row[part] for part in PARTS[1:]}


def _changes(were: list[dict[str, str]], result: list[Row]) -> Iterable[Change]:
    old, new = (_by_name(rows) for rows in (were, result))
    for name in [*old, *(name for name in new if name not in old)]:
        before, after = old.get(name), new.get(name)
        if before is None or after is None or _digits(before) != _digits(after):
            yield Change(*name, before, after)


def _by_name(rows: Iterable[Row]) -> dict[tuple[str, str], str]:
    """Sums by head and title; of two rows with one name, both as they are written."""
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        name = (row["head"], row["title"])
        found[name] = f"{found[name]} + {row['kronor']}" if name in found else row["kronor"]
    return found
