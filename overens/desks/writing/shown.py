# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A section's questions and their parts as the pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from overens.desks.saying import language
from overens.desks.writing.shared import anchor, area_name, at
from overens.followup.models import Part, PartRevision, Report, Thread
from overens.followup.reading import own_areas
from overens.people.models import Organisation
from overens.rules.agreement import said
from overens.rules.followup import parts, prose
from overens.rules.followup.asked import Question, Round, Section
from overens.rules.followup.progress import Contents, is_answered, is_asked


@dataclass
class Clash:
    """What was set aside of a part: by whom, when, and where it is chosen."""

    revision: PartRevision
    url: str


@dataclass
class PartShown:
    """A part with its text, who wrote last, and what is said of it. ``revision`` is the base of what is typed next."""

    key: str
    title: str
    text: str = ""
    choice: str = ""
    revision: int = 0
    part: Part | None = None
    clashes: list[Clash] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    earlier: bool = False
    error: str = ""
    # Its fields by name, where a page shows them all.
    fields: list[tuple[str, str]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return anchor(self.key)

    @property
    def words(self) -> int:
        return prose.words(self.text)


@dataclass
class QuestionShown:
    """A question as it is asked; ``rows`` are the parts of one that is answered by rows, ``next`` a free number."""

    question: Question
    id: str
    type: str
    text: str
    guidance: str
    asked: bool
    answered: bool
    parts: list[PartShown]
    rows: list[dict[str, Any]]
    next: int
    choices: list[tuple[str, str]]
    # The question that it hangs on and the answers that open it, in words; empty where it hangs on none.
    why: str
    why_answers: str

    @property
    def limit(self) -> int | None:
        return self.question.words


@dataclass(frozen=True)
class Around:
    """What is known beside the parts' own content, by part."""

    found: Mapping[str, Part]
    clashes: Mapping[str, list[PartRevision]]
    threads: Mapping[str, list[Thread]]
    before: Mapping[str, str]


def around(report: Report, organisation: Organisation, before: Mapping[str, str]) -> Around:
    clashes: dict[str, list[PartRevision]] = {}
    for each in PartRevision.objects.filter(part__report=report).waiting().select_related("part", "person"):
        clashes.setdefault(each.part.key, []).append(each)
    threads: dict[str, list[Thread]] = {}
    for thread in Thread.objects.visible_to(organisation).filter(report=report).with_messages():
        threads.setdefault(thread.part_key, []).append(thread)
    found = {part.key: part for part in report.parts.select_related("changed_by")}
    return Around(found, clashes, threads, before)


def questions(
    report: Report, definition: Round, section: Section, contents: Contents, known: Around
) -> list[QuestionShown]:
    areas = own_areas(report.round.agreement)
    return [_question(report, definition, question, areas, contents, known) for question in section.questions]


def _question(
    report: Report, definition: Round, question: Question, areas: tuple[str, ...], contents: Contents, known: Around
) -> QuestionShown:
    fixed = [_part(report, question, key, known) for key in parts.fixed_parts(question, areas)]
    kind = parts.ROWS.get(question.type, "")
    rows = _rows(kind, known) if kind else []
    used = [int(key.partition("/")[2]) for key in known.found if kind and key.startswith(f"{kind}/")]
    key = parts.PartKey(kind or parts.ANSWER, question.id)
    why, answers = _why(definition, question)
    return QuestionShown(
        question=question,
        id=question.id,
        type=question.type,
        text=said(question, "text", language()),
        guidance=said(question, "guidance", language()),
        asked=is_asked(definition, question, contents),
        answered=all(is_answered(question, parts.parse(part.key), contents) for part in fixed)
        if fixed
        else is_answered(question, key, contents),
        parts=fixed,
        rows=rows,
        next=max(used, default=0) + 1,
        choices=[(choice.id, said(choice, "label", language())) for choice in question.choices],
        why=why,
        why_answers=answers,
    )


def _rows(kind: str, known: Around) -> list[dict[str, Any]]:
    """The rows of a kind by number, with the name of each."""
    found: list[dict[str, Any]] = []
    for key, part in known.found.items():
        number = key.removeprefix(f"{kind}/")
        if number.isdigit() and not part.removed:
            name = part.content.get("name") or part.content.get("service") or number
            found.append({"number": int(number), "name": name, "content": part.content})
    return sorted(found, key=lambda row: int(row["number"]))


def _part(report: Report, question: Question, key: parts.PartKey, known: Around) -> PartShown:
    part = known.found.get(str(key))
    content = part.content if part and not part.removed else {}
    title = area_name(report, key.area) if key.area else said(question, "text", language())
    return PartShown(
        str(key),
        title,
        content.get("text", ""),
        content.get("choice", ""),
        part.revision if part else 0,
        part if part and part.revision else None,
        [Clash(each, at("writing-choose", report, str(key), each.number)) for each in known.clashes.get(str(key), [])],
        known.threads.get(str(key), []),
        str(key) in known.before,
    )


def _why(definition: Round, question: Question) -> tuple[str, str]:
    if question.when is None:
        return "", ""
    decides = definition.question(question.when.question)
    answers = [said(c, "label", language()) for c in decides.choices if c.id in question.when.answers]
    return said(decides, "text", language()), " / ".join(answers)
