# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who carries what: shares that add up, recalls told by what was published when, wishes that were met; own days."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.roster import carried, personal, wishing
from overens.planning.roster.building import case
from overens.planning.roster.carried import BURDENS, Edition
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.problem import Roster, Wish
from overens.planning.roster.reading import read
from overens.rules.findings import Refused, wording
from tests.unit.roster.wards import CASES, SOUND, ward

SENTENCES = tomllib.loads((CASES / "people.toml").read_text("utf-8"))
LETTERS = {".": OFF, "D": 0, "K": 1, "N": 2}
FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
WARD = ward()
PERSONS = len(WARD.persons)


def edition(on: date, *lines: str) -> Edition:
    return Edition(on, WARD, np.array([[LETTERS[each] for each in line] for line in lines], dtype=np.int64))


rosters = st.lists(
    st.lists(st.sampled_from([OFF, 0, 1, 2]), min_size=14, max_size=14), min_size=PERSONS, max_size=PERSONS
).map(lambda rows: np.array(rows, dtype=np.int64))


@pytest.mark.parametrize("case", SENTENCES["carried"], ids=[each["rule"] for each in SENTENCES["carried"]])
def test_sentence(case: dict[str, Any]) -> None:
    first = case["editions"][0]["days"]
    editions = [edition(each["on"], *({**first, **each["days"]}).values()) for each in case["editions"]]
    found = {each.who: each for each in carried.carried([editions], FIRST, LAST)}
    for who, done in case["done"].items():
        assert {name: found[who].done[name] for name in done} == done


@settings(max_examples=40)
@given(rosters, rosters, st.integers(0, 60))
def test_shares_add_up_to_what_all_carried(before: Whole, after: Whole, days: int) -> None:
    published = WARD.first - timedelta(days=30)
    editions = [Edition(published, WARD, before), Edition(published + timedelta(days=days), WARD, after)]
    found = carried.carried([editions], FIRST, LAST)
    for burden in BURDENS:
        may = [each for each in found if burden in each.may]
        assert sum(each.fair[burden] for each in may) == sum(each.done[burden] for each in may)
    changed = carried.changes(editions)
    assert len(changed) == int((before != after).sum())
    assert sum(each.is_short for each in changed) == sum(e.done["recalls"] + e.done["moved"] for e in found)


@settings(max_examples=40)
@given(rosters)
def test_a_part_of_the_year_is_part_of_it(days: Whole) -> None:
    """Nobody in this ward has carried anything before: the weeks one by one are the period."""
    worked = [Edition(WARD.first - timedelta(days=30), WARD, days)]
    weeks = [
        carried.carried([worked], WARD.first + timedelta(days=7 * at), WARD.first + timedelta(days=7 * at + 6))
        for at in range(2)
    ]
    whole = carried.carried([worked], WARD.first, WARD.last)
    for at, each in enumerate(whole):
        for burden in ("nights", "evenings", "weekends", "given_up"):
            assert each.done[burden] == sum(week[at].done[burden] for week in weeks)
        assert each.shifts == int((days[at] != OFF).sum())


@settings(max_examples=40)
@given(rosters)
def test_ones_own_days_are_those_of_the_rota(days: Whole) -> None:
    built = case(WARD)
    for row in range(PERSONS):
        found = personal.personal(WARD, days, row)
        assert [each.shift.id if each.shift else "" for each in found.days] == [
            "" if shift == OFF else WARD.shifts[shift].id for shift in days[row].tolist()
        ]
        assert found.minutes == sum(
            int(built.minutes[built.before + day, shift])
            for day, shift in enumerate(days[row].tolist())
            if shift != OFF
        )
        rests = [each.rest for each in found.days if each.rest is not None]
        assert len(rests) >= sum(each.shift is not None for each in found.days) - 1


