# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table as it was received, before anybody has said what its columns are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

# Numbers where the file has numbers; else its text, "" where there is none.
GridCell = str | int | Decimal


class GridRow(NamedTuple):
    """``number``: of the line in the file, the row in the sheet, or the value in the reply, from 1."""

    number: int
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class Grid:
    """``heads``: one for each cell of a row, all different. ``labels``: by head what its codes are called, where the
    file says both. ``about``: how it was read, by name, for people to see.
    """

    format: str
    heads: tuple[str, ...]
    rows: tuple[GridRow, ...]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)

    def samples(self, head: str, most: int) -> tuple[str, ...]:
        """The first different texts of a column."""
        at = self.heads.index(head)
        found: dict[str, None] = {}
        for row in self.rows:
            found.setdefault(str(row.cells[at]))
            if len(found) > most:
                break
        return tuple(found)[:most]
