# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the method did on made-up panels where the truth is known, as bench/effects.py counted it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "reference" / "effects" / "checked.csv"


@dataclass(frozen=True)
class Checked:
    """One made-up world over so many ``panels``, in per cent: how often the interval holds the true effect, how often
    an effect is called found, and how often the library's own interval holds it. ``true_effect`` 0: there is none.
    """

    world: str
    panels: int
    holds: Decimal
    finds: Decimal
    library_holds: Decimal
    true_effect: Decimal


@cache
def checked() -> tuple[Checked, ...]:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return tuple(
            Checked(
                row["world"],
                int(row["panels"]),
                *(Decimal(row[name]) for name in ("holds", "finds", "library_holds", "true_effect")),
            )
            for row in csv.DictReader(file)
        )
