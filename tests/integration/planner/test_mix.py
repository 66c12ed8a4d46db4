# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The competence mix as planners and heads of operations meet it."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import ProgrammingError, transaction

from overens.demo.people import person
from overens.planner import mixes, reading
from overens.planner.actions import local, problems
from overens.planner.models import LocalDecision, SavedProblem
from overens.planning.mix import by_hand
from overens.records import clock
from overens.records.models import Event
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.planner.mixes import TEXT, computed, problem, reported, terms
from tests.integration.planner.scenarios import OWNER, planner
from tests.integration.planner.test_scenarios import client

pytestmark = pytest.mark.usefixtures("world", "seen_context")
AT = "/planering/kompetens/exempel/"
HEAD = Role.HEAD_OF_OPERATIONS
# The same with figures of its own: nothing that it stands on is assumed, and no rule is cited.
WITHOUT = "\n[[".join(each for each in TEXT.split("\n[[") if not each.startswith("reservation"))
REAL = WITHOUT.replace("synthetic = true", "synthetic = false").replace('"assumed"', '"verified"')


def head() -> object:
    return person(OWNER, HEAD)


def newest(saved: SavedProblem) -> str:
    saved.refresh_from_db()
    return reading.newest(saved).text


def test_one_begins_from_what_ships_or_an_empty_one_and_saves_it() -> None:
    for name in ("exempel", "tom"):
        page = client().get(f"/planering/kompetens/nytt/?fran={name}").text
        assert "Syntetiska, påhittade men rimliga uppgifter" in page
        text = page.split('name="text"')[1].split(">\n", 1)[1].split("</textarea>")[0]
        assert "kind = &quot;mix&quot;" in text
        import html

        typed = {"text": html.unescape(text), "before": html.unescape(text), "do": "save"}
        assert client().post("/planering/kompetens/nytt/", typed).status_code == 303
    assert "Medicinavdelning och mottagning" in client().get("/planering/kompetens/").text


def test_what_is_typed_in_the_form_changes_the_file_and_nothing_is_lost_where_it_is_wrong() -> None:
    saved = problem(unit="")
    typed = {"text": TEXT, "before": TEXT, "base": "1", "do": "save", "v:competence[lakare].hours": "270,5"}
    assert client().post(f"{AT}andra/", typed).status_code == 303
    assert "hours = 270.5" in newest(saved)
    wrong = typed | {"v:task[rond].minutes": "tolv", "base": "2"}
    page = client().post(f"{AT}andra/", wrong)
    assert page.status_code == 422
    assert 'value="tolv"' in page.text
    added = client().post(f"{AT}andra/", {"text": TEXT, "before": TEXT, "base": "2", "do": "add:task"})
    assert "Ny uppgift" in added.text


def test_the_checker_answers_what_is_typed_on_the_board() -> None:
    problem(unit="")
    page = client().get(f"{AT}uppgifter/").text
    assert "Vem får" in page
    answer = client().post(f"{AT}uppgifter/", {"h:rond/lakare": "1"}, headers={"HX-Request": "true"}).text
    assert "Görs av ingen: Rond 32,6 h" in answer
    assert 'id="rest-rond" hx-swap-oob="true"' in answer
    assert "32.6 h gör ingen" in answer
    kept = answer.split('id="board-kept" hidden>')[1].split("</textarea>")[0].replace("&quot;", '"')
    undone = client().post(f"{AT}uppgifter/", {"kept": kept, "do": "undo", "h:rond/lakare": "1"}).text
    assert "Görs av ingen" not in undone
    wrong = client().post(f"{AT}uppgifter/", {"h:rond/lakare": "x"})
    assert (wrong.status_code, 'value="x"' in wrong.text) == (422, True)


def test_a_shift_on_a_reserved_task_is_refused_with_its_citation_and_not_saved() -> None:
    saved = problem(unit="")
    move = {"do": "move", "task": "dodsfall", "giver": "lakare", "taker": "sjukskoterska", "amount": "1"}
    page = client().post(f"{AT}uppgifter/", move).text
    assert "1987:269" in page
    assert "godkänns inte" in page
    kept = page.split('id="board-kept" hidden>')[1].split("</textarea>")[0].replace("&quot;", '"')
    answer = client().post(f"{AT}uppgifter/", {"kept": kept, "do": "save", "base": "1"})
    assert answer.status_code == 422
    assert mixes.BOARD not in saved.versions.get(number=1).tables
    saved.refresh_from_db()
    assert saved.number == 1


