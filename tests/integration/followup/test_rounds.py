# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round is edited until it opens; then it is extended, closed and opened again, and respondents are told."""

from __future__ import annotations

import datetime as dt

import pytest

from overens.demo.people import person
from overens.demo.script import at
from overens.followup import standing
from overens.followup.actions import reminding, rounds
from overens.followup.actions.performing import performing
from overens.followup.models import Report, Round
from overens.followup.reading import asked, closes_on, last_day_for
from overens.people.models import Notice, Person
from overens.records import clock
from overens.records.models import Event
from overens.rules import reading
from overens.rules.findings import Refused
from overens.rules.followup import round_editing
from overens.rules.process import Role


@pytest.fixture
def analyst(world: None) -> Person:
    return person("SOS", Role.ANALYST)


@pytest.fixture
def preparing(analyst: Person) -> Round:
    return next(each for each in rounds.prepare("2019") if each.code == "redogorelse")


def edited(round: Round, **values: object) -> round_editing.Round:
    definition = asked(round)
    question = definition.question("1.1").model_copy(update=values)
    return round_editing.with_question(definition, "1", question, "1.1")


def test_every_save_is_a_version_with_who_and_why(preparing: Round, analyst: Person) -> None:
    version = rounds.revise(preparing, edited(preparing, words=400), 1, "Kortare svar", analyst)
    assert (version.number, version.reason, version.mandate.person) == (2, "Kortare svar", analyst)  # type: ignore[union-attr]
    assert asked(preparing).question("1.1").words == 400
    assert rounds.revise(preparing, asked(preparing), 2, "", analyst) == version, "nothing changed"
    event = Event.objects.filter(subject="round/2019/redogorelse").latest("number")
    assert (event.act, event.papers) == ("revise-round", [version.sha256])


@pytest.mark.parametrize(
    ("code", "base", "reason", "values"),
    [
        ("round-changed", 0, "Ny", {"words": 400}),
        ("reason-missing", 1, " ", {"words": 400}),
        ("question-choices-missing", 1, "Ny", {"type": "choice", "words": None}),
        ("unknown-reference", 1, "Ny", {"type": "count", "words": None, "count": "nothing", "years": (2019,)}),
    ],
)
def test_what_does_not_hold_is_refused(
    preparing: Round, analyst: Person, code: str, base: int, reason: str, values: dict[str, object]
) -> None:
    with pytest.raises(Refused, match=code):
        rounds.revise(preparing, edited(preparing, **values), base, reason, analyst)
    assert preparing.versions.count() == 1


def test_nobody_else_edits_and_nobody_after_it_opened(preparing: Round, analyst: Person) -> None:
    for other in (person("SOC", Role.MINISTRY_OFFICER), person("23", Role.PREPARER), person("SOS", Role.ADMINISTRATOR)):
        with pytest.raises(Refused, match="no-mandate"):
            rounds.revise(preparing, edited(preparing, words=400), 1, "Ny", other)
        with pytest.raises(Refused, match="no-mandate"):
            rounds.open_by(preparing, other)
    rounds.open_by(preparing, analyst)
    with pytest.raises(Refused, match="round-fixed"):
        rounds.revise(preparing, edited(preparing, words=400), 1, "Ny", analyst)
    assert Notice.objects.filter(code="round-opened").count() == 21


def test_a_section_without_questions_is_not_opened(preparing: Round, analyst: Person) -> None:
    empty = round_editing.made(round_editing.Section, {"id": "9", "title": "Tomt", "question": ()})
    rounds.revise(preparing, round_editing.with_section(asked(preparing), empty), 1, "Ny", analyst)
    with pytest.raises(Refused, match="section-without-questions"):
        rounds.open_by(preparing, analyst)


def test_one_gets_more_time_than_all(open_rounds: list[Round], analyst: Person) -> None:
    round = Round.objects.get(key="2019/redogorelse")
    report = round.reports.get(respondent__code="23")
    rounds.extend(round, report.respondent, dt.date(2020, 5, 1), "Sjukdom", analyst)
    assert str(closes_on(report)) == "2020-05-01"
    assert str(last_day_for(round)) == "2020-03-31"
    assert {str(each.last_day) for each in standing.standings(round)} == {"2020-03-31", "2020-05-01"}
    with pytest.raises(Refused, match="round-day-not-later"):
        rounds.extend(round, report.respondent, dt.date(2020, 4, 30), "Kortare", analyst)
    rounds.extend(round, None, dt.date(2020, 4, 15), "Pandemin", analyst)
    assert str(last_day_for(round)) == "2020-04-15"
    assert Notice.objects.filter(code="round-extended").count() == 1 + 21


