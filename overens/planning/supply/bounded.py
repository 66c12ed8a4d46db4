# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What bounded a projection, said with it: nothing is cut without a word.

What must be mended is refused before anything is computed (:mod:`checks <overens.planning.supply.checks>`,
:mod:`sound <overens.planning.supply.sound>`). What is said here is bounded rightly: notes, and warnings about the data.
Those of regions are of those that the scenario names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from overens.planning.supply import outcome as out
from overens.planning.supply import starting
from overens.planning.supply.assumed import Assumed
from overens.planning.supply.checks_data import check_data
from overens.planning.supply.measures import is_direct
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.problem import STAGES, Education, Floats, Occupation, Problem, Programme
from overens.planning.supply.projection import ByRun
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Parameter, Scenario
from overens.rules.findings import Finding

Titled: TypeAlias = Programme | Education | Occupation | Parameter
# Persons a year that make a difference worth a word.
SMALLEST = 0.5
# Of those in training at the start, a share not worth a word.
SMALL_SHARE = 0.02
# How many are named in a sentence.
NAMED = 5
# Figures in months of what may be shorter than a step.
LASTING = (*(f"{stage}-months" for stage in STAGES), "introduction-months")


def at_start(
    assumed: Assumed,
    scenario: Scenario,
    data: Data,
    programmes: tuple[Programme, ...],
    counts: Floats,
    posts: Floats,
    trainees: Floats,
    own: list[int],
) -> tuple[Finding, ...]:
    """``supply-nobody-here`` and ``supply-ages-missing`` of the data, ``supply-start-trainees`` where fewer are in
    specialisation at the start than posts were paid for, ``supply-rounded-to-steps`` of what lasts no whole number of
    periods.

    counts[O, R, S, A], posts[P, R] a period and trainees[P, R, S, A, L]: as the problem that is built has them.
    own: those of its regions that are spoken of.
    """
    return (
        *_of_data(scenario, data),
        *_trainees(data, programmes, starting.wanted(programmes, counts, posts)[:, own], trainees[:, own]),
        *_rounded(assumed, scenario, data),
    )


def _of_data(scenario: Scenario, data: Data) -> Iterator[Finding]:
    for each in check_data(data):
        region = each.values.get("region")
        if each.level == "warning" and (region is None or region in (scenario.regions or data.regions)):
            yield Finding(each.code, each.level, each.values)


def _trainees(data: Data, programmes: tuple[Programme, ...], wanted: Floats, trainees: Floats) -> Iterator[Finding]:
    for source in sorted({each.source for each in programmes}):
        among = [at for at, each in enumerate(programmes) if each.source == source]
        paid, there = float(wanted[among].sum()), float(trainees[among].sum())
        # In each region as many are rounded away as to it, but for one.
        if paid - there > max(SMALL_SHARE * paid, wanted.shape[1]):
            yield _note(
                "supply-start-trainees", title=_named(data.occupations[source]), paid=round(paid), there=round(there)
            )


def _rounded(assumed: Assumed, scenario: Scenario, data: Data) -> Iterator[Finding]:
    trained: list[Programme | Education] = [*data.programmes, *data.educations]
    longer = [each for each in trained if each.periods % 2 and not is_direct(each.periods)]
    if scenario.steps == 1 and longer:
        yield _note("supply-rounded-to-steps", names=_names(longer))
    a_step = 12 / scenario.steps
    shorter = [assumed.rows[figure][-1] for figure in LASTING if assumed.one(figure) < a_step]
    if shorter:
        yield _note("supply-shorter-than-a-step", names=_names(shorter), months=round(a_step))


def by_what_happened(
    problem: Problem, expected: Outcome, runs: ByRun, draws: Mapping[str, int], own: list[int]
) -> tuple[Finding, ...]:
    """``supply-posts-unfilled`` with what bound the most, ``supply-students-away`` for want of supervisors,
    ``supply-leaving-certain`` and ``supply-draws-beyond``.

    draws: by a parameter's id, in how many runs its draw went beyond what it can be. own: the regions spoken of.
    """
    return (
        *_posts(problem, expected, own),
        *_students(problem, expected, own),
        *_certain(expected, runs),
        *(_note("supply-draws-beyond", name=id, count=count, runs=len(runs.hours)) for id, count in draws.items()),
    )


def _posts(problem: Problem, expected: Outcome, own: list[int]) -> Iterator[Finding]:
    years = problem.periods / problem.steps
    for at, programme in enumerate(problem.programmes):
        posts = expected.posts[:, at, own]
        short = posts[..., out.FUNDED] - posts[..., out.STARTED]
        if short.sum() / years >= SMALLEST:
            bound = np.bincount(posts[..., out.BOUND].astype(int).ravel(), short.ravel(), len(out.BOUNDS))
            yield _note(
                "supply-posts-unfilled",
                title=_named(programme),
                paid=_a_year(posts[..., out.FUNDED], years),
                short=_a_year(short, years),
                why=f"supply-bound-{out.BOUNDS[int(bound.argmax())]}",
            )


def _students(problem: Problem, expected: Outcome, own: list[int]) -> Iterator[Finding]:
    years = problem.periods / problem.steps
    for at, education in enumerate(problem.educations):
        away = expected.turned_away[:, at, own]
        if away.sum() / years >= SMALLEST:
            yield _note("supply-students-away", title=_named(education), short=_a_year(away, years))


def _certain(expected: Outcome, runs: ByRun) -> Iterator[Finding]:
    count = int((runs.certain.sum(1) > 0).sum())
    if count or expected.certain.any():
        yield _note("supply-leaving-certain", count=count, runs=len(runs.certain))


def _a_year(persons: Floats, years: float) -> int:
    return max(round(float(persons.sum()) / years), 1)


def _named(thing: Titled) -> dict[str, str]:
    """Its name by language."""
    return {"sv": thing.title, "en": thing.title_en}


def _names(things: Sequence[Titled]) -> list[object]:
    """The first few, and that there are more."""
    return [*map(_named, things[:NAMED]), *(["…"] if len(things) > NAMED else [])]


def _note(code: str, **values: object) -> Finding:
    return Finding(code, "note", values)
