# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Production and capacity as a region's planner meets it: begun, written, and steps 1 to 3."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from overens.people.models import Organisation
from overens.planner.actions import entries, problems
from overens.planner.models import PlanningDecision, SavedProblem
from overens.rules.process import Role
from tests.integration.planner.scenarios import OWNER, planner
from tests.integration.planner.test_scenarios import client
from tests.integration.production import planned
from tests.integration.production.made import computed, files, problem

pytestmark = pytest.mark.usefixtures("world", "seen_context")
START, AT = "/planering/produktion/", "/planering/produktion/nytt/"


def posted(given: dict[str, str], **more: str) -> dict[str, str]:
    return {
        "text": given[""],
        "before": given[""],
        "table-referrals": given["referrals.csv"],
        "table-waiting": given["waiting.csv"],
        "do": "save",
        **more,
    }


def test_the_start_says_what_to_do_and_a_problem_is_begun_from_the_template_and_kept() -> None:
    assert "Inget underlag än" in client().get(START).content.decode()
    assert "Vår mottagning" in client().get(AT).content.decode()
    assert client().post(AT, posted(files())).status_code == 303
    saved = SavedProblem.objects.get()
    assert "Vår mottagning" in client().get(START).content.decode()
    page = client().get(f"{START}{saved.code}/").content.decode()
    assert "1. Behov av kapacitet" in page
    assert "Syntetiska, påhittade men rimliga uppgifter" in page


def test_what_is_wrong_in_a_table_is_said_at_its_row_and_nothing_typed_is_lost() -> None:
    given = files()
    wrong = given["waiting.csv"].replace("60", "sextio")
    response = client().post(
        AT, posted(given, **{"table-waiting": wrong, "note": "Ett försök", "v:competence[doctor].hours": "61,5"})
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "waiting.csv, rad 4" in page
    assert "sextio" in page
    assert 'value="Ett försök"' in page
    assert 'value="61,5"' in page
    assert not SavedProblem.objects.exists()


def test_a_figure_typed_in_the_form_changes_the_file_alone_there() -> None:
    saved = problem()
    given = files()
    typed = posted(given, base="1", **{"v:competence[doctor].hours": "61,5"})
    assert client().post(f"{START}{saved.code}/andra/", typed).status_code == 303
    text = saved.versions.get(number=2).text
    assert text == given[""].replace("hours = 60\n", "hours = 61.5\n")


@pytest.mark.parametrize("step", ["behov", "behov/mottagning", "kapacitet", "balansering"])
def test_each_step_is_shown_and_fetched_before_the_need_is_computed_and_after(step: str) -> None:
    saved = problem()
    for again in range(2):
        page = client().get(f"{START}{saved.code}/{step}/")
        assert page.status_code == 200
        assert "Syntetiska, påhittade men rimliga uppgifter" in page.content.decode()
        assert "syntetiska" in client().get(f"{START}{saved.code}/{step}/?format=csv").content.decode()
        if not again:
            computed(saved)


def test_a_decision_is_recorded_and_a_later_one_replaces_it_in_words_alone() -> None:
    saved = problem()
    at = f"{START}{saved.code}/balansering/"
    typed = {"text": "Öppna lördagar.", "body": "Verksamhetschef", "decided_on": "2019-01-02", "plan": ""}
    response = client().post(at, {**typed, "text": " "})
    assert response.status_code == 422
    assert "Verksamhetschef" in response.content.decode()
    for text in ("Öppna lördagar.", "Stäng igen."):
        assert client().post(at, {**typed, "text": text}).status_code == 302
    page = client().get(at).content.decode()
    assert page.index("Gäller nu") < page.index("Stäng igen.") < page.index("Ersatt av ett senare beslut")
    assert PlanningDecision.objects.count() == 2


def test_files_come_in_one_zip_file_as_they_are_fetched_and_no_other_is_taken_in() -> None:
    saved = problem()
    fetched = client().get(f"{START}{saved.code}/fil/").content
    sent = {"do": "save", "text": "", "files": SimpleUploadedFile("allt.zip", fetched)}
    assert client().post(AT, sent).status_code == 303
    first, second = (each.versions.get() for each in SavedProblem.objects.order_by("pk"))
    assert first.files == second.files
    wrong = {"do": "save", **posted(files()), "files": SimpleUploadedFile("fel.csv", b"a,b")}
    response = client().post(AT, wrong)
    assert response.status_code == 422
    assert "fel.csv" in response.content.decode()


def test_other_regions_and_those_who_only_read_change_nothing() -> None:
    saved = problem()
    assert client("12", Role.AUTHORISED_SIGNATORY).get(f"{START}{saved.code}/").status_code == 404
    reader = client("23", Role.PREPARER)
    assert reader.get(f"{START}{saved.code}/balansering/").status_code == 200
    for act in ("andra/", "balansering/", "rakna-behov/", "dela/", "ta-bort/"):
        assert reader.post(f"{START}{saved.code}/{act}").status_code == 403


def test_real_lists_are_shown_with_their_source() -> None:
    assert "National Treatment Purchase Fund" in client().get(f"{START}verkliga-listor/").content.decode()


def test_a_secret_address_shows_the_plan_beside_the_problem_and_no_files_of_the_desk() -> None:
    saved = planned.problem()
    at, stranger = f"/planering/delat/{problems.share(saved, planner())}/", Client(headers={"host": "127.0.0.1"})
    assert "Ingen plan är gjord än." in stranger.get(at).content.decode()
    planned.planned(saved)
    page = stranger.get(at).content.decode()
    assert "Vad kontrollen säger" in page
    assert "Vad underlaget säger" in page
    assert f"{START}{saved.code}/" not in page


def test_minutes_ways_on_and_grants_are_typed_in_the_form() -> None:
    saved = problem("exempel")
    given = files("exempel")
    step = "service[gra-starr].step[operation]"
    typed = {
        f"v:{step}.minutes.nurse-theatre": "36",
        f"v:{step}.minutes.nurse": "5",
        f"v:{step}.next[#2].share": "0,45",
        "v:reward[operationer].price": "12 500",
    }
    page = client().get(f"{START}{saved.code}/andra/").content.decode()
    assert f'name="v:{step}.minutes.nurse-theatre" value="35"' in page
    tables = {f"table-{each.removesuffix('.csv')}": text for each, text in given.items() if each}
    sent = {**posted(given), **tables, **typed, "base": "1"}
    assert client().post(f"{START}{saved.code}/andra/", sent).status_code == 303
    text = saved.versions.get(number=2).text
    assert "nurse-theatre = 36, assistant-nurse = 40, medical-secretary = 8, nurse = 5 }" in text
    assert '{ step = "aterbesok", share = 0.45, weeks = 4 }' in text
    assert "price = 12_500" in text


def test_a_unit_without_a_problem_is_seen_in_the_follow_up() -> None:
    unit = entries.add_unit(Organisation.objects.get(code=OWNER), "Handkirurgen", planner())
    page = client().get(f"{START}uppfoljning/").content.decode()
    assert unit.title in page
    assert "Inget underlag" in page
