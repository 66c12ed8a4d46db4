# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is missing: the need less what is given, in hours, persons and kronor, and what the need changes by.

A gap above nought is a shortage. Gaps of several occupations are added up with their signs: the total is small where
one is missing and another is not, so a page shows both (docs/supply-need.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from overens.planning.supply import need
from overens.planning.supply import outcome as out
from overens.planning.supply.assumed import Assumed
from overens.planning.supply.building import build, gathering
from overens.planning.supply.counting import counts_of, hours_given
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.problem import Floats, Problem, Whole
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario

MONTHS = 12


@dataclass(frozen=True)
class Prices:
    """Kronor for an hour of each occupation [O]: of one's own staff, fees and pensions included, and of the hired."""

    own: Floats
    hired: Floats


@dataclass(frozen=True)
class Gap:
    """[T + 1, O, R] each. ``hours`` a year; ``full_time``: persons who work full time all year; ``heads``: persons who
    work as those of the occupation there do; ``own`` and ``hired``: kronor a year, if one's own or the hired filled it.
    """

    hours: Floats
    full_time: Floats
    heads: Floats
    own: Whole
    hired: Whole


def gap(problem: Problem, outcome: Outcome, prices: Prices) -> Gap:
    """The gap of one run, or of the expectation, at every moment."""
    hours = problem.need - outcome.hours
    a_year = np.array([each.full_time for each in problem.occupations])[:, None]
    employed = outcome.stocks[..., [out.WORKING, out.ABSENT, out.TRAINING]].sum(-1)
    # Where nobody is left, a person is one who works full time.
    per_head = np.divide(outcome.hours, employed, out=np.broadcast_to(a_year, hours.shape).copy(), where=employed > 0)
    return Gap(
        hours=hours,
        full_time=hours / a_year,
        heads=np.divide(hours, per_head, out=hours / a_year, where=per_head > 0),
        own=np.rint(hours * prices.own[:, None]).astype(np.int64),
        hired=np.rint(hours * prices.hired[:, None]).astype(np.int64),
    )


def prices(scenario: Scenario, data: Data, drawn: Mapping[str, float] | None = None) -> Prices:
    """By the parameters ``pay``, ``employers-fees``, ``full-time-hours`` and ``hired-price``."""
    assumed = Assumed(scenario, data, drawn)
    a_year = assumed.by_occupation("pay") * MONTHS * (1 + assumed.one("employers-fees"))
    own = a_year / assumed.by_occupation("full-time-hours")
    return Prices(own, own * assumed.one("hired-price"))


def grouped(array: Floats, data: Data) -> dict[str, Floats]:
    """[..., O, R] added up by group of occupations, by the group's code: [..., R]."""
    return {group.code: array[..., list(data.named((group.code,))), :].sum(-2) for group in data.groups}


def changes(scenario: Scenario, data: Data, drawn: Mapping[str, float] | None = None) -> dict[str, Floats]:
    """By how many hours a year each of :data:`need.CAUSES` changes the need from that at the start: [T + 1, O, R].

    Their sum is the whole change, exactly. Each is what it adds to those before it in that order; in another order the
    parts would be others, their sum the same.
    """
    problem, gather = build(scenario, data, drawn), gathering(scenario, data)
    supply = hours_given(
        problem, counts_of(problem.stock, problem.trainees, problem.foreign, problem.arrivals.students)
    )
    so_far = need.hours(scenario, data, gather, supply, drawn, ())
    parts = {}
    for at, cause in enumerate(need.CAUSES):
        after = need.hours(scenario, data, gather, supply, drawn, need.CAUSES[: at + 1])
        parts[cause], so_far = after - so_far, after
    return parts
