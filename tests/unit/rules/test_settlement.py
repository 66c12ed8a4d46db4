# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a report comes to, and what a corrected one changes: no krona appears, none is lost."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from overens.rules.settlement import Correction, Outcome, outcome, settle

kronor = st.integers(0, 10**12)
small = st.integers(0, 30)


def after(places: tuple[int, int, int, int], change: Correction) -> tuple[int, int, int, int, int]:
    """held, used, to repay, returned and to be paid out again, when the movements have been made."""
    held, used, to_repay, returned = places
    return (
        held - change.held_to_used,
        used + change.held_to_used - change.used_to_repay + change.repay_to_used,
        to_repay + change.used_to_repay - change.repay_to_used,
        returned - change.refund,
        change.refund,
    )


@pytest.mark.parametrize(
    ("received", "costs", "expected"),
    [
        (100, 100, Outcome(used=100, unused=0, own_share=0)),
        (100, 99, Outcome(used=99, unused=1, own_share=0)),
        (100, 101, Outcome(used=100, unused=0, own_share=1)),
        (100, 0, Outcome(used=0, unused=100, own_share=0)),
        (0, 0, Outcome(used=0, unused=0, own_share=0)),
    ],
)
def test_outcome(received: int, costs: int, expected: Outcome) -> None:
    assert outcome(received, costs) == expected


@given(received=kronor, costs=kronor)
def test_every_received_krona_is_used_or_unused_and_every_cost_is_paid_by_somebody(received: int, costs: int) -> None:
    result = outcome(received, costs)
    assert result.used + result.unused == received
    assert result.used + result.own_share == costs
    assert 0 in (result.unused, result.own_share)
    assert min(result.used, result.unused, result.own_share) >= 0


@pytest.mark.parametrize(("received", "costs"), [(-1, 0), (0, -1)])
def test_sums_below_zero_are_a_fault(received: int, costs: int) -> None:
    with pytest.raises(ValueError):
        outcome(received, costs)


@given(held=small, used=small, to_repay=small, returned=small, costs=st.integers(0, 150))
def test_a_report_moves_the_money_to_where_it_says(
    held: int, used: int, to_repay: int, returned: int, costs: int
) -> None:
    places = (held, used, to_repay, returned)
    report = outcome(sum(places), costs)
    change = settle(*places, report)
    now_held, now_used, owed, home, refund = after(places, change)
    assert min(now_held, now_used, owed, home, refund) >= 0
    assert now_held + now_used + owed + home + refund == sum(places)
    assert now_held == 0
    assert now_used + refund == report.used
    assert owed + home == report.unused
    assert 0 in (change.used_to_repay, change.repay_to_used + change.refund), "one direction at a time"


@given(
    held=small, used=small, to_repay=small, returned=small, costs=st.integers(0, 150), correction=st.integers(0, 150)
)
def test_settling_again_by_the_same_report_changes_nothing(
    held: int, used: int, to_repay: int, returned: int, costs: int, correction: int
) -> None:
    places = (held, used, to_repay, returned)
    for said in (costs, correction):
        report = outcome(sum(places), said)
        now_held, now_used, owed, home, refund = after(places, settle(*places, report))
        places = (now_held, now_used + refund, owed, home)  # the refund has been paid, and counts as used
        assert settle(*places, report) == Correction()


@given(used=small, to_repay=small, returned=small, written_off=small, costs=st.integers(0, 150))
def test_what_was_written_off_is_never_paid_out_again(
    used: int, to_repay: int, returned: int, written_off: int, costs: int
) -> None:
    places = (0, used, to_repay, returned)
    report = outcome(sum(places) + written_off, costs)
    change = settle(*places, report, written_off)
    _, now_used, owed, home, refund = after(places, change)
    assert min(now_used, owed, home, refund) >= 0
    assert now_used + owed + home + refund == sum(places)
    assert refund <= returned
    if report.unused >= written_off:
        assert owed + home + written_off == report.unused
    else:
        assert owed == home == 0


@given(held=small, used=small, wrong=st.integers(-5, 5))
def test_a_report_about_another_sum_is_a_fault(held: int, used: int, wrong: int) -> None:
    assume(wrong and held + used + wrong >= 0)
    with pytest.raises(ValueError):
        settle(held, used, 0, 0, outcome(held + used + wrong, 0))
