# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The flow picture shows each place's money once, as thick as it is much, in both drawings."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rendering.flow import BLOCK, LANE, ORDER, THICK, flow_picture, share
from overens.rules.amounts import format_amount
from overens.rules.process import PLACES

LABELS = {place: f"Place {place}" for place in ORDER}

kronor = st.one_of(st.just(0), st.integers(1, 10), st.integers(0, 10**12))
holdings = st.fixed_dictionaries(dict.fromkeys(ORDER, kronor)).filter(lambda p: any(p.values()))


def drawings(places: dict[str, int], **more: object) -> list[ET.Element]:
    picture = flow_picture(places, title="Where it is", labels=LABELS, **more)  # type: ignore[arg-type]
    return list(ET.fromstring(picture))


def texts(svg: ET.Element) -> list[str]:
    return [element.text or "" for element in svg.iter("text")]


def blocks(svg: ET.Element) -> dict[str, dict[str, float]]:
    """Each place's block by place, as numbers."""
    found = {}
    for rect in svg.iter("rect"):
        if rect.get("class", "").startswith("flow-block "):
            place = rect.get("class", "").removeprefix("flow-block flow-")
            assert place not in found, f"{place} is drawn twice"
            found[place] = {key: float(rect.get(key, "")) for key in ("x", "y", "width", "height")}
    return found


def test_every_place_of_the_ledger_is_in_the_picture() -> None:
    assert set(PLACES) < set(ORDER)
    assert len(ORDER) == len(set(ORDER))


@given(holdings)
def test_money_is_drawn_where_it_is_and_nowhere_else(places: dict[str, int]) -> None:
    for svg in drawings(places):
        assert set(blocks(svg)) == {place for place, sum_ in places.items() if sum_}
        shown = texts(svg)
        for place, sum_ in places.items():
            if sum_:
                assert shown[shown.index(LABELS[place]) + 1] == format_amount(sum_)


@given(holdings)
def test_nothing_is_drawn_outside_the_picture(places: dict[str, int]) -> None:
    for svg in drawings(places):
        _, _, width, height = map(float, svg.get("viewBox", "").split())
        for block in blocks(svg).values():
            # Coordinates are written with six digits.
            assert block["x"] >= -0.01
            assert block["x"] + block["width"] <= width + 0.01
            assert block["y"] >= -0.01
            assert block["y"] + block["height"] <= height + 0.01
        for text in svg.iter("text"):
            assert 0 <= float(text.get("y", "")) <= height


def test_thickness_follows_the_money() -> None:
    wide, narrow = drawings({"held": 750, "used": 250})
    assert blocks(wide)["held"]["height"] == THICK * 0.75
    assert blocks(wide)["used"] == {"x": 900, "y": 70, "width": BLOCK, "height": THICK * 0.25}
    assert blocks(narrow)["held"]["width"] == LANE * 0.75


def test_a_single_krona_among_billions_is_still_seen() -> None:
    wide, _ = drawings({"held": 3_359_999_999, "reserved": 1})
    assert blocks(wide)["reserved"]["height"] == 2


def test_places_beside_the_chain_are_left_out_when_empty_and_the_chain_is_not() -> None:
    wide, narrow = drawings({"held": 10})
    for svg in (wide, narrow):
        assert "Place allocated" in texts(svg)
        assert not {"Place lapsed", "Place to-repay", "Place written-off", "Place undecided"} & set(texts(svg))


def test_the_picture_says_in_words_what_it_shows() -> None:
    for svg in drawings({"held": 1_000, "lapsed": 2}):
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == "Where it is: Place lapsed 2\u00a0kr; Place held 1\u00a0000\u00a0kr"


def test_links_can_be_reached_inside_a_group() -> None:
    for svg in drawings({"held": 1_000}, links={"held": "/spar/?plats=held&x=1"}):
        assert svg.get("role") == "group"
        (link,) = svg.iter("a")
        assert (link.get("href"), link.get("aria-label")) == ("/spar/?plats=held&x=1", "Place held: 1\u00a0000\u00a0kr")


def test_words_are_escaped_and_nothing_needs_inline_styles_or_ids() -> None:
    picture = flow_picture({"held": 1}, title='"><script>', labels={**LABELS, "held": "<b>&"})
    assert "<script>" not in picture
    assert "<b>" not in picture
    assert not re.search(r"\s(style|id|on\w+)=", picture)


@pytest.mark.parametrize("places", [{}, {"held": 0}, {"held": -1, "used": 5}, {"elsewhere": 5}])
def test_what_cannot_be_drawn_is_refused(places: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="place"):
        flow_picture(places, title="", labels=LABELS)


@pytest.mark.parametrize(
    ("kronor", "total", "said"),
    [
        (0, 10, "0,0 %"),
        (10, 10, "100,0 %"),
        (1, 3, "33,3 %"),
        (1, 2000, "0,1 %"),
        (1, 2001, "< 0,1 %"),
        (1, 10**12, "< 0,1 %"),
    ],
)
def test_shares(kronor: int, total: int, said: str) -> None:
    assert share(kronor, total) == said.replace(" ", "\u00a0")
