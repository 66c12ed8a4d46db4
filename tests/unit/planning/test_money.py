# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What measures cost, what pays for them, and where the next krona is worth most: what holds whatever is planned."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.supply import cohort, money, pricing, ranking, worth
from overens.planning.supply.building import REST, build
from overens.planning.supply.money import Sum
from overens.planning.supply.outcomes import Reported, beside
from overens.planning.supply.pricing import Happened
from overens.planning.supply.reference import base, data
from overens.planning.supply.scenario import Grant, Measure, Scenario
from overens.planning.supply.worth import Candidate, Valued
from overens.rules import allocation, reading
from overens.rules.findings import Refused

FIRST, YEARS = base().first_year, 4
GRANT = Grant(id="pott", title="Pott", agreement="2019", pot="specialistutbildning")
PROGRAMMES = [each.code for each in data().programmes]


def scenario(*measures: Measure, regions: tuple[str, ...] = ("03",), grants: tuple[Grant, ...] = ()) -> Scenario:
    return base().model_copy(update={"regions": regions, "years": YEARS, "measures": measures, "grants": grants})


def measure(kind: str, id: str = "m", first: int = FIRST, last: int = FIRST, **figures: object) -> Measure:
    return Measure.model_validate({"id": id, "title": id, "kind": kind, "first": first, "last": last, **figures})


def posts(programme: str, amount: int, id: str = "m", **more: object) -> Measure:
    return measure("training-posts", id, programme=programme, amount=Decimal(amount), **more)


@cache
def came(regions: tuple[str, ...] = ("03",)) -> Happened:
    problem = build(scenario(regions=regions), data())
    return pricing.happened(cohort.expected(problem), problem.steps)


MEASURES = st.one_of(
    st.builds(
        lambda programme, amount, pay, last: {
            "kind": "training-posts", "programme": programme, "amount": Decimal(amount), "pay": pay, "last": last,
        },
        st.sampled_from(PROGRAMMES), st.integers(1, 40), st.sampled_from(["full", "study"]),
        st.integers(FIRST, FIRST + YEARS - 1),
    ),
    st.builds(lambda share: {"kind": "introduction", "share": share}, st.decimals(0, 1, places=2)),
    st.builds(lambda factor: {"kind": "retain", "factor": factor}, st.decimals("0.5", 1, places=2)),
    st.builds(
        lambda amount: {"kind": "study-places", "education": "nursing", "amount": Decimal(amount)}, st.integers(1, 99)
    ),
    st.builds(lambda share: {"kind": "full-time", "share": share}, st.decimals(0, 1, places=2)),
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(MEASURES, min_size=1, max_size=5))
def test_cost_is_additive_over_measures_regions_and_years(chosen: list[dict[str, object]]) -> None:
    all_of_them = tuple(
        Measure.model_validate(
            {"first": FIRST, "last": FIRST, **each, "id": f"m{at}", "title": "M", "grant": "ab"[at % 2]}
        )
        for at, each in enumerate(chosen)
    )
    costs = pricing.costs(scenario(*all_of_them), data(), came())
    parts = [money.spent(costs, grant).sum() for grant in ("a", "b")]
    assert sum(parts) == costs.kronor.sum() == sum(int(each) for each in costs.kronor.reshape(-1))
    assert costs.kronor.dtype == np.int64
    # What is not the scenario's own region costs nothing.
    assert not costs.kronor[:, :, costs.regions.index(REST)].any()


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 200), st.integers(1, 200))
def test_two_measures_of_one_programme_share_those_who_began(one: int, other: int) -> None:
    both = scenario(posts("psychiatric", one, "a"), posts("psychiatric", other, "b"))
    begun = pricing.costs(both, data(), came()).begun[:, 0, 0]
    assert begun.sum() <= came().started[0, PROGRAMMES.index("psychiatric"), 0] + 1e-9
    assert begun[0] * other == pytest.approx(begun[1] * one)


def test_a_post_of_two_half_years_costs_one_year_and_one_of_three_a_year_and_a_half() -> None:
    for programme, years in (("psychiatric", 1.0), ("district", 1.5)):
        setting = pricing.setting_of(scenario(), data(), came())
        at = PROGRAMMES.index(programme)
        begun = np.zeros((YEARS, 2))
        begun[0, 0] = 1
        spent = pricing.posts_cost(setting, at, "full", begun)[:, 0].sum()
        a_year = pricing.post_year(setting, at, "full").sum()
        assert a_year * years * (1 - data().programmes[at].dropping) <= spent <= a_year * years


def test_study_pay_costs_less_than_full_pay_and_gives_the_same_posts() -> None:
    full, study = (
        pricing.costs(scenario(posts("psychiatric", 5, pay=pay)), data(), came()) for pay in ("full", "study")
    )
    assert study.kronor.sum() < full.kronor.sum()
    assert (study.begun == full.begun).all()


def test_what_a_measure_says_that_it_costs_takes_the_place_of_the_prices() -> None:
    costs = pricing.costs(scenario(posts("psychiatric", 5, cost=100_000)), data(), came())
    assert costs.kronor.sum() == round(float(costs.begun.sum()) * 100_000)


def test_what_has_no_price_is_said_and_costs_nothing() -> None:
    costs = pricing.costs(scenario(measure("later-retirement", years=Decimal(1))), data(), came())
    assert costs.priced == (False,)
    assert not costs.kronor.any()
    assert [each.code for each in money.findings(costs, {})] == ["supply-not-priced"]


