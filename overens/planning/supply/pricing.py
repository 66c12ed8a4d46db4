# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the measures of a scenario cost, in kronor by year and region (docs/supply-money.md has each rule).

What is worked is paid by the work that it gives: only what a measure costs beside that is counted. Kronor are worked
out in floating point and rounded **once**, for each part of a measure in a region and a year; every sum is of those
whole kronor, so sums over measures, regions and years agree to the krona.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeAlias

import numpy as np

from overens.planning.supply import outcome as out
from overens.planning.supply.assumed import Assumed
from overens.planning.supply.building import gathering, posts_today, region_codes
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.problem import REGION, Education, Floats, Programme, Whole
from overens.planning.supply.projection import Projection
from overens.planning.supply.rates import employers
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Measure, MeasureKind, Scenario

# What a cost is for: pay of those who study, time of those who supervise, travel, fees to universities, and the rest.
PARTS = ("pay", "supervision", "travel", "fees", "other")
PAY, SUPERVISION, TRAVEL, FEES, OTHER = range(len(PARTS))
MONTHS = 12
# What the hired may cost as a share of one's own staff, by the joint goal of the regions.
HIRED_GOAL = 0.02


@dataclass(frozen=True)
class Prices:
    """In kronor. ``month``[O]: a month of full time, fees and pensions included; ``hour``[O]: an hour of that."""

    month: Floats
    hour: Floats
    hired: float
    study_pay: float
    travel: float
    fee: float
    per_trainee: float
    per_student: float
    foreign_trained: float
    recruit: float
    full_time: float
    leaving_by_pay: float
    protected: Floats


@dataclass(frozen=True)
class Happened:
    """What one run, or the expectation, came to by year: started[Y, P, R] who began a programme, examined[Y, O, R],
    working[Y, O, R] and hired[Y, O, R] persons at the turn of the year.
    """

    started: Floats
    examined: Floats
    working: Floats
    hired: Floats


@dataclass(frozen=True)
class Costs:
    """Of each measure M in the years Y from ``year``: begun[M, Y, R], how many posts, places or persons it is that
    begin; kronor[M, Y, R, 5] by PARTS. ``priced``[M]: whether there is a price for it; where not, kronor are 0.
    """

    year: int
    regions: tuple[str, ...]
    measures: tuple[Measure, ...]
    priced: tuple[bool, ...]
    begun: Floats
    kronor: Whole


def prices(assumed: Assumed) -> Prices:
    with_fees = 1 + assumed.one("employers-fees")
    month = assumed.by_occupation("pay") * with_fees
    return Prices(
        month=month,
        hour=month * MONTHS / assumed.by_occupation("full-time-hours"),
        hired=assumed.one("hired-price"),
        study_pay=assumed.one("study-pay") * with_fees,
        travel=assumed.one("post-travel"),
        fee=assumed.one("university-fee"),
        per_trainee=assumed.one("per-trainee"),
        per_student=assumed.one("per-student"),
        foreign_trained=assumed.one("foreign-trained-each"),
        recruit=assumed.one("recruit-each"),
        full_time=assumed.one("full-time-each"),
        leaving_by_pay=assumed.one("leaving-by-pay"),
        protected=assumed.by_occupation("introduction-protected"),
    )


def happened(outcome: Outcome, steps: int) -> Happened:
    """By year, of an outcome by period."""

    def by_year(array: Floats) -> Floats:
        return np.asarray(array.reshape(-1, steps, *array.shape[1:]).sum(1))

    turns = outcome.stocks[:-1:steps]
    return Happened(
        started=by_year(outcome.posts[..., out.STARTED]),
        examined=by_year(outcome.flows[..., out.EXAMINED]),
        working=turns[..., out.WORKING],
        hired=turns[..., out.HIRED],
    )


def happened_in(projection: Projection, run: int | None) -> Happened:
    """What a run of a projection came to; None: its expectation. Who is hired is not kept by run: it is what is
    expected.
    """
    expected = happened(projection.expected, projection.facts.steps)
    if run is None:
        return expected
    kept = projection.by_run
    return Happened(
        started=kept.started[run].astype(float),
        examined=kept.examined[run].astype(float),
        working=kept.working[run, :-1].astype(float),
        hired=expected.hired,
    )


def costs(scenario: Scenario, data: Data, came: Happened, drawn: Mapping[str, float] | None = None) -> Costs:
    """drawn: values of parameters by id, the central ones where it has none.

    Posts of several measures, and those that there are today, are taken up in the same proportion where not all are:
    the cost of a measure is its share of those who began.
    """
    setting = setting_of(scenario, data, came, drawn)
    shape = (len(scenario.measures), scenario.years, len(setting.codes))
    begun, kronor = np.zeros(shape), np.zeros((*shape, len(PARTS)))
    priced = []
    for at, each in enumerate(scenario.measures):
        begun[at], cost = RULES[each.kind](setting, each)
        if each.cost is not None:
            cost = _as(OTHER, begun[at] * float(each.cost))
        priced.append(cost is not None)
        if cost is not None:
            kronor[at] = cost
    return Costs(
        year=scenario.first_year,
        regions=setting.codes,
        measures=scenario.measures,
        priced=tuple(priced),
        begun=begun,
        kronor=np.rint(kronor).astype(np.int64),
    )


