# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of statistics answers what was published, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.statistics.shipped import shipped
from overens.rules.statistics.table import Cell, StatisticsTable, Value, columns_of

UNITS, TIMES = ["00", "01", "0180", "25"], ["2018", "2019"]
CELLS = st.builds(
    Cell,
    st.sampled_from(UNITS),
    st.sampled_from(TIMES),
    st.sampled_from(["", "k", "m"]),
    st.sampled_from(["", "0", "65-69", "100+"]),
)


def table(values: dict[Cell, Value]) -> StatisticsTable:
    return StatisticsTable("t", "T", "T", "persons", "region", "ours", values)


@given(st.dictionaries(CELLS, st.integers() | st.none(), max_size=20))
def test_values_by_column_are_the_same_values(values: dict[Cell, Value]) -> None:
    columns = columns_of(values)
    assert {cell: value for cell, value in columns.items() if cell in values} == values
    assert all(columns[cell] is None for cell in columns if cell not in values)
    assert len(columns) == len(list(columns))
    by_column, by_cell = replace(table(values), values=columns), table(values)
    for name in ("times", "ages", "sexes", "units"):
        assert getattr(by_column, name) == getattr(by_cell, name)


def test_both_sexes_are_added_up_where_the_source_has_no_whole() -> None:
    parts = {Cell("01", "2018", "k", "0"): 3, Cell("01", "2018", "m", "0"): 4, Cell("01", "2018", "k", "1"): 5,
             Cell("01", "2018", "m", "1"): None}  # fmt: skip
    assert table(parts).column("2018", ["0"]) == {"01": 7}
    assert table(parts).column("2018", ["0", "1"]) == {"01": None}
    assert table(parts | {Cell("01", "2018", "", "0"): 8}).column("2018", ["0"]) == {"01": 8}
    with pytest.raises(KeyError):
        table(parts).column("2018")


def test_a_table_of_both_levels_is_read_at_one() -> None:
    both = table({Cell(unit, "2018"): 1 for unit in ("00", "01", "0180")})
    assert both.units == ("01",)
    assert replace(both, level="municipality").units == ("0180",)


def test_what_ships_is_known_by_its_code() -> None:
    known = shipped()
    assert known["scb-2018-12-31"].values[Cell("00", "2018-12-31")] == 10_230_185
    assert len(known["recovered-2016"].column("2016-11-01")) == 21
