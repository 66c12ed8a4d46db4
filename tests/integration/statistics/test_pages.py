# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of statistics: a table is read in, looked through against the one before, decided on, and downloaded."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from typer.testing import CliRunner

from overens.cli.main import app
from overens.demo import statistics as demo
from overens.demo.people import person
from overens.records.models import Run
from overens.rules.finding_rows import as_rows
from overens.rules.findings import Finding
from overens.rules.process import Role
from overens.statistics import actions
from overens.statistics.models import Arrival, StoredTable
from tests.integration.statistics.received import table
from tests.unit.statistics.made import DATA, SCB, as_bytes, data, scb

PAGE = "/statistik/tabell/scb-tab638-2018/"


def as_(code: str, role: Role) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person(code, role))
    return client


@pytest.fixture
def analyst(world: None) -> Client:
    return as_("SOS", Role.ANALYST)


def sent(client: Client, content: bytes, name: str = "tabell.json", **typed: str) -> tuple[int, str, str]:
    """The status, where to, and the page."""
    answer = client.post("/statistik/las-in/", {"file": SimpleUploadedFile(name, content), **typed})
    return answer.status_code, answer.headers.get("Location", ""), answer.content.decode()


def test_a_file_is_read_in_looked_through_and_approved(analyst: Client) -> None:
    assert sent(analyst, data(SCB), measure="persons", times="2018")[:2] == (302, PAGE)
    page = analyst.get(PAGE).text
    assert "Att granska" in page
    assert "Inga anmärkningar." in page
    assert "Ingen tidigare tabell av samma slag är godkänd" in page
    assert analyst.post(PAGE, {"do": "approve"}).status_code == 302
    page = analyst.get(PAGE).text
    assert "Godkänd" in page
    assert "Godkänn tabellen" not in page
    assert analyst.get(f"{PAGE}svar/1/").content == data(SCB)
    assert "scb-tab638-2018" in analyst.get("/statistik/?lage=approved").text
    assert "scb-tab638-2018" not in analyst.get("/statistik/?lage=rejected").text


def test_what_it_changes_stands_with_the_largest_change_first(analyst: Client) -> None:
    actions.approve(table().code, person("SOS", Role.ANALYST))
    value = scb()
    value["value"][12] = value["value"][10] * 2
    second = table(as_bytes(value))
    answer = analyst.get(f"/statistik/tabell/{second.code}/")
    assert answer.status_code == 200
    page = answer.text
    assert page.index("14 Västra Götaland</th>") < page.index("01 Stockholm</th>")
    assert "Av 22 värden som finns i båda är 1 ändrade." in page
    assert "Länen summerar inte" in page
    other = analyst.get(f"/statistik/tabell/{second.code}/?mot=recovered-2016").text
    assert "recovered-2016 vid 2016-11-01" in other


def test_what_cannot_be_read_is_said_at_its_field_and_nothing_typed_is_lost(analyst: Client) -> None:
    status, _, page = sent(analyst, data(SCB)[:900], contents="BE0101N1", times="2018", title="Min rubrik")
    assert status == 422
    assert "Filen slutar mitt i" in page
    assert 'value="Min rubrik"' in page
    status, _, page = sent(analyst, data(SCB), times="ett år")
    assert (status, "är inga år" in page) == (422, True)
    status, _, page = sent(analyst, data("folkmangd-2018.csv"), name="f.csv")
    assert (status, "Ange en rubrik" in page) == (422, True)
    assert analyst.post("/statistik/las-in/", {}).status_code == 422
    assert StoredTable.objects.count() == 0


def test_a_table_with_swapped_names_cannot_be_approved_and_is_rejected_with_a_reason(analyst: Client) -> None:
    value = scb()
    value["dimension"]["Region"]["category"]["label"] |= {"12": "Hallands län", "13": "Skåne län"}
    sent(analyst, as_bytes(value), measure="persons")
    page = analyst.get(PAGE).text
    assert "Raderna kan vara omkastade" in page
    assert "Godkänn tabellen" not in page
    refused = analyst.post(PAGE, {"do": "approve"})
    assert (refused.status_code, "kan inte godkännas" in refused.text) == (422, True)
    assert analyst.post(PAGE, {"do": "reject", "reason": ""}).status_code == 422
    assert analyst.post(PAGE, {"do": "reject", "reason": "Namnen är omkastade"}).status_code == 302
    assert "Namnen är omkastade" in analyst.get(PAGE).text


def test_who_only_reads_decides_nothing(analyst: Client) -> None:
    table()
    reader = as_("SOC", Role.MINISTRY_OFFICER)
    assert "Godkänn tabellen" not in reader.get(PAGE).text
    assert reader.post(PAGE, {"do": "approve"}).status_code == 403
    assert sent(reader, data(SCB))[0] == 403
    assert reader.post("/statistik/hamta/", {}).status_code == 403


