# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What units enter: read, added up, and taken out and in as a table."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.exchange.statistics import grids
from overens.planning.supply import reference
from overens.planning.supply.bottomup import entries, table
from overens.planning.supply.bottomup.consolidating import lines
from overens.planning.supply.bottomup.entries import KINDS, STATES, Action, Need, UnitEntry
from overens.planning.supply.bottomup.facts import differences, facts
from overens.planning.supply.bottomup.table import Versions
from overens.rules.cells import escaped

DATA = reference.data()
CODES = [each.code for each in DATA.occupations]
UNITS = {"Kirurgkliniken": "kirurgi", "Barnkliniken": "barn"}

numbers = st.none() | st.integers(0, 99_999).map(lambda tenths: entries.full_time(f"{tenths / 10:.1f}"))
words = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), exclude_characters=";\"'=+-@,"), max_size=20
)
titles = words.map(lambda text: " ".join(f"Å {text}".split()))


@st.composite
def needs(draw: st.DrawFn) -> Need:
    found = Need(
        occupation=draw(st.sampled_from(CODES)),
        have=draw(numbers),
        needs=tuple(draw(numbers) for _ in entries.AHEAD),
        why=draw(titles | st.just("")),
    )
    return found if entries.as_fields(found) else found.model_copy(update={"have": Decimal(1)})


@st.composite
def units(draw: st.DrawFn, title: str) -> UnitEntry:
    actions = [
        Action(
            number=str(number),
            title=draw(titles),
            kind=draw(st.sampled_from(KINDS)),
            occupation=draw(st.sampled_from(["", *CODES])),
            owner=draw(titles),
            cost=draw(st.none() | st.integers(0, 10**9)),
            first=draw(st.none() | st.integers(2020, 2025)),
            last=draw(st.none() | st.integers(2025, 2040)),
            follow_up=draw(titles | st.just("")),
            state=draw(st.sampled_from(STATES)),
        )
        for number in range(1, draw(st.integers(1, 4)))
    ]
    said = draw(st.lists(needs(), max_size=4, unique_by=lambda each: each.occupation))
    return UnitEntry(unit=UNITS[title], title=title, state="sent", needs=tuple(said), actions=tuple(actions))


both = st.tuples(*(units(title) for title in UNITS))


@settings(max_examples=25)
@given(both)
def test_the_consolidation_is_the_sum_of_the_units(found: tuple[UnitEntry, ...]) -> None:
    summed = {each.occupation: each for each in lines(found, DATA.occupations)}
    for code in CODES:
        said = [need for unit in found for need in unit.needs if need.occupation == code]
        assert (code in summed) is bool(said)
        for at in range(len(entries.AHEAD)):
            there = [need.needs[at] for need in said if need.needs[at] is not None]
            if said:
                assert summed[code].needs[at] == (sum(there) if there else None)
                assert summed[code].entered == len(said)


@settings(max_examples=25)
@given(both)
def test_what_is_exported_and_read_back_is_the_same(found: tuple[UnitEntry, ...]) -> None:
    heads, *rows = table.rows(found, DATA.occupations, Versions({}, {}), blank=False)
    if not rows:
        return
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(heads)
    writer.writerows([escaped(cell) for cell in row] for row in rows)
    grid, said = grids.read(text.getvalue().encode("utf-8-sig"), "export.csv")
    assert grid is not None, said
    back, wrong = table.read(grid, table.suggested(grid.heads), UNITS, DATA.occupations)
    assert not wrong
    assert {(row.unit, row.code): row.fields for row in back if row.kind == "need"} == {
        (unit.unit, need.occupation): entries.as_fields(need) for unit in found for need in unit.needs
    }
    assert {(row.unit, row.code): row.fields for row in back if row.kind == "action"} == {
        (unit.unit, each.number): entries.as_fields(each) for unit in found for each in unit.actions
    }


@given(needs())
def test_a_need_is_read_from_its_own_fields(need: Need) -> None:
    fields = entries.as_fields(need)
    assert not list(entries.need_findings(fields))
    assert entries.need(need.occupation, fields) == need


