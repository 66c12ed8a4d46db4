# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A balanced choice of regions: what is asked is kept, nothing allowed is better, and it is the same for everybody."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.rules.findings import Refused
from overens.rules.followup import spreading
from overens.rules.followup.spreading import CRITERIA, GEOGRAPHY, WEIGHTS, Region, assess, propose

CODES = [f"{number:02d}" for number in range(1, 10)]


@st.composite
def countries(draw: Any) -> list[Region]:
    codes = draw(st.lists(st.sampled_from(CODES), min_size=3, max_size=9, unique=True))
    return [
        Region(code, draw(st.sampled_from("abc")), draw(st.integers(1, 50)), draw(st.integers(1, 50))) for code in codes
    ]


@st.composite
def asked(draw: Any) -> tuple[list[Region], int, dict[str, int], list[str], list[str]]:
    regions = draw(countries())
    codes = [region.code for region in regions]
    wanted = draw(st.integers(1, len(codes)))
    include = draw(st.lists(st.sampled_from(codes), max_size=wanted, unique=True))
    free = [code for code in codes if code not in include]
    most = len(codes) - wanted
    exclude = draw(st.lists(st.sampled_from(free), max_size=most, unique=True)) if free and most else []
    weights = draw(st.fixed_dictionaries({name: st.integers(0, 3) for name in CRITERIA}))
    return regions, wanted, weights if any(weights.values()) else {GEOGRAPHY: 1}, include, exclude


@given(asked(), st.text(max_size=3), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_a_proposal_keeps_what_is_asked_and_nothing_allowed_is_better(asked: Any, seed: str, random: Any) -> None:
    regions, wanted, weights, include, exclude = asked
    found = propose(regions, wanted, weights, include, exclude, seed)
    assert len(set(found.chosen)) == wanted
    assert set(include) <= set(found.chosen)
    assert not set(exclude) & set(found.chosen)
    mixed = random.sample(regions, len(regions))
    assert propose(mixed, wanted, weights, include[::-1], exclude[::-1], seed) == found
    allowed = [
        choice
        for choice in itertools.combinations(sorted({r.code for r in regions} - set(exclude)), wanted)
        if set(include) <= set(choice)
    ]
    assert found.balance.deviation == min(assess(regions, choice, weights, seed).deviation for choice in allowed)
    assert found.tied is not None
    assert 1 <= found.tied <= len(allowed)


@given(asked(), st.text(max_size=3))
@settings(max_examples=60)
def test_swaps_never_make_a_choice_worse_than_the_greedy_one(asked: Any, seed: str) -> None:
    regions, wanted, weights, include, exclude = asked
    scale = spreading._Scale(sorted(regions, key=lambda region: region.code), wanted, weights)
    musts = sorted(include)
    free = sorted(region.code for region in regions if region.code not in {*include, *exclude})
    greedy = spreading.greedy(scale, musts, free, seed)
    better = spreading.improved(scale, greedy, musts, free, seed)
    assert scale.of(better) <= scale.of(greedy)
    assert set(musts) <= set(better)
    assert not set(exclude) & set(better)
    assert len(better) == wanted


@given(countries(), st.data())
@settings(max_examples=60)
def test_the_rank_counts_every_choice_once(regions: list[Region], data: Any) -> None:
    codes = [region.code for region in regions]
    chosen = data.draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))
    found = assess(regions, chosen, WEIGHTS, "")
    assert found.exact
    assert found.deviation >= 0
    assert 0 <= found.better <= found.compared - found.equal
    assert found.equal >= 1
    for name in (share.criterion for share in found.shares):
        shares = [share for share in found.shares if share.criterion == name]
        assert sum(share.chosen for share in shares) == len(chosen)
        assert sum(share.all for share in shares) == len(regions)


NINE = [Region(code, "abc"[place // 3], 10 + place * 7 % 9, 100) for place, code in enumerate(CODES)]


def test_everybody_is_in_perfect_proportion() -> None:
    assert propose(NINE, 9, WEIGHTS).balance.deviation == 0
    assert propose(NINE, 3, {GEOGRAPHY: 1}).balance.deviation == 0


@pytest.mark.parametrize(
    ("change", "code", "key"),
    [
        ({"wanted": 0}, "spread-number", "wanted"),
        ({"wanted": 10}, "spread-number", "wanted"),
        ({"include": ["99"]}, "spread-unknown-region", "chosen"),
        ({"include": ["01"], "exclude": ["01"]}, "spread-both", "exclude"),
        ({"wanted": 1, "include": ["01", "02"]}, "spread-too-many-included", "include"),
        ({"wanted": 9, "exclude": ["01"]}, "spread-too-few-left", "exclude"),
        ({"weights": {}}, "spread-no-criteria", "weight-geography"),
        ({"regions": [Region("01", "a", 1)], "wanted": 1}, "spread-grant-missing", "weight-grant"),
    ],
)
def test_what_cannot_be_proposed_is_refused_at_its_field(change: dict[str, Any], code: str, key: str) -> None:
    with pytest.raises(Refused) as refused:
        propose(**{"regions": NINE, "wanted": 3, "weights": WEIGHTS, **change})
    (finding,) = refused.value.findings
    assert (finding.code, finding.where and finding.where.key) == (code, key)
