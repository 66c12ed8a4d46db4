# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round goes out as a file and comes back the same; what is edited stays whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules import reading
from overens.rules.findings import Refused
from overens.rules.followup import round_editing as editing
from overens.rules.followup.asked import Question, Round, Section

AGREEMENT = reading.shipped("2019")
ROUND = AGREEMENT.rounds[0]
# Anything that can be typed: quotes, line breaks, control characters, letters of every kind.
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    """Rounds of the 2019 agreement with other texts, limits, choices and order."""
    sections = []
    for section in draw(st.permutations(ROUND.sections)):
        questions = [
            question.model_copy(
                update={
                    "text": draw(TEXTS),
                    "guidance": draw(TEXTS),
                    "required": draw(st.booleans()),
                    "words": draw(st.none() | st.integers(1, 20_000)) if question.type == "narrative" else None,
                    "when": None,
                    "choices": tuple(
                        choice.model_copy(update={"label": draw(TEXTS), "label_en": draw(TEXTS)})
                        for choice in question.choices
                    ),
                }
            )
            for question in section.questions
        ]
        sections.append(section.model_copy(update={"title": draw(TEXTS), "questions": tuple(questions)}))
    return ROUND.model_copy(update={"title": draw(TEXTS), "sections": tuple(sections), "signed": draw(st.booleans())})


@pytest.mark.parametrize("agreement", reading.shipped_ids())
def test_every_shipped_round_goes_out_and_comes_back(agreement: str) -> None:
    for round in reading.shipped(agreement).rounds:
        assert editing.read(editing.as_toml(round), reading.shipped(agreement)) == (round, ())


@given(rounds())
def test_whatever_is_typed_goes_out_and_comes_back(round: Round) -> None:
    assert editing.read(editing.as_toml(round), AGREEMENT) == (round, ())


def test_what_goes_out_can_go_back_into_the_agreements_file() -> None:
    text = reading.find("2019").read_text(encoding="utf-8")
    blocks = re.split(r"(?m)^(?=\[)", text)
    others = [block for block in blocks if not block.startswith("[[round")]
    whole = "".join(others) + "\n" + "\n".join(editing.as_toml(round) for round in AGREEMENT.rounds)
    assert reading.read(whole) == (AGREEMENT, ())


def test_a_wrong_file_is_told_by_line() -> None:
    text = editing.as_toml(ROUND).replace('type = "narrative"', 'type = "novel"', 1)
    found, findings = editing.read(text, AGREEMENT)
    assert found is None
    where = findings[0].where
    assert where is not None
    assert (findings[0].code, where.line) == ("unknown-choice", text[: text.index('"novel"')].count("\n") + 1)
    for wrong, code in (("", "file-empty"), ("x = 1", "missing-key"), ("[[round", "toml-syntax")):
        assert editing.read(wrong, AGREEMENT)[1][0].code == code
    twice = editing.as_toml(ROUND) + editing.as_toml(ROUND.model_copy(update={"id": "other"}))
    assert [each.code for each in editing.read(twice, AGREEMENT)[1]] == ["round-file-one"]


QUESTIONS = [question.id for question in ROUND.questions]


@given(st.sampled_from(QUESTIONS), st.integers(-20, 20))
def test_moving_loses_nothing(question: str, by: int) -> None:
    moved = editing.moved_question(ROUND, question, by)
    assert sorted(each.id for each in moved.questions) == sorted(QUESTIONS)
    assert moved.section_of(question).id == ROUND.section_of(question).id


@given(st.sampled_from(QUESTIONS), st.sampled_from([section.id for section in ROUND.sections]))
def test_a_question_put_elsewhere_stands_once(question: str, section: str) -> None:
    moved = editing.with_question(ROUND, section, ROUND.question(question), question)
    assert sorted(each.id for each in moved.questions) == sorted(QUESTIONS)
    assert moved.section_of(question).id == section
    assert editing.with_question(ROUND, ROUND.section_of(question).id, ROUND.question(question), question) == ROUND


def test_a_question_that_gets_another_id_keeps_those_that_depend_on_it() -> None:
    question = ROUND.question("3.0a").model_copy(update={"id": "3.0"})
    when = editing.with_question(ROUND, "3", question, "3.0a").question("3.1").when
    assert when is not None
    assert when.question == "3.0"


def test_a_section_keeps_its_questions_and_is_removed_only_when_empty() -> None:
    with pytest.raises(Refused, match="section-not-empty"):
        editing.without_section(ROUND, "1")
    renamed = editing.with_section(ROUND, editing.made(Section, {"id": "10", "title": "Ny", "question": ()}), "1")
    assert renamed.section("10").questions == ROUND.section("1").questions
    added = editing.with_section(ROUND, editing.made(Section, {"id": "9", "title": "Ny", "question": ()}))
    assert [each.code for each in editing.check_openable(added)] == ["section-without-questions"]
    assert editing.without_section(added, "9") == ROUND


def test_a_wrong_value_is_named_by_its_key() -> None:
    with pytest.raises(Refused) as refused:
        editing.made(Question, {"id": "1 1", "text": "Vad?", "type": "narrative", "required": True, "words": 0})
    assert {(each.code, each.where.key) for each in refused.value.findings if each.where} == {
        ("bad-id", "id"),
        ("too-small", "words"),
    }
