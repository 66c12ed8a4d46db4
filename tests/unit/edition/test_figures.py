# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures: well-formed whatever they are given, the same every time, and told apart without colour."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.rendering.figures import Style, svg
from overens.rendering.figures.look import DASHES, MARKS, ROLES, SHADES, STROKES, fills
from overens.rendering.figures.text import figure, width_of, wrapped
from overens.rules.edition.charts import (
    Bar,
    Bars,
    Break,
    Chart,
    Fan,
    Heat,
    Intervals,
    Lines,
    Map,
    Mark,
    Matrix,
    Multiples,
    Panel,
    Point,
    Pyramid,
    Region,
    Series,
    Step,
    Waterfall,
)  # fmt: skip
from tests.unit.edition.sample import charts

SVG = "{http://www.w3.org/2000/svg}"
STYLES = get_args(Style)
CODES = ("01", "03", "12", "25", "99", "<&>")
texts = st.text(max_size=8) | st.sampled_from(
    ("Region Jämtland Härjedalen", "x" * 200, "å " * 100, "\x00\x0c\ud800\ufffe<&>")
)
numbers = st.none() | st.integers(0, 10**6) | st.floats() | st.just(0)
points = st.builds(
    Point, key=st.just(""), number=numbers, low=numbers, high=numbers, partial=st.booleans(), instead=texts
)
rows = st.lists(st.builds(Bar, label=texts, points=st.lists(points, max_size=8).map(tuple)), max_size=8).map(tuple)
names = st.lists(texts, max_size=8).map(tuple)
sides = st.lists(st.floats(), max_size=8).map(tuple)
series = st.lists(st.builds(Series, name=texts, points=st.lists(points, max_size=6).map(tuple)), max_size=14).map(tuple)
years = st.lists(st.integers(1990, 2040).map(str), max_size=12, unique=True).map(sorted).map(tuple)
broken = st.lists(st.builds(Break, year=st.integers(1990, 2040).map(str), comparable=st.booleans()), max_size=2)
marks = st.builds(Mark, what=st.sampled_from(("full", "half", "none", "unknown")), text=texts)
any_chart: st.SearchStrategy[Chart] = st.one_of(
    st.builds(Bars, series=names, rows=rows, way=st.sampled_from(("grouped", "stacked", "shares")), unit=texts),
    st.builds(Lines, years=years, series=series, breaks=broken.map(tuple), unit=texts),
    st.builds(
        Multiples,
        years=years,
        panels=st.lists(st.builds(Panel, title=texts, series=series), max_size=7).map(tuple),
        breaks=broken.map(tuple),
        unit=texts,
    ),
    st.builds(Intervals, series=names, rows=rows, reference=numbers, reference_name=texts, unit=texts),
    st.builds(
        Map,
        regions=st.lists(st.builds(Region, code=st.sampled_from(CODES), name=texts, point=points), max_size=6).map(
            tuple
        ),
        limits=st.lists(st.floats(-1e6, 1e6), max_size=6, unique=True).map(sorted).map(tuple),
        unit=texts,
    ),
    st.builds(
        Matrix,
        columns=names,
        rows=st.lists(st.tuples(texts, st.lists(marks, max_size=8).map(tuple)), max_size=6).map(tuple),
        meanings=st.lists(st.tuples(st.sampled_from(("full", "odd")), texts), max_size=3).map(tuple),
    ),
    st.builds(
        Fan,
        years=years,
        panels=st.lists(st.builds(Panel, title=texts, series=series), max_size=3).map(tuple),
        unit=texts,
    ),
    st.builds(
        Pyramid,
        youngest=st.integers(0, 90),
        women=sides,
        men=sides,
        behind_women=sides,
        behind_men=sides,
        names=st.tuples(texts, texts),
        name=texts,
        behind_name=texts,
        most=st.floats(),
        unit=texts,
    ),
    st.builds(
        Heat,
        columns=names,
        rows=rows,
        limits=st.lists(st.floats(-1e6, 1e6), max_size=4, unique=True).map(sorted).map(tuple),
        unit=texts,
    ),
    st.builds(
        Waterfall,
        steps=st.lists(st.builds(Step, label=texts, number=st.floats(), change=st.booleans()), max_size=6).map(tuple),
        unit=texts,
    ),
)


def drawn(chart: Chart, style: Style = "paper", width: int = 680) -> ET.Element:
    return ET.fromstring(svg(chart, "Vad bilden visar", style, width))


def words(chart: Chart, style: Style = "paper") -> list[str]:
    return [element.text or "" for element in drawn(chart, style).iter(f"{SVG}text")]


