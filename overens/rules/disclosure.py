# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of a paper is about a person, and which counts would tell about one.

Two rules. *Masking*: which fields of a paper hold contact details or free text; these are never on a public page, and
are proposed for masking when a copy is given out. *Small counts*: which cells of a published table must be left out so
that nobody can tell about the few that are behind them.

Grounds are sections of the Public Access to Information and Secrecy Act (2009:400, "OSL"); which section applies is the
officer's judgement, and the proposals are ours (assumed).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Literal

from overens.rules.asked import FormField
from overens.rules.findings import refuse

Why = Literal["contact", "free-text"]

# Sources of prefilled values that are a person, or reach one.
CONTACT_SOURCES = frozenset(
    {
        "organisation.telephone",
        "organisation.email",
        "person.name",
        "attester.name",
        "attester.title",
        "attester.telephone",
        "attester.email",
        "signatory.name",
    }
)
CONTACT_TYPES = frozenset({"phone", "email", "signature"})
# Keys of papers that have no form of an agreement's: our own decisions, comments, answers, reviews.
CONTACT_KEYS = frozenset({"by", "contact", "name", "title", "telephone", "email", "sender"})
FREE_TEXT_KEYS = frozenset(
    {"reason", "reasons", "deviations", "measures", "comment", "answer", "wanted", "message", "correction", "remark"}
)


def personal(field: FormField) -> Why | None:
    """Why a field of a form is not for public pages, or None where it may be shown.

    A text that is typed, without a meaning or a source, may hold anything, a person's name too.
    """
    if field.type in CONTACT_TYPES or field.prefill in CONTACT_SOURCES:
        return "contact"
    if field.type == "long-text" or (field.type == "text" and field.prefill is None):
        return "free-text"
    return None


def personal_key(key: str) -> Why | None:
    """The same of a key of a paper without a form."""
    return "contact" if key in CONTACT_KEYS else "free-text" if key in FREE_TEXT_KEYS else None


_GROUND = re.compile(r"(\d{1,2})(?:\s*kap\.?\s*|:)\s*(\d{1,3}\s?[a-z]?)\s*§?", re.IGNORECASE)


def ground(text: str, key: str = "ground") -> str:
    """A section of OSL as it is cited: ``21:1`` and ``OSL 21 kap. 1 §`` are both "OSL 21 kap. 1 §".

    Raises Refused (``ground-unreadable``): a mask or a mark without its section is none.
    """
    found = _GROUND.fullmatch(re.sub(r"(?i)\bOSL\b|,", "", text).strip())
    if found is None:
        refuse("ground-unreadable", key=key, raw=text[:60])
    return f"OSL {int(found[1])} kap. {found[2].strip().lower()} §"


# --- Small counts ---------------------------------------------------------------------------------------------------


class Suppressed:
    """A cell that is not published: a count is there, and it is not told."""

    _instance: Suppressed | None = None

    def __new__(cls) -> Suppressed:
        cls._instance = cls._instance or super().__new__(cls)
        return cls._instance

    def __repr__(self) -> str:
        return "SUPPRESSED"


SUPPRESSED = Suppressed()
Cell = int | None | Suppressed
TOTAL = ""
Place = tuple[str, str]


@dataclass(frozen=True)
class Published:
    """A table with its totals as it may be shown; None is "not reported" and in no total, 0 is a count."""

    cells: Mapping[str, Mapping[str, Cell]]
    row_totals: Mapping[str, Cell]
    column_totals: Mapping[str, Cell]
    total: Cell


