# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table behind a picture: shown on its page, and fetched as a file that says what its figures stand on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _

from overens.desks import exports, saying
from overens.planning.supply.projection import Projection

# More columns than these need the sheet on its side.
BROAD = 12
Cell = str | int | float | None


@dataclass(frozen=True)
class Table:
    """``texts``: how many of the first columns are words; the rest are figures. ``whole``: the page shows persons to
    the last one, so that they can be added up.
    """

    name: str
    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    texts: int = 1
    whole: bool = False

    @property
    def is_broad(self) -> bool:
        """Wider than an upright sheet of paper."""
        return len(self.header) > BROAD

    @property
    def columns(self) -> list[tuple[str, bool]]:
        return [(label, at >= self.texts) for at, label in enumerate(self.header)]

    @property
    def shown(self) -> list[list[tuple[str, bool]]]:
        """Each cell in words, and whether it is a figure."""
        return [[(said(cell, self.whole), at >= self.texts) for at, cell in enumerate(row)] for row in self.rows]


def said(cell: Cell, whole: bool = False) -> str:
    """As a page says it: no more digits than :func:`rounded` leaves."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    return saying.number(round(cell)) if whole else about(cell)


def about(number: float) -> str:
    """As :func:`rounded`, in words."""
    return saying.number(rounded(number)) if math.isfinite(number) else "–"


def rounded(number: float) -> Decimal:
    """With no more digits than a projection can carry, two or from 100 up three, and no more than two decimals:
    −1 240, 328, 53, 5,3, 0,04.
    """
    size = math.floor(math.log10(abs(number))) if number else 0
    exact = round(Decimal(number), min((2 if size >= 2 else 1) - size, 2)) if abs(size) < 20 else Decimal(0)
    return Decimal(int(exact)) if exact == int(exact) else exact.normalize()


def file(form: str, table: Table, projection: Projection) -> HttpResponse:
    """The table as a file, its figures unrounded; the last column says whether they stand on made-up data."""
    of = stands_on(projection.facts.synthetic)
    return exports.table_response(form, table.name, [*table.header, _("Uppgifter")], [[*row, of] for row in table.rows])


def stands_on(synthetic: bool) -> str:
    """What every row of a file says of its figures: that they stand on made-up data, or on data."""
    return _("Syntetiska, påhittade men rimliga uppgifter") if synthetic else _("data")
