# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of need: sentences of tests/cases/planning_need, and what holds whatever the table."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.exchange.statistics import grids
from overens.planning.supply import population, reference
from overens.planning.supply.building import build
from overens.planning.supply.checks_data import check_data
from overens.planning.supply.digests import digest
from overens.planning.supply.importing import need_tables, need_taking, need_template
from overens.planning.supply.importing.need_tables import NeedTables, as_values, from_values, laid
from overens.planning.supply.importing.need_taking import TakenNeed
from overens.planning.supply.population import ALL_AGES
from overens.rules.findings import wording

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "planning_need" / "tables.toml").read_text("utf-8"))
DATA = reference.data()
NEED = DATA.need
ROUND = {"population-births": 1.0, "population-mortality": 0.0, "population-moves": 1.0}


def taken(content: bytes, own: str = "03", **said: Any) -> TakenNeed:
    grid, findings = grids.read(content)
    assert grid is not None, findings
    mapping = need_taking.suggested(grid, NEED, DATA.occupations)
    if said.pop("wide", False):
        columns = [
            each.model_copy(update={"role": "uses", "sex": each.head.split()[1][0]})
            if each.head.startswith("Användning ") else each
            for each in mapping.columns
        ]  # fmt: skip
        mapping = mapping.model_copy(update={"columns": tuple(columns)})
    cares = {**mapping.cares, **said.pop("cares", {})}
    return need_taking.take(
        grid, mapping.model_copy(update={"region": own, "cares": cares, **said}), NEED, DATA.occupations, own=own
    )


def figures(tables: NeedTables) -> float:
    return float(
        sum(each.sum() for each in (*tables.population.values(), *tables.use.values())) + sum(tables.minutes.values())
    )


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["says"])
def test_sentence(case: dict[str, Any]) -> None:
    found = taken(case["file"].encode(), case.get("own", "03"), **case.get("said", {}))
    codes = {each.code: each for each in found.findings}
    assert set(case.get("findings", ())) <= set(codes), sorted(codes)
    for each in found.findings:
        for language in ("sv", "en"):
            assert wording(each, language) != each.code
            assert "{" not in wording(each, language)
    if "at" in case:
        where = codes[case["findings"][0]].where
        assert where is not None
        assert case["at"] in (where.key, f"{where.line} {where.key or where.line}")
    assert (found.tables is None) == ("part" not in case)
    if found.tables is not None:
        assert found.tables.parts == (case["part"],)
        assert figures(found.tables) == pytest.approx(case["sum"])


@given(st.lists(st.integers(0, 50_000), min_size=8, max_size=8), st.sampled_from(NEED.population.regions))
@settings(max_examples=20)
def test_no_inhabitant_is_lost_or_counted_twice(numbers: list[int], region: str) -> None:
    spans = ("0-19", "20-64", "65-79", "80+")
    rows = [
        f"{region};2023;{sex};{span};{numbers[s * 4 + a]}" for s, sex in enumerate("km") for a, span in enumerate(spans)
    ]
    found = taken(("Region;År;Kön;Ålder;Folkmängd\n" + "\n".join(rows)).encode(), region)
    if not any(numbers):
        return
    assert found.tables is not None
    table = found.tables.population[region, 2023]
    assert table.sum() == sum(numbers)
    assert table[0, :20].sum() == numbers[0]
    assert table[1, 80:].sum() == numbers[7]
    assert (table == np.rint(table)).all()


def test_what_is_kept_is_read_again_as_it_was_and_a_later_version_keeps_what_it_does_not_have() -> None:
    first = NeedTables({("03", 2024): np.ones((2, ALL_AGES))}, {"primary": np.full((2, ALL_AGES), 3.5)}, {})
    later = NeedTables({}, {"primary": np.full((2, ALL_AGES), 4.0)}, {("primary", "nurse"): 12.5})
    for each in (first, later):
        assert as_values(from_values(as_values(each))) == as_values(each)
    both = later.over(first)
    assert both.parts == need_tables.PARTS
    assert (both.use["primary"] == 4).all()
    with pytest.raises(ValueError, match="primary"):
        from_values({"use": {"primary": [[1.0], [2.0]]}})


def everything() -> NeedTables:
    """All that ships, as if it had been read in."""
    people = {
        (region, NEED.population.last): NEED.population.known[-1, at]
        for at, region in enumerate(NEED.population.regions)
    }
    return NeedTables(people, dict(zip((each.code for each in NEED.care), NEED.use, strict=True)), dict(NEED.minutes))


