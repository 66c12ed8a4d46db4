# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The question that stands in an address, and the choices of the form that changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from overens.desks.saying import language
from overens.followup import exploring, fact_subjects
from overens.followup.exploring import Asked
from overens.rules.findings import refuse, word
from overens.rules.followup.facts_table import REGION, YEAR

WHAT, ROWS, COLUMNS, AGREEMENT = "vad", "rader", "kolumner", "overenskommelse"
FIRST = "training-posts"
# How a subject is shown where nothing else is asked for.
DEFAULTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    fact_subjects.COUNT: ((REGION,), (YEAR,)),
    fact_subjects.MEASURES: (("area",), ("status",)),
    fact_subjects.MATURITY: (("element",), ("level",)),
    fact_subjects.INTRODUCTIONS: ((YEAR,), ("offered",)),
    fact_subjects.CHOICE: ((REGION,), ("choice",)),
}


def read(query: QueryDict) -> Asked:
    """Raises Refused for what cannot be asked."""
    subject = fact_subjects.subject(query.get(WHAT) or FIRST)
    rows: Sequence[str] = _listed(query, ROWS)
    columns: Sequence[str] = _listed(query, COLUMNS)
    if not rows and not columns:
        rows, columns = DEFAULTS.get(subject.kind, ((REGION,), (YEAR,)))
    # A dimension that the subject before had is dropped, not refused: the form changes both at once.
    known = {each for other in fact_subjects.subjects().values() for each in other.dimensions}
    foreign = known - set(subject.dimensions)
    rows, columns = ([each for each in some if each not in foreign] for some in (rows, columns))
    if not rows:
        rows, columns = columns, ()
    if not rows:
        rows = [REGION]
    only = {each: query.getlist(each) for each in subject.dimensions if any(query.getlist(each))}
    return exploring.ask(subject, rows, columns, only, query.get(AGREEMENT, ""))


def _listed(query: QueryDict, name: str) -> list[str]:
    found = [part for value in query.getlist(name) for part in value.split(",") if part]
    if len(found) > 3:
        refuse("facts-unknown-dimension", name, dimension=", ".join(found)[:60], near=found[0][:60], known=found[:3])
    return found


def address(subject: str, rows: Sequence[str], columns: Sequence[str] = (), **only: Iterable[str]) -> str:
    """The address of a table."""
    query: list[tuple[str, str]] = [
        (WHAT, subject),
        *((ROWS, each) for each in rows),
        *((COLUMNS, each) for each in columns),
    ]
    query += [(name, value) for name, values in only.items() for value in values]
    return f"{reverse('facts-table')}?{urlencode(query)}"


@dataclass(frozen=True)
class Filter:
    """The values of a dimension to tick; ``open`` where some are."""

    name: str
    label: str
    options: Sequence[tuple[str, str, bool]]

    @property
    def ticked(self) -> int:
        return sum(ticked for _value, _label, ticked in self.options)


def form_of(asked: Asked) -> dict[str, Any]:
    """What components of the form show: subjects, dimensions for rows and columns, and values to narrow by."""
    subject, question = asked.subject, asked.question
    said = language()
    values = asked.values
    names = fact_subjects.region_names()
    dimensions = [(each, word(f"facts-dimension-{each}", said).capitalize()) for each in subject.dimensions]
    nothing = ("", "–")

    def at(chosen: Sequence[str], number: int) -> str:
        return chosen[number] if number < len(chosen) else ""

    return {
        "subjects": [(each.id, each.title(said)) for each in fact_subjects.subjects().values()],
        "subject": subject.id,
        "rows": [(at(question.rows, 0), dimensions), (at(question.rows, 1), [nothing, *dimensions])],
        "columns": [(at(question.columns, number), [nothing, *dimensions]) for number in (0, 1)],
        "filters": [
            Filter(
                each,
                word(f"facts-dimension-{each}", said).capitalize(),
                [
                    (
                        value,
                        fact_subjects.label(subject, each, value, said, names),
                        value in question.only.get(each, ()),
                    )
                    for value in values[each]
                ],
            )
            for each in subject.dimensions
            if len(values[each]) > 1 or each in question.only
        ],
        "agreement": asked.agreement,
    }


def title_of(asked: Asked) -> str:
    """ "Sjuksköterskor som har påbörjat en utbildningstjänst, efter region och år"."""
    said = language()
    by = [word(f"facts-dimension-{each}", said) for each in asked.question.by]
    joined = " ".join((", ".join(by[:-1]), word("facts-and", said), by[-1])) if len(by) > 1 else "".join(by)
    return f"{asked.subject.title(said)}, {word('facts-by', said)} {joined}"
