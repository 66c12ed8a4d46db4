# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts as anybody meets them: pages, files, HTTP and the command line give the same answers."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from typer.testing import CliRunner

from overens.demo.people import person
from overens.followup.models import Submission
from overens.rules.process import Role
from tests.integration.followup.handed_in import hand_in

pytestmark = pytest.mark.usefixtures("world")
TABLE = "/fakta/tabell/"


def get(path: str, language: str = "sv", client: Client | None = None) -> HttpResponse:
    client = client or Client(headers={"host": "127.0.0.1"})
    client.cookies["django_language"] = language
    return client.get(path)


def words(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def follow(response: HttpResponse, text: str) -> HttpResponse:
    """The page behind the link that says so."""
    found = re.search(rf'<a href="([^"]+)">\s*{text}\s*</a>', response.content.decode())
    assert found, text
    return get(html.unescape(found[1]).partition("#")[0])


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "/fakta/",
        TABLE,
        f"{TABLE}?vad=study-pay&rader=region&rader=term&kolumner=year&kolumner=sex",
        f"{TABLE}?vad=measures&rader=area&kolumner=legibility&region=23",
        "/fakta/region/23/",
        "/fakta/region/09/",
        "/fakta/jamfor/?region=23&med=12",
        "/fakta/exempel/",
    ],
)
def test_the_pages_open_in_both_languages(path: str, language: str) -> None:
    assert get(path, language).status_code == 200


def test_the_table_says_what_is_missing_and_keeps_what_is_lost_in_sight() -> None:
    page = words(get(f"{TABLE}?vad=study-pay&rader=region&kolumner=year"))
    assert "Bortfall i den tryckta tabellen 487 44 531" in page
    assert "Tryckta summor, att stämma av mot: 2016: 1 000, 2017: 712." in page
    assert "Region Norrbotten kan inte redovisas" in page


def test_a_figure_leads_to_the_printed_line_that_it_comes_from() -> None:
    page = follow(get(f"{TABLE}?vad=training-posts&rader=region&kolumner=year&region=08"), "38")
    assert "Socialstyrelsen 2018, tabell 1, s. 30" in words(page)
    assert "7 0 29 2 3 0 31 5" in words(page)


def test_a_figure_of_many_leads_to_the_table_of_them() -> None:
    page = words(follow(get(f"{TABLE}?vad=training-posts&rader=year"), "510"))
    assert "Region Kalmar län 38" in page
    assert "Summa 510" in page


def test_a_figure_leads_to_the_report_that_was_handed_in_without_its_free_text() -> None:
    hand_in("23", {"training-posts": [(2019, "", "", "", 17)]}, [{"name": "Sommarens schema", "purpose": "hemligt än"}])
    page = words(follow(get(f"{TABLE}?vad=training-posts&rader=region&year=2019"), "17"))
    assert "2019/facts-2019/23, version 1" in page
    assert "Sommarens schema" in page
    assert "hemligt än" not in page


def test_small_counts_are_held_back_at_their_source_too() -> None:
    rows = [
        (2019, "vt", sex, each, number) for each in ("barn", "medicin") for sex, number in (("women", 9), ("men", 2))
    ]
    source = hand_in("23", {"training-posts": rows})
    path = f"/fakta/kalla/{source.pk}/"
    assert "skyddad" in words(get(path))
    analyst = Client(headers={"host": "127.0.0.1"})
    analyst.force_login(person("SOS", Role.ANALYST))
    assert "skyddad" not in words(get(path, client=analyst))


