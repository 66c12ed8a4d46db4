# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scenario's measures against the money that is to pay for them (docs/supply-money.md).

A grant is one sum for each region, to be used within its years and not after. What its measures cost in other years the
region pays itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal, TypeAlias

import numpy as np

from overens.planning.supply.building import REST, in_periods
from overens.planning.supply.pricing import Costs, Setting, posts_share
from overens.planning.supply.problem import Floats, Whole
from overens.planning.supply.scenario import Grant, Measure, Scenario
from overens.rules import allocation
from overens.rules.agreement import Agreement
from overens.rules.findings import Finding, Refused, error, refuse
from overens.rules.values import NOT_STATED

# Where a sum comes from: decided by the government, what an agreement's file computes, or the scenario's own.
Source = Literal["decided", "computed", "own"]


@dataclass(frozen=True)
class Sum:
    """What a grant gives: kronor by region, in the years ``first``–``last``. ``whole``: the pot as its agreement states
    it, which the rounding of the shares may miss by kronor; of the scenario's own sums their total.
    """

    grant: str
    first: int
    last: int
    kronor: Mapping[str, int]
    whole: int
    source: Source


# Finds what a grant gives. Raises Refused where there is no such agreement or pot.
Find: TypeAlias = Callable[[Grant], Sum]


@dataclass(frozen=True)
class Balance:
    """A grant against what its measures cost, whole kronor: given[R]; used[R] within its years, which may be more than
    was given; other[R] in other years. ``by_year``[Y, R]: all that its measures cost.
    """

    sum: Sum
    given: Whole
    used: Whole
    other: Whole
    by_year: Whole

    @property
    def left(self) -> Whole:
        """[R]: below 0 where it does not reach."""
        return self.given - self.used


def of_agreement(grant: Grant, agreement: Agreement) -> Sum:
    """What an agreement's file gives each recipient of a pot. Raises Refused: ``supply-grant-no-pot``, and what the
    sharing refuses.
    """
    pot = next((each for each in agreement.pots if each.id == grant.pot), None)
    if pot is None:
        known = [each.id for each in agreement.pots]
        refuse("supply-grant-no-pot", f"grant[{grant.id}].pot", pot=grant.pot, agreement=agreement.id, known=known)
    table = allocation.allocate(agreement, [grant.pot])
    kronor = {row.code: row.kronor[grant.pot] for row in table.rows}
    return Sum(
        grant=grant.id,
        first=agreement.period.first_day.year,
        last=agreement.period.last_day.year,
        kronor=kronor,
        whole=sum(kronor.values()) if pot.amount == NOT_STATED else int(pot.amount),
        source="computed",
    )


def _years(given: Sum) -> str:
    return str(given.first) if given.first == given.last else f"{given.first}–{given.last}"


def own(grant: Grant, scenario: Scenario) -> Sum:
    """The sums that a scenario states itself: for all its years."""
    kronor = dict(grant.amounts)
    return Sum(grant.id, scenario.first_year, scenario.last_year, kronor, sum(kronor.values()), "own")


def sums(scenario: Scenario, find: Find) -> tuple[dict[str, Sum], tuple[Finding, ...]]:
    """What each grant gives, by its id, and what is to be said of those for which nothing is found."""
    found: dict[str, Sum] = {}
    said: list[Finding] = []
    for grant in scenario.grants:
        try:
            found[grant.id] = own(grant, scenario) if grant.amounts else find(grant)
        except Refused as refusal:
            said.extend(refusal.findings)
    return found, (*_paid_twice(scenario), *said)


def _paid_twice(scenario: Scenario) -> Iterator[Finding]:
    """One pot that stands as two grants: the same kronor would pay for two things."""
    seen: dict[tuple[str, str], str] = {}
    for grant in scenario.grants:
        pot = (grant.agreement, grant.pot)
        if grant.amounts or "" in pot:
            continue
        if pot in seen:
            at = f"grant[{grant.id}].pot"
            yield error("supply-grant-twice", at, pot=grant.pot, agreement=grant.agreement, other=seen[pot])
        seen.setdefault(pot, grant.id)


def balance(costs: Costs, given: Sum) -> Balance:
    """A grant against the measures that name it."""
    return against(given, costs.regions, costs.year, spent(costs, given.grant))


