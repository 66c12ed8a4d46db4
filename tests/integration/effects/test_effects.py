# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Baselines that do not change, studies that are settled before they are computed, and pages that say what they may."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from overens.demo.effects import ALL_AT_ONCE, TRIAL
from overens.demo.people import person
from overens.effects import reading, tick
from overens.effects.actions import studying
from overens.effects.models import Baseline, Study, StudyResult
from overens.records import runs
from overens.records.models import Event, Run
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.effects import made

R = Role
PAGE = "/effekter/overenskommelse/2019/N60030/"


def client(*who: object) -> Client:
    found = Client(headers={"host": "127.0.0.1"}, raise_request_exception=True)
    if who:
        found.force_login(person(*who))
    return found


def test_a_baseline_is_frozen_once_there_is_a_table_and_stays(world: None) -> None:
    assert list(tick.tick()) == []
    made.key_figure(range(2016, 2020), without="09")
    assert [run.state for run in tick.tick()] == ["done"]
    assert list(tick.tick()) == []
    baseline = Baseline.objects.get()
    content = baseline.content
    assert (content["last_year"], content["without_value"], content["named_by_agreement"]) == ("2018", ["09"], False)
    assert {each["year"] for each in content["values"]} == {"2016", "2017", "2018"}
    assert Event.objects.filter(act="freeze-baseline", cause=baseline.paper).exists()
    made.key_figure(range(2017, 2020), more=1.0)
    assert list(tick.tick()) == []
    page = client().get(PAGE).content.decode()
    assert "Källan har ändrat 40 av dem" in page
    assert "Region Gotland" in page
    downloaded = client().get(f"{PAGE}?format=csv").content.decode("utf-8-sig")
    assert "Region Uppsala;5,1;5,1;5,1;6,1;1,0" in downloaded


@pytest.mark.parametrize("table", ["effects_baseline", "effects_study", "effects_studyresult"])
def test_nothing_of_it_is_changed_or_deleted(world: None, table: str) -> None:
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_study_is_computed_by_a_run_and_released_once(world: None) -> None:
    analyst = person("SOS", R.ANALYST)
    study = studying.ask(TRIAL, analyst)
    with pytest.raises(Refused) as refusal:
        studying.release(study, analyst)
    assert refusal.value.findings[0].code == "effects-not-computed"
    run = Run.objects.get(key=study.key)
    runs.carry_out.func(run.pk)
    run.refresh_from_db()
    assert (run.state, run.last_error) == ("done", "")
    result = reading.result_of(StudyResult.objects.get(study=study))
    assert result.verdict.answer == "carries"
    assert client().get(f"/effekter/studier/{study.pk}/").status_code == 404
    studying.release(study, analyst)
    with pytest.raises(Refused):
        studying.release(study, analyst)
    with pytest.raises(DatabaseError), transaction.atomic():
        Study.objects.filter(pk=study.pk).update(released_at=None, released_by=None)
    page = client().get(f"/effekter/studier/{study.pk}/").content.decode()
    for words in ("Påhittade tal", "Ja, om antagandena håller", "Vad det inte säger", "<svg"):
        assert words in page
    assert (
        json.loads(client().get(f"/effekter/studier/{study.pk}/?format=json").content)["verdict"]["answer"] == "carries"
    )
    assert "3 år före" not in client().get(f"/effekter/studier/{study.pk}/?format=csv").content.decode("utf-8-sig")


def test_the_same_question_has_the_same_answer(world: None) -> None:
    first, second = (StudyResult.objects.get(study=made.study()) for _ in range(2))
    assert (first.sha256, first.data_sha256) == (second.sha256, second.data_sha256)


def test_all_at_once_is_refused_an_estimate_and_told_why(world: None) -> None:
    assert studying.weigh(ALL_AT_ONCE).answer == "nothing"
    study = made.study(starts=ALL_AT_ONCE.starts)
    page = client("SOC", R.NEGOTIATOR).get(f"/effekter/studier/{study.pk}/").content.decode()
    assert "Alla regioner började samtidigt" in page
    assert "<figure" not in page


@pytest.mark.parametrize(
    ("changed", "key", "code"),
    [
        ({"first_year": 2019}, "first_year", "effects-years"),
        ({"outcome": "ingen"}, "outcome", "effects-outcome-unknown"),
        ({"last_year": 2021}, "outcome", "effects-outcome-years"),
        ({"placebo": TRIAL.outcome}, "placebo", "effects-placebo-same"),
        ({"matters": -TRIAL.matters}, "matters", "effects-matters"),
        ({"title": " "}, "title", "effects-empty"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(
    world: None, changed: dict[str, object], key: str, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        studying.ask(replace(TRIAL, **changed), person("SOS", R.ANALYST))
    assert (refusal.value.findings[0].where.key, refusal.value.findings[0].code) == (key, code)


def test_only_those_who_follow_up_or_negotiate_ask(world: None) -> None:
    with pytest.raises(Refused):
        studying.ask(TRIAL, person("12", R.AUTHORISED_SIGNATORY))
    assert client("12", R.AUTHORISED_SIGNATORY).get("/effekter/studier/ny/").status_code == 403


def test_the_form_weighs_before_it_asks_and_keeps_what_was_typed(world: None) -> None:
    analyst = client("SOS", R.ANALYST)
    typed = {
        "title": "T", "question": "F", "measure": "I", "starts": "Norge, 2015", "starts_from": "K",
        "outcome": TRIAL.outcome, "sex": "", "placebo": "", "first_year": "2008", "last_year": "2019", "matters": "0,5",
    }  # fmt: skip
    response = analyst.post("/effekter/studier/ny/", {**typed, "do": "weigh"})
    assert response.status_code == 422
    assert "Norge, 2015</textarea>" in response.content.decode()
    starts = "\n".join(f"{code}, {year or 'aldrig'}" for code, year in TRIAL.starts.items())
    response = analyst.post("/effekter/studier/ny/", {**typed, "starts": starts, "do": "weigh"})
    assert "Ja, om antagandena håller" in response.content.decode()
    assert not Study.objects.exists()
    assert analyst.post("/effekter/studier/ny/", {**typed, "starts": starts, "do": "ask"}).status_code == 302
    assert Study.objects.get().starts == dict(TRIAL.starts)
    assert "Redogörelserna enligt 2019" in analyst.get("/effekter/studier/ny/?omrade=2019/4.2.2").content.decode()
