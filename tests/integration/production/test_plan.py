# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Steps 4 and 5: a plan made in the background, read and decided on; its outcome; the rest planned anew."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
from django.test import Client

from overens.planner import production, reading
from overens.planner.actions import producing
from overens.planner.models import Computed, DecisionKind, PlanningDecision, SavedProblem
from overens.planning.production.files import PlanFile
from overens.records.models import Run
from overens.records.models.run import RunState
from overens.records.runs import carry_out
from overens.rules.findings import Refused
from tests.integration.planner.scenarios import planner
from tests.integration.planner.test_scenarios import client
from tests.integration.production.planned import planned, problem
from tests.unit.production.small import TABLES

pytestmark = pytest.mark.usefixtures("world", "seen_context")
AT = "/planering/produktion/liten/"


def page(address: str, language: str = "sv") -> str:
    reader = client()
    reader.cookies["django_language"] = language
    response = reader.get(AT + address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_plan_is_made_in_the_background_once_and_shown() -> None:
    saved = problem()
    assert "Ingen plan är gjord än" in page("plan/")
    asked = {"seconds": "5", "runs": "2", "seed": "1"}
    assert client().post(f"{AT}plan/kor/", asked).headers["Location"] == f"{AT}plan/"
    run = Run.objects.get(kind=production.KIND)
    assert "Planen räknas fram" in page("plan/")
    carry_out.func(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.DONE, run.last_error
    made = production.last(saved)
    assert made is not None
    assert made.facts["approved"]
    assert made.facts["weeks"] == ["2026-W52", "2027-W02"]
    client().post(f"{AT}plan/kor/", asked)
    assert Run.objects.filter(kind=production.KIND).count() == 1
    shown = page("plan/")
    for said in ("Godkänd", "Timmar till schemat", "Simulerat 2 gånger", "Syntetiska, påhittade men rimliga uppgifter"):
        assert said in shown


def test_seconds_runs_and_seed_are_refused_out_of_bounds() -> None:
    saved = problem()
    for seconds, runs, seed, code in (
        (0, 2, 1, "production-seconds"),
        (5, 1, 1, "production-runs"),
        (5, 0, -1, "supply-seed"),
    ):
        with pytest.raises(Refused) as refusal:
            producing.ask(reading.newest(saved), seconds, runs, seed, planner())
        assert refusal.value.findings[0].code == code
    response = client().post(f"{AT}plan/kor/", {"seconds": "x", "runs": "2", "seed": "1"}, follow=True)
    assert not Run.objects.filter(kind=production.KIND).exists()
    assert "Skriv hur många sekunder planen får ta" in response.content.decode()


def test_a_plan_can_be_fetched_to_decide_on_to_read_again_and_for_the_rota() -> None:
    made = planned(problem())
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client().get(f"{AT}plan/fil/{form}/").content.startswith(start)
    file = PlanFile.model_validate_json(client().get(f"{AT}plan/fil/json/").content)
    assert file.verdict.approved
    assert file.synthetic
    archive = zipfile.ZipFile(io.BytesIO(client().get(f"{AT}plan/fil/zip/").content))
    assert {"problem.toml", "plan.json", "hours.csv", "referrals.csv"} <= set(archive.namelist())
    hours = client().get(f"{AT}plan/tabell/hours/?format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(hours), delimiter=";"))
    assert [row["week"] for row in rows] == ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]
    assert {row["synthetic"] for row in rows} == {"yes"}
    listed = json.loads(client().get(f"{AT}plan/tabell/hours/?format=json").content)
    planned_hours = production.plan(made).plan.ordinary[:, 0]
    assert [row["ordinary"] for row in listed] == pytest.approx(planned_hours.tolist(), abs=1e-3)
    assert client().get(f"{AT}plan/tabell/annat/").status_code == 404
    assert client().get(f"{AT}plan/fil/annat/").status_code == 404


def test_a_decision_on_the_plan_says_which_and_what_is_missing_is_said() -> None:
    made = planned(problem())
    typed = {"plan": str(made.pk), "text": "", "body": "Verksamhetschefen", "decided_on": "2019-01-07"}
    refused = client().post(f"{AT}plan/", typed)
    assert refused.status_code == 422
    assert 'value="Verksamhetschefen"' in refused.content.decode()
    assert client().post(f"{AT}plan/", typed | {"text": "Planen gäller."}).status_code == 302
    decision = PlanningDecision.objects.get()
    assert (decision.kind, decision.computed_id) == (DecisionKind.PLAN, made.pk)
    assert "Planen gäller." in page("plan/")


def test_the_outcome_is_shown_beside_the_plan_with_causes_that_add_up() -> None:
    planned(problem())
    assert "Från 2026-W52 till 2026-W53" in page("uppfoljning/")
    listed = json.loads(client().get(f"{AT}uppfoljning/?format=json").content)
    assert [row["Vecka"] for row in listed] == ["2026-W52", "2026-W53", "Alla veckor"]
    for row in listed:
        causes = [row[name] for name in ("Remisser", "Timmar", "Tid per patient", "Övrigt")]
        assert sum(causes) == pytest.approx(row["Skillnad"], abs=1e-9)
        assert row["Påbörjade, utfall"] - row["Påbörjade, plan"] == pytest.approx(row["Skillnad"], abs=1e-9)
    assert "Referrals" in page("uppfoljning/?tjanst=oga", "en")


def test_what_is_left_is_planned_anew_in_one_click_and_both_plans_are_compared() -> None:
    saved = problem()
    first = planned(saved)
    response = client().post(f"{AT}uppfoljning/planera-om/", {"version": "1"})
    assert response.headers["Location"] == f"{AT}plan/"
    version = reading.newest(saved)
    assert version.number == 2
    assert version.note == "Omplanering från vecka 2027-W01"
    assert production.given(version).problem.weeks == 2
    assert set(version.tables) == {"referrals.csv", "waiting.csv", "coming.csv"}
    assert Run.objects.filter(kind=production.KIND, arguments__version=version.pk).exists()
    # Until it is done the last plan stands.
    assert production.last(saved) == first
    second = planned(saved)
    assert production.followed(version) == second
    shown = page("jamfor/")
    assert "I de 2 veckor som båda planerna gäller" in shown
    assert json.loads(client().get(f"{AT}jamfor/?format=json").content)[0]["Vecka"] == "2027-W01"
    # The follow-up of before is still there, with its own plan.
    assert "Uppföljningen i version 1" in page("uppfoljning/")
    assert "Från 2026-W52 till 2026-W53" in page("uppfoljning/?version=1")
    # A second click on a page that was open does nothing.
    client().post(f"{AT}uppfoljning/planera-om/", {"version": "1"})
    assert SavedProblem.objects.get(pk=saved.pk).number == 2


def test_a_week_of_outcome_is_typed_and_one_that_is_missing_or_doubled_is_said_at_its_row() -> None:
    saved = problem()
    typed = page("uppfoljning/utfall/?vecka=1")
    outcome = TABLES["outcome"]
    assert "2027-W01,oga,besok,hog,,," in typed
    doubled = outcome + outcome.splitlines()[-1] + "\n"
    refused = client().post(f"{AT}uppfoljning/utfall/", {"base": "1", "outcome": doubled, "worked": TABLES["worked"]})
    assert refused.status_code == 422
    assert "Rad 10" in refused.content.decode()
    missing = "\n".join(outcome.splitlines()[:-1])
    refused = client().post(f"{AT}uppfoljning/utfall/", {"base": "1", "outcome": missing, "worked": TABLES["worked"]})
    assert refused.status_code == 422
    assert "2026-W53,oga,operation,hog,0,1,1" in refused.content.decode()
    more = outcome + re.sub("2026-W53", "2027-W01", "\n".join(outcome.splitlines()[5:])) + "\n"
    worked = TABLES["worked"] + "2027-W01,lakare,30\n"
    assert (
        client().post(f"{AT}uppfoljning/utfall/", {"base": "1", "outcome": more, "worked": worked}).status_code == 303
    )
    given = production.given(reading.newest(saved))
    assert given.outcome is not None
    assert len(given.outcome.begun) == 3


def test_the_region_sees_how_far_each_unit_has_come() -> None:
    saved = problem()
    listed = "/planering/produktion/uppfoljning/"
    assert "Ingen plan" in client().get(listed).content.decode()
    planned(saved)
    shown = client().get(listed).content.decode()
    assert "Planen är gjord men inte beslutad" in shown
    assert "Utfall till vecka 2026-W53" in shown
    assert client().get(f"{listed}?format=csv").status_code == 200


def test_who_does_not_plan_reads_and_nobody_else_sees() -> None:
    planned(problem())
    assert Client().get(f"{AT}plan/").status_code in (302, 403)
    assert Computed.objects.count() == 1