@settings(deadline=None, max_examples=50)
@given(any_chart, st.sampled_from(STYLES), st.integers(0, 2000))
def test_any_chart_is_a_well_formed_picture_of_finite_measures(chart: Chart, style: Style, width: int) -> None:
    text = svg(chart, "Bild", style, width)
    assert text == svg(chart, "Bild", style, width)
    for element in ET.fromstring(text.encode("utf-8")).iter():
        for name, value in element.attrib.items():
            assert not re.search(r"\b(nan|inf)\b", value), (element.tag, name, value)
            if name in ("x", "y", "width", "height", "r"):
                assert math.isfinite(float(value))


@pytest.mark.parametrize("name", charts())
def test_the_web_has_no_colours_styles_or_ids_of_its_own_and_the_paper_has_no_classes(name: str) -> None:
    web, paper = svg(charts()[name], "Bild", "web"), svg(charts()[name], "Bild", "paper")
    assert not re.search(r"\sstyle=|<style|\bid=|url\(|#[0-9a-f]{6}|href", web)
    assert not re.search(r"\sstyle=|<style|\bid=|url\(|class=|href", paper)
    assert 'role="img"' in web


@pytest.mark.parametrize("name", charts())
def test_every_class_has_its_colours_in_the_stylesheet(name: str) -> None:
    from pathlib import Path

    import overens.web

    css = Path(overens.web.__file__).parent.joinpath("static/css/pictures.css").read_text("utf-8")
    used = set(re.findall(r'class="(chart-[a-z0-9-]+)"', svg(charts()[name], "Bild", "web")))
    plain = {f"chart-{each}" for each in ("label", "strong", "figure")}  # as all text of a picture
    assert {each for each in used - plain if f".{each}" not in css} == set()


def lightness(colour: str) -> float:
    """L* of a colour (CIE 1976), 0 to 100."""
    linear = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in linear]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * y ** (1 / 3) - 16


def test_neighbouring_shades_are_apart_without_colour() -> None:
    assert all(lightness(pale) - lightness(dark) > 10 for pale, dark in pairwise(SHADES))


@pytest.mark.parametrize("count", range(1, 9))
def test_areas_beside_each_other_differ_without_colour(count: int) -> None:
    for one, other in combinations(fills(count), 2):
        apart = (
            one.stripes != other.stripes
            or abs(lightness(SHADES[one.shade - 1]) - lightness(SHADES[other.shade - 1])) > 10
        )
        assert apart, (one, other)


def test_lines_differ_by_dash_and_by_mark_for_as_many_as_are_coloured() -> None:
    assert len(set(DASHES)) == len(STROKES)
    assert len({(DASHES[at], MARKS[at % len(MARKS)]) for at in range(len(STROKES))}) == len(STROKES)


@pytest.mark.parametrize("role", ["label", "tick", "none", "accent", *(f"name-{at}" for at in range(1, 7))])
def test_words_can_be_read_on_white(role: str) -> None:
    found = re.search(r"#[0-9a-f]{6}", ROLES[role][1])
    assert found
    y = ((lightness(found[0]) + 16) / 116) ** 3
    assert 1.05 / (y + 0.05) >= (4.5 if not role.startswith("name") else 3), role


def test_a_missing_figure_is_a_word_and_no_bar() -> None:
    row = Bar(label="Region X", points=(Point(instead="inte redovisat"),))
    chart = Bars(series=("2017",), rows=(row,))
    assert "inte redovisat" in words(chart)
    assert len(list(drawn(chart).iter(f"{SVG}rect"))) == 0


def test_zero_is_a_figure() -> None:
    assert "0" in words(Bars(series=("2017",), rows=(Bar(label="X", points=(Point(number=0),)),)))


def test_what_is_not_all_there_has_a_sign_and_is_hatched() -> None:
    chart = Bars(series=("2017",), rows=(Bar(label="X", points=(Point(number=7, partial=True),)),))
    assert "≥\u202f7" in words(chart)
    assert len(list(drawn(chart).iter(f"{SVG}path"))) == 1


def test_no_share_is_taken_of_a_sum_that_is_not_known() -> None:
    row = Bar(label="X", points=(Point(number=7), Point(instead="oviss")))
    shown = words(Bars(series=("a", "b"), rows=(row,), way="shares"))
    assert "oviss" in shown
    assert not any("%" in each for each in shown)


def test_a_break_cuts_the_line_and_a_comparable_one_does_not() -> None:
    series = (Series(name="Tjänster", points=tuple(Point(number=n) for n in (1, 2, 3, 4))),)
    years = ("2016", "2017", "2018", "2019")

    def lines(*breaks: Break) -> int:
        return len(list(drawn(Lines(years=years, series=series, breaks=breaks)).iter(f"{SVG}polyline")))

    assert (lines(), lines(Break(year="2018", comparable=True)), lines(Break(year="2018"))) == (1, 1, 2)


