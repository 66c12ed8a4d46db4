# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``rate/<subject>``: a count per 100 000 inhabitants, with what chance alone may do to it.

Inhabitants are those that the agreement shares its money by: the agreement of the edition whose period the year falls
in, or the nearest. That they are not of the same year as the count is said in the definition.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from overens.agreements.reading import agreements_of
from overens.editions.values import facts
from overens.editions.values.asking import Bindable, check, said
from overens.editions.values.register import Register
from overens.followup import fact_subjects
from overens.followup.fact_subjects import Subject
from overens.rules import reading
from overens.rules.agreement import Agreement
from overens.rules.edition import rates
from overens.rules.edition.keys import Question
from overens.rules.edition.values import Definition, Source, Value
from overens.rules.findings import refuse
from overens.rules.followup.facts_table import REGION, YEAR, Cell

FAMILY = "rate"
UNIT = "per-100000"


@dataclass(frozen=True)
class Basis:
    """Inhabitants by region, and which agreement they are from. ``total`` is of them all."""

    agreement: str
    source: Source
    persons: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.persons.values())


def value(register: Register, question: Question) -> Value:
    """``rate/training-posts,region=12,year=2017``; without a region of them all, without a year of the edition's.

    Raises Refused: ``rate-not-a-count``, ``rate-no-inhabitants``, and what ``number/`` does.
    """
    subject = facts.subject_of(register, question.subject)
    if subject.count is None:
        refuse("rate-not-a-count", "key", subject=subject.id)
    check(question, {REGION: _known(register, subject)[REGION], YEAR: _years(register, subject)})
    year = question.at.get(YEAR, str(register.about.year))
    of = counted(register, subject.id, year, question.at.get(REGION, ""))
    basis = basis_of(register, int(year))
    persons = basis.persons.get(question.at[REGION]) if REGION in question.at else basis.total
    if not persons:
        refuse("rate-no-inhabitants", "key", region=question.at.get(REGION, ""), agreement=basis.agreement)
    found = rates.rate(of.number, persons) if of.number is not None else None
    return of.model_copy(
        update={
            "key": str(question.where(**{YEAR: year})),
            "title": said(register, "edition-rate-title", what=of.title),
            "unit": UNIT,
            "number": None,
            "exact": rates.written(found.value) if found else "",
            "low": rates.written(found.low) if found else "",
            "high": rates.written(found.high) if found else "",
            "sources": (*of.sources, register.source(basis.source)),
            "definition": register.define(_definition(register, of, subject)),
            "printed": None,
        }
    )


def counted(register: Register, subject: str, year: str, region: str = "") -> Value:
    """The count behind a rate, as ``number/`` has it; of regions every one and every year from one question.

    Of a year of the edition's that nothing is told of, it is not reported.
    """
    answer = facts.answered(register, subject, (REGION,), (YEAR,), {})
    question = Question(facts.FAMILY, subject, {REGION: region, YEAR: year} if region else {YEAR: year})
    if year in _known(register, answer.asked.subject)[YEAR]:
        cell = answer.table.cells.get(((region,), (year,)))
        return register.put(facts.of_cell(register, question, answer, cell)) if cell else register.value(question)
    if year not in _years(register, answer.asked.subject):
        return register.value(question)
    return register.put(facts.of_cell(register, question, answer, Cell(not_reported=1)))


def _known(register: Register, subject: Subject) -> dict[str, tuple[str, ...]]:
    return register.once((FAMILY, subject.id), lambda: fact_subjects.values_of(subject))


def _years(register: Register, subject: Subject) -> list[str]:
    """Those that something is told of, and those that the edition is about."""
    return sorted({*_known(register, subject)[YEAR], *(str(year) for year in register.about.years)})


def basis_of(register: Register, year: int) -> Basis:
    """Whom a rate of a year is counted among. Raises Refused: ``rate-no-basis``."""
    by_period = [(_days_from(each, year), each) for each in _agreements(register) if _persons(each)]
    if not by_period:
        refuse("rate-no-basis", "key", agreements=list(register.about.agreements))
    agreement = min(by_period, key=lambda each: (each[0], each[1].id))[1]
    title = said(register, "edition-rate-population", agreement=agreement.id.replace("-", "–"))
    source = Source(
        id=f"population-of-{agreement.id}",
        kind="population",
        title=title,
        citation=str(agreement.population.source) if agreement.population else "",
    )
    return Basis(agreement.id, source, _persons(agreement))


def known(register: Register) -> Iterator[Bindable]:
    for bindable in facts.known(register):
        if facts.subject_of(register, bindable.subject).count is not None:
            at = {name: values for name, values in bindable.dimensions.items() if name in (REGION, YEAR)}
            title = said(register, "edition-rate-title", what=bindable.title)
            yield Bindable(FAMILY, bindable.subject, title, at)


def _agreements(register: Register) -> list[Agreement]:
    def found() -> list[Agreement]:
        codes = register.about.agreements
        stored = agreements_of(codes)
        shipped = {
            code: reading.shipped(code) for code in codes if code not in stored and code in reading.shipped_ids()
        }
        return [*stored.values(), *shipped.values()]

    return register.once((FAMILY, "agreements"), found)


def _persons(agreement: Agreement) -> dict[str, int]:
    """The weights of those whom the annex shares the money between by population."""
    line = agreement.annex.line if agreement.annex else ""
    pot = next((each for each in agreement.pots if each.line == line and each.key == "population-share"), None)
    group = next((each for each in agreement.groups if pot and each.id == pot.recipients), None)
    return {each.organisation: int(each.weight) for each in group.recipients if each.weight} if group else {}


def _days_from(agreement: Agreement, year: int) -> int:
    """How far a year is from the period of an agreement; 0 within it."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    period = agreement.period
    return max((period.first_day - last).days, (first - period.last_day).days, 0)


def _definition(register: Register, of: Value, subject: Subject) -> Definition:
    counted = facts.defined(subject, register.about.language)
    text = said(register, "edition-rate-meaning", meaning=counted.text)
    return Definition(
        id=f"{FAMILY}/{subject.id}",
        title=said(register, "edition-rate-title", what=of.title),
        text=text,
        breaks=counted.breaks,
    )
