# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What anybody may ask of the facts: subjects, their dimensions, and the table that answers a question.

Only what was handed in and stands, or was printed, and of that only what is structured: no free text. Small counts are
held back from all but those who may see them (:mod:`overens.rules.followup.disclosure`).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from overens.followup.fact_rows import facts_of, printed_totals
from overens.followup.fact_subjects import Subject, agreement_codes, label, region_names, values_of
from overens.rules.agreement import said
from overens.rules.findings import refuse
from overens.rules.followup import disclosure
from overens.rules.followup.asked import Break
from overens.rules.followup.facts_table import REGION, YEAR, Cell, Question, Table, standing, tabulate

AT_MOST_CELLS = 20_000


@dataclass(frozen=True)
class Asked:
    """A question of a subject; ``values`` of its dimensions. ``agreement``: only what was reported under it."""

    subject: Subject
    question: Question
    values: Mapping[str, tuple[str, ...]]
    agreement: str = ""


@dataclass(frozen=True)
class Answer:
    """``years``: those in the table. ``latest_only``: years are not added and only the last one is in it.

    ``printed``: totals that a source prints, by year; they are checks and in no sum.
    """

    asked: Asked
    table: Table
    years: tuple[str, ...]
    latest_only: bool
    breaks: tuple[Break, ...]
    printed: Mapping[str, int] = field(default_factory=dict)
    sees_all: bool = False


def ask(
    subject: Subject,
    rows: Sequence[str],
    columns: Sequence[str] = (),
    only: Mapping[str, Sequence[str]] | None = None,
    agreement: str = "",
) -> Asked:
    """A question, checked. Raises Refused: ``facts-unknown-dimension``, ``facts-unknown-value``."""
    wanted = {each: tuple(values) for each, values in (only or {}).items() if values}
    for each in (*rows, *columns, *wanted):
        if each not in subject.dimensions:
            near = difflib.get_close_matches(each, subject.dimensions, 1) or subject.dimensions[:1]
            refuse("facts-unknown-dimension", "by", dimension=each[:60], near=near[0], known=list(subject.dimensions))
    known = values_of(subject)
    for each, values in wanted.items():
        for value in values:
            if value not in known[each]:
                refuse("facts-unknown-value", each, dimension=each, value=value[:60], known=list(known[each])[:40])
    rows = tuple(dict.fromkeys(rows))
    columns = tuple(each for each in dict.fromkeys(columns) if each not in rows)
    if agreement and agreement not in agreement_codes():
        refuse("facts-unknown-value", "agreement", dimension="agreement", value=agreement[:60], known=agreement_codes())
    return Asked(subject, Question(rows, columns, wanted), known, agreement)


def answer(asked: Asked, *, sees_all: bool = False) -> Answer:
    """The table that answers a question. sees_all: without the protection of small counts, for those who may.

    Raises Refused (``facts-table-too-large``).
    """
    subject, question = asked.subject, asked.question
    values = asked.values
    years = tuple(year for year in values[YEAR] if year in question.only.get(YEAR, values[YEAR]))
    latest_only = subject.at_year_end and YEAR not in question.by and len(years) > 1
    if latest_only:
        years = years[-1:]
    shown = {**values, YEAR: years}
    cells = 1
    for each in question.by:
        cells *= max(1, len(shown[each]))
    if cells > AT_MOST_CELLS:
        refuse("facts-table-too-large", cells=cells, most=AT_MOST_CELLS)
    facts, whole = facts_of(subject, question.used, asked.agreement)
    facts = standing(facts)
    if not sees_all:
        facts = disclosure.public(facts, question.used)
    if latest_only:
        question = Question(question.rows, question.columns, {**question.only, YEAR: years})
    table = tabulate(facts, question, shown, values[REGION], whole)
    breaks = tuple(
        each for each in subject.breaks if any(int(year) >= each.from_year for year in years) and len(years) > 1
    )
    return Answer(asked, table, years, latest_only, breaks, printed_totals(subject, asked.agreement, years), sees_all)


@dataclass(frozen=True)
class Row:
    """One cell with its place: as it is downloaded, printed by the command line, and answered by the API."""

    place: Mapping[str, str]
    cell: Cell


def long(answer: Answer) -> list[Row]:
    """Every cell of the table, one a row, without the totals."""
    table, by = answer.table, answer.asked.question.by
    return [
        Row(dict(zip(by, (*row, *column), strict=True)), table.cells[row, column])
        for row in table.row_keys
        for column in table.column_keys
    ]


def as_values(answer: Answer, language: str = "sv") -> dict[str, Any]:
    """The answer as plain values for JSON: codes, with their labels in a language beside them."""
    asked, table = answer.asked, answer.table
    names = region_names()
    labels: dict[str, dict[str, str]] = {each: {} for each in asked.question.by}
    rows = []
    for row in long(answer):
        for each, value in row.place.items():
            if value not in labels[each]:
                labels[each][value] = label(asked.subject, each, value, language, names)
        rows.append({"at": dict(row.place), **cell_values(row.cell)})
    return {
        "id": asked.subject.id,
        "title": asked.subject.title(language),
        "meaning": asked.subject.meaning(language),
        "by": list(asked.question.by),
        "only": {each: list(values) for each, values in asked.question.only.items()},
        "agreement": asked.agreement or None,
        "years": [int(year) for year in answer.years],
        "latest_year_only": answer.latest_only,
        "labels": labels,
        "rows": rows,
        "total": None if asked.subject.apart & set(asked.question.by) else cell_values(table.total),
        "printed": dict(answer.printed) if not asked.question.only else {},
        "breaks": [
            {"from": each.from_year, "how": said(each, "how", language), "comparable": each.comparable}
            for each in answer.breaks
        ],
    }


def cell_values(cell: Cell) -> dict[str, Any]:
    return {
        "number": cell.number,
        "status": cell.status,
        "certainty": cell.certainty or None,
        "partial": cell.partial,
        "reported": cell.reported,
        "asked": cell.asked,
        "sources": sorted(cell.sources),
    }
