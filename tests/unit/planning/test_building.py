# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a scenario to its problem: what holds whatever is assumed, and what each kind of measure does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.supply import outcome as out
from overens.planning.supply.assumed import parameters
from overens.planning.supply.building import REST, build, region_codes
from overens.planning.supply.cohort import expected
from overens.planning.supply.measures import DOING, FIGURES
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.problem import (
    AGENCY,
    EMPLOYED,
    FULL,
    INTRODUCTION,
    PART,
    REGION,
    SECTORS,
    SITUATIONS,
    Floats,
    Problem,
)
from overens.planning.supply.rates import chance
from overens.planning.supply.reference import base, data, whole
from overens.planning.supply.scenario import Measure, Scenario
from overens.planning.supply.sound import check

PARAMETERS = parameters(base(), data())
SHORT = {"regions": ("24",), "years": 4}
FIRST = base().first_year


def scenario(*measures: Measure, **changes: object) -> Scenario:
    return base().model_copy(update={**SHORT, **changes, "measures": measures})


def measure(kind: str, *, first: int = FIRST + 1, last: int = FIRST + 10, **figures: object) -> Measure:
    return Measure.model_validate({"id": "m", "title": "M", "kind": kind, "first": first, "last": last, **figures})


@cache
def nothing_done() -> Problem:
    return build(scenario(), data())


def occupation(code: str) -> int:
    return data().named([code])[0]


def by_code(things: tuple[object, ...], code: str) -> int:
    return [getattr(each, "code") for each in things].index(code)  # noqa: B009


DRAWS = st.dictionaries(
    st.sampled_from([each.id for each in PARAMETERS if each.low is not None]), st.floats(0, 1), max_size=12
)


@given(DRAWS, st.sampled_from(["year", "half-year"]))
@settings(max_examples=12, deadline=None)
def test_whatever_is_drawn_probabilities_are_probabilities_and_persons_are_whole(
    shares: dict[str, float], step: str
) -> None:
    by_id = {each.id: each for each in PARAMETERS}
    drawn = {
        id: float(by_id[id].low or 0) + share * float((by_id[id].high or 0) - (by_id[id].low or 0))
        for id, share in shares.items()
    }
    problem = build(scenario(years=1, step=step), data(), drawn)
    rates = problem.rates[0]
    for chances in (rates.dying, rates.retiring, rates.leaving, rates.returning, rates.moving):
        assert (chances >= 0).all()
        assert (chances <= 1).all()
    for rows in (rates.towards, rates.employer, rates.situation, *(each.placed for each in problem.educations)):
        assert rows.min() >= 0
        np.testing.assert_allclose(rows.sum(-1), 1)
    for persons in (problem.stock, problem.trainees, problem.foreign):
        assert persons.min() >= 0
        assert (persons == np.rint(persons)).all()


@given(st.floats(0, 1), st.floats(0, 4))
def test_two_half_years_make_a_year(probability: float, factor: float) -> None:
    half = chance(probability, factor, 2)
    assert 1 - (1 - half) ** 2 == pytest.approx(float(chance(probability, factor, 1)))
    assert float(chance(probability, 1, 1)) == pytest.approx(probability)


@given(st.lists(st.floats(0, 50), min_size=1, max_size=40))
def test_rounding_keeps_every_sum_within_one(spread: list[float]) -> None:
    persons = whole(np.array(spread), axes=1)
    assert np.abs(np.cumsum(persons) - np.cumsum(spread)).max() <= 0.5 + 1e-9


@pytest.mark.parametrize("regions", [(), ("24",), ("01", "24")])
def test_everybody_is_somewhere_however_the_country_is_cut(regions: tuple[str, ...]) -> None:
    problem = build(scenario(regions=regions, years=1), data())
    codes = region_codes(scenario(regions=regions), data())
    assert codes == (data().regions if not regions else (*regions, REST))
    there = problem.stock[..., :EMPLOYED].sum((2, 3, 4))
    for each, programme in enumerate(problem.programmes):
        there[programme.source] += problem.trainees[each].sum((1, 2, 3))
    counts = data().counts.sum((2, 3))
    for at, code in enumerate(codes):
        if code != REST:
            np.testing.assert_allclose(there[:, at], counts[:, data().regions.index(code)], atol=1)
    np.testing.assert_allclose(there.sum(1), counts.sum(1), atol=len(codes))


def test_as_many_move_each_way() -> None:
    rates = build(scenario(regions=(), years=1), data()).rates[0]
    flows = data().population[:, None] * rates.towards
    np.testing.assert_allclose(flows, flows.T, rtol=1e-6)
    assert (np.diag(rates.towards) == 0).all()


def test_a_region_is_the_same_alone_as_among_all_at_the_start_and_in_what_comes() -> None:
    among, alone = build(scenario(regions=(), years=1), data()), nothing_done()
    at = among.regions.index("24")
    np.testing.assert_allclose(among.posts[0, :, at], alone.posts[0, :, 0])
    np.testing.assert_allclose(among.arrivals.intake[0, :, at], alone.arrivals.intake[0, :, 0])
    np.testing.assert_allclose(among.arrivals.abroad[0, :, at], alone.arrivals.abroad[0, :, 0])


