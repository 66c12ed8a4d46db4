# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures of the reference edition: their values, what they say is seen, and what they say is missing."""

from __future__ import annotations

import pytest

from overens.editions.making import FIGURES
from overens.editions.values.register import Register
from overens.rendering.figures import svg
from overens.rules.edition.charts import Bars, Chart, Intervals, Lines, Map, Matrix, Multiples, Point
from overens.rules.edition.document import Figure
from overens.rules.findings import Refused
from tests.integration.editions.asked_of import register_of

pytestmark = pytest.mark.usefixtures("world")


def made(name: str, register: Register | None = None, **said: str) -> Figure:
    (block,) = FIGURES[name].make(register or register_of(2017), said)
    assert isinstance(block, Figure)
    return block


def points(chart: Chart) -> list[Point]:
    if isinstance(chart, Bars | Intervals):
        return [point for row in chart.rows for point in row.points]
    if isinstance(chart, Lines):
        return [point for each in chart.series for point in each.points]
    if isinstance(chart, Multiples):
        return [point for panel in chart.panels for each in panel.series for point in each.points]
    assert isinstance(chart, Map)
    return [each.point for each in chart.regions]


def notes(figure: Figure) -> str:
    return " ".join(note.text for note in figure.notes)


@pytest.mark.parametrize(
    ("year", "name"), [(year, name) for name in FIGURES for year in (2017, 2019) if (year, name) != (2017, "money")]
)
def test_every_figure_is_drawn_with_or_without_facts_and_says_what_it_shows(year: int, name: str) -> None:
    register = register_of(year)
    figure = made(name, register)
    assert figure.caption
    assert figure.alt.startswith(figure.caption)
    assert len(figure.alt) > len(figure.caption) + 2
    for text in (
        figure.alt,
        figure.caption,
        notes(figure),
        *(cell.text for row in figure.data.rows for cell in row.cells),
    ):
        assert "edition-" not in text
        assert "{" not in text
    assert svg(figure.chart, figure.alt, "paper").startswith("<svg")
    keys = [each.key for each in points(figure.chart)] if not isinstance(figure.chart, Matrix) else []
    assert {key for key in keys if key} <= set(register.values)
    assert {cell.key for row in figure.data.rows for cell in row.cells if cell.key} <= set(register.values)


def test_introduction_is_as_the_report_prints_it() -> None:
    figure = made("introduction")
    assert [point.number for point in points(figure.chart)] == [14, 5, 2]
    assert "14 till alla, 5 till vissa, 2 till ingen" in figure.alt


def test_totals_are_as_printed_and_what_is_tied_to_nobody_stands_beside() -> None:
    chart = made("posts-and-pay").chart
    assert isinstance(chart, Bars)
    parts = {row.label: tuple(point.number for point in row.points) for row in chart.rows}
    assert {label: sum(numbers) for label, numbers in parts.items()} == {
        "Utbildningstjänster 2016": 510,
        "Utbildningstjänster 2017": 1208,
        "Studielön 2016": 1000,
        "Studielön 2017": 712,
    }
    assert parts["Studielön 2016"] == (166, 834)
    assert parts["Studielön 2017"] == (454, 258)
    assert not any(point.partial for point in points(chart))


def test_the_transition_is_seen_in_the_country() -> None:
    assert "2016: 34 procent" in made("transition").alt
    assert "2017: 63 procent" in made("transition").alt


def test_a_region_that_nothing_is_known_of_has_no_rate_and_is_said() -> None:
    figure = made("rates")
    assert isinstance(figure.chart, Intervals)
    gaps = {row.label: row.points[0].instead for row in figure.chart.rows if row.points[0].number is None}
    assert gaps == {
        "Region Gotland": "erbjuds inte",
        "Region Halland": "erbjuds inte",
        "Region Västmanland": "erbjuds inte",
    }
    known = [point for point in points(figure.chart) if point.number is not None]
    assert all(point.low <= point.number <= point.high for point in known if point.low is not None and point.high)
    assert [point.number for point in known] == sorted((point.number or 0 for point in known), reverse=True)
    assert figure.chart.reference == pytest.approx(12.1)


def test_maps_of_one_edition_share_their_classes() -> None:
    register = register_of(2017)
    limits = [
        chart.limits for year in ("2016", "2017") if isinstance(chart := made("map", register, year=year).chart, Map)
    ]
    assert len(set(limits)) == 1
    assert limits[0]


def test_paths_tell_change_beyond_chance_from_change() -> None:
    figure = made("paths")
    assert "10 har ökat och 1 har minskat" in figure.alt
    assert "Region Jönköpings län" in figure.alt.rpartition("slumpen")[2]
    assert "Blekinge" not in figure.alt.rpartition("slumpen")[2]


def test_who_does_what_says_that_silence_is_no_answer() -> None:
    figure = made("areas", by="theme", area="it")
    assert isinstance(figure.chart, Matrix)
    assert len(figure.chart.rows) == 21
    assert "betyder inte att det inte görs" in notes(figure)
    assert {mark.what for _name, marks in figure.chart.rows for mark in marks} == {"full", "unknown"}


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("map", {"subject": "posts"}, "no-such-facts"),
        ("map", {"subject": "measures"}, "rate-not-a-count"),
        ("map", {"colour": "red"}, "edition-unknown-option"),
        ("areas", {"by": "theme", "area": "x"}, "edition-unknown-choice"),
        ("transition", {"by": "sex"}, "edition-unknown-choice"),
        ("trend", {"years": "förr"}, "edition-malformed-years"),
        ("money", {"agreement": "1999"}, "value-unknown-place"),
    ],
)
def test_what_is_not_understood_is_refused(name: str, said: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as problem:
        made(name, **said)
    assert problem.value.findings[0].code == code


def test_a_rate_is_a_value_with_its_interval_population_and_definition() -> None:
    register = register_of(2017)
    value = register.value("rate/training-posts,region=07,year=2017")
    assert (value.exact, value.low, value.high, value.unit) == ("22.7", "16.5", "30.5", "per-100000")
    assert "population-of-2017-2018" in value.sources
    assert value.definition in register.definitions
    assert register.value("rate/training-posts,region=09").status == "not-offered"


def test_how_many_offer_introduction_is_a_value() -> None:
    value = register_of(2017).value("introduction/all")
    assert (value.number, value.of, value.printed) == (14, 21, 14)