@pytest.mark.parametrize("case", SENTENCES["wishes"], ids=[each["rule"] for each in SENTENCES["wishes"]])
def test_wishes(case: dict[str, Any]) -> None:
    who = next(each for each in WARD.persons if each.id == case["who"])
    found = list(wishing.check(SOUND, WARD, who, [Wish.model_validate(each) for each in case["wish"]]))
    assert [each.code for each in found] == case["finds"]
    assert [each.where.key for each in found if each.where] == case.get("at", [])
    for each in found:
        assert wording(each, "sv") != each.code != wording(each, "en")


wish = st.builds(
    Wish, day=st.dates(WARD.first, WARD.last), want=st.sampled_from(["on", "off"]),
    shift=st.sampled_from(["", "D", "K", "N"]), weight=st.integers(1, 5),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(wish, max_size=5), st.sampled_from([each.id for each in WARD.persons]))
def test_wishes_stand_in_the_file_and_nothing_else_changes(wishes: list[Wish], who: str) -> None:
    text = wishing.put_in(SOUND, {who: wishes})
    roster, _findings = read(text)
    if roster is None:  # wishes that clash, which the check says
        assert list(wishing.check(SOUND, WARD, next(each for each in WARD.persons if each.id == who), wishes))
        return
    for each, before in zip(roster.persons, WARD.persons, strict=True):
        assert list(each.wishes) == (wishes if each.id == who else list(before.wishes))
    assert roster.model_copy(update={"persons": WARD.persons}) == WARD
    assert wishing.put_in(text, {who: wishes}) == text


def test_nobody_unknown_gets_wishes() -> None:
    with pytest.raises((KeyError, Refused)):
        wishing.put_in(SOUND, {"nobody": []})


def of(roster: Roster, on: date, *lines: str) -> Edition:
    return replace(edition(on, *lines), roster=roster)


def without(roster: Roster, who: str) -> Roster:
    return roster.model_copy(update={"persons": tuple(each for each in roster.persons if each.id != who)})


SOUND_LINES = ("D.D....DD.D...", "..D....D.D.D..", ".K.K...K.KK...", "D.D....DD.D...")


def test_who_is_there_no_longer_ends_nobody_elses_count() -> None:
    """Moved at short notice, and then taken away: the others have what they had."""
    moved = (*SOUND_LINES[:2], ".K.K...K.DK...", SOUND_LINES[3])
    left = without(WARD, "cia")
    editions = [
        edition(date(2027, 2, 1), *SOUND_LINES),
        edition(date(2027, 3, 9), *moved),
        of(left, date(2027, 3, 9), *SOUND_LINES[:2], SOUND_LINES[3]),
    ]
    assert [each.who for each in carried.carried([editions], FIRST, LAST)] == ["anna", "bo", "disa"]


def test_what_was_carried_before_counts_in_the_first_period_of_its_year() -> None:
    before = WARD.model_copy(update={"first": date(2026, 11, 2)})
    persons = tuple(each.model_copy(update={"nights": 6}) for each in WARD.persons)
    now = WARD.model_copy(update={"persons": persons})
    periods = [[of(before, date(2026, 10, 1), *SOUND_LINES)], [of(now, date(2027, 2, 1), *SOUND_LINES)]]
    found = {each.who: each.done["nights"] for each in carried.carried(periods, FIRST, LAST)}
    assert found == dict.fromkeys(("anna", "bo", "cia", "disa"), 6)


def test_one_id_with_two_names_is_two_persons_with_each_what_they_carried() -> None:
    persons = tuple(each.model_copy(update={"title": f"{each.id} of B", "nights": 2}) for each in WARD.persons)
    other = WARD.model_copy(update={"first": date(2027, 5, 3), "persons": persons})
    periods = [[of(each, date(2027, 2, 1), *SOUND_LINES)] for each in (WARD, other)]
    assert [each.done["nights"] for each in carried.carried(periods, FIRST, LAST)] == [0] * 4 + [2] * 4
