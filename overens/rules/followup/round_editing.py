# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Editing what a round asks, and writing it as an agreement's file has it: ``read(as_toml(round)) == round``."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from overens.rules import reading
from overens.rules.agreement import Agreement
from overens.rules.findings import Finding, Refused, error, refuse
from overens.rules.followup.asked import Question, Round, Section
from overens.rules.followup.round_checks import check_round
from overens.rules.values import Table

T = TypeVar("T", bound=Table)
# Tables that the file writes below their round, each under a heading of its own; others are written in one line.
BELOW = (Section, Question)


class RoundFile(Table):
    """A text with rounds and nothing else, each as an agreement's file has it."""

    rounds: tuple[Round, ...] = Field(alias="round")


def made(model: type[T], values: Mapping[str, Any]) -> T:
    """A table of its values by the file's keys. Raises Refused with each wrong value at its key."""
    try:
        return model.model_validate(values)
    except ValidationError as problem:
        raise Refused(*reading.findings_of(problem, values, model)) from None


def with_question(round: Round, section: str, question: Question, instead_of: str = "") -> Round:
    """The round with a question put last in a section, or where the one stood that it is instead of."""
    at = section_of(round, instead_of) if instead_of else None
    sections = []
    for each in round.sections:
        questions = each.questions
        if at is not None and each.id == at and at == section:
            questions = tuple(question if old.id == instead_of else old for old in questions)
        else:
            questions = tuple(old for old in questions if not instead_of or old.id != instead_of)
            if each.id == section:
                questions = (*questions, question)
        sections.append(each.model_copy(update={"questions": questions}))
    return _conditions_follow(_with(round, sections), instead_of, question.id)


def without_question(round: Round, question: str) -> Round:
    return _with(
        round,
        [
            each.model_copy(update={"questions": tuple(q for q in each.questions if q.id != question)})
            for each in round.sections
        ],
    )


def moved_question(round: Round, question: str, by: int) -> Round:
    """The question so many places later in its section (earlier where negative); at the edge it stays."""
    return _with(
        round,
        [
            each.model_copy(update={"questions": _moved(each.questions, question, by)}) for each in round.sections
        ],
    )  # fmt: skip


def with_section(round: Round, section: Section, instead_of: str = "") -> Round:
    """The round with a section put last, or instead of another whose questions it takes over."""
    if not instead_of:
        return _with(round, [*round.sections, section])
    return _with(
        round,
        [
            section.model_copy(update={"questions": each.questions}) if each.id == instead_of else each
            for each in round.sections
        ],
    )


def without_section(round: Round, section: str) -> Round:
    """Raises Refused (``section-not-empty``) while it has questions, which would go with it unseen."""
    if round.section(section).questions:
        refuse("section-not-empty", section=section)
    return _with(round, [each for each in round.sections if each.id != section])


def moved_section(round: Round, section: str, by: int) -> Round:
    return _with(round, _moved(round.sections, section, by))


def section_of(round: Round, question: str) -> str:
    """The id of the section that a question stands in. Raises KeyError."""
    return round.section_of(question).id


def _with(round: Round, sections: Collection[Section]) -> Round:
    return round.model_copy(update={"sections": tuple(sections)})


def _conditions_follow(round: Round, old: str, new: str) -> Round:
    """A question that gets another id is still the one that others depend on."""
    if not old or old == new:
        return round
    return _with(
        round,
        [
            each.model_copy(
                update={
                    "questions": tuple(
                        q.model_copy(update={"when": q.when.model_copy(update={"question": new})})
                        if q.when and q.when.question == old
                        else q
                        for q in each.questions
                    )
                }
            )
            for each in round.sections
        ],
    )


def _moved(things: tuple[Any, ...], id: str, by: int) -> tuple[Any, ...]:
    at = next((place for place, thing in enumerate(things) if thing.id == id), None)
    if at is None:
        return things
    rest = [thing for thing in things if thing.id != id]
    rest.insert(max(0, min(len(rest), at + by)), things[at])
    return tuple(rest)


def check_openable(round: Round) -> Iterator[Finding]:
    """What stands against opening it to its respondents: a heading with nothing under it, or nothing at all."""
    for section in round.sections:
        if not section.questions:
            yield error("section-without-questions", f"section[{section.id}]", section=section.id)
    if not round.sections:
        yield error("round-without-questions", "section")


def as_toml(round: Round) -> str:
    """The round as an agreement's file has it. What is as it would be anyway is left out."""
    return "\n".join(_table("round", round)) + "\n"


def read(text: str, agreement: Agreement) -> tuple[Round | None, tuple[Finding, ...]]:
    """The one round of a text, tried against the agreement; or what is to be mended, with the lines."""

    def checks(file: RoundFile, _keys: Collection[str]) -> Iterator[Finding]:
        if len(file.rounds) != 1:
            yield error("round-file-one", "round", count=len(file.rounds))
        for each in file.rounds:
            yield from check_round(each, agreement, f"round[{each.id}]")

    found, findings = reading.read_as(text, RoundFile, checks)
    return (found.rounds[0] if found else None), findings


def _table(name: str, thing: Table) -> Iterator[str]:
    yield f"[[{name}]]"
    below: list[tuple[str, Table]] = []
    for field, info in type(thing).model_fields.items():
        value, key = getattr(thing, field), info.alias or field
        if value is None or (not info.is_required() and value == info.get_default()):
            continue
        if isinstance(value, tuple) and value and isinstance(value[0], BELOW):
            below += [(f"{name}.{key}", each) for each in value]
        else:
            yield f"{key} = {_value(value)}"
    for heading, each in below:
        yield ""
        yield from _table(heading, each)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # TOML's escapes are those of JSON, but for DEL, which it wants escaped too.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        if value and isinstance(value[0], Table):
            return "[\n" + "".join(f"  {_value(each)},\n" for each in value) + "]"
        return "[" + ", ".join(_value(each) for each in value) + "]"
    assert isinstance(value, Table), value
    pairs = [
        f"{info.alias or field} = {_value(getattr(value, field))}"
        for field, info in type(value).model_fields.items()
        if info.is_required() or getattr(value, field) not in (None, info.get_default())
    ]
    return "{ " + ", ".join(pairs) + " }"
