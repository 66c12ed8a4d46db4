# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a report has come: what is asked of this respondent, what is answered, what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from overens.rules.followup import parts, prose
from overens.rules.followup.asked import Question, Round, Section
from overens.rules.followup.parts import PartKey

# A report's parts by key, those that were taken away left out.
Contents = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class SectionProgress:
    """A section's required parts: how many are asked and answered, and the keys of those left. A question that is
    answered by rows is one part, under the key ``<kind>/<question>``. ``words`` are those of all its texts that count.
    """

    section: str
    asked: int
    answered: int
    left: tuple[PartKey, ...]
    words: int
    optional: int = 0
    optional_answered: int = 0

    @property
    def percent(self) -> int:
        return percent(self.answered, self.asked)


@dataclass(frozen=True)
class Progress:
    sections: tuple[SectionProgress, ...]

    @property
    def asked(self) -> int:
        return sum(each.asked for each in self.sections)

    @property
    def answered(self) -> int:
        return sum(each.answered for each in self.sections)

    @property
    def words(self) -> int:
        return sum(each.words for each in self.sections)

    @property
    def optional(self) -> int:
        return sum(each.optional for each in self.sections)

    @property
    def optional_answered(self) -> int:
        return sum(each.optional_answered for each in self.sections)

    @property
    def left(self) -> tuple[PartKey, ...]:
        return tuple(key for each in self.sections for key in each.left)

    @property
    def percent(self) -> int:
        return percent(self.answered, self.asked)

    def of(self, section: str) -> SectionProgress:
        return next(each for each in self.sections if each.section == section)


def percent(part: int, whole: int) -> int:
    """Rounded down, so that 100 is all of it; 100 of nothing."""
    return 100 * part // whole if whole else 100


def is_asked(round: Round, question: Question, contents: Contents) -> bool:
    """Whether a question's condition holds; it does not where the question that it hangs on is not asked itself."""
    if question.when is None:
        return True
    decides = round.question(question.when.question)
    chosen = contents.get(str(PartKey(parts.ANSWER, decides.id)), {}).get("choice", "")
    return chosen in question.when.answers and is_asked(round, decides, contents)


def is_answered(question: Question, key: PartKey, contents: Contents) -> bool:
    """Whether a part has its answer. A count has one when each year has a figure, or why there is none."""
    if question.type in parts.ROWS:
        return any(each.startswith(f"{parts.ROWS[question.type]}/") and content for each, content in contents.items())
    content = contents.get(str(key), {})
    if question.type == "narrative":
        return bool(content.get("text", "").strip())
    if question.type == "choice":
        return content.get("choice", "") in {choice.id for choice in question.choices}
    return all(
        any(name.startswith(f"{year}.") and content[name].strip() for name in content) for year in question.years
    )


def progress(round: Round, areas: tuple[str, ...], contents: Contents) -> Progress:
    """How far a round's report has come. areas: the agreement's areas without areas below them."""
    return Progress(tuple(_section(round, section, areas, contents) for section in round.sections))


def _section(round: Round, section: Section, areas: tuple[str, ...], contents: Contents) -> SectionProgress:
    asked = [question for question in section.questions if is_asked(round, question, contents)]
    required = [(question, key) for question in asked if question.required for key in _keys(question, areas)]
    optional = [(question, key) for question in asked if not question.required for key in _keys(question, areas)]
    left = tuple(key for question, key in required if not is_answered(question, key, contents))
    return SectionProgress(
        section.id,
        len(required),
        len(required) - len(left),
        left,
        sum(_words(key, contents) for question in asked for key in _keys(question, areas)),
        len(optional),
        sum(is_answered(question, key, contents) for question, key in optional),
    )


def _keys(question: Question, areas: tuple[str, ...]) -> Iterable[PartKey]:
    if question.type in parts.ROWS:
        return (PartKey(parts.ROWS[question.type], question.id),)
    return tuple(parts.fixed_parts(question, areas))


def _words(key: PartKey, contents: Contents) -> int:
    return prose.words(contents.get(str(key), {}).get("text", ""))
