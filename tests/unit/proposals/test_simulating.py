# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for every proposal, whatever its pots, keys, figures, bounds and conditions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overens.rules.allocation import allocate
from overens.rules.findings import Refused
from overens.rules.proposals.comparing import compare
from overens.rules.proposals.proposal import Proposal
from overens.rules.proposals.reading import from_agreement, read
from overens.rules.proposals.sensitivity import sensitivity
from overens.rules.proposals.simulating import Outcome, ore_per_inhabitant, resolved, simulate
from overens.rules.proposals.writing import as_toml
from overens.rules.reading import printed_ids, shipped, shipped_ids
from tests.unit.proposals.small import TABLES, proposal

CODES = tuple(f"{n:02}" for n in range(1, 8))
weight = st.one_of(st.integers(1, 10**6), st.integers(1, 10**6), st.just(0))
figures = st.lists(weight, min_size=len(CODES), max_size=len(CODES)).filter(any)


@st.composite
def pots(draw: st.DrawFn, id: str) -> dict[str, Any]:
    """Nearly always with room for its bounds: at most three of the seven are left out by a condition."""
    key = draw(st.sampled_from(["population-share", "fixed-plus-population", "weights", "results-times-price"]))
    amount = draw(st.integers(0, 10**7))
    least = st.one_of(st.none(), st.integers(0, amount // 7))
    made = {
        "id": id,
        "amount": amount,
        "key": key,
        "basis": draw(st.sampled_from(["x", "y"])),
        "least": draw(least) if key != "results-times-price" else None,
        "most": draw(st.one_of(st.none(), st.integers(amount // 4 + 1, amount + 1))),
        "fixed": draw(st.integers(0, amount // 7)) if key == "fixed-plus-population" else None,
        "price": draw(st.integers(0, 100)) if key == "results-times-price" else None,
        "times": draw(st.sampled_from([None, "y"])),
    }
    return {name: value for name, value in made.items() if value is not None}


@st.composite
def proposals(draw: st.DrawFn, rounding: tuple[str, ...] = ("largest-remainder", "controlled", "half-up")) -> Proposal:
    def basis(id: str) -> dict[str, Any]:
        values = tuple({"code": code, "value": value} for code, value in zip(CODES, draw(figures), strict=True))
        return {"id": id, "values": values}

    failing = tuple(draw(st.sets(st.sampled_from(CODES), max_size=3)))
    ids = draw(st.lists(st.sampled_from("pqr"), min_size=1, max_size=2, unique=True))
    unmet = draw(st.sampled_from(["reshare", "withhold"]))
    return Proposal.model_validate(
        {
            "format": 1,
            "kind": "proposal",
            "id": "f",
            "title": "F",
            "period": {"from": "2020-01-01", "to": "2020-12-31"},
            "recipients": "listed",
            "recipient": tuple({"code": code, "name": code} for code in CODES),
            "allocation": {"rounding": draw(st.sampled_from(rounding))},
            "basis": (basis("x"), basis("y")),
            "pot": tuple(draw(pots(id)) for id in ids),
            "condition": ({"id": "c", "pots": (ids[0],), "text": "t", "not_met": failing, "unmet": unmet},),
        },
        strict=False,
    )


def simulated(proposal: Proposal) -> Outcome:
    try:
        return simulate(proposal, TABLES)
    except Refused:
        assume(False)
        raise


@settings(max_examples=40)
@given(proposals())
def test_money_is_conserved_bounds_hold_and_nobody_owes(proposal: Proposal) -> None:
    outcome = simulated(proposal)
    table = outcome.table
    for pot in proposal.pots:
        assert table.totals[pot.id] + table.rest[pot.id] == pot.amount
        shares = sum((row.exact[pot.id] for row in table.rows), Fraction(0))
        if pot.key != "results-times-price" and not outcome.pots[pot.id].withheld:
            assert shares == pot.amount
        if proposal.allocation.rounding != "half-up" and pot.key != "results-times-price":
            assert table.rest[pot.id] == table.withheld[pot.id]
        sharers = outcome.pots[pot.id].weights.keys() - outcome.pots[pot.id].withheld
        for row in table.rows:
            assert row.exact[pot.id] >= 0
            assert pot.most is None or row.exact[pot.id] <= pot.most
            if row.code in sharers and pot.least is not None:
                assert row.exact[pot.id] >= pot.least
    assert sum(outcome.sums.values()) == table.sum


@settings(max_examples=40)
@given(proposals())
def test_a_proposal_is_shared_out_as_the_agreement_that_it_becomes(proposal: Proposal) -> None:
    outcome = simulated(proposal)
    assert allocate(resolved(proposal, TABLES)) == outcome.table


@settings(max_examples=40)
@given(proposals(), proposals())
def test_reasons_add_up_to_the_difference(first: Proposal, other: Proposal) -> None:
    comparison = compare([simulated(first), simulated(other)], {})
    for row in comparison.rows:
        assert sum(row.reasons[1].values(), Fraction(0)) == row.differences[1] == row.sums[1] - row.sums[0]
    assert {row.code for row in comparison.gaining(1)} == {
        row.code for row in comparison.rows if row.differences[1] > 0
    }


@settings(max_examples=40)
@given(proposals())
def test_a_proposal_beside_itself_differs_in_nothing(proposal: Proposal) -> None:
    outcome = simulated(proposal)
    assert all(not row.reasons[1] and not row.differences[1] for row in compare([outcome, outcome], {}).rows)


@settings(max_examples=30)
@given(figures, st.sampled_from(CODES), st.integers(1, 10**6), st.one_of(st.none(), st.integers(10**6, 10**7)))
def test_who_weighs_more_gets_no_less(weights: list[int], code: str, more: int, most: int | None) -> None:
    assume(any(weights))

    def exact(values: dict[str, int]) -> Fraction:
        listed = ", ".join(f'{{ code = "{each}", value = {value} }}' for each, value in values.items())
        names = ", ".join(f'{{ code = "{each}", name = "{each}" }}' for each in values)
        bound = f"\nmost = {most}" if most is not None else ""
        text = f"""
format = 1
kind = "proposal"
id = "f"
title = "F"
period = {{ from = 2020-01-01, to = 2020-12-31 }}
recipients = "listed"
recipient = [{names}]
[[basis]]
id = "t"
values = [{listed}]
[[pot]]
id = "p"
amount = 5000000
key = "weights"
basis = "t"{bound}
"""
        found, findings = read(text)
        assert found is not None, findings
        return next(row.exact["p"] for row in simulated(found).table.rows if row.code == code)

    before = dict(zip(CODES, weights, strict=True))
    assert exact({**before, code: before[code] + more}) >= exact(before)


@settings(max_examples=40)
@given(proposals())
def test_the_file_of_a_proposal_reads_as_the_same(proposal: Proposal) -> None:
    found, findings = read(as_toml(proposal))
    assert not findings
    assert found == proposal


def known(id: str) -> bool:
    """Whether the agreement states amount and key of all pots of its first line."""
    agreed = shipped(id)
    return all("not stated" not in (pot.amount, pot.key) for pot in agreed.pots_of(agreed.lines[0]))


@pytest.mark.parametrize("id", [id for id in (*shipped_ids(), *printed_ids()) if known(id)])
def test_what_is_proposed_from_an_agreement_gives_what_the_agreement_gives(id: str) -> None:
    begun = from_agreement(shipped(id))
    given = [[(row.code, row.kronor, row.sum) for row in table.rows] for table in (
        simulate(begun, {}).table, allocate(shipped(id))
    )]  # fmt: skip
    assert given[0] == given[1]
    assert read(as_toml(begun))[0] == begun


@pytest.mark.parametrize("id", [id for id in printed_ids() if not known(id)])
def test_what_is_not_known_of_an_agreement_is_not_made_up(id: str) -> None:
    with pytest.raises(Refused):
        from_agreement(shipped(id))


def test_what_a_difference_comes_from() -> None:
    """30 kronor more, a base, and other figures: each its part, in that order."""
    first = simulate(proposal(), TABLES)
    other = simulate(
        proposal(amount=130, basis='table = "later"', pot='key = "fixed-plus-population"\nfixed = 10'), TABLES
    )
    stockholm = compare([first, other], TABLES).rows[0]
    assert stockholm.sums == (50, 70)
    assert stockholm.reasons[1] == {"amount": 15, "key": -5, "figures": 10}


def test_a_cap_is_told_as_a_bound() -> None:
    rows = compare(
        [simulate(proposal(), TABLES), simulate(proposal(pot='key = "population-share"\nmost = 40'), TABLES)], TABLES
    ).rows
    assert [row.reasons[1] for row in rows] == [{"bounds": -10}, {"bounds": 6}, {"bounds": 4}]


def test_a_step_that_cannot_be_taken_goes_with_the_next() -> None:
    """The base of the first is more than the whole of the other: its amount cannot be changed alone."""
    first = simulate(proposal(pot='key = "fixed-plus-population"\nfixed = 30'), TABLES)
    other = simulate(proposal(amount=60), TABLES)
    assert compare([first, other], TABLES).rows[0].reasons[1] == {"key": -5}


def test_pots_that_only_one_has() -> None:
    more = '[[pot]]\nid = "q"\namount = 10\nkey = "population-share"\nbasis = "t"'
    rows = compare([simulate(proposal(), TABLES), simulate(proposal(more=more), TABLES)], TABLES).rows
    assert [row.reasons[1] for row in rows] == [{"pots": 5}, {"pots": 3}, {"pots": 2}]


def test_proposals_among_others_are_not_compared() -> None:
    other = simulate(from_agreement(shipped("2019")), TABLES)
    with pytest.raises(Refused) as refused:
        compare([simulate(proposal(), TABLES), other], TABLES)
    (finding,) = refused.value.findings
    assert finding.code == "proposal-recipients-differ"
    assert len(finding.values["codes"]) == 18  # type: ignore[arg-type]


def test_by_every_population_that_has_all() -> None:
    found = sensitivity(simulate(proposal(), TABLES), TABLES)
    assert found is not None
    assert found.populations == (("people", "2019-11-01"), ("later", "2020-11-01"))
    assert found.left_out == (("holes", "2019-11-01"),)
    assert [(row.least, row.most) for row in found.rows] == [(50, 60), (20, 30), (20, 20)]


def test_ages_are_kept_when_the_population_is_another() -> None:
    found = sensitivity(simulate(proposal(basis='table = "people"\nages = "75+"'), TABLES), TABLES)
    assert found is not None
    assert found.populations == (("people", "2019-11-01"),)


def test_weights_have_no_population() -> None:
    assert sensitivity(simulate(proposal(pot='key = "weights"'), TABLES), TABLES) is None


def test_half_an_ore_is_rounded_up() -> None:
    assert ore_per_inhabitant(1, 200) == 1
    assert ore_per_inhabitant(100, 3) == 3333
