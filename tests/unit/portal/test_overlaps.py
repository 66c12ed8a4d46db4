# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Overlaps as sentences (tests/cases/portal/overlaps.toml), and what holds of any grants at all."""

from __future__ import annotations

import calendar
import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.portal.grant import Grant
from overens.rules.portal.overlaps import asked_twice, overlapping

RULES = tomllib.loads((Path(__file__).parents[2] / "cases" / "portal" / "overlaps.toml").read_text("utf-8"))["rule"]


def grant(code: str, sentence: str) -> Grant:
    kind, period, *words = sentence.split()
    first, last = (tuple(map(int, month.split("-"))) for month in period.split(".."))
    areas = [word for word in words if "/" not in word]
    values: dict[str, Any] = {
        "code": code,
        "title": code,
        "granter": "Regeringen",
        "from": dt.date(*first, 1),
        "to": dt.date(*last, calendar.monthrange(*last)[1]),
        "kinds": (kind,),
        "areas": tuple(word for word in areas if not word.startswith("!")),
        "part": tuple({"title": word, "areas": (word[1:],), "earmark": word} for word in areas if word.startswith("!")),
        "fact": tuple(_fact(kind, word) for word in words if "/" in word),
        "certainty": "stated",
        "source": "A sentence",
    }
    return Grant.model_validate(values)


def _fact(kind: str, word: str) -> dict[str, Any]:
    term, _, rest = word.partition("/")
    year, *by = rest.split("+")
    return {"term": term, "title": term, "years": (int(year),), "by": tuple(by), "kinds": (kind,)}


@pytest.mark.parametrize("rule", RULES, ids=[rule["says"] for rule in RULES])
def test_rule(rule: dict[str, Any]) -> None:
    grants = [grant(code, sentence) for code, sentence in rule["grants"].items()]
    if "overlaps" in rule:
        found = [
            f"{each.area} {each.by}: {' '.join(one.code for one in each.grants)}"
            for each in overlapping(grants, rule["for_whom"])
        ]
        assert found == rule["overlaps"]
    if "twice" in rule:
        asked = [
            f"{each.term} {' '.join(map(str, each.years))}{'*' * each.differs}: {' '.join(g.code for g in each.grants)}"
            for each in asked_twice(grants, rule["for_whom"])
        ]
        assert asked == rule["twice"]


@st.composite
def some_grants(draw: st.DrawFn) -> list[Grant]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        first = draw(st.integers(1, 12))
        last = draw(st.integers(first, 12))
        words = draw(st.lists(st.sampled_from(["a", "b", "!a", "!b", "x/2023", "x/2024", "y/2023+sex", "y/2023"])))
        kind = draw(st.sampled_from(["region", "municipality"]))
        found.append(grant(f"g{number}", f"{kind} 2024-{first:02}..2024-{last:02} {' '.join(words)}"))
    return found


def _meet(one: Grant, other: Grant) -> bool:
    return one.first_day <= other.last_day and other.first_day <= one.last_day


@given(some_grants())
def test_every_grant_of_an_overlap_meets_another_of_it_and_has_the_area(grants: list[Grant]) -> None:
    for each in overlapping(grants, "region"):
        assert len(each.grants) > 1
        for one in each.grants:
            assert "region" in one.kinds
            assert each.area in one.all_areas
            assert any(_meet(one, other) for other in each.grants if other is not one)


@given(some_grants())
def test_no_two_that_share_area_and_day_are_left_out(grants: list[Grant]) -> None:
    found = overlapping(grants, "region")
    ours = [each for each in grants if "region" in each.kinds]
    for one in ours:
        for other in ours:
            if one is not other and _meet(one, other):
                for area in one.all_areas & other.all_areas:
                    assert any(each.area == area and {one, other} <= set(each.grants) for each in found)


@given(some_grants(), st.randoms(use_true_random=False))
def test_the_order_that_grants_come_in_changes_nothing(grants: list[Grant], random: Any) -> None:
    def found(some: list[Grant]) -> tuple[object, object]:
        overlaps = {
            (each.area, each.by, frozenset(one.code for one in each.grants)) for each in overlapping(some, "region")
        }
        twice = {
            (each.term, each.years, frozenset(one.code for one in each.grants)) for each in asked_twice(some, "region")
        }
        return overlaps, twice

    shuffled = list(grants)
    random.shuffle(shuffled)
    assert found(grants) == found(shuffled)
