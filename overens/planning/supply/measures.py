# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is done in a year, as changes to the model: one function for each kind of measure (docs/supply-data.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from overens.planning.supply.problem import Floats, Whole
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Measure, MeasureKind, Scenario


@dataclass(frozen=True)
class Figures:
    """Which figures a kind of measure must have, and which it may."""

    needs: frozenset[str]
    may: frozenset[str] = frozenset()


def _figures(needs: str, may: str = "") -> Figures:
    return Figures(frozenset(needs.split()), frozenset(may.split()))


FIGURES: dict[MeasureKind, Figures] = {
    "training-posts": _figures("programme amount", "regions pay"),
    "study-places": _figures("education amount", "regions"),
    "introduction": _figures("share", "occupations regions months factor"),
    "foreign-trained": _figures("occupations amount", "regions"),
    "recruit": _figures("occupations amount", "regions"),
    "full-time": _figures("share", "occupations regions"),
    "retain": _figures("factor", "occupations regions"),
    "later-retirement": _figures("years", "occupations regions"),
    "less-hired": _figures("share", "occupations regions"),
    "less-sick-leave": _figures("factor", "occupations regions"),
    "supervisors": _figures("per_supervisor", "programme education"),
}
# What every measure may say beside them.
ALWAYS = frozenset({"id", "title", "title_en", "kind", "first", "last", "grant", "cost", "note"})
# Those that hold for the whole scenario: how many one takes is no matter of years in the model.
THROUGHOUT: frozenset[MeasureKind] = frozenset({"supervisors"})
# Those that only add persons: years that differ in nothing else share their rates.
ADDING: frozenset[MeasureKind] = frozenset({"training-posts", "study-places", "foreign-trained", "recruit"})


@dataclass(frozen=True)
class Effects:
    """What the measures of a year change. ``key``: the ids of those that change rates.

    [O, R]: leaving and sick, factors; norm_age, years more; full_time and less_hired, shares a year; introduction_*,
    instead of what is assumed, NaN where nothing is done. posts[P, R], intake[E, R], abroad[O, R]: more who begin or
    come in a year.
    """

    key: tuple[str, ...]
    leaving: Floats
    norm_age: Floats
    full_time: Floats
    less_hired: Floats
    sick: Floats
    introduction_share: Floats
    introduction_months: Floats
    introduction_leaving: Floats
    posts: Floats
    intake: Floats
    abroad: Floats


@dataclass(frozen=True)
class Scope:
    """For whom something is done: indices of occupations and of the scenario's regions, and people[R], the share of the
    inhabitants of those regions who live in each.
    """

    data: Data
    occupations: list[int]
    regions: list[int]
    people: Floats

    @property
    def cells(self) -> tuple[Whole, ...]:
        """Where the occupations in the regions stand in an array [O, R]."""
        return np.ix_(self.occupations, self.regions)


def effects(scenario: Scenario, data: Data, gather: Floats, codes: tuple[str, ...], year: int) -> Effects:
    """What is done in a year. codes: the scenario's regions; gather: which of the data's are within each."""
    done = [each for each in scenario.measures if each.first <= year <= each.last]
    o, r = len(data.occupations), len(codes)
    made = Effects(
        key=tuple(each.id for each in done if each.kind not in ADDING),
        leaving=np.ones((o, r)),
        norm_age=np.zeros((o, r)),
        full_time=np.zeros((o, r)),
        less_hired=np.zeros((o, r)),
        sick=np.ones((o, r)),
        introduction_share=np.full((o, r), np.nan),
        introduction_months=np.full((o, r), np.nan),
        introduction_leaving=np.full((o, r), np.nan),
        posts=np.zeros((len(data.programmes), r)),
        intake=np.zeros((len(data.educations), r)),
        abroad=np.zeros((o, r)),
    )
    for each in done:
        DOING[each.kind](made, each, _scope(each, scenario, data, gather, codes))
    return made


def per_supervisor(scenario: Scenario, code: str, now: float) -> float:
    """How many one supervisor takes in a programme or an education."""
    for each in scenario.measures:
        if each.kind == "supervisors" and code in (each.programme, each.education):
            now = _number(each.per_supervisor)
    return now


