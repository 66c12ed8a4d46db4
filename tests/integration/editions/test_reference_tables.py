# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of the reference edition, held against what the 2018 report prints."""

from __future__ import annotations

import csv
import tomllib
from importlib import resources

import pytest

from overens.editions import making
from overens.followup.models import MeasureYear
from overens.rules.edition.document import Statements, Table
from overens.rules.findings import Refused
from tests.integration.editions.asked_of import register_of
from tests.integration.editions.laid_out import blocks, overviews, row, table, texts

pytestmark = pytest.mark.usefixtures("world")
TIED = ("certain", "derived", "probable")


def printed(name: str) -> list[dict[str, str]]:
    with resources.files("overens.reference.followup").joinpath(f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("subject", ["training-posts", "study-pay"])
def test_every_printed_figure_that_is_tied_to_a_region_comes_out(subject: str) -> None:
    register = register_of(2017)
    found = table(register, subject)
    keys = {cell.key for each in found.rows for cell in each.cells}
    for line in printed(subject):
        if line["assignment"] not in TIED:
            continue
        at = f"number/{subject},region={line['code']}"
        term = f",term={line['term']}" if line["term"] else ""
        total = register.value(f"{at}{term},year={line['year']}")
        assert total.number == int(line["total"])
        for sex in ("women", "men"):
            if line[sex]:
                key = f"{at},sex={sex}{term},year={line['year']}"
                assert register.value(key).number == int(line[sex])
                assert key in keys or f"{at}{term},year={line['year']}" in keys


@pytest.mark.parametrize("subject", ["training-posts", "study-pay"])
def test_a_cell_says_what_its_key_answers(subject: str) -> None:
    in_table = register_of(2017)
    found = table(in_table, subject)
    alone = register_of(2017)
    for cell in (cell for each in found.rows for cell in each.cells):
        if cell.key and "region=unassigned" not in cell.key and "region=lost" not in cell.key:
            fresh, kept = alone.value(cell.key), in_table.values[cell.key]
            assert (fresh.number, fresh.status, fresh.certainty) == (kept.number, kept.status, kept.certainty)


def test_training_posts_are_laid_out_as_printed() -> None:
    found = table(register_of(2017), "training-posts")
    assert [[(each.text, each.columns) for each in line] for line in found.head] == [
        [("Landsting", 1), ("2016", 4), ("2017", 4)],
        [("Vårtermin", 2), ("Hösttermin", 2), ("Vårtermin", 2), ("Hösttermin", 2)],
        [("Kvinnor", 1), ("Män", 1)] * 4,
    ]
    assert all(sum(cell.columns for cell in each.cells) == 9 for each in found.rows)
    assert texts(row(found, "Landstinget i Kalmar län"))[1:] == ["7", "0", "29", "2", "3", "0", "31", "5"]
    assert texts(row(found, "Västra Götalandsregionen"))[1:] == ["115 kvinnor, 16 män", "77 kvinnor, 8 män"]
    assert texts(row(found, "Region Norrbotten"))[1:] == ["–", "6", "–", "8", "0"]
    assert texts(row(found, "Region Gotland"))[1:] == ["erbjuds inte", "erbjuds inte"]
    assert texts(row(found, "Totalt enligt rapporten"))[1:] == ["510", "1 208"]
    assert texts(row(found, "Summa av det som går att knyta till landsting"))[1:] == ["510", "1 208"]
    assert not found.wide


def test_study_pay_tells_what_is_tied_to_nobody() -> None:
    found = table(register_of(2017), "study-pay")
    assert texts(row(found, "Totalt enligt rapporten"))[1:] == ["1 000", "712"]
    assert texts(row(found, "Summa av det som går att knyta till landsting"))[1:] == ["166", "454"]
    assert texts(row(found, "Ej knutet till ett landsting"))[1:] == ["347", "214"]
    assert texts(row(found, "Bortfall i den tryckta tabellen"))[1:] == ["487", "44"]
    notes = {each.mark: each.text for each in found.notes}
    assert "96 kvinnor, 12 män" in notes[row(found, "Ej knutet till ett landsting")[0].marks[0]]
    assert "bara utbildningstjänster" in notes[row(found, "Region Östergötland")[0].marks[0]]


def test_every_mark_has_its_note_and_every_note_is_needed() -> None:
    for subject in ("training-posts", "study-pay"):
        found = table(register_of(2017), subject)
        marks = {mark for each in found.rows for cell in each.cells for mark in cell.marks}
        assert marks == {each.mark for each in found.notes} - {"–", ".."}


def test_the_same_table_in_english() -> None:
    found = table(register_of(2017, "en"), "training-posts")
    assert found.head[0][0].text == "County council"
    assert "Has not reported by term and sex." in [each.text for each in found.notes]


def test_the_allocation_to_the_krona() -> None:
    register = register_of(2017)
    found = table(register, "allocation")
    file = resources.files("overens.reference.agreements").joinpath("2017-2018.toml").read_text(encoding="utf-8")
    agreement = tomllib.loads(file)
    amounts = {each["code"]: each for each in agreement["annex"]["rows"]}
    for recipient in agreement["group"][0]["recipients"]:
        cells = row(found, recipient["name"])
        for cell, pot in zip(cells[1:], ("stimulansmedel", "specialistutbildning"), strict=True):
            assert register.values[cell.key].number == amounts[recipient["code"]][pot]
    assert texts(row(found, "Totalt"))[1:] == ["655 000 000", "300 000 000"]
    assert found.notes == ()


def test_the_2019_allocation_says_that_its_rows_are_off_by_rounding() -> None:
    found = table(register_of(2019), "allocation", agreement="2019")
    assert texts(row(found, "Stockholm"))[1:] == ["649 606 194", "91 655 195", "741 261 389"]
    assert texts(row(found, "Totalt"))[1:] == ["2 835 000 000", "400 000 000", "3 235 000 000"]
    assert ["2\u00a0834\u00a0999\u00a0998" in each.text for each in found.notes] == [True, False]


def test_a_page_for_each_region_with_all_printed_measures() -> None:
    found = overviews(register_of(2017))
    assert len(found) == 21
    shown = [item for each in found.values() for column in each.columns for item in column.items]
    assert len(shown) == MeasureYear.objects.filter(submission__year=2017).count() == 564
    kronoberg = found["07"]
    assert "Kompetensväxling och RAK (rätt använd kompetens)" in [each.text for each in kronoberg.columns[1].items]
    assert kronoberg.columns[-1].title == "Utförligare exempel"
    assert kronoberg.source == "Socialstyrelsen 2018, figur 1, s. 16."
    uncertain = [item for each in kronoberg.columns for item in each.items if item.mark]
    assert {mark for item in uncertain for mark in item.mark.split(",")} == {each.mark for each in kronoberg.notes}
    assert ("Utbildningstjänster 2017", "44") in [(label, cell.text) for label, cell in kronoberg.facts]


def test_statements_with_the_regions_behind_them() -> None:
    (found,) = blocks(register_of(2017), "statements", area="kompetens")
    assert isinstance(found, Statements)
    said = {each.key: each for each in found.items}
    vns = said["stated/vns"]
    text = "".join(getattr(each, "text", "") for each in vns.inlines)
    assert text.startswith("17 landsting har infört vårdnära service i någon verksamhet. I rapportens bilaga")
    assert vns.regions == ()
    (introduced,) = blocks(register_of(2017), "statements", area="introduktion")
    assert isinstance(introduced, Statements)
    assert len({each.key: each for each in introduced.items}["stated/introduction-compulsory"].regions) == 6


@pytest.mark.parametrize(
    ("name", "first", "cells"),
    [
        ("introductions", "Erbjuds alla", ["14", "Namnges inte"]),
        ("interviews", "Intervjuade landsting", ["–", "20"]),
        ("interviews", "Besökta landsting", ["10", "5"]),
        ("visits", "Landstinget Dalarna", ["Mellansverige", "283 543", "27 166 274"]),
        ("measures", "Totalt", ["564"]),
        ("goals", "3. God hälsa och välbefinnande", None),
        ("reporting-structure", "2.1", None),
    ],
)
def test_a_row_of(name: str, first: str, cells: list[str] | None) -> None:
    found = row(table(register_of(2017), name), first)
    assert cells is None or texts(found)[1:] == cells


@pytest.mark.parametrize("name", list(making.TABLES))
def test_what_is_not_known_is_refused_with_what_is(name: str) -> None:
    said = {"subject": "training-posts"} if name == "counts" else {}
    with pytest.raises(Refused) as refused:
        making.TABLES[name].make(register_of(2017), {**said, "colour": "red"})
    (finding,) = refused.value.findings
    assert finding.code == "edition-unknown-option"
    assert set(making.TABLES[name].options) < set(finding.values["known"])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("training-posts", {"years": "i fjol"}, "edition-malformed-years"),
        ("training-posts", {"years": "2010-2017", "by": "term-and-sex"}, "edition-too-many-years"),
        ("training-posts", {"by": "colour"}, "edition-unknown-choice"),
        ("counts", {"subject": "nonsense"}, "no-such-facts"),
        ("counts", {"subject": "measures"}, "edition-not-a-count"),
        ("counts", {"subject": "units-digital-meetings", "by": "term-and-sex"}, "edition-not-split"),
        ("allocation", {"agreement": "1999"}, "edition-unknown-choice"),
        ("changes", {"since": "x"}, "edition-malformed-years"),
        ("reporting-structure", {"round": "x"}, "edition-unknown-choice"),
    ],
)
def test_refused(name: str, said: dict[str, str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        making.TABLES[name].make(register_of(2017), said)


def test_a_year_of_which_nothing_is_known_says_so_and_keeps_its_caption() -> None:
    found = table(register_of(2017), "training-posts", years="2030-2031")
    assert [texts(each.cells) for each in found.rows] == [["Inga uppgifter har lämnats."]]
    assert found.rows[0].cells[0].columns == 9
    assert found.caption.endswith("2030–2031")


def test_a_year_beside_one_that_is_known_is_left_open() -> None:
    found = table(register_of(2017), "training-posts", years="2017-2018")
    assert texts(row(found, "Region Uppsala"))[1:] == ["68", "–"]
    assert texts(row(found, "Totalt enligt rapporten"))[1:] == ["1 208", "–"]


def test_an_id_and_a_caption_of_ones_own() -> None:
    found = table(register_of(2017), "training-posts", id="min-tabell", caption="En annan rubrik")
    assert (found.id, found.caption) == ("min-tabell", "En annan rubrik")
    assert len([each for each in found.rows if each.kind == "body"]) == 21


def test_a_series_by_year_is_one_column_a_year() -> None:
    found = table(register_of(2017), "training-posts", by="year")
    assert isinstance(found, Table)
    assert texts(row(found, "Region Skåne"))[1:] == ["125", "142"]