def test_a_laid_board_is_saved_and_shown_again() -> None:
    saved = problem(unit="")
    computed(saved)
    assert client().post(f"{AT}uppgifter/?fran=forslag", {"do": "save", "base": "1"}).status_code == 303
    saved.refresh_from_db()
    version = reading.newest(saved)
    assert version.tables[mixes.BOARD].startswith("task,competence,hours\n")
    page = client().get(f"{AT}uppgifter/").text
    assert "Som den är sparad" in page
    assert "Godkänd" in page


def test_a_plan_is_computed_kept_shown_and_fetched() -> None:
    saved = problem()
    assert client().post(f"{AT}forslag/rakna/", {"aim": "cost", "seconds": "60", "seed": "1"}).status_code == 303
    assert "Förslaget räknas" in client().get(f"{AT}forslag/").text
    found = computed(saved)
    page = client().get(f"{AT}forslag/").text
    assert "Granskaren godkänner det." in page
    assert "räkning och inga råd" in page
    assert "verksamhetschefen" in page
    plan = json.loads(client().get(f"{AT}forslag/plan.json").content)
    assert plan["verdict"] == {"approved": True, "findings": []}
    assert plan["plan"]["kronor"] == pytest.approx(found.facts["kronor"], abs=1)
    with zipfile.ZipFile(BytesIO(client().get(f"{AT}forslag/plan.zip").content)) as packed:
        assert {"plan.json", "moved.csv", "problem.toml", "trainings.csv"} <= set(packed.namelist())
    assert client().get(f"{AT}forslag/plan.pdf").content.startswith(b"%PDF")
    assert client().get(f"{AT}forslag/plan.docx").content.startswith(b"PK")
    for format in ("csv", "xlsx", "json"):
        assert client().get(f"{AT}forslag/tabell/staff/?format={format}").status_code == 200
    typed = {"text": "Prövas.", "body": "Verksamhetschefen", "decided_on": clock.today().isoformat()}
    assert client(role=HEAD).post(f"{AT}forslag/", typed).status_code == 303
    assert "Prövas." in client().get(f"{AT}forslag/").text
    problems.save(saved, TEXT.replace("hours = 800", "hours = 790"), 1, planner())
    assert "det senaste färdiga förslaget visas" in client().get(f"{AT}forslag/").text


def test_what_if_answers_at_once_and_says_that_a_decision_is_no_advice() -> None:
    problem(unit="")
    asked = f"{AT}vad-hander-om/?kompetens=sjukskoterska&timmar=-20&uppgift=rond&ganger=1,2"
    assert "kr i skillnad" in client().get(asked).text
    page = client().get(f"{AT}vad-hander-om/?ny_uppgift=dodsfall&ny_kompetens=sjukskoterska").text
    assert "1987:269" in page
    assert "inget råd" in page
    assert client().get(f"{AT}vad-hander-om/?kompetens=sjukskoterska&timmar=x").status_code == 422
    assert client().get(f"{AT}vad-hander-om/?kompetens=ingen").status_code == 422


def test_the_head_alone_decides_and_it_becomes_a_row_of_the_problem() -> None:
    saved = problem()
    typed = {
        "ground": "delegation", "competence": "underskoterska", "tasks": ["lakemedelsforrad"], "number": "VC 7",
        "first": clock.today().isoformat(), "last": "2027-12-31", "factor": "1,1", "up_to": "0,5",
        "supervised_by": "sjukskoterska", "supervision": "0,1", "text": "Prövad.",
    }  # fmt: skip
    assert client().post(f"{AT}beslut/", typed).status_code == 403
    with pytest.raises(Refused, match="not-head-of-unit"):
        local.decide(saved, terms(), planner())
    assert client(role=HEAD).post(f"{AT}beslut/", typed | {"last": ""}).status_code == 422
    assert client(role=HEAD).post(f"{AT}beslut/", typed).status_code == 303
    assert 'decision = "VC 7"' in newest(saved)
    assert "valid_until = 2027-12-31" in newest(saved)
    assert "VC 7" in client().get(f"{AT}beslut/").text
    made = LocalDecision.objects.get()
    assert made.mandate.role == HEAD
    assert Event.objects.filter(subject=saved.key, act=local.DECIDE).exists()
    again = client(role=HEAD).post(f"{AT}beslut/", typed)
    assert again.status_code == 422


def test_a_decision_against_a_reservation_is_refused_and_not_recorded() -> None:
    saved = problem()
    with pytest.raises(Refused, match="mix-reserved"):
        local.decide(saved, terms(tasks=("dodsfall",)), head())  # type: ignore[arg-type]
    assert not LocalDecision.objects.exists()