# What a measure comes to: who begins [Y, R], and kronor before they are rounded [Y, R, 5], None where it has no price.
Priced: TypeAlias = tuple[Floats, Floats | None]


@dataclass(frozen=True)
class Setting:
    """What measures are priced in. ``gather`` and ``codes``: which of the data's regions the scenario's are."""

    scenario: Scenario
    data: Data
    came: Happened
    assumed: Assumed
    prices: Prices
    gather: Floats
    codes: tuple[str, ...]

    def done(self, measure: Measure) -> Floats:
        """[Y, R]: 1 in the years and the regions in which it is done."""
        years = self.scenario.first_year + np.arange(self.scenario.years)
        named = measure.regions or self.scenario.regions or self.data.regions
        here = np.array([code in named for code in self.codes])
        return np.outer((measure.first <= years) & (years <= measure.last), here).astype(float)

    def amounts(self, measure: Measure) -> Floats:
        """[Y, R]: a number of a measure, shared by population."""
        people = self.done(measure) * (self.data.population @ self.gather)
        total = people.sum(1, keepdims=True)
        share: Floats = np.divide(people, total, out=np.zeros_like(people), where=total > 0)
        return share * float(measure.amount or 0)

    def of(self, measure: Measure) -> list[int]:
        return list(self.data.named(measure.occupations))


def setting_of(scenario: Scenario, data: Data, came: Happened, drawn: Mapping[str, float] | None = None) -> Setting:
    assumed = Assumed(scenario, data, drawn)
    gather, codes = gathering(scenario, data), region_codes(scenario, data)
    return Setting(scenario, data, came, assumed, prices(assumed), gather, codes)


def _as(part: int, kronor: Floats) -> Floats:
    """Kronor [Y, R] as one of the PARTS."""
    found = np.zeros((*kronor.shape, len(PARTS)))
    found[..., part] = kronor
    return found


def posts_cost(setting: Setting, programme: int, pay: str, begun: Floats) -> Floats:
    """What those who begin a programme [Y, R] cost over the years of their training, as far as the scenario reaches.

    They begin at the beginning of a year; those who end early cost nothing after that. pay: "full" or "study".
    """
    in_training = np.zeros_like(begun)
    for later, share in enumerate(_trained(setting, programme)[: len(begun)]):
        in_training[later:] += begun[: len(begun) - later] * share
    return np.asarray(in_training[..., None] * post_year(setting, programme, pay))


def post_year(setting: Setting, programme: int, pay: str) -> Floats:
    """What a post costs in a year [5]: full pay for the share of the time that is studied, or study pay, and the time
    that supervising takes of those whom one is to become.
    """
    each, of = setting.data.programmes[programme], setting.prices
    cost = np.zeros(len(PARTS))
    cost[PAY] = MONTHS * (of.study_pay if pay == "study" else of.month[each.source] * each.pace)
    cost[SUPERVISION] = of.per_trainee * of.hour[each.target]
    # Who works through the training, as most doctors in theirs, travels to no university for that time.
    cost[TRAVEL], cost[FEES] = of.travel * each.pace, of.fee
    return cost


def _trained(setting: Setting, programme: int) -> list[float]:
    """How much of each year after it began a post is trained in, those who end early left out: of a programme of three
    half-years 1 and a half, less those.
    """
    each = setting.data.programmes[programme]
    dropping = 1 - (1 - each.dropping) ** float(setting.assumed.by_occupation("post-dropped")[each.target])
    years = each.periods / 2
    return [min(years - year, 1.0) * (1 - dropping) ** year for year in range(ceil(years))]


def posts_share(setting: Setting, measure: Measure) -> Floats:
    """[Y, R]: the share of all posts in its programme, those there are today included, that a measure pays for."""
    at = _at(setting.data.programmes, measure.programme)
    total = np.repeat(posts_today(setting.assumed, setting.data, setting.gather)[None, at], setting.scenario.years, 0)
    for each in setting.scenario.measures:
        if each.kind == "training-posts" and each.programme == measure.programme:
            total += setting.amounts(each)
    return np.asarray(np.divide(setting.amounts(measure), total, out=np.zeros_like(total), where=total > 0))


def _at(things: Sequence[Programme] | Sequence[Education], code: str) -> int:
    return [each.code for each in things].index(code)


