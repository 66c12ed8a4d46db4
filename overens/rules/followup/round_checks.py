# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold of the rounds, counts and undertakings of an agreement's file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from overens.rules.findings import Finding, error
from overens.rules.followup.asked import Question, Round
from overens.rules.values import NOT_STATED

if TYPE_CHECKING:
    from overens.rules.agreement import Agreement


def check_rounds(agreement: Agreement) -> Iterator[Finding]:
    for undertaking in agreement.undertakings:
        parties = [party.code for party in agreement.parties]
        yield from _unless(parties, f"undertaking[{undertaking.id}].by", undertaking.by)
    for count in agreement.counts:
        if "year" not in count.dimensions:
            yield error("count-without-year", f"count[{count.id}].dimensions", count=count.id)
    for each in agreement.rounds:
        yield from check_round(each, agreement, f"round[{each.id}]")


def check_round(round: Round, agreement: Agreement, at: str) -> Iterator[Finding]:
    """What must hold of one round of an agreement; ``at`` is where it stands."""
    askers = [party.code for party in agreement.parties] + [agency.code for agency in agreement.agencies]
    if round.id in {line.id for line in agreement.lines}:
        # papers carry agreement/line/recipient and agreement/round/respondent
        yield error("round-named-as-line", f"{at}.id", name=round.id)
    yield from _unless([group.id for group in agreement.groups], f"{at}.respondents", *round.respondents)
    yield from _unless(askers, f"{at}.to", round.to)
    if round.deadline is not None:
        yield from _unless([deadline.id for deadline in agreement.deadlines], f"{at}.deadline", round.deadline)
    if round.about.last_day < round.about.first_day:
        yield error("round-ends-before", f"{at}.about.to")
    yield from check_questions(round, [count.id for count in agreement.counts], at)


def check_questions(round: Round, counts: list[str], at: str) -> Iterator[Finding]:
    """What must hold of one round's questions; ``at`` is where it stands (empty for a round by itself)."""
    at = f"{at}." if at else ""
    seen: dict[str, Question] = {}
    for section in round.sections:
        for question in section.questions:
            key = f"{at}section[{section.id}].question[{question.id}]"
            if question.id in seen:
                yield error("duplicate-id", f"{key}.id", name=question.id)
            yield from _question(question, seen, counts, key)
            seen[question.id] = question


def _question(question: Question, before: dict[str, Question], counts: list[str], key: str) -> Iterator[Finding]:
    if question.type == "count":
        yield from _unless(counts, f"{key}.count", question.count or "")
        if not question.years:
            yield error("missing-key", f"{key}.years", name="years")
    elif question.count is not None:
        yield error("question-key-not-here", f"{key}.count", name="count", type=question.type)
    if question.type == "choice" and len(question.choices) < 2:
        yield error("question-choices-missing", f"{key}.choice")
    if question.words is not None and question.type != "narrative":
        yield error("question-key-not-here", f"{key}.words", name="words", type=question.type)
    if question.when is not None:
        asked = before.get(question.when.question)
        if asked is None or asked.type != "choice":
            choices = [each.id for each in before.values() if each.type == "choice"]
            yield error("unknown-reference", f"{key}.when.question", name=question.when.question, known=choices)
        else:
            yield from _unless([choice.id for choice in asked.choices], f"{key}.when.answers", *question.when.answers)


def _unless(known: list[str], key: str, *names: str) -> Iterator[Finding]:
    for name in names:
        if name != NOT_STATED and name not in known:
            yield error("unknown-reference", key, name=name, known=sorted(known))
