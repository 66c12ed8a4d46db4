# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What problems of every kind share: addresses, versions with their tables, what is computed of them, decisions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from overens.people.models import Organisation
from overens.planner import reading, results, valuations
from overens.planner.actions import computing, deciding, problems, running
from overens.planner.models import DecisionKind, ProblemKind, SavedProblem
from overens.planning.production import reading as production
from overens.records import clock, runs
from overens.records.models import Event, Run
from overens.records.models.run import RunState
from overens.rules.findings import Refused
from tests.integration.planner.scenarios import OWNER, TEXT, computed, kept, planner, scenario
from tests.integration.planner.test_scenarios import client

pytestmark = pytest.mark.usefixtures("world", "seen_context")


def production_problem() -> SavedProblem:
    """The shipped one with its tables."""
    path = production.find("exempel")
    owner = Organisation.objects.get(code=OWNER)
    return problems.create(ProblemKind.PRODUCTION, text_of(path), owner, planner(), tables=tables_beside(path))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def tables_beside(path: Path) -> dict[str, str]:
    return {each.name: text_of(each) for each in path.parent.glob("*.csv")}


@pytest.mark.parametrize(
    ("id", "title", "code"),
    [
        ("egen", "Fler som stannar", "egen"),
        ("nytt", "Fler som stannar på Öster", "fler-som-stannar-pa-oster"),  # begun in the browser
        ("prov", "En annan", "en-annan"),  # the id is taken
        ("prov", "Fler som stannar", "fler-som-stannar"),
        ("prov", "Prov", "prov-2"),
    ],
)
def test_an_address_is_made_of_the_id_else_of_the_title(id: str, title: str, code: str) -> None:
    scenario()
    text = TEXT.replace('id = "prov"', f'id = "{id}"').replace('title = "Fler som stannar"', f'title = "{title}"')
    assert scenario(text).code == code


def test_kinds_have_addresses_of_their_own_and_are_listed_apart() -> None:
    saved, owner = production_problem(), Organisation.objects.get(code=OWNER)
    assert scenario(TEXT.replace('"prov"', '"exempel"', 1)).code == saved.code == "exempel"
    assert list(reading.problems(owner, ProblemKind.PRODUCTION)) == [saved]


def test_what_two_change_at_different_lines_is_put_together_and_said() -> None:
    saved = scenario()
    problems.save(saved, TEXT.replace("factor = 0.9", "factor = 0.7"), 1, planner())
    typed = {"text": TEXT.replace("Fler som stannar", "Många som stannar"), "base": "1", "do": "save", "note": "Namn"}
    answer = client().post("/planering/scenarier/prov/andra/", typed, follow=True)
    assert "Bådas ändringar är med." in answer.text
    saved.refresh_from_db()
    newest = reading.newest(saved)
    assert (newest.number, newest.note, saved.title) == (3, "Namn", "Många som stannar")
    assert "factor = 0.7" in newest.text


def test_what_together_cannot_be_read_is_not_saved() -> None:
    """Each adds a measure of the same name: each may alone."""
    saved, more = scenario(), TEXT[TEXT.index("[[measure]]") :].replace("stanna", "mer")
    problems.save(saved, f"{TEXT}\n{more}", 1, planner())
    with pytest.raises(Refused) as refused:
        problems.save(saved, f"{TEXT}\n{more}".replace("last = 2021\n\n", "last = 2020\n\n") + "# Min.\n", 1, planner())
    assert str(refused.value) == "file-changed"
    assert reading.newest(saved).number == 2


def test_tables_are_kept_in_the_version_and_merged_like_the_file() -> None:
    saved = production_problem()
    first = reading.newest(saved)
    table = first.tables["referrals.csv"]
    longer = {**first.tables, "anteckningar.csv": "rad\n"}
    problems.save(saved, first.text, 1, planner(), tables=longer, note="En tabell till")
    problems.save(saved, first.text.replace("Exempelregionen 2026", "Vår region"), 1, planner())
    newest = reading.newest(saved)
    assert newest.number == 3
    assert newest.tables == longer
    assert newest.tables["referrals.csv"] == table
    assert "Vår region" in newest.text
    assert problems.save(saved, newest.text, 3, planner(), tables=newest.tables) is None
    problems.restore(first, planner())
    assert reading.newest(saved).files == first.files