def suppress(table: Mapping[str, Mapping[str, int | None]], threshold: int = 5) -> Published:
    """Leave out counts of 1 to ``threshold`` − 1, and so many more that none that is left out can be worked out.

    table: row → column → count, or None where nothing was reported; names are not empty, every row has every column.
    What a reader knows: everything that is published, totals included, and that no count is below 0. A total that is
    small, or would tell a small count, is left out too; a cell that was not reported says so and is never left out.

    The table with its totals is a circulation: rows and columns are nodes, cells are arcs. A cell can be worked out
    unless some other table agrees with all that is published, that is, unless the cells left out form a cycle through
    it along which counts can be moved without one falling below 0. So each small count gets the cheapest such cycle.
    Assumed to be enough for counts of people: it keeps a count from being told exactly, not from being told roughly.
    """
    rows, columns = list(table), list(next(iter(table.values()), {}))
    values = _with_totals(table, rows, columns)
    hidden = {place for place, value in values.items() if value is not None and 0 < value < threshold}
    for place in sorted(hidden):
        if not _cycle(place, values, hidden, only_hidden=True):
            hidden |= _cycle(place, values, hidden)

    def shown(row: str, column: str) -> Cell:
        return SUPPRESSED if (row, column) in hidden else values[row, column]

    return Published(
        cells={row: {column: shown(row, column) for column in columns} for row in rows},
        row_totals={row: shown(row, TOTAL) for row in rows},
        column_totals={column: shown(TOTAL, column) for column in columns},
        total=shown(TOTAL, TOTAL),
    )


def _with_totals(
    table: Mapping[str, Mapping[str, int | None]], rows: list[str], columns: list[str]
) -> dict[Place, int | None]:
    values: dict[Place, int | None] = {(row, column): table[row][column] for row in rows for column in columns}
    for row in rows:
        values[row, TOTAL] = sum(values[row, column] or 0 for column in columns)
    for column in columns:
        values[TOTAL, column] = sum(values[row, column] or 0 for row in rows)
    values[TOTAL, TOTAL] = sum(values[row, TOTAL] or 0 for row in rows)
    return values


def _cost(place: Place, value: int, hidden: set[Place]) -> int:
    """What leaving a cell out costs the reader: what is out already nothing, totals most, a 0 more than a count."""
    if place in hidden:
        return 0
    if TOTAL in place:
        return 1_000_000 if place != (TOTAL, TOTAL) else 2_000_000
    return 1_000 + min(value, 999) if value else 5_000


def _arcs(
    values: Mapping[Place, int | None], hidden: set[Place], without: Place, only_hidden: bool
) -> dict[tuple[str, str], list[tuple[tuple[str, str], Place, int]]]:
    """From each node the steps that may be taken: to which node, by which cell, at which cost.

    A total counts against its row or column, so that raising it is a step the other way.
    """
    found: dict[tuple[str, str], list[tuple[tuple[str, str], Place, int]]] = {}
    for place, value in values.items():
        if value is None or place == without or (only_hidden and place not in hidden):
            continue
        row, column = ("row", place[0]), ("column", place[1])
        up, down = (row, column), (column, row)
        if (place[0] == TOTAL) != (place[1] == TOTAL):
            up, down = down, up
        cost = _cost(place, value, hidden)
        for start, end in (up, down) if value else (up,):  # a count of 0 can only be raised
            found.setdefault(start, []).append((end, place, cost))
    return found


def _cycle(
    place: Place, values: Mapping[Place, int | None], hidden: set[Place], only_hidden: bool = False
) -> set[Place]:
    """The cells of the cheapest cycle through a cell that is not 0; empty where there is none of hidden cells only."""
    arcs = _arcs(values, hidden, place, only_hidden)
    row, column = ("row", place[0]), ("column", place[1])
    best: tuple[int, set[Place]] | None = None
    for start, end in ((row, column), (column, row)):
        order = count()
        reached: set[tuple[str, str]] = set()
        queue: list[tuple[int, int, tuple[str, str], frozenset[Place]]] = [(0, next(order), start, frozenset())]
        while queue:
            cost, _, node, path = heappop(queue)
            if node == end:
                if best is None or cost < best[0]:
                    best = (cost, {place, *path})
                break
            if node in reached:
                continue
            reached.add(node)
            for to, cell, more in arcs.get(node, ()):
                if to not in reached:
                    heappush(queue, (cost + more, next(order), to, path | {cell}))
    return best[1] if best else set()
