# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``introduction/<offered>``: how many regions offer introduction to ``all`` new graduates, ``some`` or ``none``.

Of 2017 it is what the report prints (pp. 27-28 and figure 4); of later years what the regions have handed in. A region
with several programmes counts once, under the widest; one whose programme says nothing of it is under ``unstated``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overens.editions.values import facts, printed
from overens.editions.values.asking import Bindable, check, said, unknown
from overens.editions.values.assigned import added
from overens.editions.values.register import Register
from overens.followup import fact_subjects
from overens.followup.fact_subjects import INTRODUCTIONS
from overens.rules.edition.keys import Question
from overens.rules.edition.values import Definition, Value
from overens.rules.followup.facts_table import NOT_REPORTED, NUMBER, REGION, YEAR, Cell

FAMILY = "introduction"
ALL, SOME, NONE, UNSTATED = "all", "some", "none", "unstated"
OFFERED = (ALL, SOME, NONE, UNSTATED)


def value(register: Register, question: Question) -> Value:
    """``introduction/all,year=2019``. Raises Refused as :mod:`overens.editions.values.asking`."""
    if question.subject not in OFFERED:
        unknown(question, OFFERED)
    check(question, {YEAR: years(register)})
    year = question.at.get(YEAR, str(register.about.year))
    title = said(register, f"edition-introduction-{question.subject}")
    definition = Definition(
        id=f"{FAMILY}/{question.subject}", title=title, text=said(register, "edition-introduction-meaning", what=title)
    )
    told = Value(key=str(question), title=title, definition=register.define(definition), unit="regions", number=0)
    if year == str(printed.YEAR):
        if question.subject == UNSTATED:
            return told.model_copy(update={"of": printed.ASKED})
        stated = register.value(f"{printed.STATED}/introduction-{question.subject}")
        return stated.model_copy(update={"key": told.key, "title": title, "definition": told.definition})
    answer = facts.answered(register, INTRODUCTIONS, (REGION,), ("offered",), {YEAR: [year]})
    cells = {key[0]: cell for key, cell in answer.table.row_totals.items()}
    here = {code: cell for code, cell in cells.items() if _offers(answer.table.cells, code, cell) == question.subject}
    known = any(cell.number is not None for cell in cells.values())
    found = facts.of_cell(register, question, answer, added(list(here.values())))
    return told.model_copy(
        update={
            "number": len(here) if known else None,
            "status": NUMBER if known else NOT_REPORTED,
            "partial": known and any(cell.number is None for cell in cells.values()),
            "of": len(cells),
            "regions": tuple(sorted(here)),
            "certainty": found.certainty,
            "sources": found.sources,
        }
    )


def years(register: Register) -> tuple[str, ...]:
    """Of which years something is known."""
    subject = facts.subject_of(register, INTRODUCTIONS)
    told = register.once((FAMILY, YEAR), lambda: fact_subjects.values_of(subject)[YEAR])
    return tuple(sorted({str(printed.YEAR), *told}))


def _offers(cells: Mapping[tuple[tuple[str, ...], tuple[str, ...]], Cell], code: str, total: Cell) -> str:
    """What a region offers; empty where it has not reported."""
    if total.number is None:
        return ""
    for offered in (ALL, SOME):
        if (cell := cells.get(((code,), (offered,)))) and cell.number:
            return offered
    return UNSTATED if total.number else NONE


def known(register: Register) -> Iterator[Bindable]:
    for offered in OFFERED:
        yield Bindable(FAMILY, offered, said(register, f"edition-introduction-{offered}"), {YEAR: years(register)})