def _scope(measure: Measure, scenario: Scenario, data: Data, gather: Floats, codes: tuple[str, ...]) -> Scope:
    named = measure.regions or scenario.regions or data.regions
    inhabitants = data.population @ gather * np.array([code in named for code in codes])
    return Scope(
        data=data,
        occupations=list(data.named(measure.occupations)),
        regions=[at for at, code in enumerate(codes) if code in named],
        people=inhabitants / inhabitants.sum(),
    )


def _number(value: object) -> float:
    """A figure that the checks have found."""
    if value is None:
        raise ValueError("a measure without its figure: it has not been checked")
    return float(value)  # type: ignore[arg-type]


def _at(things: tuple[object, ...], code: str) -> int:
    return [getattr(each, "code") for each in things].index(code)  # noqa: B009


def _training_posts(made: Effects, measure: Measure, scope: Scope) -> None:
    made.posts[_at(scope.data.programmes, measure.programme)] += _number(measure.amount) * scope.people


def _study_places(made: Effects, measure: Measure, scope: Scope) -> None:
    made.intake[_at(scope.data.educations, measure.education)] += _number(measure.amount) * scope.people


def _introduction(made: Effects, measure: Measure, scope: Scope) -> None:
    made.introduction_share[scope.cells] = _number(measure.share)
    if measure.months is not None:
        made.introduction_months[scope.cells] = measure.months
    if measure.factor is not None:
        made.introduction_leaving[scope.cells] = _number(measure.factor)


def _by_persons(scope: Scope, occupations: list[int]) -> Floats:
    persons = scope.data.counts[occupations].sum((1, 2, 3))
    return np.asarray(persons / max(persons.sum(), 1.0))


def _foreign_trained(made: Effects, measure: Measure, scope: Scope) -> None:
    share = _by_persons(scope, scope.occupations)
    made.abroad[scope.occupations] += _number(measure.amount) * np.outer(share, scope.people)


def _recruit(made: Effects, measure: Measure, scope: Scope) -> None:
    """Into the entries without an education (of one half-year) of the occupations."""
    entries = [at for at, each in enumerate(scope.data.educations) if is_direct(each.periods)]
    entries = [at for at in entries if scope.data.educations[at].target in scope.occupations]
    share = _by_persons(scope, [scope.data.educations[at].target for at in entries])
    made.intake[entries] += _number(measure.amount) * np.outer(share, scope.people)


def is_direct(half_years: int) -> bool:
    """Whether an education is none: employed without one."""
    return half_years <= 1


def _full_time(made: Effects, measure: Measure, scope: Scope) -> None:
    _either(made.full_time, scope, _number(measure.share))


def _less_hired(made: Effects, measure: Measure, scope: Scope) -> None:
    _either(made.less_hired, scope, _number(measure.share))


def _either(shares: Floats, scope: Scope, share: float) -> None:
    """Two shares a year of the same persons: those whom the one or the other happens to."""
    shares[scope.cells] = 1 - (1 - shares[scope.cells]) * (1 - share)


def _retain(made: Effects, measure: Measure, scope: Scope) -> None:
    made.leaving[scope.cells] *= _number(measure.factor)


def _later_retirement(made: Effects, measure: Measure, scope: Scope) -> None:
    made.norm_age[scope.cells] += _number(measure.years)


def _less_sick_leave(made: Effects, measure: Measure, scope: Scope) -> None:
    made.sick[scope.cells] *= _number(measure.factor)


def _supervisors(made: Effects, measure: Measure, scope: Scope) -> None:
    """Nothing in a single year: see :func:`per_supervisor`."""


DOING: dict[MeasureKind, Callable[[Effects, Measure, Scope], None]] = {
    "training-posts": _training_posts,
    "study-places": _study_places,
    "introduction": _introduction,
    "foreign-trained": _foreign_trained,
    "recruit": _recruit,
    "full-time": _full_time,
    "retain": _retain,
    "later-retirement": _later_retirement,
    "less-hired": _less_hired,
    "less-sick-leave": _less_sick_leave,
    "supervisors": _supervisors,
}
