# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Similar regions: the same as oneself is nearest, distance is the same both ways, what is unknown does not count."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from overens.rules.followup.similarity import neighbours

TRAITS = st.fixed_dictionaries(
    {"population": st.integers(1, 3_000_000), "posts": st.one_of(st.none(), st.floats(0, 100))}
)
VALUES = st.dictionaries(st.sampled_from("abcdef"), TRAITS, min_size=2)


@given(VALUES)
def test_distance_is_the_same_both_ways(values: dict[str, dict[str, float | None]]) -> None:
    for region in values:
        for each in neighbours(region, values):
            back = next(one for one in neighbours(each.region, values) if one.region == region)
            assert abs(back.distance - each.distance) < 1e-9


@given(VALUES)
def test_a_twin_is_nearest(values: dict[str, dict[str, float | None]]) -> None:
    first = next(iter(values))
    nearest = neighbours(first, {**values, "twin": values[first]})
    assert next(each for each in nearest if each.region == "twin").distance == 0


def test_it_says_in_what_they_are_alike_and_what_is_missing() -> None:
    values = {
        "a": {"population": 130_000, "posts": 4.0},
        "b": {"population": 140_000, "posts": None},
        "c": {"population": 2_400_000, "posts": 5.0},
    }
    b, c = neighbours("a", values)
    assert (b.region, b.missing, [trait.alike for trait in b.traits]) == ("b", ["posts"], [True])
    assert {trait.name: trait.alike for trait in c.traits} == {"population": False, "posts": False}