def spent(costs: Costs, grant: str) -> Whole:
    """[Y, R]: what the measures of a grant cost."""
    paid = [at for at, each in enumerate(costs.measures) if each.grant == grant]
    return np.asarray(costs.kronor[paid].sum((0, 3)), np.int64)


def against(given: Sum, regions: tuple[str, ...], year: int, by_year: Whole) -> Balance:
    """What a grant gives against kronor [Y, R] in the years from ``year``."""
    years = year + np.arange(len(by_year))
    within = (given.first <= years) & (years <= given.last)
    return Balance(
        sum=given,
        given=np.array([0 if code == REST else given.kronor.get(code, 0) for code in regions], np.int64),
        used=by_year[within].sum(0),
        other=by_year[~within].sum(0),
        by_year=by_year,
    )


def findings(costs: Costs, found: Mapping[str, Sum]) -> tuple[Finding, ...]:
    """What is to be said of measures and the money that they name: never a reason not to compute."""
    return tuple(
        replace(each, level="warning")
        for each in (
            *_not_priced(costs),
            *(finding for given in found.values() for finding in _of_grant(costs, balance(costs, given))),
        )
    )


def _not_priced(costs: Costs) -> Iterator[Finding]:
    for measure, priced in zip(costs.measures, costs.priced, strict=True):
        if not priced:
            yield error("supply-not-priced", f"measure[{measure.id}].cost", title=measure.title)


def _of_grant(costs: Costs, of: Balance) -> Iterator[Finding]:
    given, at = of.sum, f"grant[{of.sum.grant}]"
    paid = [each for each in costs.measures if each.grant == given.grant]
    if not paid:
        yield error("supply-grant-unused", at, grant=given.grant)
    for region, code in enumerate(costs.regions):
        if code == REST:
            continue
        if not of.given[region] and of.by_year[:, region].any():
            yield error("supply-grant-no-allocation", at, region=code, grant=given.grant)
        elif of.left[region] < 0:
            yield error(
                "supply-grant-exceeded",
                at,
                region=code,
                given=int(of.given[region]),
                used=int(of.used[region]),
                over=int(-of.left[region]),
            )
    for measure in paid:
        if measure.first < given.first or measure.last > given.last:
            where = f"measure[{measure.id}].grant"
            yield error("supply-grant-other-years", where, title=measure.title, years=_years(given))


@dataclass(frozen=True)
class Bought:
    """The training posts of a grant: who begins and who completes [Y, R], by year."""

    begun: Floats
    completed: Floats


def without(scenario: Scenario, grant: str, first: int, last: int) -> Scenario:
    """The scenario without what a grant pays for in its years: its measures are done in other years only."""
    kept: list[Measure] = []
    for each in scenario.measures:
        if each.grant != grant:
            kept.append(each)
            continue
        if each.first < first:
            kept.append(each.model_copy(update={"id": f"{each.id}.before", "last": min(each.last, first - 1)}))
        if each.last > last:
            kept.append(each.model_copy(update={"id": f"{each.id}.after", "first": max(each.first, last + 1)}))
    return scenario.model_copy(update={"measures": tuple(kept)})


def bought(setting: Setting, grant: str, completed: Floats, first: int, last: int) -> Bought:
    """What a grant buys in its years. completed[Y, P, R]: all who completed each programme. A measure's part of those
    is its share of who began it a programme's length before.
    """
    years = setting.scenario.first_year + np.arange(setting.scenario.years)
    within = ((first <= years) & (years <= last))[:, None]
    shape = (setting.scenario.years, len(setting.codes))
    begun, done = np.zeros(shape), np.zeros(shape)
    for measure in setting.scenario.measures:
        if measure.kind != "training-posts" or measure.grant != grant:
            continue
        at = [each.code for each in setting.data.programmes].index(measure.programme)
        share = posts_share(setting, measure) * within
        begun += share * setting.came.started[:, at]
        length = years_until_done(setting, at)
        done[length:] += (share[: shape[0] - length]) * completed[length:, at]
    return Bought(begun, done)


def years_until_done(setting: Setting, programme: int) -> int:
    """How many years after the one in which they began those of a programme are done."""
    steps = setting.scenario.steps
    return ceil(in_periods(setting.data.programmes[programme].periods, steps) / steps)