def test_a_table_whose_name_is_a_path_is_refused() -> None:
    saved = production_problem()
    newest = reading.newest(saved)
    with pytest.raises(Refused) as refused:
        problems.save(saved, newest.text, 1, planner(), tables={**newest.tables, "../x.csv": ""})
    assert str(refused.value) == "table-name"


def test_the_last_good_result_stays_when_a_later_run_is_cancelled_or_fails() -> None:
    saved = scenario()
    good = computed(saved)
    run = running.ask(reading.newest(saved), 3, 7, planner())
    for state in (RunState.CANCELLED, RunState.FAILED):
        Run.objects.filter(pk=run.pk).update(state=state)
        assert results.last_of(reading.KIND, saved) == good
        assert running.ask(reading.newest(saved), 3, 7, planner()).state == RunState.WAITING
    assert Event.objects.filter(subject=saved.key, act="project-scenario").count() == 1


def test_what_a_worker_computes_is_kept_as_it_was_asked_for() -> None:
    saved = scenario()
    version = reading.newest(saved)
    run = running.ask(version, 2, 5, planner())
    running.compute(run, **run.arguments)
    found = results.last(reading.KIND, version)
    assert found is not None
    assert found.asked == {"runs": 2, "seed": 5}
    assert results.same(reading.KIND, version.pk, found.basis, {"seed": 5, "runs": 2}) == found
    problems.save(saved, TEXT.replace("0.9", "0.8"), 1, planner())
    assert results.last_of(reading.KIND, saved) == found


def test_a_run_whose_data_have_changed_since_it_was_asked_for_ends() -> None:
    run = running.ask(reading.newest(scenario()), 2, 5, planner())
    with pytest.raises(runs.Cancelled):
        running.compute(run, **{**run.arguments, "basis": "0" * 64})


def test_any_run_of_a_problem_is_ended_where_it_is_shown() -> None:
    saved = scenario()
    run, _is_new = computing.start(valuations.KIND, reading.newest(saved), running.compute, "0" * 64, planner())
    answer = client().post(f"/planering/scenarier/prov/kor/{run.pk}/avbryt/")
    assert answer["Location"] == "/planering/scenarier/prov/pengar/nasta-krona/"
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED


def test_a_decision_is_a_paper_about_a_version_and_what_was_computed_of_it() -> None:
    saved = production_problem()
    version = reading.newest(saved)
    found = kept(version, "0" * 64, b"plan", "production-plan", seconds=60)
    text, body, today = "Två extra operationsdagar i veckan till midsommar.", "Verksamhetschefen", clock.today()
    made = deciding.decide(version, DecisionKind.BALANCE, text, body, today, planner(), computed=found)
    assert (made.text, made.body, made.computed, made.mandate.person) == (text, body, found, planner())
    assert Event.objects.filter(subject=saved.key, act="decide-planning").count() == 1
    again = deciding.decide(version, DecisionKind.PLAN, "Planen gäller.", body, today, planner())
    assert list(version.decisions.all()) == [again, made]


@pytest.mark.parametrize(
    ("text", "body", "days", "code"),
    [(" ", "Chefen", 0, "decision-text"), ("Ja.", "", 0, "plan-body"), ("Ja.", "Chefen", 1, "plan-decided-later")],
)
def test_a_decision_says_what_was_decided_by_whom_and_when(text: str, body: str, days: int, code: str) -> None:
    day = clock.today() + dt.timedelta(days=days)
    with pytest.raises(Refused) as refused:
        deciding.decide(reading.newest(scenario()), DecisionKind.BALANCE, text, body, day, planner())
    assert str(refused.value) == code
