# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table method × property: what it says holds is tried on many matrices, what it says fails is shown to fail.

The same file, tests/cases/allocation/properties.toml, is the table in docs/allocation.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.findings import Refused
from overens.rules.pots import Rounding
from overens.rules.rounding import Column, rest_on_largest, round_columns, share_out, summed

ROOT = Path(__file__).parents[3]
TABLE = tomllib.loads((ROOT / "tests/cases/allocation/properties.toml").read_text("utf-8"))["property"]
METHODS = get_args(Rounding)

# A matrix to be rounded: kronor by pot, and for each pot a weight by recipient.
Matrix = tuple[list[int], list[list[int]]]


def columns_of(amounts: list[int], weights: list[list[int]]) -> dict[str, Column]:
    return {
        f"pot{j}": share_out(amount, {f"{i:02}": weight for i, weight in enumerate(column)})
        for j, (amount, column) in enumerate(zip(amounts, weights, strict=True))
    }


def rounded(amounts: list[int], weights: list[list[int]], method: str) -> list[list[int]]:
    """Kronor by pot, then recipient."""
    return [list(column.values()) for column in round_columns(columns_of(amounts, weights), method).values()]


def column_sums(amounts: list[int], weights: list[list[int]], method: str) -> bool:
    return [sum(column) for column in rounded(amounts, weights, method)] == amounts


def row_sums(amounts: list[int], weights: list[list[int]], method: str) -> bool:
    exact = summed(columns_of(amounts, weights))
    rows = [sum(row) for row in zip(*rounded(amounts, weights, method), strict=True)]
    return all(
        floor(exact.exact(code)) <= row <= ceil(exact.exact(code))
        for code, row in zip(exact.numerators, rows, strict=True)
    )


def quota(amounts: list[int], weights: list[list[int]], method: str) -> bool:
    return all(floor(share) <= kronor <= ceil(share) for share, kronor in cells(amounts, weights, method))


def nearest(amounts: list[int], weights: list[list[int]], method: str) -> bool:
    return all(abs(share - kronor) <= Fraction(1, 2) for share, kronor in cells(amounts, weights, method))


def monotone(amounts: list[int], weights: list[list[int]], method: str) -> bool:
    return all(
        kronor[i] >= kronor[k]
        for column, kronor in zip(weights, rounded(amounts, weights, method), strict=True)
        for i in range(len(column))
        for k in range(len(column))
        if column[i] > column[k]
    )


def equal_treatment(amounts: list[int], weights: list[list[int]], method: str) -> bool:
    return all(
        len({k for w, k in zip(column, kronor, strict=True) if w == weight}) == 1
        for column, kronor in zip(weights, rounded(amounts, weights, method), strict=True)
        for weight in column
    )


def larger_pot(amounts: list[int], weights: list[list[int]], method: str) -> bool:
    before = rounded(amounts, weights, method)
    return all(
        all(map(int.__le__, before[j], rounded(with_item(amounts, j, amount + 1), weights, method)[j]))
        for j, amount in enumerate(amounts)
    )


def own_weight(amounts: list[int], weights: list[list[int]], method: str) -> bool:
    before = rounded(amounts, weights, method)
    for i in range(len(weights[0])):
        heavier = [with_item(column, i, column[i] + 1) for column in weights]
        after = rounded(amounts, heavier, method)
        if any(new[i] < old[i] for old, new in zip(before, after, strict=True)):
            return False
    return True


def permutation(amounts: list[int], weights: list[list[int]], method: str) -> bool:
    columns = columns_of(amounts, weights)
    backwards = {
        f"pot{j}": share_out(amount, {f"{i:02}": column[i] for i in reversed(range(len(column)))})
        for j, (amount, column) in enumerate(zip(amounts, weights, strict=True))
    }
    return round_columns(columns, method) == round_columns(backwards, method)


def with_item(items: list[int], index: int, item: int) -> list[int]:
    return [*items[:index], item, *items[index + 1 :]]


