# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small counts: no cell that is left out can be worked out from what is published. And what of a form is personal."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules import reading
from overens.rules.disclosure import SUPPRESSED, TOTAL, Cell, Published, ground, personal, suppress
from overens.rules.findings import Refused

Table = dict[str, dict[str, int | None]]
THRESHOLD = 5


def tables(rows: int, columns: int, largest: int) -> st.SearchStrategy[Table]:
    cell = st.none() | st.integers(0, largest)
    return st.integers(1, rows).flatmap(
        lambda r: st.integers(1, columns).flatmap(
            lambda c: st.fixed_dictionaries(
                {f"r{i}": st.fixed_dictionaries({f"c{j}": cell for j in range(c)}) for i in range(r)}
            )
        )
    )


def all_cells(published: Published) -> dict[tuple[str, str], Cell]:
    cells = {(row, column): value for row, of in published.cells.items() for column, value in of.items()}
    cells |= {(row, TOTAL): value for row, value in published.row_totals.items()}
    cells |= {(TOTAL, column): value for column, value in published.column_totals.items()}
    return cells | {(TOTAL, TOTAL): published.total}


def equations(published: Published) -> list[tuple[dict[tuple[str, str], int], int]]:
    """What a reader knows, as linear equations in the cells left out: each row and column adds up to its total."""
    cells = all_cells(published)
    rows = {row for row, _ in cells}
    columns = {column for _, column in cells}
    sums = [[((row, c), -1 if c == TOTAL else 1) for c in columns if (row, c) in cells] for row in rows]
    sums += [[((r, column), -1 if r == TOTAL else 1) for r in rows if (r, column) in cells] for column in columns]
    found = []
    for terms in sums:
        unknown = {place: sign for place, sign in terms if cells[place] is SUPPRESSED}
        known = sum(sign * (value or 0) for place, sign in terms if (value := cells[place]) is not SUPPRESSED)  # type: ignore[operator]
        found.append((unknown, -known))
    return found


def determined(published: Published) -> set[tuple[str, str]]:
    """The cells left out that linear reasoning fixes, by Gaussian elimination over the rationals."""
    unknown = sorted({place for terms, _ in equations(published) for place in terms})
    matrix = [[Fraction(terms.get(place, 0)) for place in unknown] for terms, _ in equations(published)]
    row = 0
    for column in range(len(unknown)):
        pivot = next((i for i in range(row, len(matrix)) if matrix[i][column]), None)
        if pivot is None:
            continue
        matrix[row], matrix[pivot] = matrix[pivot], matrix[row]
        matrix[row] = [value / matrix[row][column] for value in matrix[row]]
        for i in range(len(matrix)):
            if i != row and matrix[i][column]:
                factor = matrix[i][column]
                matrix[i] = [a - factor * b for a, b in zip(matrix[i], matrix[row], strict=True)]
        row += 1
    return {unknown[nonzero[0]] for line in matrix if len(nonzero := [i for i, value in enumerate(line) if value]) == 1}


def possible(published: Published, table: Table) -> dict[tuple[str, str], set[int]]:
    """By trying: the values that each cell left out can have, from 0 to a few above the truth."""
    cells = all_cells(published)
    inner = [(r, c) for r, of in table.items() for c in of if cells[r, c] is SUPPRESSED]
    found: dict[tuple[str, str], set[int]] = {place: set() for place, value in cells.items() if value is SUPPRESSED}
    for guess in product(*(range((table[r][c] or 0) + 3) for r, c in inner)):
        world = {(r, c): value or 0 for r, of in table.items() for c, value in of.items()}
        world |= dict(zip(inner, guess, strict=True))
        for r in table:
            world[r, TOTAL] = sum(world[r, c] for c in table[r])
        columns = list(next(iter(table.values())))
        for c in columns:
            world[TOTAL, c] = sum(world[r, c] for r in table)
        world[TOTAL, TOTAL] = sum(world[r, TOTAL] for r in table)
        if all(cells[place] in (SUPPRESSED, None) or cells[place] == value for place, value in world.items()):
            for place in found:
                found[place].add(world[place])
    return found


