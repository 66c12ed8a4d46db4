# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The model of what a follow-up asks: rounds, their questions, the counts that years are compared by, and what the
parties have undertaken.

Sources: 2018 report, Bilaga 1, for the structure of the activity report; 2019 agreement, sections 5 and 6.1.
Conditions, word limits and structured measures are ours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from overens.rules.asked import Choice
from overens.rules.values import NOT_STATED, Slug, Stated, Table, first

# What a count is broken down by; ``year`` always.
Dimension = Literal["year", "term", "sex", "speciality"]
QuestionType = Literal["narrative", "choice", "measures", "count", "introductions", "maturity"]
RoundKind = Literal["activity-report", "association-report", "state-report"]


class Break(Table):
    """From a year on a count means something else; ``comparable``: whether years across it may still be compared."""

    from_year: int = Field(alias="from", ge=1900, le=2999)
    how: str
    how_en: str = ""
    comparable: bool


class Count(Table):
    """A count that is asked for again and again. Its id is the same in every round and agreement that asks for it,
    which is what makes years comparable; a change of its meaning is a ``break``. ``at_year_end``: it tells how many
    there are at the end of a year, so that years are not added.
    """

    id: Slug
    title: str
    title_en: str = ""
    meaning: str
    meaning_en: str = ""
    dimensions: tuple[Dimension, ...]
    at_year_end: bool = False
    specialities: tuple[Choice, ...] = ()
    breaks: tuple[Break, ...] = Field(alias="break", default=())
    source: Stated[str] = NOT_STATED


class When(Table):
    """A question is asked only where a question of choice before it has one of these answers."""

    question: Slug
    answers: tuple[Slug, ...]


class Question(Table):
    """A question of a round. ``per`` is what it is answered once for; ``words`` the most words of a narrative.

    ``count`` is the id of the count, and ``years`` the years that it is asked for; both for type ``count`` only.
    """

    id: Slug
    text: str
    text_en: str = ""
    guidance: str = ""
    guidance_en: str = ""
    type: QuestionType
    per: Literal["recipient", "area"] = "recipient"
    required: bool
    words: int | None = Field(default=None, ge=1, le=20_000)
    choices: tuple[Choice, ...] = Field(alias="choice", default=())
    count: Slug | None = None
    years: tuple[int, ...] = ()
    when: When | None = None
    source: Stated[str] = NOT_STATED


class Section(Table):
    """A part of a round that one or more people of the respondent write; ``filled_in_by`` says who is meant to."""

    id: Slug
    title: str
    title_en: str = ""
    guidance: str = ""
    guidance_en: str = ""
    filled_in_by: Stated[str] = NOT_STATED
    filled_in_by_en: str = ""
    questions: tuple[Question, ...] = Field(alias="question")


class About(Table):
    """The days that a round asks about, both included."""

    first_day: dt.date = Field(alias="from")
    last_day: dt.date = Field(alias="to")


class Round(Table):
    """One collection: who is asked what, by whom, until when.

    ``respondents`` are groups of the agreement, ``to`` the agency or party that asks. It closes on the day of a
    ``deadline`` of the agreement, or on ``closes`` where that has none. ``follows`` names the round before
    (``agreement/round``), whose answers may be taken over. ``signed``: whether an authorised signatory signs it, and
    then what is declared by that.
    """

    id: Slug
    kind: RoundKind
    title: str
    title_en: str = ""
    guidance: str = ""
    guidance_en: str = ""
    respondents: tuple[Slug, ...]
    to: Slug
    about: About
    opens: Stated[dt.date] = NOT_STATED
    deadline: Slug | None = None
    closes: Stated[dt.date] = NOT_STATED
    follows: Stated[str] = NOT_STATED
    signed: bool = True
    declaration: str = ""
    declaration_en: str = ""
    sections: tuple[Section, ...] = Field(alias="section")
    source: Stated[str] = NOT_STATED

    @property
    def questions(self) -> Iterator[Question]:
        """All questions in the order of the round."""
        return (question for section in self.sections for question in section.questions)

    def section(self, id: str) -> Section:
        return first(self.sections, "id", id)

    def question(self, id: str) -> Question:
        return first(self.questions, "id", id)

    def section_of(self, question: str) -> Section:
        """The section that a question stands in. Raises KeyError when none has it."""
        for section in self.sections:
            if any(each.id == question for each in section.questions):
                return section
        raise KeyError(question)


class Undertaking(Table):
    """What a party has undertaken itself to do; ``by`` is the party's code."""

    id: Slug
    by: Slug
    text: str
    text_en: str = ""
    due: Stated[dt.date] = NOT_STATED
    source: Stated[str] = NOT_STATED
