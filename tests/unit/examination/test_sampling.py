# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A draw is the same whoever makes it, of the size that the policy says, and rests on nothing but seed and reports."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules import sampling

SEED = "0f" * 32
keys = st.text("abcdefgh0123456789/", min_size=1, max_size=12)
reports = st.dictionaries(keys, st.text("0123456789abcdef", min_size=64, max_size=64), max_size=30)
seeds = st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")
shares = st.integers(0, 100)


def test_a_mark_is_what_the_page_says_it_is() -> None:
    """By the command that the draw's page shows."""
    tool = shutil.which("sha256sum")
    assert tool is not None
    text = f"{SEED}|2019/regioner/10|{'ab' * 32}"
    said = subprocess.run([tool], input=text.encode(), capture_output=True, check=True).stdout.decode()
    assert said.split()[0] == sampling.mark(SEED, "2019/regioner/10", "ab" * 32)


@pytest.mark.parametrize(
    ("count", "percent", "minimum", "drawn"),
    [(0, 10, 2, 0), (1, 10, 2, 1), (5, 10, 2, 2), (20, 10, 2, 2), (21, 10, 2, 3), (21, 0, 0, 0), (7, 100, 0, 7)],
)
def test_the_size_is_the_share_rounded_up_and_at_least_the_minimum(
    count: int, percent: int, minimum: int, drawn: int
) -> None:
    assert sampling.size(count, percent, minimum) == drawn


@given(seed=seeds, reports=reports, percent=shares, minimum=st.integers(0, 5))
def test_a_lot_has_its_size_and_no_mark_outside_it_is_smaller(
    seed: str, reports: dict[str, str], percent: int, minimum: int
) -> None:
    drawn = sampling.drawn("lot", seed, reports, percent, minimum)
    assert len(drawn) == sampling.size(len(reports), percent, minimum)
    inside = [sampling.mark(seed, case, reports[case]) for case in drawn]
    outside = [sampling.mark(seed, case, reports[case]) for case in reports.keys() - drawn]
    assert max(inside, default="") <= min(outside, default="g")
    assert sampling.drawn("lot", seed, dict(reversed(reports.items())), percent, minimum) == drawn


@given(seed=seeds, reports=reports, percent=shares, more=shares)
def test_one_by_one_each_is_drawn_whoever_else_is_there_and_a_larger_share_draws_more(
    seed: str, reports: dict[str, str], percent: int, more: int
) -> None:
    drawn = sampling.drawn("threshold", seed, reports, percent, 9)
    alone = {c for c, r in reports.items() if sampling.drawn("threshold", seed, {c: r}, percent, 9)}
    assert drawn == alone
    assert drawn <= sampling.drawn("threshold", seed, reports, max(percent, more), 0)
    assert sampling.drawn("threshold", seed, reports, 100, 0) == reports.keys()
    assert sampling.drawn("threshold", seed, reports, 0, 0) == frozenset()


def test_one_by_one_about_the_share_is_drawn() -> None:
    """Of ten thousand reports some tenth: four standard deviations on either side."""
    reports = {f"2019/regioner/{number}": f"{number:064x}" for number in range(10_000)}
    assert 880 <= len(sampling.drawn("threshold", SEED, reports, 10, 0)) <= 1120


@given(seed=seeds, other=seeds)
def test_a_commitment_is_to_one_seed(seed: str, other: str) -> None:
    assert (sampling.commitment(seed) == sampling.commitment(other)) == (seed == other)
    assert seed not in sampling.commitment(seed)