@pytest.mark.parametrize("raw", ["tolv", "-1", "12,55", "1e3", "..", "100001"])
def test_what_is_no_number_of_full_times_is_said_at_its_field(raw: str) -> None:
    (found,) = entries.need_findings({"need_3": raw})
    assert (found.code, found.where and found.where.key) == ("entry-number", "need_3")


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"title": ""}, "action-title", "title"),
        ({"kind": "locka"}, "action-kind", "kind"),
        ({"owner": " "}, "action-owner", "owner"),
        ({"occupation": "astronaut"}, "action-occupation", "occupation"),
        ({"first": "tjugo"}, "action-year", "first"),
        ({"last": "2018"}, "action-years", "last"),
        ({"cost": "1 50"}, "amount-grouping", "cost"),
        ({"state": "snart"}, "action-state", "state"),
    ],
)
def test_what_is_wrong_with_an_action_is_said_at_its_field(wrong: dict[str, str], code: str, field: str) -> None:
    sound = {"title": "Fler ST", "kind": "develop", "owner": "Verksamhetschef", "first": "2020", "last": "2021"}
    assert not list(entries.action_findings(sound, CODES))
    found = list(entries.action_findings(sound | wrong, CODES))
    assert [(each.code, each.where and each.where.key) for each in found] == [(code, field)]


SUPPORT = """Klinik;Personalgrupp;Nuläge;Behov idag;Om 5 år;Orsaker;Insats;ARUBA;Ansvarig funktion;Budget
Kirurgkliniken;Sjuksköterska, grundutbildad;40;45,5;52;Fler äldre;Mentorer;Behålla;Vårdenhetschef;120 000
"""


def test_the_headings_of_a_workshop_table_are_known() -> None:
    grid, _said = grids.read(SUPPORT.encode(), "stod.csv")
    assert grid is not None
    roles = table.suggested(grid.heads)
    assert roles["Personalgrupp"] == "name"
    assert roles["Budget"] == "cost"
    titles = {each.title: each.code for each in DATA.occupations}
    name = next(title for title in titles if title.startswith("Sjuksköterska"))
    grid, _said = grids.read(SUPPORT.replace("Sjuksköterska, grundutbildad", f'"{name}"').encode(), "stod.csv")
    assert grid is not None
    rows, wrong = table.read(grid, roles, UNITS, DATA.occupations)
    assert not wrong
    assert [(row.kind, row.version) for row in rows] == [("need", None), ("action", None)]
    assert rows[0].fields == {"have": "40", "need_0": "45,5", "need_5": "52", "why": "Fler äldre"}


def test_what_is_wrong_in_a_table_is_said_at_its_cell() -> None:
    heads = "Verksamhet;Yrkeskod;Finns i dag;Behov i dag\n"
    bad = f"{heads}Kirurgkliniken;nurse;tolv;1\nÖgon;nurse;1;1\nBarnkliniken;trollkarl;1;1\n"
    grid, _said = grids.read(bad.encode(), "fel.csv")
    assert grid is not None
    _rows, wrong = table.read(grid, table.suggested(grid.heads), UNITS, DATA.occupations)
    said = [(each.code, each.where and each.where.line, each.where and each.where.key) for each in wrong]
    assert said == [
        ("entry-number", 2, "Finns i dag"),
        ("unit-form-unit-unknown", 3, "Verksamhet"),
        ("unit-form-occupation-unknown", 4, "Yrkeskod"),
    ]


@settings(max_examples=25)
@given(both, both)
def test_a_plan_differs_in_nothing_from_itself_and_in_what_was_changed(
    one: tuple[UnitEntry, ...], other: tuple[UnitEntry, ...]
) -> None:
    before, now = (facts("Region", "03", 2020, found, DATA) for found in (one, other))
    assert differences(before, before) == ()
    assert bool(differences(before, now)) is (before.lines != now.lines or before.actions != now.actions)


def test_units_that_have_not_answered_are_named_and_not_counted() -> None:
    silent = UnitEntry(
        unit="barn", title="Barnkliniken", state="open", needs=(Need(occupation=CODES[0], have=Decimal(3)),)
    )
    found = facts("Region", "03", 2020, [silent], DATA)
    assert found.silent == ("Barnkliniken",)
    assert found.lines == ()
