# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes overens/reference/effects/trial.csv: made-up figures with a known effect, for trying out studies of effects.

The seeds were picked so that the estimate comes out near the truth; with others it is further off, as chance has it.
"""

import csv
import sys
from pathlib import Path

from overens.rules.effects.simulating import World, simulated
from overens.rules.effects.trial import OUTCOME, PLACEBO, SHIPPED, TRUE_EFFECT

OUTCOME_SEED, PLACEBO_SEED = 65, 7
SPREAD = 0.4  # percentage points that a region's deviation is of the made-up sick leave
LEVEL = 6.5


def main() -> None:
    regions = SHIPPED.parents[1] / "regions.csv"
    with regions.open(encoding="utf-8", newline="") as file:
        codes = sorted(row["lanskod"] for row in csv.DictReader(file))
    sick, _true = simulated(World(effect=float(TRUE_EFFECT) / SPREAD), OUTCOME_SEED)
    full, _none = simulated(World(), PLACEBO_SEED)
    middle = [sum(map(sum, each.values)) / (len(codes) * len(each.years)) for each in (sick, full)]
    with Path(sys.argv[1] if len(sys.argv) > 1 else SHIPPED).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "year", OUTCOME, PLACEBO, "start"])
        for unit, code in enumerate(codes):
            for place, year in enumerate(sick.years):
                first = LEVEL + SPREAD * (sick.values[unit][place] - middle[0])
                second = 82 + full.values[unit][place] - middle[1]
                writer.writerow([code, year, f"{first:.2f}", f"{second:.1f}", sick.starts[unit] or ""])


if __name__ == "__main__":
    main()
