# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The library's estimates: Callaway and Sant'Anna's, and beside it the imputation of Borusyak, Jaravel and Spiess.

Its own intervals are shown beside ours: with 21 regions they are too short (docs/effects.md). It takes seconds to
import, so nothing that a page imports imports this.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Literal

from overens.rules.effects.panel import Panel

NEVER = 0  # how the library wants to be told that a unit did not begin


@dataclass(frozen=True)
class Beside:
    """Another method's average effect with its own 95 per cent interval."""

    method: Literal["callaway-santanna", "imputation"]
    estimate: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Estimated:
    """``average`` over all regions and years with the measure; ``by_after``: by years after the start."""

    average: float
    by_after: dict[int, float]
    beside: tuple[Beside, ...]


def estimate(panel: Panel) -> Estimated:
    """What the library makes of a panel that something can be estimated from."""
    import diff_diff as library
    import pandas as pd

    rows = [
        (unit, year, value, start or NEVER)
        for unit, values, start in zip(panel.units, panel.values, panel.starts, strict=True)
        for year, value in zip(panel.years, values, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["unit", "year", "value", "start"])
    columns = ("value", "unit", "year", "start")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on estimates without a standard error, which we do not use
        groups = library.CallawaySantAnna(
            control_group="not_yet_treated", base_period="universal", estimation_method="reg"
        ).fit(frame, *columns)
        path = groups.aggregate("event_study")
        imputed = library.ImputationDiD(leave_one_out=True).fit(frame, *columns)
    by_after = {int(after): float(found) for after, found in zip(path.event_time, path.att, strict=True)}
    beside = (_beside("callaway-santanna", groups), _beside("imputation", imputed))
    return Estimated(float(groups.overall_att), by_after, beside)


def versions() -> dict[str, str]:
    """What estimates and deals, by name: part of what a result can be repeated from."""
    return {name: version(name) for name in ("diff-diff", "numpy")}


def _beside(method: Literal["callaway-santanna", "imputation"], found: Any) -> Beside:
    low, high = (float(each) if math.isfinite(each) else None for each in found.overall_conf_int)
    return Beside(method, float(found.overall_att), low, high)