def cells(amounts: list[int], weights: list[list[int]], method: str) -> Iterator[tuple[Fraction, int]]:
    columns = columns_of(amounts, weights)
    for pot, kronor in round_columns(columns, method).items():
        for code, amount in kronor.items():
            yield columns[pot].exact(code), amount


PROPERTIES: dict[str, Callable[[list[int], list[list[int]], str], bool]] = {
    "column-sums": column_sums,
    "row-sums": row_sums,
    "quota": quota,
    "nearest": nearest,
    "monotone": monotone,
    "equal-treatment": equal_treatment,
    "larger-pot": larger_pot,
    "own-weight": own_weight,
    "permutation": permutation,
}


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    """One to three pots for one to five recipients; the shares of the pots are alike or not."""
    recipients = draw(st.integers(1, 5))
    column = st.lists(st.integers(0, 30), min_size=recipients, max_size=recipients).filter(any)
    pots = draw(st.integers(1, 3))
    weights = [draw(column)] * pots if draw(st.booleans()) else [draw(column) for _ in range(pots)]
    return [draw(st.integers(0, 100)) for _ in range(pots)], weights


HOLDS = [(entry["id"], method) for entry in TABLE for method in entry["holds"]]
FAILS = [(entry["id"], example) for entry in TABLE for example in entry.get("fails", ())]


@pytest.mark.parametrize(("name", "method"), HOLDS)
@given(matrix=matrices())
def test_what_the_table_says_holds(name: str, method: str, matrix: Matrix) -> None:
    amounts, weights = matrix
    if method == "rest-on-largest":  # never refused from here on: n(n + 1)/2 for five recipients
        amounts = [amount + 15 for amount in amounts]
    assert PROPERTIES[name](amounts, weights, method)


@pytest.mark.parametrize(("name", "example"), FAILS, ids=[f"{name}-{example['method']}" for name, example in FAILS])
def test_what_the_table_says_fails(name: str, example: dict[str, Any]) -> None:
    assert not PROPERTIES[name](example["amounts"], example["weights"], example["method"])


def test_the_table_has_every_property_and_every_method_once() -> None:
    assert [entry["id"] for entry in TABLE] == list(PROPERTIES)
    for entry in TABLE:
        said = [*entry["holds"], *(example["method"] for example in entry.get("fails", ()))]
        assert sorted(said) == sorted(METHODS), entry["id"]


@given(matrix=matrices())
def test_rest_on_largest_gives_nobody_less_than_nothing_and_is_refused_only_of_very_small_pots(matrix: Matrix) -> None:
    for column in columns_of(*matrix).values():
        recipients = len(column.numerators)
        if column.total >= Fraction(recipients * (recipients + 1), 2):
            assert min(rest_on_largest(column).values()) >= 0
        else:
            with suppress(Refused):
                assert min(rest_on_largest(column).values()) >= 0


def test_rest_on_largest_refuses_a_rest_that_the_largest_share_cannot_bear() -> None:
    with pytest.raises(Refused, match="allocation-rest-too-large"):
        rest_on_largest(share_out(2, {"00": 1, "01": 1, "02": 1, "03": 1}))


def test_the_documentation_has_the_same_tables() -> None:
    page = (ROOT / "docs/allocation.md").read_text("utf-8")
    for table in (property_table(), example_table()):
        assert "\n".join(table) in page


def property_table() -> list[str]:
    lines = [f"| property | {' | '.join(f'`{method}`' for method in METHODS)} |", "| --- |" + " --- |" * len(METHODS)]
    for entry in TABLE:
        verdicts = ("yes" if method in entry["holds"] else "no" for method in METHODS)
        lines.append(f"| {entry['id']}: {entry['says'][0].lower()}{entry['says'][1:]} | {' | '.join(verdicts)} |")
    return lines


def example_table() -> list[str]:
    lines = ["| does not hold | method | pots | weights | because |", "| --- | --- | --- | --- | --- |"]
    for name, example in FAILS:
        pots = " and ".join(map(str, example["amounts"]))
        weights = " and ".join(":".join(map(str, column)) for column in example["weights"])
        lines.append(f"| {name} | `{example['method']}` | {pots} | {weights} | {example['why']} |")
    return lines