def test_the_files_hold_what_is_shown_with_its_certainty() -> None:
    query = f"{TABLE}?vad=study-pay&rader=region&kolumner=year"
    rows = list(csv.DictReader(io.StringIO(get(f"{query}&format=csv").content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2 * 23
    skane = next(row for row in rows if row["regionkod"] == "12" and row["år"] == "2016")
    assert (skane["antal"], skane["uppgift"], skane["säkerhet"]) == ("162", "antal", "trolig")
    assert Submission.objects.get(pk=skane["källor"]).citation == "Socialstyrelsen 2018, tabell 2, s. 31"
    book = load_workbook(io.BytesIO(get(f"{query}&format=xlsx").content))
    shown = [[cell.value for cell in row] for row in book["Tabell"].iter_rows()]
    assert shown[0] == ["Region", "2016", "2017", "Summa"]
    assert ["Summa", 1_000, 712, 1_712] in shown
    answer = json.loads(get(f"{query}&format=json").content)
    assert answer["total"]["number"] == 1_712
    assert sum(row["number"] or 0 for row in answer["rows"]) == 1_712


def test_what_cannot_be_asked_is_said_with_what_can() -> None:
    response = get(f"{TABLE}?vad=traning-posts")
    assert response.status_code == 422
    assert "Menar du ”training-posts”?" in words(response)
    assert get(f"{TABLE}?vad=measures&year=1999").status_code == 422
    assert get("/fakta/kalla/999999/").status_code == 404
    assert get("/fakta/region/99/").status_code == 404


def test_a_dimension_that_the_new_subject_has_not_got_is_dropped() -> None:
    """The form changes subject and dimensions at once."""
    page = get(f"{TABLE}?vad=measures&rader=sex&kolumner=year")
    assert page.status_code == 200
    assert "Åtgärder, efter år" in words(page)


def test_years_of_what_stands_at_the_end_of_a_year_are_not_added() -> None:
    hand_in("23", {"units-care-near-service": [(2019, "", "", "", 30)]})
    hand_in("23", {"units-care-near-service": [(2020, "", "", "", 40)]}, year=2020)
    page = words(get(f"{TABLE}?vad=units-care-near-service&rader=region"))
    assert "Region Jämtland Härjedalen 40" in page
    assert "Visar 2020. Åren läggs inte ihop" in page
    assert "70" not in words(get(f"{TABLE}?vad=units-care-near-service&rader=region&kolumner=year&region=23"))


def test_a_profile_shows_what_lives_on() -> None:
    first = hand_in("23", measures=[{"name": "Sommarens schema", "status": "pilot"}])
    again = hand_in("23", year=2020)
    measure = first.measures.get().measure
    measure.years.create(submission=again, name="Årets schema", status="regular-operation")
    page = words(get("/fakta/region/23/"))
    assert "Årets schema 2019: pilot; 2020: i ordinarie drift" in page


def test_pages_ask_the_database_no_more_for_more_rows() -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert get(path).status_code == 200
        return len(asked)

    few = queries(f"{TABLE}?vad=training-posts&rader=region&region=23")
    assert queries(f"{TABLE}?vad=training-posts&rader=region&rader=year&kolumner=sex&kolumner=term") <= few + 2


def api(path: str, status: int = 200) -> Any:
    response = Client(headers={"host": "127.0.0.1"}).get(f"/api/{path}", headers={"accept-language": "sv"})
    assert response.status_code == status
    return response.json()


def test_the_api_lists_what_can_be_asked_and_answers() -> None:
    listed = {each["id"]: each for each in api("facts")}
    assert listed["study-pay"]["years"] == [2016, 2017]
    found = api("facts/study-pay?by=year,region&year=2016")
    assert found["total"]["number"] == 1_000
    lost = next(row for row in found["rows"] if row["at"]["region"] == "lost")
    assert (lost["number"], lost["certainty"]) == (487, "unassigned")
    assert api("facts/training-posts?by=sex&region=08&region=12")["total"]["number"] == 77 + 267


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("facts/nothing", 404, "no-such-facts"),
        ("facts/study-pays", 404, "no-such-facts-but"),
        ("facts/study-pay?by=month", 422, "facts-unknown-dimension"),
        ("facts/measures?sex=women", 422, "facts-unknown-dimension"),
        ("facts/study-pay?year=1800", 422, "facts-unknown-value"),
        ("facts/study-pay?agreement=1999", 422, "facts-unknown-value"),
    ],
)
def test_the_api_says_what_is_wrong(path: str, status: int, code: str) -> None:
    (finding,) = api(path, status)["findings"]
    assert finding["code"] == code


def run(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    from contextlib import nullcontext

    from overens.cli.main import app
    from overens.web import database

    monkeypatch.setattr(database, "running", nullcontext)
    monkeypatch.setenv("OVERENS_LANGUAGE", "sv")
    return CliRunner().invoke(app, ["facts", *arguments])


def test_the_command_answers_as_the_api_does(monkeypatch: pytest.MonkeyPatch) -> None:
    found = run("training-posts", "--by", "year,region", "--format", "json", monkeypatch=monkeypatch)
    assert json.loads(found.stdout) == api("facts/training-posts?by=year,region")
    rows = list(csv.DictReader(io.StringIO(run("study-pay", "--format", "csv", monkeypatch=monkeypatch).stdout)))
    assert [(row["year"], row["number"]) for row in rows] == [("2016", "1000"), ("2017", "712")]
    table = run("study-pay", "--by", "region", "--year", "2016", monkeypatch=monkeypatch).stdout
    assert re.search(r"Bortfall i den tryckta tabellen +487", table)
    assert "training-posts" in run("--list", monkeypatch=monkeypatch).stdout
    assert "1000" in run("study-pay", "--by", "year", "--only", "year=2016", monkeypatch=monkeypatch).stdout


def test_the_command_says_what_may_have_been_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = run("trainings-posts", monkeypatch=monkeypatch)
    assert refused.exit_code == 1
    assert "Menar du ”training-posts”?" in refused.output
