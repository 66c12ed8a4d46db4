# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What regions are compared by: their population, how many measures they reported, counts per 100 000 inhabitants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreements_of
from overens.followup import exploring, fact_subjects
from overens.followup.fact_subjects import COUNT, MEASURES
from overens.rules import series
from overens.rules.followup.facts_table import REGION, YEAR
from overens.rules.followup.similarity import Neighbour, neighbours

PER = 100_000
POPULATION = "population"


@dataclass(frozen=True)
class Traits:
    """``values`` by region and trait. ``years``: which year each trait is of; the last one with facts of it."""

    values: Mapping[str, Mapping[str, float | None]]
    years: Mapping[str, str]


def traits() -> Traits:
    """The traits of every region: population, measures, and counts of persons per 100 000 inhabitants."""
    persons = populations()
    names = fact_subjects.region_names()
    values: dict[str, dict[str, float | None]] = {code: {POPULATION: persons.get(code)} for code in names}
    years = {}
    for subject in fact_subjects.subjects().values():
        if subject.kind not in (COUNT, MEASURES):
            continue
        known = fact_subjects.values_of(subject)[YEAR]
        if not known:
            continue
        years[subject.id] = known[-1]
        answer = exploring.answer(exploring.ask(subject, [REGION], (), {YEAR: known[-1:]}))
        for code, own in values.items():
            cell = answer.table.cells.get(((code,), ()))
            number = cell.number if cell is not None and not cell.partial else None
            if number is not None and subject.kind == COUNT:
                own[subject.id] = number * PER / persons[code] if persons.get(code) else None
            else:
                own[subject.id] = number
    return Traits(values, years)


def similar_to(code: str, found: Traits) -> list[Neighbour]:
    """The other regions, the most alike first."""
    return neighbours(code, found.values)


def populations() -> dict[str, int]:
    """Persons by region's code: as the newest stored agreement weighs by them, else as the fullest shipped series."""
    codes: Sequence[str] = list(AgreementVersion.objects.order_by().values_list("code", flat=True).distinct())
    stored = sorted(agreements_of(codes).values(), key=lambda each: each.period.first_day, reverse=True)
    for agreement in stored:
        for pot in agreement.pots:
            if pot.by_population:
                recipients = agreement.group(pot.recipients).recipients
                weights = {each.organisation: each.weight for each in recipients}
                return {code: weight for code, weight in weights.items() if isinstance(weight, int) and weight}
    fullest = max(series.shipped().values(), key=lambda each: len(each.persons), default=None)
    return {code: persons for code, persons in fullest.persons.items() if code != series.COUNTRY} if fullest else {}
