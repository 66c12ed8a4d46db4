# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is filled in from the books never takes the place of what somebody typed without being told to."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from overens.rules.prefilling import is_from_books, prefill, typed_rows

HEADS = ["A", "B"]
row = st.fixed_dictionaries({
    "head": st.sampled_from(HEADS), "title": st.sampled_from("xyz"), "kronor": st.sampled_from(["1", "1 000", "20"]),
    "key": st.sampled_from(["", "k"]),
})  # fmt: skip
books = st.lists(row, max_size=4, unique_by=lambda each: (each["head"], each["title"]))


def typed(rows: list[dict[str, str]]) -> dict[str, Any]:
    return {head: [row for row in rows if row["head"] == head] for head in HEADS}


@given(st.lists(row, max_size=4), books, books)
def test_what_somebody_typed_stays_or_is_said_to_go(
    draft: list[dict[str, str]], before: list[dict[str, str]], new: list[dict[str, str]]
) -> None:
    kept = prefill(typed(draft), before, new, HEADS, keep=True)
    result = typed_rows(kept.costs, HEADS)
    assert all(own in result for own in kept.by_hand)
    names = {(own["head"], own["title"]) for own in kept.by_hand}
    assert [each for each in result if (each["head"], each["title"]) not in names] == [
        each for head in HEADS for each in new if each["head"] == head and (head, each["title"]) not in names
    ]
    replaced = prefill(typed(draft), before, new, HEADS, keep=False)
    assert replaced.by_hand == kept.by_hand
    assert typed_rows(replaced.costs, HEADS) == [each for head in HEADS for each in new if each["head"] == head]
    lost = [own for own in replaced.by_hand if own not in new]
    changed = {(change.head, change.title) for change in replaced.changes}
    sums = {(each["head"], each["title"]): each["kronor"] for each in new}
    for own in lost:
        name = (own["head"], own["title"])
        assert name in changed or sums[name].replace(" ", "") == own["kronor"].replace(" ", "")


@given(books)
def test_filling_in_twice_changes_nothing_the_second_time(new: list[dict[str, str]]) -> None:
    once = prefill({}, [], new, HEADS, keep=True)
    twice = prefill(once.costs, new, new, HEADS, keep=True)
    assert (twice.costs, twice.changes, twice.by_hand) == (once.costs, (), ())


def test_a_sum_is_the_same_however_it_is_grouped() -> None:
    item = {"head": "A", "title": "x", "kronor": "150001", "key": ""}
    assert is_from_books({**item, "kronor": "150 001"}, [item])
    assert not is_from_books({**item, "kronor": "150 002"}, [item])
    assert not is_from_books({**item, "key": "1/2"}, [item])
