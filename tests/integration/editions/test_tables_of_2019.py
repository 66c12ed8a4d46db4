# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of the edition of 2019, on the demo when all accounts of 2019 have been handed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from overens.agreements.tracing import trace
from overens.editions import making
from overens.editions.making.common import SIGNS
from overens.editions.values.register import Register
from overens.followup.models import CountFact, MeasureYear
from overens.rules.edition.document import Table
from overens.rules.edition.values import NUMBER
from tests.integration.editions.asked_of import register_of
from tests.integration.editions.laid_out import blocks, overviews, row, table, texts


@pytest.fixture(scope="module")
def clone(databases: SimpleNamespace, demo_on: Callable[[dt.date], str]) -> str:
    return str(databases.clone(demo_on(dt.date(2020, 6, 2))))


@pytest.fixture
def register(databases: SimpleNamespace, clone: str) -> Iterator[Register]:
    with databases.rolled_back(clone):
        yield register_of(2019)


def test_the_money_adds_up_to_the_agreements_total(register: Register) -> None:
    found = table(register, "money")
    total = register.values[row(found, "Totalt")[-1].key].number
    assert total == sum(each.kronor for each in trace("2019")) == 3_360_000_000
    for each in found.rows:
        numbers = [register.values[cell.key].number or 0 for cell in each.cells if cell.key]
        if len(each.cells) > 2 and each.cells[-1].key:
            assert sum(numbers[:-1]) == numbers[-1]
    body = [each for each in found.rows if each.kind == "body"]
    for column in range(1, len(found.figures)):
        parts = [register.values[each.cells[column].key].number or 0 for each in body if each.cells[column].key]
        assert sum(parts) == register.values[row(found, "Totalt")[column].key].number


def test_costs_by_head_add_up_to_the_costs_of_each_region(register: Register) -> None:
    found = table(register, "costs")
    for each in found.rows:
        values = [register.values[cell.key] for cell in each.cells[1:5]]
        if all(value.status == NUMBER for value in values):
            *heads, total = [value.number or 0 for value in values]
            assert sum(heads) == total
    for column in range(1, len(found.figures)):  # what the text says of all recipients is the table's last line
        key = row(found, "Totalt")[column].key
        assert ",line=" not in key
        parts = [register.values[each.cells[column].key].number or 0 for each in found.rows if each.kind == "body"]
        assert sum(parts) == register.values[key].number
    assert "–" in {each.mark for each in found.notes}
    assert found.wide
    national = table(register, "costs", by="national")
    assert [each.cells[0].text for each in national.rows if each.kind == "total"] == ["Summa"]


def test_measures_by_area_and_status(register: Register) -> None:
    found = table(register, "measures")
    there = MeasureYear.objects.filter(submission__agreement="2019", submission__superseded=False)
    assert register.values[row(found, "Totalt")[-1].key].number == there.count()
    assert [each.cells[0].text[:3] for each in found.rows if each.kind == "group"] == ["4.1", "4.2"]
    assert [each.text for each in found.head[0]][1:3] == ["Planerad", "Pilot"]


def test_what_has_become_of_the_measures(register: Register) -> None:
    found = table(register, "changes")
    assert found.caption == "Vad som har hänt med insatserna från 2017 till 2019"
    new, goes_on, ended, _gone = [register.values[cell.key].number or 0 for cell in row(found, "Totalt")[1:]]
    there = MeasureYear.objects.filter(submission__year=2019, submission__superseded=False)
    assert new + goes_on + ended == there.count()
    assert ended == there.filter(status="ended").count()


def test_training_posts_of_signed_accounts(register: Register) -> None:
    found = table(register, "training-posts")
    keys = {cell.key for each in found.rows for cell in each.cells}
    facts = CountFact.objects.filter(
        count="training-posts", year=2019, submission__superseded=False, number__isnull=False
    ).exclude(submission__organisation=None)
    regions = facts.values_list("submission__organisation__code", flat=True).distinct()
    assert all(any(f"region={code}," in key and "year=2019" in key for key in keys) for code in regions)
    assert any(
        "19" in each.text and not each.mark and each.text.startswith("2019: ") for each in found.notes
    )  # what changed in the definition
    total = row(found, "Totalt")[-1]
    assert total.marks
    assert "har lämnat uppgift" in {each.mark: each.text for each in found.notes}[total.marks[0]]


def test_a_series_over_agreements(register: Register) -> None:
    found = table(register, "training-posts", years="2016-2019")
    assert [each.text for each in found.head[0]] == ["Region", "2016", "2017", "2018", "2019"]
    assert texts(row(found, "Totalt enligt rapporten"))[1:3] == ["510", "1 208"]


def test_an_overview_in_columns_by_use_with_status(register: Register) -> None:
    found = overviews(register)["12"]
    assert [each.title for each in found.columns][:2] == ["Utveckla arbetets organisering", "Öka bemanningen"]
    assert any("(pågår)" in item.text for each in found.columns for item in each.items)
    by_area = overviews(register, columns="areas")["12"]
    assert len(by_area.columns) == 2
    labels = dict(found.facts)
    assert labels["Tilldelade kronor"].text == "430\u00a0744\u00a0951"


def test_statements_from_codes_say_that_texts_are_left(register: Register) -> None:
    made = blocks(register, "statements")
    assert len(made) == 2
    assert "Alla texter är inte lästa" in made[1].inlines[0].text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "name", ["introductions", "visits", "interviews", "goals", "reporting-structure", "allocation"]
)
def test_every_row_fills_its_columns_and_every_key_has_its_value(register: Register, name: str) -> None:
    for found in making.TABLES[name].make(register, {}):
        assert isinstance(found, Table)
        assert all(sum(cell.columns for cell in each.cells) == len(found.figures) for each in found.rows)
        for cell in (cell for each in found.rows for cell in each.cells if cell.key):
            value = register.values[cell.key]
            assert value.status == NUMBER or cell.text in SIGNS.values()


def test_a_whole_round_empty(register: Register) -> None:
    empty = register_of(2019)
    empty.about = empty.about.__class__(**{**vars(empty.about), "year": 2025})
    for name in ("training-posts", "measures", "changes"):
        found = table(empty, name)
        assert len(found.rows) == 1
        assert found.caption
        assert found.rows[0].cells[0].columns == len(found.figures)
