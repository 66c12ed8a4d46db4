# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``assigned/<subject>``: what of a count can be tied to a region, beside a total that has more in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from overens.editions.values import facts
from overens.editions.values.asking import Bindable, said
from overens.editions.values.register import Register
from overens.followup import fact_subjects
from overens.rules.edition.keys import Question
from overens.rules.edition.values import Value
from overens.rules.followup.facts_table import CERTAINTIES, LOST, REGION, UNASSIGNED, YEAR, Cell

FAMILY = "assigned"


def value(register: Register, question: Question) -> Value:
    """``assigned/study-pay,year=2017``. Without a year: the edition's. Raises Refused as ``number/`` does."""
    question = question.where(**{YEAR: question.at.get(YEAR, str(register.about.year))})
    only = {name: [value] for name, value in question.at.items()}
    answer = facts.answered(register, question.subject, (REGION,), (), only)
    cells = [cell for key, cell in answer.table.row_totals.items() if key[0] not in (UNASSIGNED, LOST)]
    return facts.of_cell(register, question, answer, added(cells))


def added(cells: list[Cell]) -> Cell:
    """Cells of different regions as one."""
    numbers = [cell.number for cell in cells if cell.number is not None]
    counts = {
        each.name: sum(getattr(cell, each.name) for cell in cells)
        for each in fields(Cell)
        if each.name not in ("number", "certainty", "sources")
    }
    return Cell(
        number=sum(numbers) if numbers else None,
        certainty=max((cell.certainty for cell in cells if cell.certainty), key=CERTAINTIES.index, default=""),
        sources=frozenset().union(*(cell.sources for cell in cells)),
        **counts,
    )


def known(register: Register) -> Iterator[Bindable]:
    for subject in fact_subjects.subjects().values():
        if subject.count is not None:
            title = said(register, "edition-assigned-title", what=subject.title(register.about.language))
            yield Bindable(FAMILY, subject.id, title, {YEAR: fact_subjects.values_of(subject)[YEAR]})
