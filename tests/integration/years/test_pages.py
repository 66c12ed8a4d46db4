# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the years and of burden: what they show, as files, and what they refuse."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import translation

from overens.demo.people import person
from overens.portal import burden
from overens.portal.dividing import inhabitants, price_index
from overens.portal.money import agreements
from overens.rules import reading
from overens.rules.process import Role
from overens.rules.statistics.table import Cell
from overens.statistics import reading as reading_of_tables

pytestmark = pytest.mark.usefixtures("world", "seen_context")
REGIONS = tuple(each.organisation for each in reading.shipped("2019").group("regioner").recipients)


def public() -> Client:
    return Client(headers={"host": "127.0.0.1"})


def negotiator() -> Client:
    client = public()
    client.force_login(person("SOC", Role.NEGOTIATOR))
    return client


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_recipient_has_its_years(language: str) -> None:
    with translation.override(language):
        for code in ("23", "SKL", "RSS-23"):
            assert public().get(f"/bidrag/region/{code}/over-aren/?priser=2019&per=invanare").status_code == 200
    assert public().get("/bidrag/region/99/over-aren/").status_code == 404


def test_what_cannot_be_asked_is_refused_with_what_can() -> None:
    refused = public().get("/bidrag/over-aren/?visa=allt")
    assert refused.status_code == 422
    assert "decided" in refused.content.decode()
    assert public().get("/bidrag/region/23/over-aren/?priser=x").status_code == 422


def test_the_files_have_every_row_and_tell_what_is_not_known_from_nought() -> None:
    rows = json.loads(public().get("/bidrag/region/23/over-aren/?format=json").content)
    (whole,) = [row for row in rows if (row["agreement"], row["year"], row["pot"]) == ("2017-2018", 2017, "")]
    assert whole["decided"] == 12_290_133
    assert whole["used"] is None
    (followed,) = [row for row in rows if (row["agreement"], row["pot"]) == ("2019", "")]
    assert (followed["decided"], followed["used"]) == (41_197_280, 0)


def test_the_api_says_the_same() -> None:
    found = public().get("/api/money?recipient=23&year=2019&agreement=2019").json()
    assert [(row["basis"], row["decided"]) for row in found] == [("ledger", 41_197_280)]
    assert public().get("/api/money?recipient=99").status_code == 404


def test_each_year_is_divided_by_a_population_that_all_regions_have() -> None:
    found = inhabitants(range(2015, 2020), REGIONS, agreements().values())
    assert set(found) == {2016, 2017, 2018, 2019}
    assert found[2018].persons["01"] == 2_344_124  # as the 2019 agreement prints it: the table tells of eight counties
    assert price_index().code == "kpi"


def test_only_the_days_that_the_years_need_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = reading_of_tables.table("scb-2018-12-31")
    days = [f"{year}-12-31" for year in range(1970, 2021)]
    values = {Cell(code, day): number for day in days for number, code in enumerate(REGIONS, 1)}
    table = replace(shipped, code="long", values=values)
    described = replace(reading_of_tables.tables()[-1], code="long", measure="persons", level="region", times=(*days,))
    read: list[str] = []
    monkeypatch.setattr(reading_of_tables, "tables", lambda: (described,))
    monkeypatch.setattr(reading_of_tables, "table", lambda _code, times: read.extend(times) or table)
    found = inhabitants([2018, 2019, 2020, 2030, 1969], REGIONS, [])
    assert {year: each.day.year for year, each in found.items()} == {2018: 2018, 2019: 2019, 2020: 2020, 2030: 2020}
    assert sorted(read) == ["2018-12-31", "2019-12-31", "2020-12-31"]


def test_burden_is_for_those_who_negotiate() -> None:
    assert public().get("/forhandling/borda/").status_code == 302
    page = negotiator().get("/forhandling/borda/?fil=2019&mot=2017-2018")
    assert page.context["total"].documents == 89
    assert page.context["compared"]["rows"][0]["cells"][1:3] == [89, 21]
    rows = json.loads(negotiator().get("/forhandling/borda/?fil=2019&format=json").content)
    assert sum(row["fields"] for row in rows) == page.context["total"].fields
    assert negotiator().get("/forhandling/borda/?fil=1999").status_code == 404


def test_a_pasted_text_is_weighed_and_a_bad_one_is_kept() -> None:
    text = reading.find("2019").read_text(encoding="utf-8")
    assert negotiator().post("/forhandling/borda/", {"text": text}).context["total"].documents == 89
    refused = negotiator().post("/forhandling/borda/", {"text": "format = 2"})
    assert refused.status_code == 422
    assert refused.context["text"] == "format = 2"


def test_a_count_that_others_have_had_reported_is_known_already() -> None:
    assert 2017 in burden.reported("2019")["training-posts"]
    assert 2017 not in burden.reported("2017-2018").get("training-posts", set())
