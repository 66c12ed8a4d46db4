# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scenarios as a region's planner meets them."""

from __future__ import annotations

import csv
import io
import tomllib
import zipfile

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.test import Client

from overens.demo.people import person
from overens.planner.actions import problems
from overens.planner.models import SavedProblem
from overens.records.models import Event, Run
from overens.records.models.run import RunState
from overens.rules.process import Role
from tests.integration.planner.scenarios import TEXT, computed, planner, scenario

pytestmark = pytest.mark.usefixtures("world", "seen_context")
NEW, AT = "/planering/scenarier/nytt/", "/planering/scenarier/prov/"


def client(organisation: str = "23", role: Role = Role.PLANNER) -> Client:
    made = Client(headers={"host": "127.0.0.1"})
    made.force_login(person(organisation, role))
    return made


def test_a_scenario_is_begun_from_what_ships_for_the_own_region() -> None:
    page = client().get(NEW).content.decode()
    assert "regions = [&quot;23&quot;]" in page
    assert "Syntetiska, påhittade men rimliga uppgifter" in page
    assert "heltider." in page  # the answer is there from the start


def test_what_is_typed_in_the_form_is_written_in_the_file_and_its_comments_stay() -> None:
    typed = {"text": TEXT, "before": TEXT, "v:measure[stanna].factor": "0,8", "del": "measure", "do": "look"}
    page = client().post(NEW, typed).content.decode()
    assert "factor = 0.8\n" in page
    assert "# Beslutat i regionstyrelsen." in page
    assert not SavedProblem.objects.exists()


def test_what_is_typed_in_the_file_meanwhile_stays() -> None:
    """The form was made from an older text: only what was typed in it is changed."""
    newer = TEXT.replace("Bättre scheman", "Andra scheman")
    typed = {
        "text": newer,
        "before": TEXT,
        "v:measure[stanna].factor": "0,8",
        "v:measure[stanna].title": "Bättre scheman",
    }
    page = client().post("/planering/prova/?sida=form", typed).content.decode()
    assert "factor = 0.8\n" in page
    assert "Andra scheman" in page


def test_measures_are_added_and_removed_with_the_fields_of_their_kind() -> None:
    typed = {"text": TEXT, "before": TEXT, "do": "add:measure:later-retirement", "del": "measure"}
    page = client().post(NEW, typed).content.decode()
    assert "v:measure[later-retirement].years" in page
    assert "v:measure[later-retirement].factor" not in page
    assert "1 sak behöver rättas" in page  # how many years is for the planner to say
    assert page.count("Det här saknas för Senare pension") == 2  # at its field, and among what is to be mended
    typed |= {"do": "remove:measure[stanna]"}
    assert "v:measure[stanna]" not in client().post(NEW, typed).content.decode()


def test_an_assumption_is_overridden_with_what_ships_as_it_stands() -> None:
    typed = {"text": TEXT, "before": TEXT, "do": "override:norm-age", "del": "parameter"}
    page = client().post(NEW, typed).content.decode()
    assert "v:parameter[norm-age].value" in page
    assert "value = 65\n" in page


def test_a_scenario_is_saved_and_every_version_is_kept() -> None:
    answer = client().post(NEW, {"text": TEXT, "before": TEXT, "do": "save"}, follow=True)
    assert answer.redirect_chain == [(AT, 303)]
    typed = {"text": TEXT, "before": TEXT, "base": "1", "v:measure[stanna].factor": "0,8", "do": "save"}
    assert client().post(f"{AT}andra/", typed).status_code == 303
    assert tomllib.loads(client().get(f"{AT}fil/").content.decode())["measure"][0]["factor"] == 0.8
    assert client().post(f"{AT}aterstall/1/").status_code == 303
    saved = SavedProblem.objects.get()
    assert (saved.number, saved.versions.get(number=3).text) == (3, TEXT)
    acts = Event.objects.filter(subject="supply/23/prov").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["create-problem", "save-problem", "save-problem"]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost() -> None:
    typed = {"text": TEXT, "before": TEXT, "v:measure[stanna].factor": "mycket", "del": "measure", "do": "save"}
    answer = client().post(NEW, typed)
    assert answer.status_code == 422
    assert 'value="mycket"' in answer.content.decode()
    broken = TEXT.replace("[[measure]]", "[[measure")
    answer = client().post(NEW, {"text": broken, "before": TEXT, "do": "save"})
    assert answer.status_code == 422
    assert "[[measure\n" in answer.content.decode()


