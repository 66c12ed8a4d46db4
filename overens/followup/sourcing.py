# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the public may see of one submission: its figures as they were printed or handed in, no free text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from overens.followup import fact_subjects
from overens.followup.fact_subjects import Subject
from overens.followup.models import CountFact, MeasureYear, Submission
from overens.rules.findings import word
from overens.rules.followup import disclosure
from overens.rules.followup.facts_table import LOST, REGION, YEAR, Fact


@dataclass(frozen=True)
class SourceRow:
    """One figure. ``answer`` is the figure or what stands instead; ``raw`` the printed line; ``candidates`` names."""

    place: Sequence[str]
    number: int | None
    answer: str
    certainty: str
    raw: str = ""
    candidates: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class SourceCount:
    subject: Subject
    title: str
    dimensions: Sequence[str]
    rows: Sequence[SourceRow]


@dataclass(frozen=True)
class Source:
    counts: Sequence[SourceCount]
    measures: Sequence[MeasureYear]


def source_of(submission: Submission, language: str = "sv", *, sees_all: bool = False) -> Source:
    """The counts and measures of a submission in a language; small counts as far as the reader may see them."""
    subjects = fact_subjects.subjects()
    names = fact_subjects.region_names()
    ids = submission.counts.order_by("count").values_list("count", flat=True).distinct()
    counts = [_count(submission, subjects[id], names, language, sees_all) for id in ids if id in subjects]
    measures = list(submission.measures.select_related("measure__organisation").order_by("page", "measure__number"))
    return Source(counts, measures)


def _count(
    submission: Submission, subject: Subject, names: Mapping[str, str], language: str, sees_all: bool
) -> SourceCount:
    rows = list(submission.counts.filter(count=subject.id).order_by("year", "pk"))
    # Only the dimensions that the source splits by, so that no column is empty all through.
    splits = [each for each in subject.splits if any(getattr(row, each) for row in rows)]

    def place(at: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(fact_subjects.label(subject, each, at[each], language, names) for each in (YEAR, *splits))

    if submission.citation:
        shown = [_printed(row, place(_at(row, splits)), names, language) for row in rows]
    else:
        facts = [
            Fact({REGION: "", **_at(row, splits)}, row.answered, row.number, row.certainty, submission.pk)
            for row in rows
        ]
        if not sees_all:
            facts = disclosure.public(facts, (YEAR, *splits))
        shown = _reported(facts, place, splits, language)
    return SourceCount(subject, subject.title(language), [YEAR, *splits], shown)


def _at(row: CountFact, splits: Sequence[str]) -> dict[str, str]:
    return {YEAR: str(row.year), **{each: getattr(row, each) for each in splits}}


def _printed(row: CountFact, place: Sequence[str], names: Mapping[str, str], language: str) -> SourceRow:
    """As the table prints it, with what was read of it and how sure that is."""
    answer = "" if row.number is not None else word(f"facts-answer-{row.answered}", language)
    certainty = word(f"facts-{LOST}" if row.answered == LOST else f"facts-certainty-{row.certainty}", language)
    candidates = [names.get(code, code) for code in row.candidates.split()]
    return SourceRow(place, row.number, answer, certainty, row.raw, candidates, row.note)


def _reported(
    facts: Sequence[Fact], place: Callable[[Mapping[str, str]], tuple[str, ...]], splits: Sequence[str], language: str
) -> list[SourceRow]:
    """What was handed in; figures whose split is held back stand as one."""
    added: dict[tuple[str, ...], SourceRow] = {}
    for fact in sorted(facts, key=lambda fact: [fact.at[each] for each in (YEAR, *splits)]):
        at = place(fact.at)
        before = added.get(at)
        number = fact.number if before is None or fact.number is None else (before.number or 0) + fact.number
        answer = "" if fact.number is not None else word(f"facts-answer-{fact.answered}", language)
        certainty = word("facts-answer-protected" if fact.protected else "facts-certainty-reported", language)
        added[at] = SourceRow(at, number, answer, certainty)
    return list(added.values())