def test_a_closed_round_takes_no_first_report_but_keeps_what_is_written(
    open_rounds: list[Round], report: Report, analyst: Person
) -> None:
    round = Round.objects.get(key="2019/redogorelse")
    rounds.close(round, "Sammanställningen börjar", analyst)
    writer = person("23", Role.PREPARER)
    with pytest.raises(Refused, match="round-not-open"), performing("freeze-activity-report", report, writer):
        pass
    with performing("write-part", report, writer):
        pass
    rounds.reopen(round, "En region till", analyst)
    with performing("freeze-activity-report", report, writer):
        pass
    acts = [step.act for step in round.steps.all()]
    assert acts == ["open-round", "close-round", "reopen-round"]


def test_what_was_returned_is_completed_after_the_round_closed(
    open_rounds: list[Round], report: Report, analyst: Person
) -> None:
    round = Round.objects.get(key="2019/redogorelse")
    Report.objects.filter(pk=report.pk).update(state="returned", submitted_at=clock.now())
    rounds.close(round, "Sammanställningen börjar", analyst)
    with performing("freeze-activity-report", report, person("23", Role.PREPARER)):
        pass


def test_nobody_is_reminded_twice_a_day(open_rounds: list[Round], analyst: Person) -> None:
    round = Round.objects.get(key="2019/redogorelse")
    Report.objects.filter(key="2019/redogorelse/10").update(state="submitted", submitted_at=clock.now())
    waiting = reminding.remindable(round)
    assert len(waiting) == 20
    reminding.remind(round, waiting[:1], "Hör av er.", analyst)
    assert len(reminding.remindable(round)) == 19
    with pytest.raises(Refused, match="reminded-today"):
        reminding.remind(round, waiting, "", analyst)
    assert Notice.objects.filter(code="report-reminder").count() == 1, "all or none"
    clock.step_to(at(dt.date(2019, 10, 2)))
    assert len(reminding.remindable(round)) == 20


def test_skrs_round_answers_to_the_ministry(open_rounds: list[Round]) -> None:
    round = Round.objects.get(key="2019/rapport-skl")
    ministry = person("SOC", Role.MINISTRY_OFFICER)
    rounds.extend(round, None, dt.date(2020, 6, 1), "Efter överenskommelse", ministry)
    assert [each.organisation.code for each in standing.standings(round)] == ["SKL"]
    with pytest.raises(Refused, match="no-mandate"):
        rounds.close(round, "Nej", person("SOS", Role.ANALYST))


def test_a_round_of_its_own_comes_from_a_file(preparing: Round, analyst: Person) -> None:
    text = round_editing.as_toml(asked(preparing)).replace('id = "redogorelse"', 'id = "extra"', 1)
    definition, findings = round_editing.read(text, reading.shipped("2019"))
    assert definition is not None, findings
    made = rounds.add("2019", definition, "En fråga till", analyst)
    assert (made.key, made.state) == ("2019/extra", "preparing")
    with pytest.raises(Refused, match="round-id-taken"):
        rounds.add("2019", definition, "Igen", analyst)
    assert len(rounds.open_by(made, analyst)) == 21


def test_who_is_late_is_judged_by_the_day(open_rounds: list[Round]) -> None:
    round = Round.objects.get(key="2019/redogorelse")
    Report.objects.filter(key="2019/redogorelse/10").update(state="submitted", submitted_at=at(dt.date(2020, 4, 1)))
    Report.objects.filter(key="2019/redogorelse/12").update(state="submitted", submitted_at=at(dt.date(2020, 3, 31)))
    late = {each.organisation.code for each in standing.standings(round) if each.is_late}
    assert late == {"10"}
    clock.step_to(at(dt.date(2020, 4, 2)))
    late = {each.organisation.code for each in standing.standings(round) if each.is_late}
    assert len(late) == 20
    assert "12" not in late
