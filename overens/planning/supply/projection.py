# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scenario computed: its expectation, and what each of many runs with their own draws came to.

What lies within an interval is asked of sums: :func:`chosen` adds occupations and regions up within each run,
:func:`band` then says where nine tenths of the runs are. The other way about is wrong, and there is no way to do it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from overens.planning.supply import outcome as out
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.problem import Floats, Occupation, Problem
from overens.rules.findings import Finding

Singles: TypeAlias = NDArray[np.float32]
# What an interval leaves out below and above, in per cent.
LOW, MIDDLE, HIGH = 5, 50, 95


@dataclass(frozen=True)
class Trained:
    """A programme or an education, as a table names it. ``source``: the index of the occupation that one leaves for
    it, None for an education; ``target``: of that which one comes to.
    """

    code: str
    title: str
    title_en: str
    target: int
    source: int | None = None


@dataclass(frozen=True)
class Facts:
    """What a projection is of. The same facts give the same projection, bit by bit.

    ``scenario``: its id; ``scenario_sha256``: of its content (:func:`overens.planning.supply.digests.digest`).
    ``data``: the code of each data set, and its hash where it is known. ``synthetic``: whether any of them is made up.
    ``year``: the beginning of which it starts from; ``steps``: periods a year. ``findings``: what bounded what came out
    (:mod:`overens.planning.supply.bounded`).
    """

    scenario: str
    title: str
    title_en: str
    scenario_sha256: str
    data: Mapping[str, str]
    synthetic: bool
    runs: int
    seed: int
    year: int
    years: int
    steps: int
    regions: tuple[str, ...]
    occupations: tuple[Occupation, ...]
    programmes: tuple[Trained, ...]
    educations: tuple[Trained, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class ByRun:
    """What each of N runs came to: at the turns of the years, [N, Y + 1, O, R], hours and hours needed (a year) and
    persons at work; in each year, [N, Y, O, R], persons who specialised, retired, were examined; and [N, Y, P, R]
    trainees who started and completed. certain[N, Y]: in how many occupations and regions leaving was bounded to be
    certain. With no runs N is 0, and there is only the expectation.
    """

    hours: Singles
    need: Singles
    working: Singles
    specialised: Singles
    retired: Singles
    examined: Singles
    started: Singles
    completed: Singles
    certain: Singles


@dataclass(frozen=True)
class Projection:
    """``expected``: at the central values of all parameters, with ``need``[T + 1, O, R] hours a year."""

    facts: Facts
    expected: Outcome
    need: Floats
    by_run: ByRun

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose beginnings are counted, one more than those that pass."""
        return tuple(range(self.facts.year, self.facts.year + self.facts.years + 1))

    def at_turns(self, array: Floats) -> Floats:
        """Of an array by moment, those at the turns of the years: [T + 1, …] as [Y + 1, …]."""
        return array[:: self.facts.steps]

    def by_year(self, array: Floats) -> Floats:
        """Of an array by period, the sums of each year: [T, …] as [Y, …]."""
        return _by_year(array, self.facts.steps)


@dataclass(frozen=True)
class Band:
    """Where nine tenths of the runs lie, and the middle one: each of the shape of one run."""

    low: Floats
    middle: Floats
    high: Floats


def band(by_run: NDArray[Any]) -> Band:
    """The 5, 50 and 95 % of the runs (axis 0), straight between neighbours. Raises ValueError when there are none."""
    if not len(by_run):
        raise ValueError("no runs: only the expectation is known")
    low, middle, high = np.percentile(by_run, (LOW, MIDDLE, HIGH), axis=0)
    return Band(low, middle, high)


def chosen(
    array: NDArray[Any], rows: Sequence[int] | None = None, regions: Sequence[int] | None = None
) -> NDArray[np.float64]:
    """The sum over these occupations (or programmes) and regions, by index; None: all. [..., O, R] as [...]."""
    if rows is not None:
        array = array[..., list(rows), :]
    if regions is not None:
        array = array[..., list(regions)]
    total: NDArray[np.float64] = array.sum((-2, -1), dtype=np.float64)
    return total


def summed_up(problem: Problem, outcome: Outcome) -> ByRun:
    """What is kept of one run, with N = 1."""
    steps = problem.steps

    def flow(kind: int) -> Singles:
        return _by_year(outcome.flows[..., kind], steps)[None].astype(np.float32)

    def posts(kind: int) -> Singles:
        return _by_year(outcome.posts[..., kind], steps)[None].astype(np.float32)

    return ByRun(
        hours=outcome.hours[None, ::steps].astype(np.float32),
        need=problem.need[None, ::steps].astype(np.float32),
        working=outcome.stocks[None, ::steps, ..., out.WORKING].astype(np.float32),
        specialised=flow(out.SPECIALISED),
        retired=flow(out.RETIRED),
        examined=flow(out.EXAMINED),
        started=posts(out.STARTED),
        completed=posts(out.COMPLETED),
        certain=_by_year(outcome.certain, steps).sum((1, 2))[None].astype(np.float32),
    )


def none(problem: Problem, outcome: Outcome) -> ByRun:
    """No runs, of the shape that runs would have."""
    return ByRun(**{name: array[:0] for name, array in vars(summed_up(problem, outcome)).items()})


def together(parts: Sequence[ByRun]) -> ByRun:
    """Runs that were made apart, in this order."""
    return ByRun(**{each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(ByRun)})


def _by_year(array: Floats, steps: int) -> Floats:
    total: Floats = array.reshape(-1, steps, *array.shape[1:]).sum(1)
    return total
