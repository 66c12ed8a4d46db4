# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The keys of a report's parts: what is written together, one row each.

``answer/1.1`` and ``answer/2.1/4.1.2`` (per area), ``count/3.1``, ``measure/7`` (the organisation's number of it),
``introduction/1``, ``maturity/1``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from overens.rules.followup.asked import Question, Round

ANSWER, COUNT, MEASURE, INTRODUCTION, MATURITY = "answer", "count", "measure", "introduction", "maturity"
# Parts that the respondent adds and takes away, by the type of the question that asks for them.
ROWS = {"measures": MEASURE, "introductions": INTRODUCTION, "maturity": MATURITY}


class PartKey(NamedTuple):
    """``what`` is the question's id, or the number of a row; ``area`` is empty unless it is asked per area."""

    kind: str
    what: str
    area: str = ""

    def __str__(self) -> str:
        return "/".join(each for each in self if each)


def parse(key: str) -> PartKey:
    """Raises ValueError for what is no key of a part."""
    kind, _, rest = key.partition("/")
    what, _, area = rest.partition("/")
    if kind not in (ANSWER, COUNT, *ROWS.values()) or not what or (area and kind != ANSWER):
        raise ValueError(key)
    return PartKey(kind, what, area)


def fixed_parts(question: Question, areas: tuple[str, ...]) -> Iterator[PartKey]:
    """The parts that a question has whether anything is written or not; none for one that is answered by rows.

    areas: the agreement's areas without areas below them.
    """
    if question.type in ROWS:
        return
    kind = COUNT if question.type == "count" else ANSWER
    if question.per == "area":
        yield from (PartKey(kind, question.id, area) for area in areas)
    else:
        yield PartKey(kind, question.id)


def question_of(round: Round, key: PartKey) -> Question:
    """The question that a part answers. Raises KeyError where the round asks no such thing."""
    types = {kind: type_ for type_, kind in ROWS.items()}
    for question in round.questions:
        if question.type == types.get(key.kind) or (key.kind not in types and question.id == key.what):
            return question
    raise KeyError(str(key))
