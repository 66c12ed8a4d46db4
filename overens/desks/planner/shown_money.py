# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a result's measures cost and what grants buy, run by run, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.planner.shown_gap import Figure, figures
from overens.desks.planner.shown_result import Result
from overens.desks.planner.shown_tables import about
from overens.planning.supply import money, pricing
from overens.planning.supply import outcome as out
from overens.planning.supply.assumed import parameters
from overens.planning.supply.drawing import drawn
from overens.planning.supply.pricing import Costs
from overens.planning.supply.problem import Floats, Whole
from overens.planning.supply.projection import Projection
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario

# Of a person or a post: less is none.
SMALLEST = 0.05
# Of fewer values no nine tenths are taken.
FEW = 20
# An interval is of so many of the first runs: more would not move it by a digit that is shown.
MOST_RUNS = 200
PARTS: dict[str, Promise] = {
    "pay": gettext_lazy("Lön"),
    "supervision": gettext_lazy("Handledning"),
    "travel": gettext_lazy("Resor"),
    "fees": gettext_lazy("Avgifter"),
    "other": gettext_lazy("Annat"),
}


@dataclass(frozen=True)
class Priced:
    """``costs``: of the expectation. kronor[N, M, Y, R] by run; begun and completed [N + 1, G, Y, R]: training posts of
    each grant, the expectation first.
    """

    costs: Costs
    kronor: Whole
    begun: Floats
    completed: Floats
    hired: Floats


Years: TypeAlias = Mapping[str, tuple[int, int]]


def priced(found: Result, within: Years | None = None) -> Priced:
    """Of a result with a projection, its scenario and its data. within: the years of each grant, by its id."""
    assert found.projection is not None
    assert found.scenario is not None
    assert found.data is not None
    facts = found.projection.facts
    key = f"{facts.scenario_sha256}/{sorted(facts.data.items())}/{facts.runs}/{facts.seed}/{within}"
    return _priced(_Asked(key, within or {}, found.projection, found.scenario, found.data))


@dataclass(frozen=True)
class _Asked:
    """What prices hang on, by its key."""

    key: str
    within: Years = field(compare=False)
    projection: Projection = field(compare=False)
    scenario: Scenario = field(compare=False)
    data: Data = field(compare=False)


@lru_cache(8)
def _priced(asked: _Asked) -> Priced:
    projection, scenario, data = asked.projection, asked.scenario, asked.data
    known = parameters(scenario, data)
    always = scenario.first_year, scenario.last_year
    grants = {each.id: asked.within.get(each.id, always) for each in scenario.grants}
    expected = pricing.happened_in(projection, None)
    costs = pricing.costs(scenario, data, expected)
    kronor = []
    shape = (len(grants), scenario.years, len(costs.regions))
    begun, completed = [], []
    for run in (None, *range(min(projection.facts.runs, MOST_RUNS))):
        values = None if run is None else drawn(known, projection.facts.seed, run)
        came = expected if run is None else pricing.happened_in(projection, run)
        if run is not None:
            kronor.append(pricing.costs(scenario, data, came, values).kronor.sum(-1))
        setting = pricing.setting_of(scenario, data, came, values)
        done = _completed(projection, run)
        got = [money.bought(setting, grant, done, *years) for grant, years in grants.items()]
        begun.append(np.array([each.begun for each in got]).reshape(shape))
        completed.append(np.array([each.completed for each in got]).reshape(shape))
    return Priced(
        costs=costs,
        kronor=np.array(kronor, np.int64).reshape(-1, len(costs.measures), *shape[1:]),
        begun=np.array(begun),
        completed=np.array(completed),
        hired=pricing.hired_share(pricing.setting_of(scenario, data, expected)),
    )


def _completed(projection: Projection, run: int | None) -> Floats:
    if run is None:
        return projection.by_year(projection.expected.posts[..., out.COMPLETED])
    return np.asarray(projection.by_run.completed[run], float)


def kronor(amount: float) -> str:
    """In millions where there are millions: "14,7 miljoner kronor", "250 000 kronor"."""
    if abs(amount) >= 1e6:
        return _("%(amount)s miljoner kronor") % {"amount": about(round(amount / 1e6, 2))}
    return _("%(amount)s kronor") % {"amount": about(amount)}


def between(low: float, high: float) -> str:
    """ "79 till 90 miljoner kronor"."""
    if abs(high) >= 1e6:
        ends = {"low": about(round(low / 1e6, 2)), "high": about(round(high / 1e6, 2))}
        return _("%(low)s till %(high)s miljoner kronor") % ends
    return _("%(low)s till %(high)s kronor") % {"low": about(low), "high": about(high)}


def smaller(figure: Figure) -> str:
    """How much smaller a gap is: "21 heltider mindre", of what is below nought "21 heltider större"."""
    if abs(figure.number) < SMALLEST:
        return _("oförändrad")
    if figure.number > 0:
        return _("%(number)s heltider mindre") % {"number": interval(figure)}
    low, high = (None, None) if figure.low is None or figure.high is None else (-figure.high, -figure.low)
    return _("%(number)s heltider större") % {"number": interval(Figure(-figure.number, low, high))}


def of_runs(central: Floats | Whole, runs: Floats | Whole) -> list[Figure]:
    """[Y] and [N, Y]: the middle of the runs with their interval, or what is expected where there are none."""
    return figures(np.asarray(runs, float)) if len(runs) else figures(np.asarray(central, float))


def one(values: Floats) -> Figure:
    """[N + 1], the expectation first: that, within the interval of the rest; it is one of them where they are so few
    that the interval is their extremes.
    """
    if len(values) < 2:
        return Figure(float(values[0]))
    few = len(values) <= FEW
    low, high = np.percentile(values if few else values[1:], (0, 100) if few else (5, 95))
    return Figure(float(values[0]), float(low), float(high))


def interval(figure: Figure) -> str:
    """ "21 (18–23)", "1 (−2 till 4)", or "21" where nothing is known of the interval or it is none."""
    if figure.low is None or figure.high is None or round(figure.low, 1) == round(figure.high, 1):
        return about(round(figure.number, 1))
    ends = _("%(low)s–%(high)s") if figure.low >= 0 else _("%(low)s till %(high)s")
    low, high = (about(round(end, 1)) for end in (figure.low, figure.high))
    return f"{about(round(figure.number, 1))} ({ends % {'low': low, 'high': high}})"
