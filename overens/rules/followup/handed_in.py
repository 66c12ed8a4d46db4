# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of a report's parts is handed in: only what is asked, in one order; and what stands in its way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from overens.rules.findings import Finding, error
from overens.rules.followup import parts
from overens.rules.followup.asked import Question, Round
from overens.rules.followup.parts import PartKey

# A part's key → its fields.
Written = Mapping[str, Mapping[str, str]]
# A kind of parts → what follows the kind in the key → the fields.
Content = dict[str, dict[str, dict[str, str]]]
# What the kinds of parts are called in a content.
GROUPS = {
    parts.ANSWER: "answers",
    parts.COUNT: "counts",
    parts.MEASURE: "measures",
    parts.INTRODUCTION: "introductions",
    parts.MATURITY: "maturity",
}
# A reason that is typed in place of a number stands under the cell's name and this.
WHY = "#why"


def is_asked(question: Question, round: Round, written: Written) -> bool:
    """Whether a question is put to the respondent, by its answers so far: a condition that is met, all the way up."""
    if question.when is None:
        return True
    before = round.question(question.when.question)
    chosen = written.get(f"{parts.ANSWER}/{before.id}", {}).get("choice", "")
    return chosen in question.when.answers and is_asked(before, round, written)


def content(round: Round, areas: tuple[str, ...], written: Written) -> Content:
    """What is frozen: the parts that are asked and hold something, by kind. What is skipped stays unsaid."""
    found: Content = {group: {} for group in GROUPS.values()}
    for key in sorted(written, key=_order):
        part = parts.parse(key)
        fields = {name: value for name, value in written[key].items() if value != ""}
        try:
            question = parts.question_of(round, part)
        except KeyError:
            continue
        if not fields or not is_asked(question, round, written) or (part.area and part.area not in areas):
            continue
        found[GROUPS[part.kind]]["/".join(each for each in part[1:] if each)] = fields
    return found


def keys(content: Content) -> Iterator[str]:
    """The keys of the parts that a content holds."""
    for kind, group in GROUPS.items():
        yield from (f"{kind}/{rest}" for rest in content.get(group, {}))


def unanswered(round: Round, areas: tuple[str, ...], content: Content) -> Iterator[Finding]:
    """Required questions without an answer, each at its part's key."""
    written = {f"{kind}/{rest}": fields for kind, group in GROUPS.items() for rest, fields in content[group].items()}
    for question in round.questions:
        if not question.required or not is_asked(question, round, written):
            continue
        if question.type in parts.ROWS:
            if not content[GROUPS[parts.ROWS[question.type]]]:
                yield error("report-rows-missing", question.id, question=question.id, text=question.text)
            continue
        for key in parts.fixed_parts(question, areas):
            fields = written.get(str(key), {})
            if question.type == "count":
                yield from _years(question, key, fields)
            elif not is_answered(question, fields):
                code = "report-unanswered-area" if key.area else "report-unanswered"
                yield error(code, str(key), question=question.id, text=question.text, area=key.area)


def is_answered(question: Question, fields: Mapping[str, str]) -> bool:
    """Of a narrative or a choice: something is said."""
    if question.type == "choice":
        return fields.get("choice") in {choice.id for choice in question.choices}
    return bool(fields.get("text", "").strip())


def _years(question: Question, key: PartKey, fields: Mapping[str, str]) -> Iterator[Finding]:
    for year in question.years:
        if not any(name.startswith(f"{year}.") for name in fields):
            yield error("report-count-missing", str(key), question=question.id, text=question.text, year=str(year))


def _order(key: str) -> tuple[object, ...]:
    """By kind, then by number where there is one."""
    part = parts.parse(key)
    number = int(part.what) if part.what.isascii() and part.what.isdigit() else 0
    return list(GROUPS).index(part.kind), number, part.what, part.area


def differing(before: Mapping[str, int], now: Mapping[str, int]) -> Iterable[str]:
    """Keys of parts whose revision is another than it was, or that have come or gone."""
    return sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))