def test_tables_of_all_that_ships_change_nothing_but_that_it_is_no_longer_made_up() -> None:
    own = laid(NEED, everything(), "egen")
    assert own.synthetic == frozenset()
    assert (own.population.known == NEED.population.known).all()
    assert (own.use == NEED.use).all()
    assert own.minutes == NEED.minutes
    assert own.code == "egen"
    assert digest(replace(DATA, need=own)) != digest(DATA)
    real = replace(DATA, need=own, synthetic=np.zeros_like(DATA.synthetic))
    assert not real.is_synthetic
    assert replace(real, need=NEED).is_synthetic


@pytest.mark.parametrize("part", need_tables.PARTS)
def test_a_part_is_made_up_until_the_tables_have_all_of_it(part: str) -> None:
    whole = everything()
    least = {key: each for at, (key, each) in enumerate(getattr(whole, part).items()) if at}
    assert part in laid(NEED, replace(whole, **{part: least}), "egen").synthetic


def test_a_region_is_carried_on_from_its_own_table_and_no_other_is_changed() -> None:
    at, last = NEED.population.regions.index("03"), NEED.population.last
    people = NEED.population.known[-1, at] * 2
    own = laid(NEED, NeedTables(population={("03", last + 2): people}), "egen").population
    assert own.last == last + 2
    assert (own.known[-1, at] == people).all()
    assert (own.known[: len(NEED.population.known)] == NEED.population.known).all()
    others = np.arange(len(own.regions)) != at
    carried = population.at(NEED.population, range(last, last + 3), ROUND)
    np.testing.assert_allclose(own.known[-3:, others], carried[:, others])


def test_care_that_nobody_uses_is_told_of_before_anything_is_divided_by_it() -> None:
    none = {"dental": np.zeros((2, ALL_AGES))}
    found = check_data(replace(DATA, need=laid(NEED, NeedTables(use=none), "egen")))
    assert {each.code for each in found if each.level == "error"} == {"supply-need-unused"}
    for language in ("sv", "en"):
        assert "{" not in wording(found[0], language) != found[0].code


@pytest.mark.parametrize("part", ["use", "population", "minutes"])
def test_what_is_below_nought_is_told_of_whoever_brings_it(part: str) -> None:
    if part == "use":
        bad = replace(NEED, use=NEED.use - 100)
    elif part == "minutes":
        bad = replace(NEED, minutes={**NEED.minutes, ("primary", "nurse"): -1.0})
    else:
        bad = replace(NEED, population=replace(NEED.population, known=NEED.population.known - 1e6))
    assert "supply-need-table" in {each.code for each in check_data(replace(DATA, need=bad))}


def test_more_minutes_of_one_kind_of_care_move_the_need_towards_its_people() -> None:
    """Only the proportions of the minutes matter, so at the start the need is as before."""
    more = {("care-homes", "assistant-nurse"): 10 * NEED.minutes["care-homes", "assistant-nurse"]}
    scenario = reference.base().model_copy(update={"regions": ("03",), "years": 20})
    before, now = (
        build(scenario, replace(DATA, need=each)) for each in (NEED, laid(NEED, NeedTables(minutes=more), "x"))
    )
    row = [each.code for each in DATA.occupations].index("assistant-nurse")
    np.testing.assert_allclose(now.need[0], before.need[0])
    assert now.need[-1, row, 0] > before.need[-1, row, 0]


@pytest.mark.parametrize("part", need_tables.PARTS)
def test_the_template_is_read_without_anybody_saying_how(part: need_tables.Part) -> None:
    heads, *rows = need_template.blank(part, NEED, DATA.occupations, "03", 2024)
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(
        [heads, *(["" if each is None else each for each in row[:-1]] + [2] for row in rows)]
    )
    found = taken(text.getvalue().encode())
    assert found.tables is not None, [wording(each, "sv") for each in found.findings]
    assert found.tables.parts == (part,)
    if part != "population":
        assert part not in laid(NEED, found.tables, "egen").synthetic


def test_what_a_version_has_is_exported_as_it_is_read() -> None:
    tables = everything()
    for part in need_tables.PARTS:
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(
            [need_template.HEADS[part], *need_template.rows(part, tables, NEED, DATA.occupations)]
        )
        found = taken(text.getvalue().encode(), "")
        assert found.tables is not None, (part, [wording(each, "sv") for each in found.findings])
        again = as_values(found.tables)[part]
        assert set(again) == set(as_values(tables)[part])
