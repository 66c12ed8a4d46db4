# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rates and what chance may do to them, and the classes of a map."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.edition.citations import joined
from overens.rules.edition.classes import CLASSES, class_of, limits, uncertain
from overens.rules.edition.rates import PER, differ, rate

CASES = Path(__file__).parents[2] / "cases" / "edition"
counts, inhabitants = st.integers(0, 20_000), st.integers(1, 11_000_000)
values = st.lists(st.floats(0, 1e6) | st.integers(0, 40), max_size=80)


def cases(name: str, table: str) -> list[Any]:
    found = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))[table]
    return [pytest.param(each, id=each["rule"]) for each in found]


@pytest.mark.parametrize("case", cases("rates", "interval"))
def test_an_interval_is_as_printed_tables_have_it(case: dict[str, Any]) -> None:
    found = rate(case["count"], PER)
    assert (found.low, found.high) == pytest.approx((case["low"], case["high"]), abs=0.001)


@pytest.mark.parametrize("case", cases("rates", "differ"))
def test_two_rates_differ_or_may_be_chance(case: dict[str, Any]) -> None:
    one, other = tuple(case["one"]), tuple(case["other"])
    assert differ(one, other) is case["differ"]
    assert differ(other, one) is case["differ"]


@given(counts, inhabitants)
def test_the_interval_holds_the_rate(count: int, persons: int) -> None:
    found = rate(count, persons)
    assert 0 <= found.low <= found.value <= found.high


@given(st.integers(1, 5000), st.integers(2, 50), inhabitants)
def test_fewer_are_less_sure_for_their_size(count: int, times: int, persons: int) -> None:
    few, many = rate(count, persons), rate(count * times, persons)
    assert (few.high - few.low) / few.value > (many.high - many.low) / many.value


@given(counts, st.integers(1, 100_000), st.integers(2, 100))
def test_the_interval_is_of_the_count_whatever_it_is_counted_among(count: int, persons: int, times: int) -> None:
    one, other = rate(count, persons), rate(count, persons * times)
    assert (other.low * times, other.high * times) == pytest.approx((one.low, one.high))


@given(counts, inhabitants)
def test_a_rate_does_not_differ_from_itself(count: int, persons: int) -> None:
    assert not differ((count, persons), (count, persons))


@pytest.mark.parametrize(("count", "persons"), [(-1, 10), (1, 0)])
def test_what_is_no_rate_is_refused(count: int, persons: int) -> None:
    with pytest.raises(ValueError, match="among"):
        rate(count, persons)


@pytest.mark.parametrize("case", cases("classes", "case"))
def test_the_classes_of_a_map(case: dict[str, Any]) -> None:
    assert limits(case["values"]) == tuple(case["limits"])


@given(values)
def test_every_class_has_a_value_and_equal_ones_share_theirs(values: list[float]) -> None:
    found = limits(values)
    assert list(found) == sorted(set(found))
    assert len(found) == max(0, min(CLASSES, len(set(values))) - 1)
    assert len(Counter(class_of(value, found) for value in values)) == (len(found) + 1 if values else 0)


@given(values, st.randoms(use_true_random=False))
def test_the_order_of_the_values_is_nothing_to_the_classes(values: list[float], random: Any) -> None:
    other = list(values)
    random.shuffle(other)
    assert limits(other) == limits(values)


@pytest.mark.parametrize(("low", "high", "unsure"), [(11, 19, False), (9, 19, False), (9, 21, True), (0, 100, True)])
def test_a_class_is_unsure_when_the_interval_spans_more_than_two(low: float, high: float, unsure: bool) -> None:
    assert uncertain(low, high, (10, 20, 30)) is unsure


def test_pages_of_one_publication_stand_together() -> None:
    said = ["A, s. 3", "A, s. 4", "A, bilaga 2, s. 9", "A, s. 7–8", "Ett brev", "A, s. 12"]
    assert joined(said) == ["A, s. 3–4, 7–8, 12", "A, bilaga 2, s. 9", "Ett brev"]