def test_the_regions_together_are_allocated_the_pot() -> None:
    given_sum = money.of_agreement(GRANT, reading.shipped("2019"))
    table = allocation.allocate(reading.shipped("2019"), ["specialistutbildning"])
    assert len(given_sum.kronor) == 21
    assert sum(given_sum.kronor.values()) + table.rest["specialistutbildning"] == given_sum.whole == 400_000_000
    assert (given_sum.first, given_sum.last) == (2019, 2019)


def test_a_pot_that_its_agreement_has_not_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        money.of_agreement(GRANT.model_copy(update={"pot": "nej"}), reading.shipped("2019"))
    assert refused.value.findings[0].code == "supply-grant-no-pot"


def test_nothing_is_paid_twice_by_two_grants() -> None:
    twice = scenario(grants=(GRANT, GRANT.model_copy(update={"id": "igen"})))
    _found, said = money.sums(twice, lambda grant: money.of_agreement(grant, reading.shipped("2019")))
    assert [each.code for each in said] == ["supply-grant-twice"]


@pytest.mark.parametrize(
    ("kronor", "last", "codes"),
    [
        ({"03": 10**9}, FIRST, []),
        ({"03": 1_000}, FIRST, ["supply-grant-exceeded"]),
        ({"01": 10**9}, FIRST, ["supply-grant-no-allocation"]),
        ({"03": 10**9}, FIRST + 1, ["supply-grant-other-years"]),
    ],
)
def test_money_that_does_not_reach_is_said_and_not_refused(kronor: dict[str, int], last: int, codes: list[str]) -> None:
    costs = pricing.costs(scenario(posts("psychiatric", 5, grant="pott", last=last)), data(), came())
    found = money.findings(costs, {"pott": Sum("pott", FIRST, FIRST, kronor, sum(kronor.values()), "own")})
    assert [each.code for each in found] == codes
    assert {each.level for each in found} <= {"warning"}


def test_a_pot_of_one_year_pays_for_nothing_in_the_next() -> None:
    costs = pricing.costs(scenario(posts("district", 5, grant="pott")), data(), came())
    of = money.balance(costs, Sum("pott", FIRST, FIRST, {"03": 10**9}, 10**9, "own"))
    assert of.used[0] > 0
    assert of.other[0] > 0
    assert of.used[0] + of.other[0] == of.by_year[:, 0].sum() == costs.kronor.sum()


def test_what_is_completed_of_a_grant_is_its_part_of_those_who_began() -> None:
    of = scenario(posts("psychiatric", 5, grant="pott"), grants=(GRANT,))
    problem = build(of, data())
    outcome = cohort.expected(problem)
    setting = pricing.setting_of(of, data(), pricing.happened(outcome, problem.steps))
    got = money.bought(setting, "pott", outcome.posts[..., 2], FIRST, FIRST)
    assert got.begun[0, 0] == pytest.approx(5, rel=0.01)
    assert 4 < got.completed[1, 0] < 5
    assert got.completed[[0, 2, 3]].sum() == 0


# Where the next krona is worth most.


@cache
def valued() -> Valued:
    """Two programmes: of one, the supervisors are as many as there are trainees."""
    bound = measure("supervisors", "full", last=FIRST + YEARS - 1, programme="ambulance", per_supervisor=Decimal(0))
    among = [Candidate("a", "training-posts", "ambulance"), Candidate("b", "training-posts", "medical")]
    return worth.valued(scenario(bound), data(), draws=2, among=among)


def test_one_more_post_that_something_else_holds_back_is_worth_nothing() -> None:
    held, free = sorted(ranking.ranked(valued(), data(), 0), key=lambda row: row.candidate.id)
    assert (held.hours, held.net, held.cost, held.bound) == (0, 0, 0, "supervisors")
    assert free.hours > 0
    assert free.cost > 0
    assert free.bound == "posts"


def test_what_was_worked_out_is_kept_and_read_again() -> None:
    kept = worth.pack(valued())
    assert worth.pack(worth.unpack(kept)) == kept


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**9))
def test_a_proposal_never_costs_more_than_there_is(kronor: int) -> None:
    bids = ranking.greedy(valued(), data(), {"03": kronor})
    assert sum(each.kronor for each in bids) <= kronor
    assert all(each.posts > 0 for each in bids)
    assert {each.candidate.thing for each in bids} <= {"medical"}


def test_a_proposal_is_measures_that_the_grant_pays() -> None:
    bids = ranking.greedy(valued(), data(), {"03": 20_000_000})
    made = ranking.proposed(bids, scenario(grants=(GRANT,)), data(), FIRST, "pott")
    assert made
    assert {(each.grant, each.first, each.regions) for each in made} == {("pott", FIRST, ("03",))}


# What was reported.


def test_what_is_not_reported_is_not_nought() -> None:
    setting = pricing.setting_of(scenario(posts("psychiatric", 5)), data(), came())
    told = {("03", FIRST): Reported(None, "not-reported"), ("03", FIRST + 1): Reported(0)}
    silent, nought = beside(setting, "training-posts", told)
    assert silent.reported.number is None
    assert silent.difference is None
    assert nought.difference is not None
    assert nought.difference < 0
    assert silent.planned == pytest.approx(5)
