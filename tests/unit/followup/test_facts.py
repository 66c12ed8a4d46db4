# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A content becomes facts: what was typed is what they come to, and the same content gives the same facts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules import reading
from overens.rules.followup import facts, handed_in
from overens.rules.followup.handed_in import GROUPS

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "followup" / "handing_in.toml").read_text(encoding="utf-8")
)
AGREEMENT = reading.shipped("2019")
ROUND = next(each for each in AGREEMENT.rounds if each.id == "redogorelse")
AREAS = tuple(area.id for area in AGREEMENT.areas if area.id not in {each.parent for each in AGREEMENT.areas})


@pytest.mark.parametrize("case", CASES["report"], ids=lambda case: case["name"])
def test_what_stands_in_the_way_is_said(case: dict[str, Any]) -> None:
    content = handed_in.content(ROUND, AREAS, case["parts"])
    _facts, unreadable = facts.facts_of(ROUND, content)
    found = [
        (each.code, each.where.key)
        for each in [*handed_in.unanswered(ROUND, AREAS, content), *unreadable]
        if each.where
    ]
    for code, key in case.get("finds", []):
        assert (code, key) in found
    for key in case.get("quiet", []):
        assert key not in {at for _code, at in found}


small = st.integers(0, 500)
SEXES = ("women", "men")


@given(st.dictionaries(st.sampled_from(["2018", "2019"]), st.tuples(small, small, small, small, st.integers(0, 50))))
def test_figures_come_to_the_totals_that_were_typed(years: dict[str, tuple[int, int, int, int, int]]) -> None:
    """A total beside parts that do not tell all of it leaves the rest, so that nothing is counted twice or lost."""
    fields: dict[str, str] = {}
    for year, (spring_women, spring_men, speciality, autumn, untold) in years.items():
        fields |= {
            f"{year}.vt.women.": str(spring_women + speciality),
            f"{year}.vt.women.intensiv": str(speciality),
            f"{year}.vt.men.": str(spring_men),
            f"{year}.vt..": str(spring_women + speciality + spring_men),
            f"{year}.ht..": str(autumn),
            f"{year}...": str(spring_women + speciality + spring_men + autumn + untold),
        }
    found, unreadable = facts.facts_of(ROUND, {**{group: {} for group in GROUPS.values()}, "counts": {"3.1": fields}})
    assert unreadable == []
    for year in years:
        rows = [each for each in found.figures if each.year == int(year)]
        assert sum(each.number or 0 for each in rows) == int(fields[f"{year}..."])
        spring = [each for each in rows if each.term == "vt"]
        assert sum(each.number or 0 for each in spring) == int(fields[f"{year}.vt.."])
        women = [each for each in spring if each.sex == "women"]
        assert sum(each.number or 0 for each in women) == int(fields[f"{year}.vt.women."])


words = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=60)


@given(
    st.dictionaries(st.integers(1, 40).map(str), st.dictionaries(st.sampled_from(["name", *facts.TEXTS]), words)),
    st.dictionaries(st.sampled_from(["1.1", "1.2", "7.1", "2.1/4.1.1"]), words),
)
def test_every_text_that_was_handed_in_is_a_passage(
    measures: dict[str, dict[str, str]], answers: dict[str, str]
) -> None:
    typed = {f"measure/{number}": fields for number, fields in measures.items()}
    typed |= {f"answer/{key}": {"text": text} for key, text in answers.items()}
    content = handed_in.content(ROUND, AREAS, typed)
    found, _unreadable = facts.facts_of(ROUND, content)
    wanted = {f"answer/{key}#text": text.strip() for key, text in answers.items() if text.strip()}
    wanted |= {
        f"measure/{number}#{name}": text.strip()
        for number, fields in measures.items()
        for name, text in fields.items()
        if name != "name" and text.strip()
    }
    assert {each.place: each.body for each in found.texts} == wanted
    assert facts.facts_of(ROUND, content)[0] == found