def test_years_in_which_the_same_is_done_share_their_rates() -> None:
    posts = measure("training-posts", programme="intensive", amount=Decimal(5))
    problem = build(scenario(posts, measure("retain", factor=Decimal("0.5"), first=FIRST + 2)), data())
    assert problem.rates[0] is problem.rates[1]
    assert problem.rates[1] is not problem.rates[2]
    assert problem.rates[2] is problem.rates[3]


def test_every_kind_of_measure_has_its_figures_and_its_function() -> None:
    assert set(FIGURES) == set(DOING)


# What each kind does, as what it changes in its years and nowhere else.


def changed(problem: Problem, before: Problem) -> list[int]:
    """The periods whose rates are not those of nothing done."""
    return [
        period
        for period, (now, then) in enumerate(zip(problem.rates, before.rates, strict=True))
        if any((getattr(now, name) != getattr(then, name)).any() for name in vars(now))
    ]


def test_training_posts() -> None:
    problem = build(scenario(measure("training-posts", programme="intensive", amount=Decimal(6))), data())
    more = problem.posts - nothing_done().posts
    programme = by_code(problem.programmes, "intensive")
    np.testing.assert_allclose(more[:, programme, 0], [0, 6, 6, 6])
    assert more.sum() == pytest.approx(18)
    assert changed(problem, nothing_done()) == []


def test_posts_for_regions_together_are_shared_by_population() -> None:
    problem = build(
        scenario(measure("training-posts", programme="intensive", amount=Decimal(100)), regions=(), years=2), data()
    )
    before = build(scenario(regions=(), years=2), data())
    more = (problem.posts - before.posts)[1, by_code(problem.programmes, "intensive")]
    np.testing.assert_allclose(more, 100 * data().population / data().population.sum())


def test_half_years_share_the_posts_of_a_year() -> None:
    posts = measure("training-posts", programme="intensive", amount=Decimal(6))
    problem = build(scenario(posts, step="half-year"), data())
    before = build(scenario(step="half-year"), data())
    more = (problem.posts - before.posts)[:, by_code(problem.programmes, "intensive"), 0]
    np.testing.assert_allclose(more, [0, 0, 3, 3, 3, 3, 3, 3])


def test_study_places() -> None:
    problem = build(scenario(measure("study-places", education="nursing", amount=Decimal(8))), data())
    more = (problem.arrivals.intake - nothing_done().arrivals.intake)[:, :, 0]
    assert more[:, by_code(problem.educations, "nursing")].tolist() == pytest.approx([0, 8, 8, 8])


def test_foreign_trained() -> None:
    problem = build(scenario(measure("foreign-trained", occupations="nurse", amount=Decimal(4))), data())
    more = (problem.arrivals.abroad - nothing_done().arrivals.abroad)[:, :, 0]
    assert more[:, occupation("nurse")].tolist() == pytest.approx([0, 4, 4, 4])


def test_recruit() -> None:
    problem = build(scenario(measure("recruit", occupations="assistants", amount=Decimal(9))), data())
    more = (problem.arrivals.intake - nothing_done().arrivals.intake)[1, :, 0]
    names = [problem.educations[at].code for at in np.flatnonzero(more)]
    assert names == ["direct-assistant-nurse", "direct-care-assistant", "direct-mental-carer"]
    assert more.sum() == pytest.approx(9)


def test_introduction() -> None:
    given = measure("introduction", occupations="nurse", share=1, months=24, factor=Decimal("0.5"))
    problem = build(scenario(given), data())
    nurse, midwife = occupation("nurse"), occupation("midwife")
    here, rest = 0, 1
    assert problem.arrivals.introduced[1, nurse, here] == 1
    before = nothing_done().arrivals.introduced[0, nurse, here]
    assert problem.arrivals.introduced[0, nurse, here] == problem.arrivals.introduced[1, nurse, rest] == before < 1
    assert problem.rates[1].new_leaving[nurse].tolist() == [0.5, nothing_done().rates[1].new_leaving[nurse, 0]]
    staying = problem.rates[1].situation[:, here, 0, 20, INTRODUCTION, INTRODUCTION]
    assert staying[nurse] > 0
    assert staying[midwife] == 0


def test_full_time() -> None:
    problem = build(scenario(measure("full-time", occupations="nurse", share=Decimal("0.5"))), data())
    now, then = (each.rates[1].situation[:, 0, ..., PART, FULL] for each in (problem, nothing_done()))
    assert (now[occupation("nurse")] > then[occupation("nurse")]).all()
    assert (now[occupation("midwife")] == then[occupation("midwife")]).all()
    assert changed(problem, nothing_done()) == [1, 2, 3]