def test_two_planners_at_once_overwrite_nothing() -> None:
    saved = scenario()
    problems.save(saved, TEXT.replace("0.9", "0.7"), 1, planner())
    typed = {"text": TEXT.replace("0.9", "0.5"), "base": "1", "do": "save"}
    answer = client().post(f"{AT}andra/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "har sparat version 2 medan du skrev" in page
    assert "factor = 0.5" in page
    assert "factor = 0.7" in page
    assert 'name="base" value="2"' in page


def test_another_region_finds_nothing_and_those_who_do_not_plan_only_read() -> None:
    scenario()
    assert client("12").get(AT).status_code == 404
    reader = client("23", Role.PREPARER)
    assert reader.get(AT).status_code == 200
    assert reader.get(f"{AT}andra/").status_code == 403
    assert reader.post(f"{AT}ta-bort/").status_code == 403


def test_a_secret_address_shows_the_newest_version_until_it_is_ended() -> None:
    saved = scenario()
    token = problems.share(saved, planner())
    anybody = Client(headers={"host": "127.0.0.1"})
    page = anybody.get(f"/planering/delat/{token}/")
    assert page.status_code == 200
    assert "Bättre scheman" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    client().post(f"{AT}sluta-dela/")
    assert anybody.get(f"/planering/delat/{token}/").status_code == 404


def test_a_scenario_may_build_on_another_of_the_same_region() -> None:
    scenario()
    built = TEXT.replace('"reference"', '"prov"').replace('id = "prov"', 'id = "mer"').split("# Beslutat")[0]
    answer = client().post(NEW, {"text": built, "do": "save"}, follow=True)
    assert answer.redirect_chain == [("/planering/scenarier/mer/", 303)]
    assert "Bättre scheman" in answer.content.decode()  # the measure of what it builds on


def test_a_run_is_asked_for_once_and_can_be_ended() -> None:
    saved = scenario()
    typed = {"runs": "2", "seed": "7"}
    for _again in range(2):
        assert client().post(f"{AT}kor/", typed).status_code == 303
    run = Run.objects.get(kind="supply")
    page = client().get(AT).content.decode()
    assert "Scenariot körs." in page
    assert "Jämför" in client().get("/planering/").content.decode()
    client("12").post(f"/planering/scenarier/prov/kor/{run.pk}/avbryt/")
    run.refresh_from_db()
    assert run.state == RunState.WAITING
    client().post(f"{AT}kor/{run.pk}/avbryt/")
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    client().post(f"{AT}kor/", typed)
    run.refresh_from_db()
    assert run.state == RunState.WAITING
    assert Event.objects.filter(subject=saved.key, act="project-scenario").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"), [({"runs": "1", "seed": "1"}, "heltal från 2"), ({"runs": "5"}, "Slumpfröet")]
)
def test_how_many_runs_is_refused_in_words(typed: dict[str, str], said: str) -> None:
    scenario()
    page = client().post(f"{AT}kor/", typed, follow=True).content.decode()
    assert said in page
    assert not Run.objects.filter(kind="supply").exists()


def test_the_last_result_is_kept_when_the_scenario_is_changed() -> None:
    saved = scenario()
    computed(saved)
    assert "2 körningar med frö 1" in client().get(AT).content.decode()
    problems.save(saved, TEXT.replace("0.9", "0.7"), 1, planner())
    assert "Det senaste resultatet är av version 1" in client().get(AT).content.decode()
    assert "har ändrats sedan det kördes" in client().get("/planering/").content.decode()


def number(cell: str) -> float:
    return float(cell.replace(",", "."))


def test_scenarios_are_compared_run_by_run() -> None:
    """In each run both have the same hours more, so the difference has no width though each of them has."""
    for text in (TEXT, TEXT.replace("prov", "inget").replace("0.9", "1.0")):
        computed(scenario(text))
    page = client().get("/planering/jamfor/?f=prov&f=inget")
    assert "körning för körning" in page.content.decode()
    table = client().get("/planering/jamfor/?f=prov&f=inget&form=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    other = [row for row in rows if row["Scenario"] == rows[-1]["Scenario"] and row["År"] == "2022"]
    assert all(number(row["Lågt"]) <= number(row["Högt"]) for row in other)
    assert any(number(row["Skillnad mot det första"]) > 0 for row in other)  # more leave, so more are lacking
    assert {row["Uppgifter"] for row in rows} == {"Syntetiska, påhittade men rimliga uppgifter"}
    assert client().get("/planering/jamfor/?f=prov&f=inget&form=xlsx").status_code == 200


def test_the_result_is_fetched_as_files() -> None:
    computed(scenario())
    answer = client().get(f"{AT}filer/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {"projection.json", "scenario.toml", "persons.parquet"} <= set(archive.namelist())


@pytest.mark.parametrize("table", ["problemversion", "computed", "problemlink", "planningdecision"])
def test_what_was_saved_is_never_changed(table: str) -> None:
    scenario()
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM planner_{table}")


TOO_FEW_HOURS = """
[[parameter]]
id = "per-trainee"
value = 90000
"""


def test_a_scenario_that_cannot_be_computed_says_why_on_every_page_and_is_not_run() -> None:
    """It reads, but supervision would take more hours than there are."""
    saved, planning = scenario(TEXT + TOO_FEW_HOURS), client()
    said = "handledningen tar mer tid än de som finns där har"
    assert said in planning.get(f"{AT}andra/").content.decode()
    assert said in planning.get(f"{AT}resultat/").content.decode()
    answer = planning.post(f"{AT}kor/", {"runs": "2", "seed": "1"}, follow=True)
    assert said in answer.content.decode()
    assert not Run.objects.filter(key__startswith=f"supply/{saved.versions.get().pk}/").exists()