@given(table=tables(4, 4, 12))
def test_no_cell_that_is_left_out_follows_from_the_rest(table: Table) -> None:
    published = suppress(table, THRESHOLD)
    assert determined(published) == set()


@given(table=tables(2, 3, 4))
def test_not_even_by_trying_every_table_without_negative_counts(table: Table) -> None:
    published = suppress(table, 3)
    for place, values in possible(published, table).items():
        assert len(values) > 1, (place, values)


@given(table=tables(4, 4, 12))
def test_small_counts_are_left_out_and_the_rest_is_as_it_was(table: Table) -> None:
    published = suppress(table, THRESHOLD)
    for row, of in table.items():
        for column, value in of.items():
            shown = published.cells[row][column]
            if value is None:
                assert shown is None
            elif 0 < value < THRESHOLD:
                assert shown is SUPPRESSED
            else:
                assert shown in (value, SUPPRESSED)


@given(
    table=tables(3, 3, 12).filter(
        lambda t: all(v is None or v == 0 or v >= THRESHOLD for r in t.values() for v in r.values())
    )
)
def test_a_table_without_small_counts_is_published_whole(table: Table) -> None:
    published = suppress(table, THRESHOLD)
    assert {row: dict(of) for row, of in published.cells.items()} == table
    assert SUPPRESSED not in all_cells(published).values()


def test_the_fewest_and_smallest_cells_go() -> None:
    table: Table = {
        "kvinnor": {"a": 3, "b": 40, "c": 10},
        "män": {"a": 20, "b": 50, "c": 9},
        "okänt": {"a": 7, "b": 8, "c": 90},
    }
    published = suppress(table, 5)
    hidden = {place for place, value in all_cells(published).items() if value is SUPPRESSED}
    assert hidden == {(row, column) for row in ("kvinnor", "män") for column in ("a", "c")}


def test_zero_and_not_reported_stay_apart() -> None:
    published = suppress({"r": {"a": 0, "b": None, "c": 60}}, 5)
    assert published.cells["r"] == {"a": 0, "b": None, "c": 60}


def test_a_single_small_cell_takes_its_totals_with_it() -> None:
    published = suppress({"r": {"a": 3}}, 5)
    assert set(all_cells(published).values()) == {SUPPRESSED}


def test_a_table_without_rows_is_empty() -> None:
    assert suppress({}, 5).total == 0


@pytest.mark.parametrize(
    ("typed", "section"),
    [
        ("21:1", "OSL 21 kap. 1 §"),
        ("OSL 21 kap. 3 §", "OSL 21 kap. 3 §"),
        ("21 kap 3 § OSL", "OSL 21 kap. 3 §"),
        (" osl 19:3 ", "OSL 19 kap. 3 §"),
        ("31:16 a", "OSL 31 kap. 16 a §"),
    ],
)
def test_a_ground_is_one_section_however_it_is_written(typed: str, section: str) -> None:
    assert ground(typed) == section


@pytest.mark.parametrize("typed", ["", "hemligt", "21", "21:", ":1", "GDPR art. 6", "21:1 21:2", "<b>21:1</b>"])
def test_what_is_no_section_is_no_ground(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        ground(typed)
    assert refused.value.findings[0].code == "ground-unreadable"


def test_the_shipped_forms_name_their_personal_fields() -> None:
    agreement = reading.stored(reading.find("2019").read_text(encoding="utf-8"))
    by_id = {field.id: personal(field) for form in agreement.forms for field in form.fields}
    assert by_id["R1.3"] == by_id["R1.5"] == by_id["R1.7"] == "contact"
    assert by_id["R1.1"] is by_id["R1.2"] is by_id["R2.4"] is by_id["R3.1"] is None
    assert by_id["R3.2"] == "free-text"