def test_a_withdrawn_decision_is_kept_and_its_row_taken_out() -> None:
    saved = problem()
    made = local.decide(saved, terms(), head())  # type: ignore[arg-type]
    assert client(role=HEAD).post(f"{AT}beslut/{made.pk}/aterkalla/", {"text": ""}).status_code == 422
    assert client(role=HEAD).post(f"{AT}beslut/{made.pk}/aterkalla/", {"text": "Ny rutin."}).status_code == 303
    assert "VC 1" not in newest(saved)
    assert "Återkallat" in client().get(f"{AT}beslut/").text
    with pytest.raises(ProgrammingError), transaction.atomic():
        LocalDecision.objects.filter(pk=made.pk).update(text="Annat.")


def test_nothing_stands_on_a_decision_that_is_withdrawn_or_unrecorded() -> None:
    saved = problem()
    made = local.decide(saved, terms(), head())  # type: ignore[arg-type]
    with_row = newest(saved)
    local.withdraw(made, "Ny rutin.", head())  # type: ignore[arg-type]
    saved.refresh_from_db()
    problems.save(saved, with_row, saved.number, planner())
    mix, _findings = mixes.mix_of(reading.newest(saved))
    assert mix is not None
    hours = by_hand.today_hours(mix)
    assert not {each.code for each in mixes.judged(saved, mix, by_hand.plan(mix, hours))} & {"mix-decision-withdrawn"}
    hours["lakemedelsforrad", "sjukskoterska"] -= 2
    hours["lakemedelsforrad", "service"] = 2
    assert "mix-decision-withdrawn" in {each.code for each in mixes.judged(saved, mix, by_hand.plan(mix, hours))}
    real = problem(REAL.replace('id = "exempel"', 'id = "egen"'), unit="Barnkliniken")
    mix, findings = mixes.mix_of(reading.newest(real))
    assert (mix is not None, findings) == (True, ())
    assert {each.code for each in mixes.undecided(real, mix)} == {"mix-decision-unrecorded"}


def test_a_head_of_another_unit_does_not_see_it() -> None:
    problem()
    problem(TEXT.replace('id = "exempel"', 'id = "annan"'), unit="Kirurgkliniken")
    head_here = client(role=HEAD)
    assert head_here.get(AT).status_code == 200
    assert head_here.get("/planering/kompetens/annan/").status_code == 404
    assert "annan" not in head_here.get("/planering/kompetens/").text


def test_a_week_as_it_became_is_measured_at_both_ends() -> None:
    saved = problem()
    assert "Inget att följa upp än" in client().get(f"{AT}uppfoljning/").text
    computed(saved)
    page = client().get(f"{AT}uppfoljning/").text
    assert "inget är beslutat" in page
    day = clock.today()
    typed = {"on": day.isoformat(), "base": "1", "text": reported(saved)}
    assert client(role=HEAD).post(f"{AT}uppfoljning/", typed).status_code == 303
    page = client().get(f"{AT}uppfoljning/").text
    assert "Blev av" in page
    assert "Bara mer personal" not in page
    bad = client().post(f"{AT}uppfoljning/", typed | {"base": "2", "text": "task,competence,hours\nrond,ingen,1"})
    assert (bad.status_code, "rond,ingen,1" in bad.text) == (422, True)
    empty = client().post(f"{AT}uppfoljning/", {"on": (day - timedelta(7)).isoformat(), "base": "2"})
    assert empty.status_code == 422
    assert client().get(f"{AT}uppfoljning/{day.isoformat()}/?format=json").json()[0]["synthetic"] == "yes"


def test_shifts_go_into_a_scenario() -> None:
    from tests.integration.planner.scenarios import scenario

    saved, other = problem(unit=""), scenario()
    computed(saved)
    assert client().get(f"{AT}andra-planer/").status_code == 200
    typed = {"do": "scenario", "scenario": other.code, "first": "2019", "last": "2021"}
    answer = client().post(f"{AT}andra-planer/", typed)
    assert answer.status_code == 303, answer.text
    other.refresh_from_db()
    assert 'kind = "task-shift"' in reading.newest(other).text


def test_a_secret_address_shows_it() -> None:
    saved = problem(unit="")
    at = f"/planering/delat/{problems.share(saved, planner())}/"
    page = client().get(at).text
    assert "Vem som får, och på vilken grund" in page
    assert "Syntetiska, påhittade men rimliga uppgifter" in page
    assert "Inget förslag är räknat än." in page
    computed(saved)
    page = client().get(at).text
    assert "Vad som flyttas, från vem till vem" in page
    assert f"{AT}forslag/" not in page
