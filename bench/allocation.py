# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""1 000 agreements of two pots × 311 recipients (290 municipalities and 21 regions), by each rounding.

Beside it in the same run the floor: the shortest honest Python for the simplest rounding, one Fraction a cell.
"""

from __future__ import annotations

import random
import time
from fractions import Fraction
from math import floor

from bench.ground import seconds, table
from overens.rules import reading
from overens.rules.agreement import Agreement
from overens.rules.allocation import allocate

AGREEMENTS, RECIPIENTS, GROUPS = 1000, 311, 20
POTS = ("insatser", "specialistutbildning")
ROUNDINGS = ("half-up", "rest-on-largest", "largest-remainder", "controlled")


def agreements() -> list[Agreement]:
    """The 2019 agreement with other recipients and other sums."""
    chance = random.Random(1)
    original, _ = reading.read(reading.find("2019").read_text(encoding="utf-8"))
    assert original is not None
    regions = original.group("regioner")
    groups = []
    for _ in range(GROUPS):
        recipients = tuple(
            regions.recipients[0].model_copy(update={"code": f"{n:03d}", "weight": chance.randrange(2_000, 2_500_000)})
            for n in range(RECIPIENTS)
        )
        groups.append(regions.model_copy(update={"recipients": recipients}))
    made = []
    for number in range(AGREEMENTS):
        pots = tuple(
            pot.model_copy(update={"amount": chance.randrange(10**8, 5 * 10**9)}) if pot.id in POTS else pot
            for pot in original.pots
        )
        others = tuple(groups[number % GROUPS] if group.id == "regioner" else group for group in original.groups)
        made.append(original.model_copy(update={"pots": pots, "groups": others}))
    return made


def naive(agreement: Agreement) -> dict[str, dict[str, int]]:
    """Half up, each cell by itself, as one would write it on a whiteboard."""
    weights = {r.code: Fraction(r.weight) for r in agreement.group("regioner").recipients}
    total = sum(weights.values())
    return {
        id: {
            code: floor(agreement.pot(id).amount * weight / total + Fraction(1, 2)) for code, weight in weights.items()
        }
        for id in POTS
    }


def line(name: str, took: float, floor_time: float) -> list[str]:
    return [name, f"{took:.1f}", f"{1000 * took / AGREEMENTS:.2f}", f"{took / floor_time:.1f}"]


def main() -> None:
    made = agreements()
    for agreement in made[:5]:
        rows = allocate(agreement, POTS, "half-up").rows
        assert naive(agreement) == {id: {row.code: row.kronor[id] for row in rows} for id in POTS}
    floor_time = seconds(lambda: [naive(agreement) for agreement in made])
    lines = [line("floor: a Fraction a cell, half up", floor_time, floor_time)]
    for rounding in ROUNDINGS:
        started = time.perf_counter()
        for agreement in made:
            allocate(agreement, POTS, rounding)
        lines.append(line(f"`{rounding}`", time.perf_counter() - started, floor_time))
    table(
        f"Allocation of {AGREEMENTS} agreements × {len(POTS)} pots × {RECIPIENTS} recipients",
        ["rounding", "seconds", "ms an agreement", "times the floor"],
        lines,
    )


if __name__ == "__main__":
    main()
