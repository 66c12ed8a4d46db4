# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A memo read by those it is about, passage by passage, and what becomes of what they say.

Source: 2018 report, p. 9 (a memo after every visit, fact-checked by the region). Passages, the three answers and that
each objection is taken in or kept with a reason are ours (assumed).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from overens.rules.findings import Finding, error
from overens.rules.followup import prose

CORRECT, REMARK, WRONG = "correct", "remark", "wrong"
ANSWERS = (CORRECT, REMARK, WRONG)
TAKEN_IN, KEPT = "taken-in", "kept"
TAKINGS = (TAKEN_IN, KEPT)
# More than this nobody answers one by one.
MOST_PASSAGES = 300


class Answer(NamedTuple):
    """The region's word on a passage: ``said`` is the remark, or what it should say instead."""

    answer: str
    said: str = ""


class Taking(NamedTuple):
    """What the analyst does with a remark: takes it in as ``text``, or keeps the passage for a ``reason``."""

    taking: str
    text: str = ""
    reason: str = ""


def passages(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, as they are frozen: what stands between empty lines, tidied (``prose``)."""
    return tuple(part for part in prose.tidy(prose.clean(text).text).split("\n\n") if part)


def unanswered(answers: Mapping[int, Answer], count: int) -> Iterator[Finding]:
    """What is missing before the answers can be handed in, at ``answer-<n>`` and ``said-<n>``."""
    for number in range(1, count + 1):
        found = answers.get(number, Answer(""))
        if found.answer not in ANSWERS:
            yield error("passage-unanswered", f"answer-{number}", number=number)
        elif found.answer != CORRECT and not found.said.strip():
            yield error("passage-says-nothing", f"said-{number}", number=number)


def objections(answers: Mapping[int, Answer]) -> list[int]:
    """The numbers of the passages that something is said about."""
    return sorted(number for number, each in answers.items() if each.answer in (REMARK, WRONG))


def untaken(answers: Mapping[int, Answer], takings: Mapping[int, Taking]) -> Iterator[Finding]:
    """What is missing before the check can be closed, at ``taking-<n>``, ``text-<n>`` and ``reason-<n>``."""
    for number in objections(answers):
        found = takings.get(number, Taking(""))
        if found.taking not in TAKINGS:
            yield error("objection-open", f"taking-{number}", number=number)
        elif found.taking == TAKEN_IN and not found.text.strip():
            yield error("passage-emptied", f"text-{number}", number=number)
        elif found.taking == KEPT and not found.reason.strip():
            yield error("kept-without-reason", f"reason-{number}", number=number)


def corrected(before: Sequence[str], takings: Mapping[int, Taking]) -> tuple[str, ...]:
    """The passages as they stand after the check. A passage that was taken in may have become several."""
    after: list[str] = []
    for number, passage in enumerate(before, 1):
        found = takings.get(number)
        after += passages(found.text) if found and found.taking == TAKEN_IN else [passage]
    return tuple(after)
