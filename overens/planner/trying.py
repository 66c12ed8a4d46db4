# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What trying a result gives, as it is kept: which assumptions matter most, and how often the intervals hold."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from overens.planner import results
from overens.planner.models import Computed
from overens.planning.supply.backtest import Backtest, Horizon
from overens.planning.supply.sensitivity import SPREADS, Sensitivity
from overens.records.models import Run

# What trying a result is called among the runs.
KIND = "supply-trial"


@dataclass(frozen=True)
class Effect:
    """What one assumption does: the last year's gap with it at its low and at its high, by occupation, in persons who
    work full time.
    """

    parameter: str
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Answers:
    """The last year's gap by occupation, in persons who work full time: as ``expected``, as ``effects`` change it, and
    in each of the runs in which all assumptions are drawn ``together``. ``horizons``, ``all_years``: as the back-test
    has them.
    """

    expected: tuple[float, ...]
    effects: tuple[Effect, ...]
    together: tuple[tuple[float, ...], ...]
    horizons: tuple[Horizon, ...]
    all_years: Horizon
    machinery: bool


@dataclass(frozen=True)
class Weighed:
    """Of some occupations together: an assumption, the gap at its low and at its high, and its share of the variance
    of that gap.
    """

    parameter: str
    low: float
    high: float
    share: float


@dataclass(frozen=True)
class Weights:
    """``effects``: the one that matters most first. ``linear`` and ``drawn``: standard deviations of the gap, as the
    effects add up to and as it was with all drawn together.
    """

    expected: float
    effects: tuple[Weighed, ...]
    linear: float
    drawn: float


def weigh(answers: Answers, occupations: Sequence[int]) -> Weights:
    """What matters for the gap of these occupations together, by index."""

    def total(by_occupation: Sequence[float]) -> float:
        return sum(by_occupation[at] for at in occupations)

    ends = [(each.parameter, total(each.low), total(each.high)) for each in answers.effects]
    variance = sum((high - low) ** 2 for _parameter, low, high in ends)
    effects = [Weighed(id, low, high, (high - low) ** 2 / variance if variance else 0.0) for id, low, high in ends]
    return Weights(
        expected=total(answers.expected),
        effects=tuple(sorted(effects, key=lambda each: (-each.share, each.parameter))),
        linear=math.sqrt(variance) / SPREADS,
        drawn=statistics.stdev(map(total, answers.together)),
    )


def run_of(projected: Computed) -> Run | None:
    key = results.run_key(KIND, projected.version, projected.basis, projected.asked)
    return Run.objects.filter(key=key).first()


def values(sensitivity: Sensitivity, backtest: Backtest) -> dict[str, Any]:
    """As they are kept."""
    return asdict(
        Answers(
            expected=tuple(sensitivity.full_time.tolist()),
            effects=tuple(
                Effect(row.parameter.id, *(tuple(end.tolist()) for end in row.ends)) for row in sensitivity.rows
            ),
            together=tuple(tuple(run) for run in sensitivity.together.tolist()),
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
