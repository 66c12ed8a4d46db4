# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan laid by hand is added up as the optimiser's are, and the checker judges it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.desks.planner.mix import board as boards
from overens.planning.mix import by_hand, optimum, prices, reading
from overens.planning.mix.document import document
from overens.planning.mix.follow import reported
from overens.planning.mix.problem import Mix
from overens.planning.mix.verdict import verdict
from overens.rendering.edition_word import docx
from overens.rules.findings import Refused


@pytest.fixture(scope="module")
def mix() -> Mix:
    found, findings = reading.read(reading.find("exempel"))
    assert found is not None, findings
    return found


def test_the_optimisers_hours_laid_by_hand_are_its_plan(mix: Mix) -> None:
    best = optimum.solve(mix)
    laid = by_hand.plan(mix, by_hand.hours_of(best))
    assert laid.kronor == pytest.approx(best.kronor, abs=0.01)
    assert verdict(mix, laid) == ()
    assert {(each.task, each.giver, each.taker) for each in laid.moved} == {
        (each.task, each.giver, each.taker) for each in best.moved
    }


def test_a_task_laid_on_somebody_who_may_not_is_refused_for_that_alone(mix: Mix) -> None:
    hours = by_hand.hours_of(optimum.solve(mix))
    hours["dodsfall", "lakare"] -= 1
    hours["dodsfall", "sjukskoterska"] = 1
    codes = {each.code for each in verdict(mix, by_hand.plan(mix, hours))}
    assert {"mix-verdict-reserved", "mix-verdict-may-not"} <= codes
    assert codes <= {"mix-verdict-reserved", "mix-verdict-may-not", "mix-verdict-hours"}


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_whatever_is_moved_the_sums_are_right(mix: Mix, data: st.DataObject) -> None:
    """However hours are moved, the checker's own sums of tasks, time, supervision and money agree with the plan's."""
    board = boards.Board(by_hand.today_hours(mix))
    before = dict(board.hours)
    names = [each.id for each in mix.competences]
    for _step in range(data.draw(st.integers(1, 4))):
        task, giver = data.draw(st.sampled_from(sorted(pair for pair, found in board.hours.items() if found > 1)))
        taker = data.draw(st.sampled_from([each for each in names if each != giver]))
        board.move(task, giver, taker, data.draw(st.floats(0.1, 1)))
    codes = {each.code for each in verdict(mix, by_hand.plan(mix, board.hours))}
    assert not codes & {
        "mix-verdict-sum", "mix-verdict-time", "mix-verdict-used", "mix-verdict-supervision", "mix-verdict-added",
        "mix-verdict-kronor", "mix-verdict-bound",
    }  # fmt: skip
    read = boards.sent(board.kept, mix, {})
    assert {pair: round(each, 6) for pair, each in board.hours.items()} == read.hours
    while board.undo:
        board.undone()
    assert {pair: each for pair, each in board.hours.items() if each} == before


def test_what_a_cell_cannot_give_is_not_moved() -> None:
    board = boards.Board({("rond", "lakare"): 2.0})
    for giver, taker, amount in (("lakare", "lakare", 1.0), ("lakare", "service", 3.0), ("service", "lakare", 1.0)):
        with pytest.raises(Refused):
            board.move("rond", giver, taker, amount)
    assert board.hours == {("rond", "lakare"): 2.0}


@pytest.mark.parametrize("raw", ["", "[]", "{", '{"now": 1, "undo": []}', '{"now": {"a/b": 1e999}, "undo": [3]}'])
def test_what_is_sent_and_cannot_be_read_is_the_start(mix: Mix, raw: str) -> None:
    assert boards.sent(raw, mix, {("rond", "lakare"): 2.0}).hours == {("rond", "lakare"): 2.0}


def test_a_table_of_hours_is_read_back(mix: Mix) -> None:
    hours = by_hand.today_hours(mix)
    read, findings = reported(by_hand.as_table(hours), mix)
    assert findings == ()
    assert read == pytest.approx(hours, abs=1e-6)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_plan_is_a_document_that_says_what_is_made_up(mix: Mix, language: str) -> None:
    made = document(mix, optimum.solve(mix), prices.prices(mix), (), "Region", dt.date(2027, 2, 1), language)  # type: ignore[arg-type]
    assert ("synteti" if language == "sv" else "ynthetic") in made.subtitle.lower()
    assert "mix-document" not in made.model_dump_json()
    assert docx(made, dt.datetime(2027, 2, 1, tzinfo=dt.UTC)).startswith(b"PK")
