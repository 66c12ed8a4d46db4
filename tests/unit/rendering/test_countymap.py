# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The county map: all 21 counties, borders that meet, and a scale that says what it shows."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import accumulate, pairwise

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from overens.rendering.countymap import county_map, county_names, scale

CODES = sorted(["01", *(f"{n:02}" for n in range(3, 11)), *(f"{n:02}" for n in (*range(12, 15), *range(17, 26)))])
values = st.dictionaries(st.sampled_from(CODES), st.one_of(st.none(), st.integers(0, 10**10)))


def shapes(svg: str) -> dict[str, ET.Element]:
    """Each county's path, by the text of its title."""
    return {path.findtext("title", ""): path for path in ET.fromstring(svg).iter("path")}


def area(path: str) -> shapely.Geometry:
    """The path as a geometry; a ring inside another is a hole."""
    rings = []
    for x, y, steps in re.findall(r"M(\d+),(\d+)l([^z]+)z", path):
        moves = [tuple(map(int, step.split(","))) for step in steps.split()]
        rings.append(
            shapely.Polygon(accumulate(moves, lambda p, m: (p[0] + m[0], p[1] + m[1]), initial=(int(x), int(y))))
        )
    outer, *others = sorted(rings, key=lambda ring: -ring.area)
    for ring in others:
        outer = outer.difference(ring) if outer.contains(ring) else outer.union(ring)
    return outer


def test_all_21_counties_are_there_by_code() -> None:
    assert list(county_names()) == CODES
    assert county_names()["09"] == "Gotlands län"


def test_neighbours_share_their_borders() -> None:
    counties = [area(path.get("d", "")) for path in shapes(county_map({}, title="", labels={})).values()]
    together = shapely.unary_union(counties)
    # Gaps or overlaps along a border would show as a difference between the whole and its parts.
    assert together.area == pytest.approx(sum(county.area for county in counties), rel=1e-4)
    mainland = max(shapely.get_parts(together), key=lambda part: part.area)
    slivers = [hole for hole in mainland.interiors if shapely.Polygon(hole).area < 25]
    assert not slivers
    # Sweden is some 450 000 square kilometres with its lakes, and one unit is a kilometre.
    assert 400_000 < together.area < 480_000


@given(values)
def test_a_county_has_the_shade_of_its_value_and_none_when_not_reported(values: dict[str, int | None]) -> None:
    drawn = shapes(county_map(values, title="", labels={code: code for code in CODES}))
    steps = {step.number: step for step in scale(values)}
    for code in CODES:
        shade = drawn[code].get("class", "").removeprefix("step-")
        value = values.get(code)
        if value is None:
            assert shade == "none"
        else:
            assert steps[int(shade)].low <= value <= steps[int(shade)].high


@given(values)
def test_the_scale_rises_and_never_overlaps(values: dict[str, int | None]) -> None:
    steps = scale(values)
    bounds = [bound for step in steps for bound in (step.low, step.high)]
    assert bounds == sorted(bounds)
    assert all(a.high < b.low and a.number < b.number for a, b in pairwise(steps))
    assert len(steps) <= 5


def test_twenty_one_different_values_use_all_five_shades_evenly() -> None:
    values = {code: number for number, code in enumerate(CODES)}
    steps = scale(values)
    sizes = [sum(step.low <= value <= step.high for value in values.values()) for step in steps]
    assert sizes == [5, 4, 4, 4, 4]


def test_zero_is_a_value_and_not_reported_is_not() -> None:
    drawn = shapes(county_map({"01": 0, "03": None}, title="", labels={"01": "zero", "03": "not reported"}))
    assert drawn["zero"].get("class") == "step-1"
    assert drawn["not reported"].get("class") == "step-none"


def test_links_have_names_and_texts_are_escaped() -> None:
    svg = county_map({}, title='<&"', labels={"01": "<b>A</b>"}, links={"01": "/regioner/01/"})
    root = ET.fromstring(svg)
    assert (root.get("role"), root.get("aria-label")) == ("group", '<&"')
    (link,) = root.iter("a")
    assert (link.get("href"), link.get("aria-label")) == ("/regioner/01/", "<b>A</b>")
    assert not re.search(r"\s(style|id|on\w+)=", svg)


def test_an_unknown_county_is_refused() -> None:
    with pytest.raises(ValueError, match="02"):
        county_map({"02": 1}, title="", labels={})


def test_few_different_values_never_share_a_shade() -> None:
    many = dict.fromkeys(county_names(), 316)
    steps = scale({**many, "03": 0, "18": 237})
    assert [(step.low, step.high) for step in steps] == [(0, 0), (237, 237), (316, 316)]
    assert len({step.number for step in steps}) == 3
