# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from overens.rules import reading
from overens.rules.followup.asked import Round
from overens.rules.followup.progress import is_asked, progress

AREAS = ("4.1.1", "4.1.2")


def account() -> Round:
    agreement, _ = reading.read(reading.find("2019"))
    assert agreement
    return next(each for each in agreement.rounds if each.id == "redogorelse")


def test_nothing_is_answered_at_first() -> None:
    made = progress(account(), AREAS, {})
    assert (made.answered, made.percent) == (0, 0)
    # 1.1, 1.2; 2.1 in two areas; 3.0a, 3.0b; 4.0; 7.1. What hangs on a choice is not asked yet.
    assert made.asked == 8
    assert [str(key) for key in made.of("2").left] == ["answer/2.1/4.1.1", "answer/2.1/4.1.2"]


def test_a_choice_opens_what_hangs_on_it() -> None:
    round = account()
    contents = {"answer/3.0a": {"choice": "yes"}, "answer/4.0": {"choice": "some"}}
    made = progress(round, AREAS, contents)
    assert [str(key) for key in made.of("3").left] == ["count/3.1", "answer/3.0b"]
    assert [str(key) for key in made.of("4").left] == ["introduction/4.1"]
    assert is_asked(round, round.question("3.1"), contents)
    assert not is_asked(round, round.question("3.1"), {"answer/3.0a": {"choice": "no"}})


def test_what_counts_as_an_answer() -> None:
    contents = {
        "answer/1.1": {"text": "Ledningen stödjer arbetet."},
        "answer/1.2": {"text": "  "},
        "answer/3.0a": {"choice": "yes"},
        "count/3.1": {"2018.vt.women.": "3", "2019...#why": "Uppgiften finns inte."},
        "answer/3.0b": {"choice": "kanske"},
        "answer/4.0": {"choice": "all"},
        "introduction/1": {"name": "Bas"},
    }
    made = progress(account(), AREAS, contents)
    assert made.of("1").answered == 1
    assert made.words == 3
    assert [str(key) for key in made.of("3").left] == ["answer/3.0b"]
    assert made.of("4").left == ()
    del contents["count/3.1"]["2019...#why"]
    assert "count/3.1" in [str(key) for key in progress(account(), AREAS, contents).left]