def test_values_are_shown_by_time_and_age_and_are_a_file(analyst: Client) -> None:
    sent(analyst, data("scb-v1-sex-age-2018.json"), measure="persons")
    page = "/statistik/tabell/scb-befolkningny-2018/varden/"
    assert "0-64" in analyst.get(page).text
    shown = analyst.get(f"{page}?alder=65%2B&niva=kommun").text
    assert "Kvinnor" in shown
    assert "23 Jämtland" in shown
    file = analyst.get(f"{page}?form=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file), delimiter=";"))
    assert len(rows) == 88
    assert sum(int(row["value"]) for row in rows if row["code"] == "23") == 130_280
    for form in ("json", "xlsx"):
        assert analyst.get(f"{page}?form={form}").status_code == 200


def test_a_table_that_ships_has_its_page(analyst: Client) -> None:
    page = analyst.get("/statistik/tabell/recovered-2016/")
    assert (page.status_code, "Följer med Överens" in page.text) == (200, True)
    assert "2 264 111" in analyst.get("/statistik/tabell/recovered-2016/varden/").text.replace("\xa0", " ")
    assert analyst.get("/statistik/tabell/finns-inte/").status_code == 404
    assert analyst.get("/statistik/tabell/finns-inte/varden/").status_code == 404


def test_a_question_waits_for_a_worker_and_says_how_it_goes(analyst: Client) -> None:
    typed = {"table": "TAB638", "contents": "BE0101N1", "regions": "??", "years": "2018", "measure": "persons"}
    answer = analyst.post("/statistik/hamta/?kalla=scb", typed)
    arrival = Arrival.objects.get()
    assert answer.headers["Location"] == f"/statistik/hamta/{arrival.pk}/"
    assert "TAB638/data?lang=sv" in analyst.get(answer.headers["Location"]).text
    arrival.findings = as_rows([Finding("statistics-unreachable", "error", {"host": "statistikdatabasen.scb.se"})])
    arrival.save()
    page = analyst.get(answer.headers["Location"]).text
    assert "gick inte att nå" in page
    again = analyst.get(re.findall(r'href="(/statistik/hamta/[^"]*years[^"]*)"', page)[0].replace("&amp;", "&")).text
    assert re.search(r'name="years" value="2018"', again)
    assert "checked" not in again
    wrong = analyst.post("/statistik/hamta/?kalla=scb", {**typed, "table": "x", "years": "2018"})
    assert (wrong.status_code, "inget tabellnummer" in wrong.text) == (422, True)
    other = analyst.post("/statistik/hamta/?kalla=kolada", {"kpi": "N60030", "years": "2015-2018"})
    assert other.status_code == 302
    assert Arrival.objects.first().question["addresses"] == [  # type: ignore[union-attr]
        "https://api.kolada.se/v3/data/kpi/N60030/year/2015,2016,2017,2018"
    ]


def test_a_large_file_is_read_by_a_worker(analyst: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 100)
    status, where, _ = sent(analyst, data(SCB))
    arrival = Arrival.objects.get()
    assert (status, where) == (302, f"/statistik/hamta/{arrival.pk}/")
    assert "progress" in analyst.get(where).text
    monkeypatch.setattr("overens.records.runs.report_progress", lambda run, percent: None)
    actions.take_in(Run.objects.get(key=actions.key_of(arrival)), arrival.pk)
    assert analyst.get(where).headers["Location"] == PAGE
    assert "Gå igenom tabellen" in analyst.get(where, headers={"HX-Request": "true"}).text


def test_the_demo_has_one_approved_and_one_to_look_through(world: None) -> None:
    demo.load()
    assert sorted(StoredTable.objects.values_list("state", flat=True)) == ["approved", "received"]
    page = as_("SOS", Role.ANALYST).get(f"/statistik/tabell/{StoredTable.objects.first().code}/").text  # type: ignore[union-attr]
    assert "2018-12-31 mot den här vid 2019-11-01" in page


def test_a_file_is_checked_without_a_database(tmp_path: Path) -> None:
    good = CliRunner().invoke(app, ["statistics", "check", str(DATA / SCB)])
    assert (good.exit_code, "scb/TAB638/BE0101N1" in good.output) == (0, True)
    file = tmp_path / "cut.json"
    file.write_bytes(data(SCB)[:500])
    bad = CliRunner().invoke(app, ["statistics", "check", str(file), "--format", "json"])
    assert (bad.exit_code, "statistics-cut-off" in bad.output) == (1, True)
