# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How often the intervals hold the true effect, and how often an effect is found that is not there: on made-up panels
of 21 regions with values that hang together over time and measures that begin in different years. Beside ours the
library's own intervals (Callaway and Sant'Anna, analytic and by the multiplier bootstrap; imputation, leave-one-out).
And how long a study takes.

    python -m bench effects            # a table, 1 000 panels a row
    python -m bench.effects --write    # and into overens/reference/effects/checked.csv, which the page shows
"""

from __future__ import annotations

import csv
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bench.ground import table
from overens.rules.effects import checked, comparing, permuting, studying
from overens.rules.effects.panel import Panel
from overens.rules.effects.simulating import World, simulated

PANELS = 1000
DEALT, BOOTSTRAPS = 999, 499
METHODS = ("ours", "callaway-santanna", "callaway-santanna-bootstrap", "imputation")
FEW = ((5, 2), (8, 2))
WORLDS: dict[str, World] = {
    "none": World(),
    "constant": World(effect=1.0),
    "uneven": World(effect=1.0, uneven=True),
    "sticky": World(stays=0.9),
    "few": World(groups=FEW),
    "few-effect": World(effect=1.0, groups=FEW),
    "most": World(groups=((5, 6), (7, 6), (9, 6))),
    "all": World(groups=((5, 7), (7, 7), (9, 7))),
    "noisy-first": World(noisy_first=True),
}


def main(panels: int = PANELS, write: bool = False) -> None:
    rows = [counted(name, world, panels) for name, world in WORLDS.items()]
    table(
        f"Intervals of 95 per cent on {panels} made-up panels of 21 regions: how often they hold the truth",
        ["world", *METHODS, "finds at 5 % (ours)", "finds at 5 % (c-s)", "smallest found, median"],
        [
            [row["world"], *(f"{100 * row[each]:.1f}" for each in METHODS), f"{100 * row['found']:.1f}",
             f"{100 * row['found_library']:.1f}", f"{row['smallest']:.2f}"]
            for row in rows
        ],
    )  # fmt: skip
    power(panels)
    speed()
    if write:
        with checked.SHIPPED.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["world", "panels", "holds", "finds", "library_holds", "true_effect"])
            for row in rows:
                shown = (f"{100 * row[name]:.1f}" for name in ("ours", "found", "callaway-santanna"))
                writer.writerow([row["world"], panels, *shown, f"{WORLDS[row['world']].effect:g}"])


def counted(name: str, world: World, panels: int) -> dict[str, Any]:
    """Shares over panels made with the seeds 0, 1, 2 …, the same for every method."""
    held = dict.fromkeys(METHODS, 0)
    found = library = 0
    smallest = []
    for seed in range(panels):
        panel, true = simulated(world, seed)
        for method, low, high, finds in intervals(panel, seed):
            held[method] += low <= true <= high
            found += finds if method == "ours" else 0
            library += finds if method == "callaway-santanna" else 0
        smallest.append(smallest_of(panel, seed))
    shares = {method: count / panels for method, count in held.items()}
    middle = sorted(smallest)[panels // 2]
    return {"world": name, **shares, "found": found / panels, "found_library": library / panels, "smallest": middle}


def intervals(panel: Panel, seed: int) -> Iterator[tuple[str, float, float, bool]]:
    """By method: its interval, and whether it calls the effect another than none."""
    import diff_diff as library
    import pandas as pd

    weights = comparing.overall(panel)
    assert weights is not None
    ways = permuting.orders(len(panel.units), seed, DEALT)
    ours = permuting.interval(weights, comparing.values_of(panel), comparing.with_measure(panel), ways)
    far = float("inf")
    yield "ours", -far if ours.low is None else ours.low, far if ours.high is None else ours.high, ours.p <= 0.05
    frame = pd.DataFrame(
        [
            (unit, year, value, start or 0)
            for unit, values, start in zip(panel.units, panel.values, panel.starts, strict=True)
            for year, value in zip(panel.years, values, strict=True)
        ],
        columns=["unit", "year", "value", "start"],
    )
    same: dict[str, Any] = {"control_group": "not_yet_treated", "base_period": "universal", "estimation_method": "reg"}
    estimators: dict[str, Any] = {
        "callaway-santanna": library.CallawaySantAnna(**same),
        "callaway-santanna-bootstrap": library.CallawaySantAnna(
            **same, n_bootstrap=BOOTSTRAPS, bootstrap_weights="webb", seed=seed
        ),
        "imputation": library.ImputationDiD(leave_one_out=True),
    }
    for method, estimator in estimators.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = estimator.fit(frame, "value", "unit", "year", "start")
        low, high = result.overall_conf_int
        yield method, low, high, bool(result.overall_p_value <= 0.05)


def smallest_of(panel: Panel, seed: int) -> float:
    weights = comparing.overall(panel)
    assert weights is not None
    ways = permuting.orders(len(panel.units), seed, DEALT)
    return permuting.smallest_found(weights, comparing.without_effect(panel), ways)


def power(panels: int) -> None:
    """Whether what is said to be found four times in five is: with an effect as large as the middle panel says."""
    rows = []
    for name in ("none", "sticky", "few"):
        world = WORLDS[name]
        smallest = sorted(smallest_of(simulated(world, seed)[0], seed) for seed in range(panels))[panels // 2]
        found = 0
        for seed in range(panels):
            panel, _true = simulated(replace(world, effect=smallest), seed)
            weights = comparing.overall(panel)
            assert weights is not None
            ways = permuting.orders(len(panel.units), seed, DEALT)
            result = permuting.interval(weights, comparing.values_of(panel), comparing.with_measure(panel), ways)
            found += result.p <= 0.05
        rows.append([name, f"{smallest:.2f}", f"{100 * found / panels:.1f}"])
    table("An effect as large as the smallest that is said to be found", ["world", "effect", "found, %"], rows)


def speed() -> None:
    panel, _true = simulated(World(effect=1.0), 1)
    studying.study(panel, 1)  # imports
    started = time.perf_counter()
    studying.study(panel, 1)
    table("A study of 21 regions and 12 years", ["", "s"], [["everything", f"{time.perf_counter() - started:.2f}"]])


if __name__ == "__main__":
    main(
        next((int(each) for each in sys.argv[1:] if each.isdigit()), PANELS),
        "--write" in sys.argv,
    )
