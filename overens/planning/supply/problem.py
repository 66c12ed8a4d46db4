# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a projection starts from: who there are, what happens to them in a period, and what they are needed for.

Everything that the engines use stands here as arrays, so that :mod:`cohort <overens.planning.supply.cohort>` and
:mod:`micro <overens.planning.supply.micro>` are two ways of computing one model (docs/supply.md has its equations).

Axes, always in this order: ``T`` period, ``P`` programme of specialisation, ``E`` basic education, ``O`` occupation,
``R`` region, ``S`` sex, ``A`` age in whole years from :data:`YOUNGEST`, then where a person is. Probabilities are those
of one period. Persons are counted, hours are those of a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from overens.rules.findings import Finding

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]

YOUNGEST, OLDEST = 16, 79
AGES = OLDEST - YOUNGEST + 1
WOMEN, MEN = 0, 1
SEXES = ("k", "m")

# Who employs. Those of the agency are hired in by the region.
SECTORS = ("region", "municipality", "private", "agency")
REGION, MUNICIPALITY, PRIVATE, AGENCY = range(4)
# What an employed person is doing: the introduction of the newly examined, full time, part time, away with a child,
# ill.
SITUATIONS = ("introduction", "full", "part", "parental", "sick")
INTRODUCTION, FULL, PART, PARENTAL, SICK = range(5)
# A place is an employer and a situation, or outside the trade, from where one may come back.
EMPLOYED = len(SECTORS) * len(SITUATIONS)
OUTSIDE = EMPLOYED
PLACES = EMPLOYED + 1
# The stages of who was trained abroad: language, practice, knowledge test, licence (2018 report, pp. 26–27).
STAGES = ("language", "practice", "test", "licence")


@dataclass(frozen=True)
class Occupation:
    """An occupation, or a speciality of one. ``code`` is ours; ``aid`` the labels of AID that it gathers; ``parent``
    the
    code of the occupation that one specialises from, or "". ``full_time``: hours a year of one who works full time.
    """

    code: str
    title: str
    title_en: str
    aid: tuple[str, ...] = ()
    licensed: bool = False
    parent: str = ""
    full_time: float = 1_700.0


@dataclass(frozen=True)
class Programme:
    """A specialisation that is gone through while employed by the region.

    ``source`` and ``target``: indices of occupations. ``periods``: how long it takes at its ``pace`` (the share of full
    time that is studied, the rest is worked). ``dropping``: the probability of ending early, in a period. ``staying``:
    of having the post that waits where it began; the others move as movers do. ``youngest``–``oldest``: who may begin.
    ``per_supervisor``: how many one supervisor takes; ``supervising``: which share of the target occupation supervises
    (inf and 1.0: no bound).
    """

    code: str
    title: str
    title_en: str
    source: int
    target: int
    periods: int
    pace: float = 1.0
    dropping: float = 0.0
    staying: float = 1.0
    youngest: int = 22
    oldest: int = 60
    per_supervisor: float = np.inf
    supervising: float = 1.0


@dataclass(frozen=True)
class Education:
    """A basic education: who begins in a period is examined ``periods`` later, ``completing`` of them.

    ``women``: their share; ``ages[A]`` at the end, sums to 1; ``sectors[4]`` where they begin to work, sums to 1;
    ``placed[R, R]`` from the region of study to that of the first work, rows sum to 1. ``supervised_by``: indices of
    the
    occupations that supervise their placements (VFU); ``per_supervisor``: students for each who does (peer learning:
    two); ``supervising``: which share does. ``licensed``: the share that has a licence and works.
    """

    code: str
    title: str
    title_en: str
    target: int
    periods: int
    completing: float
    women: float
    ages: Floats
    sectors: Floats
    placed: Floats
    supervised_by: tuple[int, ...] = ()
    per_supervisor: float = np.inf
    supervising: float = 1.0
    licensed: float = 1.0


@dataclass(frozen=True)
class Rates:
    """What happens in one period, in the order that it happens in. Each is a probability unless it says otherwise.

    dying[S, A]: death or emigration. retiring[O, R*, S, A]: those in work and outside. leaving[O, S, A] ×
    leaving_here[O, R] (a factor) × new_leaving[O, R*] (a factor, those in introduction): from work to outside.
    returning[O, S, A]: from outside to the region. moving[O, A], towards[R, R] (rows sum to 1; what is on the diagonal
    stays within a region that gathers several; a country of one region: [[1.0]]). employer[O, R*, 4, 4] and
    situation[O, R*, S, A, 5, 5]: from row to column, rows sum to 1. R*: one row for all regions where they are alike.
    """

    dying: Floats
    retiring: Floats
    leaving: Floats
    leaving_here: Floats
    new_leaving: Floats
    returning: Floats
    moving: Floats
    towards: Floats
    employer: Floats
    situation: Floats


@dataclass(frozen=True)
class Arrivals:
    """Who comes from outside: ``intake[T, E, R]`` begin an education in a period; ``students[E, R, L]`` are in it at
    the
    start, with L + 1 periods left; ``abroad[T, O, R]`` arrive with an education from another country and go through the
    stages: in a period ``passing[4]`` of each stage go on and ``giving_up[4]`` leave; ``abroad_women``,
    ``abroad_ages[A]`` who they are. ``introduced[T, O, R]``: the share of the newly examined who get an introduction.
    """

    intake: Floats
    students: Floats
    abroad: Floats
    passing: Floats
    giving_up: Floats
    abroad_women: float
    abroad_ages: Floats
    introduced: Floats


@dataclass(frozen=True)
class Hours:
    """What a person gives in a year. ``working[O, S, 5]``: the share of full time in each situation. A supervisor gives
    up ``per_student`` hours a year for each student in placement and ``per_trainee`` for each in specialisation.
    """

    working: Floats
    per_student: float = 0.0
    per_trainee: float = 0.0


@dataclass(frozen=True)
class Problem:
    """One model to be projected over ``len(rates)`` periods, ``steps`` a year, from the beginning of ``year``.

    stock[O, R, S, A, PLACES], trainees[P, R, S, A, L] (L + 1 periods left) and foreign[O, R, S, A, 4]: whole persons at
    the start. posts[T, P, R]: posts that are paid for; seats[T, P, R]: places at the university (inf: not known to
    bind). need[T + 1, O, R]: hours a year at the start of each period and the end of the last. ``workload``: by how
    much
    the probability of leaving grows for each share of the need that is not met, 0 for no such loop. ``findings``: what
    was bounded or rounded when it was built, to be said with what comes out.
    Periods in which nothing has changed share one :class:`Rates`.
    """

    year: int
    steps: int
    regions: tuple[str, ...]
    occupations: tuple[Occupation, ...]
    programmes: tuple[Programme, ...]
    educations: tuple[Education, ...]
    stock: Floats
    trainees: Floats
    foreign: Floats
    rates: tuple[Rates, ...]
    arrivals: Arrivals
    posts: Floats
    seats: Floats
    hours: Hours
    need: Floats
    workload: float = 0.0
    findings: tuple[Finding, ...] = ()

    @property
    def periods(self) -> int:
        return len(self.rates)

    def turns_year(self, period: int) -> bool:
        """Whether people grow a year older at the end of this period."""
        return (period + 1) % self.steps == 0

    def times(self) -> tuple[float, ...]:
        """The year, with its half where there is one, of each of the ``T + 1`` moments that are counted."""
        return tuple(self.year + period / self.steps for period in range(self.periods + 1))