def _training_posts(setting: Setting, measure: Measure) -> Priced:
    at = _at(setting.data.programmes, measure.programme)
    begun = posts_share(setting, measure) * setting.came.started[:, at]
    return begun, posts_cost(setting, at, measure.pay, begun)


def _study_places(setting: Setting, measure: Measure) -> Priced:
    """The supervision of their placements, for as long as they study: the university is paid by the state."""
    begun = setting.amounts(measure)
    education = setting.data.educations[_at(setting.data.educations, measure.education)]
    if not education.supervised_by:
        return begun, _as(SUPERVISION, np.zeros_like(begun))
    hour = setting.prices.hour[list(education.supervised_by)].mean()
    years = education.periods / 2
    present = np.zeros_like(begun)
    for later in range(min(ceil(years), len(begun))):
        present[later:] += begun[: len(begun) - later] * min(years - later, 1.0)
    return begun, _as(SUPERVISION, present * setting.prices.per_student * hour)


def _introduction(setting: Setting, measure: Measure) -> Priced:
    """The time that is kept free for the newly examined whom the region employs, beyond what they have today."""
    of, assumed = setting.prices, setting.assumed
    share, months = assumed.by_occupation("introduction-share"), assumed.by_occupation("introduction-months")
    more = np.zeros_like(share)
    for o in setting.of(measure):
        length = months[o] if measure.months is None else measure.months
        more[o] = float(measure.share or 0) * length - share[o] * months[o]
    employed = (
        setting.came.examined * employers(setting.data, setting.gather)[..., REGION] * setting.done(measure)[:, None]
    )
    chosen = np.isin(np.arange(len(share)), setting.of(measure))
    begun = (employed * chosen[:, None]).sum(1) * float(measure.share or 0)
    return begun, _as(PAY, np.einsum("yor,o->yr", employed, more * of.protected * of.month))


def _foreign_trained(setting: Setting, measure: Measure) -> Priced:
    begun = setting.amounts(measure)
    return begun, _as(OTHER, begun * setting.prices.foreign_trained)


def _recruit(setting: Setting, measure: Measure) -> Priced:
    begun = setting.amounts(measure)
    return begun, _as(OTHER, begun * setting.prices.recruit)


def _full_time(setting: Setting, measure: Measure) -> Priced:
    part_time = setting.assumed.by_occupation("part-time")[:, None]
    begun = (_at_work(setting, measure) * part_time).sum(1) * float(measure.share or 0)
    return begun, _as(OTHER, begun * setting.prices.full_time)


def _retain(setting: Setting, measure: Measure) -> Priced:
    """Levels in a career and higher pay: the rise that would give as much, for all at work."""
    working, factor = _at_work(setting, measure), float(measure.factor or 0)
    if factor <= 0:
        return working.sum(1), None
    rise = factor ** (-1 / setting.prices.leaving_by_pay) - 1
    return working.sum(1), _as(PAY, np.einsum("yor,o->yr", working, setting.prices.month) * MONTHS * rise)


def _less_hired(setting: Setting, measure: Measure) -> Priced:
    """Nothing beside the work: what is saved shows in :func:`hired_share`."""
    chosen = np.isin(np.arange(len(setting.data.occupations)), setting.of(measure))
    hired = (setting.came.hired * chosen[:, None] * setting.done(measure)[:, None]).sum(1)
    return hired * float(measure.share or 0), _as(OTHER, np.zeros_like(hired))


def _not_priced(setting: Setting, measure: Measure) -> Priced:
    """For everybody at work for whom it is done; what it costs is known only where the measure says so."""
    return _at_work(setting, measure).sum(1), None


def _at_work(setting: Setting, measure: Measure) -> Floats:
    """[Y, O, R]: those at work for whom it is done."""
    chosen = np.isin(np.arange(len(setting.data.occupations)), setting.of(measure))
    return np.asarray(setting.came.working * chosen[:, None] * setting.done(measure)[:, None])


RULES: dict[MeasureKind, Callable[[Setting, Measure], Priced]] = {
    "training-posts": _training_posts,
    "study-places": _study_places,
    "introduction": _introduction,
    "foreign-trained": _foreign_trained,
    "recruit": _recruit,
    "full-time": _full_time,
    "retain": _retain,
    "later-retirement": _not_priced,
    "less-hired": _less_hired,
    "less-sick-leave": _not_priced,
    "supervisors": _not_priced,
}


def hired_share(setting: Setting) -> Floats:
    """[Y, R]: what the hired cost as a share of one's own staff, to be held against :data:`HIRED_GOAL`."""
    own = np.maximum(setting.came.working - setting.came.hired, 0)
    owns, hireds = (np.einsum("yor,o->yr", each, setting.prices.month) for each in (own, setting.came.hired))
    return np.asarray(np.divide(hireds * setting.prices.hired, owns, out=np.zeros_like(owns), where=owns > 0))
