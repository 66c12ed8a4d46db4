# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from overens.rules.followup.passages import Passage, found_again, layered, paragraphs, sentences, trimmed

BODY = "Först bl.a. detta. Sedan t.ex. det? Ja.\n\n- ett\n- två\n\n  Slut utan punkt "
TEXTS = st.text(alphabet="aÅ .?!-\n\t😀”", max_size=80)


def test_paragraphs_end_at_blank_lines_and_list_lines_stand_by_themselves() -> None:
    assert [each.of(BODY) for each in paragraphs(BODY)] == [
        "Först bl.a. detta. Sedan t.ex. det? Ja.",
        "- ett",
        "- två",
        "Slut utan punkt",
    ]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert [each.of(BODY) for each in sentences(BODY, paragraphs(BODY)[0])] == [
        "Först bl.a. detta.",
        "Sedan t.ex. det?",
        "Ja.",
    ]


@given(TEXTS)
def test_paragraphs_and_sentences_hold_every_letter_once_and_in_order(body: str) -> None:
    for pieces in (paragraphs(body), [each for p in paragraphs(body) for each in sentences(body, p)]):
        assert "".join("".join(each.of(body).split()) for each in pieces) == "".join(body.split())
        assert all(one.end <= other.start for one, other in pairwise(pieces))


@given(TEXTS, st.integers(-5, 90), st.integers(-5, 90))
def test_a_trimmed_passage_begins_and_ends_with_something(body: str, start: int, end: int) -> None:
    if found := trimmed(body, start, end):
        assert found.of(body) == body[start:end].strip()


def test_a_passage_is_found_again_nearest_to_where_it_stood() -> None:
    assert found_again("nära", "nära och nära", 9) == Passage(9, 13)
    assert found_again("nära", "nära och nära", 2) == Passage(0, 4)
    assert found_again("nära", "långt bort", 2) is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30), st.integers(1, 20)), max_size=6))
def test_layers_make_up_the_whole_stretch_and_say_which_marks_lie_over_each(spans: list[tuple[int, int, int]]) -> None:
    marks = [(number, start, start + length) for number, start, length in spans]
    within = Passage(5, 25)
    pieces = layered(within, marks)
    assert pieces[0].start == 5
    assert pieces[-1].end == 25
    assert all(one.end == other.start for one, other in pairwise(pieces))
    for piece in pieces:
        for at in range(piece.start, piece.end):
            assert sorted(piece.marks) == sorted(number for number, start, end in marks if start <= at < end)
