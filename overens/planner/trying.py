# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What trying a result gives, as it is kept: which assumptions matter most, and how often the intervals hold."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

from overens.planner import results
from overens.planner.models import Computed
from overens.planning.supply.backtest import Backtest, Horizon
from overens.planning.supply.sensitivity import Sensitivity
from overens.records.models import Run

# What trying a result is called among the runs.
KIND = "supply-trial"


@dataclass(frozen=True)
class Effect:
    """What one assumption does: the last year's gap with it at its low and at its high, in persons who work full time,
    and its share of the variance of that gap.
    """

    parameter: str
    low: float
    high: float
    share: float


@dataclass(frozen=True)
class Answers:
    """``expected``: the last year's gap in persons who work full time. ``linear`` and ``drawn``: standard deviations of
    that gap in hours, as the effects add up to and as it was with all drawn together. ``horizons``, ``all_years``: as
    the back-test has them.
    """

    expected: float
    linear: float
    drawn: float
    effects: tuple[Effect, ...]
    horizons: tuple[Horizon, ...]
    all_years: Horizon
    machinery: bool


def run_of(projected: Computed) -> Run | None:
    key = results.run_key(KIND, projected.version, projected.basis, projected.asked)
    return Run.objects.filter(key=key).first()


def values(sensitivity: Sensitivity, backtest: Backtest) -> dict[str, Any]:
    """As they are kept."""
    return asdict(
        Answers(
            expected=sensitivity.full_time,
            linear=math.sqrt(sensitivity.linear),
            drawn=math.sqrt(sensitivity.drawn),
            effects=tuple(Effect(row.parameter.id, *row.ends, row.share) for row in sensitivity.rows),
            horizons=backtest.horizons,
            all_years=backtest.all_years,
            machinery=backtest.machinery,
        )
    )


def answers(projected: Computed) -> Answers | None:
    """None where it has not been tried."""
    found = results.same(KIND, projected.version_id, projected.basis, projected.asked)
    if found is None:
        return None
    kept = found.facts
    return Answers(
        **{
            **kept,
            "effects": tuple(Effect(**each) for each in kept["effects"]),
            "horizons": tuple(Horizon(**each) for each in kept["horizons"]),
            "all_years": Horizon(**kept["all_years"]),
        }
    )