def test_a_gap_is_no_line() -> None:
    points = tuple(Point(number=n) for n in (1, None, 3))
    chart = Lines(years=("2016", "2017", "2018"), series=(Series(name="X", points=points),))
    assert not list(drawn(chart).iter(f"{SVG}polyline"))
    assert len(list(drawn(chart).iter(f"{SVG}circle"))) == 2


@pytest.mark.parametrize(
    "chart",
    [
        Bars(series=(), rows=()),
        Lines(years=(), series=()),
        Lines(years=("2017",), series=(Series(name="X", points=(Point(),)),)),
        Multiples(years=(), panels=()),
        Intervals(series=(), rows=()),
        Map(regions=(), limits=()),
        Matrix(columns=(), rows=()),
        Fan(years=(), panels=()),
        Pyramid(youngest=16, women=(), men=(), names=("Kvinnor", "Män"), name="2019", most=1),
        Heat(columns=(), rows=(), limits=()),
        Waterfall(steps=()),
    ],
)
def test_nothing_to_draw_is_said(chart: Chart) -> None:
    assert words(chart) == ["Det finns inga uppgifter att visa."]


def test_a_single_point_is_a_mark_with_its_figure() -> None:
    chart = Lines(years=("2017",), series=(Series(name="Tjänster", points=(Point(number=5),)),))
    assert "Tjänster 5" in words(chart)
    assert len(list(drawn(chart).iter(f"{SVG}circle"))) == 1


def test_three_hundred_rows_and_long_names() -> None:
    rows = tuple(Bar(label=f"Mottagare {at} " + "x" * 200, points=(Point(number=at),)) for at in range(311))
    assert sum("Mottagare" in each for each in words(Bars(series=("2019",), rows=rows))) == 311


def test_a_county_that_chance_may_have_moved_is_hatched() -> None:
    def hatched(low: float, high: float) -> int:
        region = Region(code="09", name="Region Gotland", point=Point(number=15, low=low, high=high))
        chart = Map(regions=(region,), limits=(10, 20, 30))
        return svg(chart, "Karta", "web").count("chart-hatch")

    assert hatched(12, 18) == 0
    assert hatched(5, 25) > 0


def test_every_county_is_on_the_map_also_those_that_nothing_is_known_of() -> None:
    chart = Map(regions=(Region(code="09", name="Gotland", point=Point(number=1)),), limits=())
    assert svg(chart, "Karta", "web").count('class="chart-none-area"') == 20


def test_a_band_is_drawn_where_there_are_intervals_and_none_where_there_is_only_an_expectation() -> None:
    def bands(*points: Point) -> int:
        panel = Panel(title="X", series=(Series(name="X", points=points),))
        return svg(Fan(years=("2019", "2020"), panels=(panel,)), "Bild", "web").count("chart-band")

    assert bands(Point(number=1, low=0, high=2), Point(number=2, low=1, high=3)) == 1
    assert bands(Point(number=1), Point(number=2)) == 0


def test_pyramids_on_one_scale_end_at_the_same_figure() -> None:
    def last(*women: float) -> str:
        chart = Pyramid(youngest=16, women=women, men=(), names=("Kvinnor", "Män"), name="2019", most=40)
        return [each for each in words(chart) if each.isdigit()][-1]

    assert last(1, 2) == last(30, 31)


def test_texts_are_escaped_and_what_steers_is_written_out() -> None:
    chart = Bars(series=("a",), rows=(Bar(label='<b>&"\x00', points=(Point(number=1),)),))
    assert '<b>&"[U+0000]' in words(chart)


@given(texts, st.integers(40, 400), st.integers(1, 4))
def test_words_are_never_in_more_lines_than_asked_and_fit_as_far_as_a_letter_does(
    text: str, room: int, most: int
) -> None:
    lines = wrapped(text, 13, room, most)
    assert 1 <= len(lines) <= most
    assert all(width_of(line, 13) <= room + 1e-6 for line in lines)


@pytest.mark.parametrize(
    ("number", "decimals", "language", "said"),
    [
        (1234.5, 1, "sv", "1\u202f234,5"),
        (1234.5, 1, "en", "1\u202f234.5"),
        (-3, 0, "sv", "−3"),
        (-0.01, 1, "sv", "0,0"),
    ],
)
def test_figures_are_written_as_in_the_language(number: float, decimals: int, language: str, said: str) -> None:
    assert figure(number, decimals, language) == said