def test_retain_in_one_region() -> None:
    problem = build(scenario(measure("retain", occupations="nurses", regions="24", factor=Decimal("0.8"))), data())
    share = problem.rates[1].leaving_here / nothing_done().rates[1].leaving_here
    assert share[occupation("nurse")].tolist() == pytest.approx([0.8, 1])
    assert share[occupation("midwife")].tolist() == pytest.approx([1, 1])


def test_later_retirement_moves_the_table() -> None:
    problem = build(scenario(measure("later-retirement", occupations="nurse", years=1)), data())
    now, then = (each.rates[1].retiring[occupation("nurse"), 0, 0] for each in (problem, nothing_done()))
    np.testing.assert_allclose(now[1:], then[:-1])


def test_less_hired() -> None:
    problem = build(scenario(measure("less-hired", occupations="doctors", share=Decimal("0.4"))), data())
    now, then = (each.rates[1].employer[occupation("doctor-general"), 0, AGENCY] for each in (problem, nothing_done()))
    assert now[AGENCY] == pytest.approx(0.6 * then[AGENCY])
    assert now[REGION] > then[REGION]


def test_less_sick_leave() -> None:
    problem = build(scenario(measure("less-sick-leave", factor=Decimal("0.5"))), data())
    sick = SITUATIONS.index("sick")
    now, then = (each.rates[1].situation[:, 0, ..., FULL, sick] for each in (problem, nothing_done()))
    there = then > 0
    assert (now[there] < then[there]).all()
    assert (now[there] > 0.49 * then[there]).all()


def test_supervisors() -> None:
    given = measure("supervisors", education="nursing", per_supervisor=Decimal(2), first=FIRST, last=FIRST + 3)
    problem = build(scenario(given), data())
    assert problem.educations[by_code(problem.educations, "nursing")].per_supervisor == 2
    assert changed(problem, nothing_done()) == []


@pytest.mark.parametrize(
    ("kind", "figures", "name"),
    [
        ("later-retirement", {"years": 1}, "retiring"),
        ("less-hired", {"share": Decimal("0.5")}, "employer"),
        ("full-time", {"share": Decimal("0.5")}, "situation"),
        ("less-sick-leave", {"factor": Decimal("0.5")}, "situation"),
        ("introduction", {"share": 1, "months": 24}, "situation"),
        ("introduction", {"share": 1, "factor": Decimal("0.1")}, "new_leaving"),
    ],
)
def test_what_is_done_in_a_region_is_done_there_alone(kind: str, figures: dict[str, object], name: str) -> None:
    there = scenario(measure(kind, regions="24", **figures), regions=("01", "24"), years=2)
    now, then = (
        getattr(build(each, data()).rates[1], name) for each in (there, there.model_copy(update={"measures": ()}))
    )
    assert now.shape[1] == 3
    assert then.shape[1] == 1
    assert [(now[:, region] != then[:, 0]).any() for region in range(3)] == [False, True, False]


# What comes out.


@cache
def outcome() -> Outcome:
    return expected(nothing_done())


def test_people_stay_spread_over_situations_as_at_the_start() -> None:
    """The start is where the rates would keep them: who is away does not jump in the first year."""
    stocks = outcome().stocks.sum((1, 2))
    away = stocks[:, out.ABSENT] / (stocks[:, out.WORKING] + stocks[:, out.ABSENT])
    assert np.abs(away[1:] / away[0] - 1).max() < 0.1


def test_employers_keep_their_shares_where_nothing_is_done() -> None:
    def shares(stock: Floats) -> Floats:
        by_sector = stock[..., :EMPLOYED].reshape(*stock.shape[:-1], len(SECTORS), len(SITUATIONS))
        summed = by_sector.sum((1, 2, 3, 5))
        return np.asarray(summed / np.maximum(summed.sum(1, keepdims=True), 1))

    np.testing.assert_allclose(shares(nothing_done().stock), data().sectors[:, 0], atol=0.02)


def test_each_region_has_its_own_employers() -> None:
    """Where a region employs all of its staff itself nobody there is anybody else's, and the rest is as it was."""
    short, sectors = scenario(years=1), data().sectors.copy()
    sectors[:, data().regions.index("24")] = np.eye(len(SECTORS))[REGION]
    found, before = build(short, replace(data(), sectors=sectors)), build(short, data())
    by_sector = found.stock[..., :EMPLOYED].reshape(*found.stock.shape[:-1], len(SECTORS), len(SITUATIONS))
    assert by_sector[:, 0, ..., REGION + 1 :, :].sum() == 0
    np.testing.assert_allclose(found.stock[:, 1], before.stock[:, 1], atol=1)  # but for a rounding
    np.testing.assert_allclose(found.rates[0].employer.sum(-1), 1)
    np.testing.assert_allclose(found.rates[0].employer[:, 1], before.rates[0].employer[:, 0])
    assert not check(found)


def test_nurses_have_their_posts_where_regions_have_had_them() -> None:
    many, none = data().regions.index("01"), data().regions.index("09")
    a_head = data().posts[by_code(data().programmes, "intensive")] / data().population
    assert a_head[many] > a_head[none] > 0
