# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The shipped files against what their sources say, and against themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from overens.rules import reading, series
from overens.rules.agreement import said
from overens.rules.values import NOT_STATED, Table

A2019 = reading.shipped("2019")
A2017 = reading.shipped("2017-2018")


def tables(thing: object) -> Iterator[Table]:
    if isinstance(thing, Table):
        yield thing
        for _, value in thing:
            yield from tables(value)
    elif isinstance(thing, tuple):
        for item in thing:
            yield from tables(item)


def test_2019_has_three_lines_and_four_pots():
    assert [(line.id, line.amount, line.recipients, line.channel) for line in A2019.lines] == [
        ("regioner", 3_235_000_000, "regioner", None),
        ("kommuner", 100_000_000, "skl", "SKL"),
        ("skl", 25_000_000, "skl", None),
    ]
    assert [(pot.id, pot.amount) for pot in A2019.pots] == [
        ("insatser", 2_835_000_000),
        ("specialistutbildning", 400_000_000),
        ("kommuner", 100_000_000),
        ("skl", 25_000_000),
    ]
    assert A2019.total == 3_360_000_000


def test_2019_prints_what_adds_up_only_in_the_sum_column():
    annex = A2019.annex
    assert sum(row.sum for row in annex.rows) == annex.totals.sum == 3_235_000_000
    columns = {pot: sum(row.amounts[pot] for row in annex.rows) for pot in annex.totals.amounts}
    assert columns == {"insatser": 2_834_999_998, "specialistutbildning": 400_000_001}
    off = {row.code: sum(row.amounts.values()) - row.sum for row in annex.rows}
    assert {code: kronor for code, kronor in off.items() if kronor} == {"13": 1, "14": -1, "19": 1, "21": -1, "24": -1}


def test_2017_prints_columns_that_add_up():
    rows = A2017.annex.rows
    assert {
        pot: sum(row.amounts[pot] for row in rows) for pot in A2017.annex.totals.amounts
    } == A2017.annex.totals.amounts
    assert A2017.line("skl").amount == A2017.total == NOT_STATED


def test_2019_has_ten_areas_under_two_headings():
    assert [area.id for area in A2019.areas if area.parent is None] == ["4.1", "4.2"]
    assert sum(area.parent is not None for area in A2019.areas) == 10
    assert len(A2019.uses) == 3


def test_2019_has_both_forms_field_by_field():
    counts = {form.id: [len(section.fields) for section in form.sections] for form in A2019.forms}
    assert counts == {"requisition": [7, 5, 2, 4], "financial-report": [7, 6, 6, 6, 4]}


@pytest.mark.parametrize(
    ("costs", "total", "unused"), [((10, 20, 30), 60, 40), ((50, 50, 1), 101, 0), ((0, 0, 0), 0, 100)]
)
def test_unused_funds_are_the_grant_less_all_costs_and_never_below_zero(costs, total, unused):
    report = A2019.form("financial-report")
    figures = {"E3.1": 100, **dict(zip(("E3.2a", "E3.2b", "E3.2c"), costs, strict=True))}
    figures["E3.3"] = report.field("E3.3").computed.value(figures)
    assert figures["E3.3"] == total
    assert report.field("E3.4").computed.value(figures) == unused


def test_the_signatory_of_a_requisition_promises_the_use_too():
    assert "försäkrar" in A2019.form("requisition").declaration.label
    assert "försäkrar" not in A2019.form("financial-report").declaration.label


def test_who_attests_is_called_by_the_group():
    assert A2019.role_title("head-of-finance", "regioner") == "Ekonomichef/verksamhetschef"
    assert A2019.role_title("head-of-finance", "skl") == "Ekonomichef (eller motsvarande)"
    with pytest.raises(KeyError):
        A2019.role_title("head-of-finance", "rss")


@pytest.mark.parametrize("agreement", [A2019, A2017], ids=["2019", "2017-2018"])
def test_every_text_has_its_english(agreement):
    for table in tables(agreement):
        for name in type(table).model_fields:
            if name.endswith("_en") and getattr(table, name.removesuffix("_en")) not in ("", NOT_STATED):
                assert getattr(table, name), f"{type(table).__name__} {table!r:.80}: {name}"
                assert said(table, name.removesuffix("_en"), "en") == getattr(table, name)


def test_the_printed_weights_of_2019_are_those_of_the_series_as_far_as_known():
    persons = dict(series.shipped()[A2019.population.series].persons)
    weights = {recipient.code: recipient.weight for recipient in A2019.group("regioner").recipients}
    assert persons.pop(series.COUNTRY) == sum(weights.values()) == 10_230_185
    assert persons.items() <= weights.items()
    assert len(persons) == 8


def test_the_recovered_series_is_the_weights_of_2017():
    persons = dict(series.shipped()["recovered-2016"].persons)
    assert persons.pop(series.COUNTRY) == sum(persons.values())
    assert persons == {recipient.code: recipient.weight for recipient in A2017.group("landsting").recipients}
