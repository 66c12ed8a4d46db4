# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is needed, before anything is planned: the referrals to come, what the lists become if nothing is done, and what
is lacking to keep all limits. Needs the extra ``planning``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from overens.planning.production import forecast
from overens.planning.production.building import flow as build
from overens.planning.production.building import unsure
from overens.planning.production.flow import Floats
from overens.planning.production.forecast import Forecast, Score
from overens.planning.production.packing import MEASURES, PARTS, Simulated, archive, opened, simulated
from overens.planning.production.reading import Given
from overens.planning.production.waits import Band
from overens.rules.findings import Finding

FORMAT = 1
RUNS, SECONDS = 200, 60
# Through which hundredth each part goes.
FORECAST, SIMULATED, LACKING, ALL = 20, 60, 70, 100
LACKING_OF = ("hours", "room_hours", "bed_days")
ENDS = ("mean", "low", "high", "inner_low", "inner_high")


@dataclass(frozen=True)
class Need:
    """``forecasts``: of referrals, by service. ``undone``: what becomes of the lists with ordinary hours alone.
    hours[W, C], room_hours[W, M], bed_days[W, B]: what is lacking to keep all limits, the cheapest. ``earliest``: the
    number of the week from which all can be kept with what there is; None: in none.
    """

    forecasts: dict[str, Forecast]
    undone: Simulated
    hours: Floats
    room_hours: Floats
    bed_days: Floats
    earliest: int | None


def need(given: Given, runs: int = RUNS, progress: Callable[[int, int], object] = lambda done, of: None) -> Need:
    """progress: called with how many hundredths are done, and a hundred; it may raise, which ends the work."""

    # Read here: what was computed before is shown without them.
    from overens.planning.production import optimum
    from overens.planning.production.simulation import simulate_many

    def part(first: int, last: int) -> Callable[[int, int], None]:
        return lambda done, of: (progress(first + (last - first) * done // max(of, 1), ALL), None)[1]

    seed = given.problem.seed
    forecasts = forecast.forecasts(given, part(0, FORECAST))
    flow = build(given, forecasts)
    told = simulate_many(flow, seed, runs, None, unsure(given, forecasts), progress=part(FORECAST, SIMULATED))
    lacking = optimum.missing(flow, SECONDS, seed)
    part(SIMULATED, LACKING)(1, 1)
    earliest = optimum.earliest(flow, SECONDS, seed)
    part(LACKING, ALL)(1, 1)
    return Need(forecasts, simulated(told), lacking.hours, lacking.room_hours, lacking.bed_days, earliest)


def pack(found: Need) -> bytes:
    facts = {
        "format": FORMAT,
        "earliest": found.earliest,
        "forecasts": {
            service: {
                "first": each.first.isoformat(),
                "model": each.model,
                "scores": [vars(score) for score in each.scores],
                "findings": [[said.code, said.level, dict(said.values)] for said in each.findings],
            }
            for service, each in found.forecasts.items()
        },
    }
    arrays = {name: getattr(found, name) for name in LACKING_OF}
    for service, each in found.forecasts.items():
        arrays[f"forecast.{service}"] = np.array([getattr(each, end) for end in ENDS])
    for measure in MEASURES:
        for name in PARTS:
            arrays[f"undone.{measure}.{name}"] = getattr(getattr(found.undone, measure), name)
    return archive(facts, arrays)


def unpack(content: bytes) -> Need:
    """What :func:`pack` made. Raises ValueError when it was made in another format."""
    facts, arrays = opened(content, FORMAT)
    forecasts = {
        service: Forecast(
            first=date.fromisoformat(each["first"]),
            **dict(zip(ENDS, arrays[f"forecast.{service}"], strict=True)),
            model=each["model"],
            scores=tuple(Score(**score) for score in each["scores"]),
            findings=tuple(Finding(*said) for said in each["findings"]),
        )
        for service, each in facts["forecasts"].items()
    }
    bands = (Band(*(arrays[f"undone.{measure}.{name}"] for name in PARTS)) for measure in MEASURES)
    return Need(
        forecasts=forecasts,
        undone=Simulated(*bands),
        **{name: arrays[name] for name in LACKING_OF},
        earliest=facts["earliest"],
    )
