# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``population/total``: inhabitants by county, of the series that an agreement shares out by, or of a stored series.

``date`` or ``year`` choose the series; without them it is the last one before the end of the edition's year. An
agreement's weights are its series (Bilaga 1 of 2019: Statistics Sweden's of 31 December 2018), so that they fill in the
counties that a stored series leaves out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from overens.agreements.models import PopulationSeries
from overens.editions.values.asking import Bindable, check, said, unknown
from overens.editions.values.money import agreement_source, region_of, versions
from overens.editions.values.register import Register
from overens.rules.edition.keys import Question
from overens.rules.edition.values import NUMBER, Definition, Source, Value
from overens.rules.findings import refuse
from overens.rules.followup.facts_table import NOT_REPORTED
from overens.rules.series import COUNTRY

FAMILY, TOTAL = "population", "total"


@dataclass(frozen=True)
class Population:
    """Persons by county code, ``00`` the country, at a date."""

    title: str
    persons: Mapping[str, int]
    sources: tuple[Source, ...]


def value(register: Register, question: Question) -> Value:
    """``population/total,region=23,year=2018``. Raises Refused: ``value-no-population``, and as
    :mod:`overens.editions.values.asking`.
    """
    if question.subject != TOTAL:
        unknown(question, (TOTAL,))
    check(question, _dimensions(register))
    day = _day(register, question)
    region = {"region": question.at["region"]} if "region" in question.at else {}
    question = Question(FAMILY, TOTAL, {"date": day.isoformat(), **region})
    found = populations(register)[day]
    persons = found.persons.get(question.at.get("region", COUNTRY))
    title = said(register, "edition-values-population", day=day.isoformat())
    return Value(
        key=str(question),
        title=title,
        unit="inhabitants",
        number=persons,
        status=NUMBER if persons is not None else NOT_REPORTED,
        regions=region_of(question),
        sources=tuple(register.source(each) for each in found.sources),
        definition=register.define(Definition(id=f"{FAMILY}/{day.isoformat()}", title=title, text=found.title)),
    )


def populations(register: Register) -> dict[dt.date, Population]:
    """What is known, by date, found once."""
    return register.once(FAMILY, lambda: _found(register))


def day_for(register: Register, year: int) -> dt.date | None:
    """The date of the last series before the end of a year; the first one where all are later; None without any."""
    days = sorted(populations(register))
    before = [day for day in days if day <= dt.date(year, 12, 31)]
    return before[-1] if before else next(iter(days), None)


def parts_of(register: Register, question: Question) -> list[str]:
    """The counties that a country's figure has."""
    return sorted(set(populations(register)[_day(register, question)].persons) - {COUNTRY})


def known(register: Register) -> Iterator[Bindable]:
    if populations(register):
        dimensions = {name: tuple(values) for name, values in _dimensions(register).items()}
        yield Bindable(FAMILY, TOTAL, said(register, "edition-values-inhabitants"), dimensions)


def _found(register: Register) -> dict[dt.date, Population]:
    persons: dict[dt.date, dict[str, int]] = {}
    sources: dict[dt.date, list[Source]] = {}
    titles: dict[dt.date, str] = {}
    series = {each.code: each for each in PopulationSeries.objects.prefetch_related("values")}
    for version, agreement in versions(register).values():
        basis = series.get(agreement.population.series) if agreement.population else None
        if basis is None:
            continue
        weights = {
            recipient.code: int(recipient.weight)
            for recipient in agreement.group(agreement.lines[0].recipients).recipients
            if recipient.weight is not None
        }
        persons.setdefault(basis.reference_date, {}).update(weights | {COUNTRY: sum(weights.values())})
        sources.setdefault(basis.reference_date, []).append(agreement_source(version, agreement))
    for each in series.values():
        day = each.reference_date
        persons.setdefault(day, {}).update({value.county: value.persons for value in each.values.all()})
        sources.setdefault(day, []).append(_source(each))
        titles[day] = f"{each.title}. {each.note}"
    return {day: Population(titles[day], persons[day], tuple(sources[day])) for day in titles}


def _source(series: PopulationSeries) -> Source:
    return Source(
        id=f"population-{series.code}",
        kind="population",
        title=series.title,
        at=series.reference_date.isoformat(),
        citation=series.source,
    )


def _day(register: Register, question: Question) -> dt.date:
    if "date" in question.at:
        return dt.date.fromisoformat(question.at["date"])
    day = day_for(register, int(question.at.get("year", register.about.year)))
    if day is None:
        refuse("value-no-population", "key")
    return day


def _dimensions(register: Register) -> dict[str, list[str]]:
    days = sorted(populations(register))
    counties = {county for each in populations(register).values() for county in each.persons} - {COUNTRY}
    years = {register.about.year, *register.about.years, *(day.year for day in days)}
    return {
        "region": sorted(counties),
        "date": [day.isoformat() for day in days],
        "year": [str(year) for year in sorted(years)],
    }
