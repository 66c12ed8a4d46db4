# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from overens.rules import reading, series
from overens.rules.agreement import Agreement, Deadline, Line
from overens.rules.pots import Pot
from overens.rules.studio.beginning import a_year_on, blank, next_year
from overens.rules.studio.editing import data_of, steps_of
from overens.rules.studio.fields import Asked, fields_of, is_list, model_at, shown, taken

TEXT = reading.find("2019").read_text(encoding="utf-8")


def asked(model: type[BaseModel], key: str) -> Asked:
    return next(each for each in fields_of(model) if each.key == key)


def everything(model: type[BaseModel], table: dict[str, Any]) -> Iterator[tuple[Asked, Any]]:
    """Every field of a file with what stands in it."""
    for each in fields_of(model):
        found = table.get(each.key)
        if each.takes_text:
            yield each, found
        for inner in found if isinstance(found, list) else [found]:
            if each.model and isinstance(inner, dict):
                yield from everything(each.model, inner)


@pytest.mark.parametrize("id", reading.shipped_ids())
def test_what_is_shown_is_taken_back_as_it_stands(id):
    data = data_of(reading.find(id).read_text(encoding="utf-8"))
    for each, value in everything(Agreement, data):
        if value is None or (each.kind == "kronor" and isinstance(value, str)) or value == "":
            continue
        back = taken(each, shown(each, value))
        expected = tuple(value) if isinstance(value, list) else value
        assert back == expected or (value == "not stated" and back is None), (each.key, value, back)


@pytest.mark.parametrize(
    ("model", "key", "typed", "value"),
    [
        (Pot, "amount", "2 835 000 000 kr", 2_835_000_000),
        (Pot, "amount", "", "not stated"),
        (Pot, "amount", "544 99 160", "544 99 160"),
        (Pot, "least", "", None),
        (Deadline, "on", "2020-12-01", dt.date(2020, 12, 1)),
        (Deadline, "on", "2020-13-01", "2020-13-01"),
        (Deadline, "consequence", "", "not stated"),
        (Deadline, "who", "regioner, skl", ("regioner", "skl")),
        (Line, "title", "  Medel  ", "Medel"),
    ],
)
def test_what_is_typed_becomes_a_value_of_the_file(model, key, typed, value):
    assert taken(asked(model, key), typed) == value


def test_every_key_of_the_model_is_a_field_or_a_table_of_fields():
    for each in fields_of(Agreement):
        assert each.takes_text or each.model is not None


@pytest.mark.parametrize(
    ("place", "listed", "model"),
    [
        ("", False, "Agreement"),
        ("pot", True, "Pot"),
        ("pot[x]", False, "Pot"),
        ("line[x].decision.paper", False, "Paper"),
        ("round[a].section[b].question[c].when", False, "When"),
        ("pot[x].amount", False, None),
        ("x.y", False, None),
    ],
)
def test_a_place_has_the_model_of_its_table(place, listed, model):
    found = model_at(steps_of(place))
    assert (found.__name__ if found else None) == model
    assert is_list(steps_of(place)) == listed


def test_an_earlier_agreement_is_moved_a_year_on_and_has_nothing_to_mend():
    known = {"scb-2018-12-31": series.shipped()["scb-2018-12-31"]}
    made, findings = reading.read(next_year(TEXT, "2020", known))
    assert findings == ()
    assert (made.id, made.period.last_day, made.annex) == ("2020", dt.date(2020, 12, 31), None)
    assert [each.on for each in made.deadlines][:2] == [dt.date(2020, 12, 1), dt.date(2021, 3, 31)]
    assert made.round("redogorelse").follows == "2019/redogorelse"


def test_a_newer_population_takes_the_place_of_the_weights():
    made, _ = reading.read(next_year(TEXT, "2020", series.shipped()))
    newest = max(series.shipped().values(), key=lambda each: each.reference_date)
    assert made.population.series == newest.id
    assert made.group("regioner").recipients[0].weight == newest.persons["01"]


def test_from_scratch_there_is_nothing_to_mend_but_what_is_not_stated():
    known = series.shipped()["recovered-2016"]
    _made, findings = reading.read(blank("2021", 'En ”ny” "text"', 2021, [("01", "Stockholm")], known))
    assert findings == ()


def test_a_leap_day_is_moved_to_the_28th():
    assert a_year_on(dt.date(2020, 2, 29)) == dt.date(2021, 2, 28)


def test_what_is_begun_from_an_earlier_text_does_not_cite_it() -> None:
    earlier = reading.find("2019").read_text(encoding="utf-8")
    text = next_year(earlier, "2020", {})
    assert text.startswith("format = 1")
    assert "2019 agreement" not in text
    assert "# The account of the work" in text
    agreement, findings = reading.read(text)
    assert agreement is not None, findings
    assert {agreement.source, *(line.source for line in agreement.lines)} == {"not stated"}
