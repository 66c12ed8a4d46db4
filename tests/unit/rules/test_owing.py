# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A debt over time: no krona appears or is lost in it, and what is paid covers what is due first."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules import owing
from overens.rules.agreement import Claims
from overens.rules.findings import Refused
from overens.rules.interest import DAY, Stretch, total
from overens.rules.owing import Happening, Instalment, What

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "claims" / "debts.toml").read_text(encoding="utf-8"))
START = dt.date(2020, 1, 1)
HORIZON = START + 500 * DAY


def sentences(kind: str) -> Any:
    return pytest.mark.parametrize("sentence", CASES[kind], ids=[sentence["rule"] for sentence in CASES[kind]])


def happening(row: dict[str, Any]) -> Happening:
    rows = tuple(Instalment(part["due"], part["kronor"]) for part in row.get("rows", ()))
    return Happening(
        row["on"], What[row["what"].upper()], row.get("kronor", 0), row.get("due"), row.get("number"), rows
    )


@sentences("debt")
def test_a_debt_stands_as_the_sentence_says(sentence: dict[str, Any]) -> None:
    happened = [happening(row) for row in sentence["happened"]]
    debt = owing.standing(happened, sentence["on"])
    says = sentence["says"]
    found = {
        "owed": debt.owed,
        "unclaimed": debt.unclaimed,
        "overdue": debt.overdue(sentence["on"]),
        "late_since": debt.late_since(sentence["on"]),
        "left": [due.left for due in debt.dues],
    }
    assert {key: found[key] for key in says} == says


@sentences("interest")
def test_interest_is_as_the_sentence_says(sentence: dict[str, Any]) -> None:
    happened = [happening(row) for row in sentence["happened"]]
    rows = owing.interest(happened, START, sentence["through"])
    assert [
        {"rule": row.rule, "from": row.first_day, "to": row.last_day, "kronor": row.kronor} for row in rows
    ] == sentence["rows"]


@sentences("plan")
def test_a_plan_is_taken_or_refused(sentence: dict[str, Any]) -> None:
    rows = [Instalment(row["due"], row["kronor"]) for row in sentence["rows"]]
    if code := sentence.get("refused"):
        with pytest.raises(Refused, match=code):
            owing.plan(rows, sentence["owed"], sentence["today"])
    else:
        assert [row.due_on for row in owing.plan(rows, sentence["owed"], sentence["today"])] == sentence["days"]


@st.composite
def histories(draw: st.DrawFn) -> list[Happening]:
    """Anything that may have happened to a debt within a year, in any order."""
    found = []
    for number in range(draw(st.integers(1, 8))):
        on = START + draw(st.integers(0, 365)) * DAY
        what = draw(st.sampled_from(What))
        sum_, due = draw(st.integers(1, 1000)), on + draw(st.integers(1, 60)) * DAY
        rows = ()
        if what is What.PLANNED:
            days = sorted(draw(st.sets(st.integers(1, 90), min_size=1, max_size=3)))
            rows = tuple(Instalment(on + day * DAY, draw(st.integers(1, 600))) for day in days)
        found.append(Happening(on, what, sum_, due, number, rows))
    return found


@given(histories(), st.dates(START, HORIZON))
def test_what_is_owed_is_what_rose_less_what_fell(happened: list[Happening], day: dt.date) -> None:
    signs = {What.ROSE: 1, What.FELL: -1}
    expected = sum(signs.get(each.what, 0) * each.kronor for each in happened if each.on <= day)
    debt = owing.standing(happened, day)
    assert debt.owed == expected
    assert all(0 <= due.left <= due.kronor for due in debt.dues)


@given(histories(), st.dates(START, HORIZON))
def test_what_is_due_first_is_covered_first(happened: list[Happening], day: dt.date) -> None:
    """Of parts that were set together, none is paid while an earlier one is not: a later claim may come in before."""
    plans = [each for each in happened if each.what is What.PLANNED]
    happened = [each for each in happened if each.what in (What.ROSE, What.FELL)] + plans[-1:]
    left = [due.left for due in owing.standing(happened, day).dues]
    paid = [due.kronor - due.left for due in owing.standing(happened, day).dues]
    assert all(not (left[earlier] and paid[later]) for later in range(len(left)) for earlier in range(later))


@given(histories(), st.dates(START, dt.date(2021, 12, 31)))
def test_the_interest_of_the_days_adds_up(happened: list[Happening], middle: dt.date) -> None:
    end = dt.date(2021, 12, 31)
    whole = owing.interest(happened, START, end)
    parts = (*owing.interest(happened, START, middle), *owing.interest(happened, middle, end))
    assert total(whole) == total(parts)


@given(histories())
def test_interest_is_the_days_counted_one_by_one(happened: list[Happening]) -> None:
    """Beside the stretches a model that asks for each day alone how much is late as the day begins."""
    end = dt.date(2021, 12, 31)
    late = {}
    day = START
    while day < end:
        debt = owing.standing(happened, day)
        if sum_ := sum(due.left for due in debt.dues if due.due_on <= day):
            late[day + DAY] = sum_
        day += DAY
    counted = {}
    for row in owing.interest(happened, START, end):
        if row.rule == "default":
            counted |= {row.first_day + number * DAY: row.kronor for number in range(row.days)}
    assert counted == late


def test_reminders_come_once_their_working_days_have_passed() -> None:
    """Due on Maundy Thursday 2020: Easter is no working day, so the fifth is Monday the 20th."""
    rules, due = Claims(), dt.date(2020, 4, 9)
    assert owing.reminder_due(rules, due, dt.date(2020, 4, 19)) is None
    first = owing.reminder_due(rules, due, dt.date(2020, 4, 20))
    assert first is not None
    assert first.level == "reminder"
    coming = owing.next_reminder(rules, due, dt.date(2020, 4, 20))
    assert coming is not None
    assert (coming[0].level, coming[1]) == ("demand", dt.date(2020, 5, 5))
    last = owing.reminder_due(rules, due, dt.date(2021, 1, 1))
    assert last is not None
    assert last.level == "enforcement"
    assert owing.next_reminder(rules, due, dt.date(2021, 1, 1)) is None


def test_a_stretch_says_its_days() -> None:
    assert Stretch("default", START, START, 5, total([])).days == 1
