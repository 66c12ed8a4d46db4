# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures of regions beside each other, per 100 000 inhabitants: a map, intervals, paths over the years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from overens.editions.making.common import called, chosen, say, years_of
from overens.editions.making.figures_common import Named, breaks, data, figure, number_of, point, spread, year_of
from overens.editions.values import facts, rates
from overens.editions.values.asking import names as region_names
from overens.editions.values.register import Register
from overens.rules.edition import classes, numerals
from overens.rules.edition.charts import Bar, Intervals, Map, Multiples, Panel, Region, Series
from overens.rules.edition.document import Block
from overens.rules.edition.rates import differ
from overens.rules.edition.values import Value
from overens.rules.followup.facts_table import REGION, YEAR

POSTS = "training-posts"
RATE, COUNT = "rate", "count"


def county_map(register: Register, said: Mapping[str, str]) -> tuple[Block, ...]:
    """The regions' rates of a year on a map. The classes are of all the edition's years."""
    subject, year = said.get("subject", POSTS), year_of(register, said)
    found = _rates(register, subject, year)
    every = [number_of(each) for one in register.about.years for each in _rates(register, subject, one).values()]
    limits = classes.limits(each for each in every if each is not None)
    names = region_names(register)
    regions = tuple(Region(code=code, name=names[code], point=point(register, value)) for code, value in found.items())
    values = [(names[code], value) for code, value in found.items()]
    notes = [
        say(register, "edition-note-classes", years=numerals.years(register.about.years)),
        say(register, "edition-note-intervals"),
        *_among(register, found.values()),
    ]
    unsure = [each.name for each in regions if each.point.low is not None and each.point.high is not None
              and classes.uncertain(each.point.low, each.point.high, limits)]  # fmt: skip
    if unsure:
        notes.append(say(register, "edition-note-unsure", names=unsure))
    table = data(register, called(register, "edition-region"), [str(year)], [(name, [each]) for name, each in values])
    chart = Map(regions=regions, limits=limits, unit=_unit(register))
    return (
        figure(
            register, f"map-{subject}-{year}", _caption(register, subject, str(year)), [spread(register, values)],
            chart, table, values, notes,
        ),
    )  # fmt: skip


def intervals(register: Register, said: Mapping[str, str]) -> tuple[Block, ...]:
    """The regions' rates of a year, highest first, with the interval of each and the country's rate."""
    subject, year = said.get("subject", POSTS), year_of(register, said)
    found, names = _rates(register, subject, year), region_names(register)
    country = _rate(register, subject, year)
    values = [(names[code], value) for code, value in found.items()]
    values.sort(key=lambda each: -(number if (number := number_of(each[1])) is not None else -1))
    apart = [names[code] for code in found if _is_apart(register, subject, year, code)]
    whole = say(register, "edition-country")
    chart = Intervals(
        series=(str(year),),
        rows=tuple(Bar(label=name, points=(point(register, value),)) for name, value in values),
        reference=number_of(country),
        reference_name=whole,
        unit=_unit(register),
    )
    told = say(register, "edition-seen-apart", names=apart) if apart else say(register, "edition-seen-none-apart")
    behind = [*((name, [value]) for name, value in values), (whole, [country])]
    return (
        figure(
            register, f"rates-{subject}-{year}", _caption(register, subject, str(year)),
            [spread(register, values), told], chart,
            data(register, called(register, "edition-region"), [str(year)], behind), [*values, (whole, country)],
            [told, say(register, "edition-note-intervals"), *_among(register, found.values())],
        ),
    )  # fmt: skip


def paths(register: Register, said: Mapping[str, str]) -> tuple[Block, ...]:
    """Each region's way over the years as a small picture, all on one scale."""
    subject = said.get("subject", POSTS)
    of = chosen(said, "of", (RATE, COUNT), RATE)
    every = years_of(register, said, register.about.years)
    years = tuple(range(every[0], every[-1] + 1))
    ask = _rate if of == RATE else _count
    names = region_names(register)
    found = {code: [ask(register, subject, year, code) for year in years] for code in names}
    values: list[Named] = [
        (f"{names[code]} ({year})", value)
        for code, told in found.items()
        for year, value in zip(years, told, strict=True)
    ]
    broken, notes = breaks(register, [value for _name, value in values], years)
    title = facts.subject_of(register, subject).title(register.about.language)
    chart = Multiples(
        years=tuple(str(year) for year in years),
        panels=tuple(
            Panel(title=names[code], series=(Series(name=title, points=tuple(point(register, each) for each in told)),))
            for code, told in found.items()
        ),
        breaks=broken,
        unit=_unit(register) if of == RATE else say(register, "edition-unit-persons"),
    )
    seen = _moved(register, subject, years, found)
    caption = (
        _caption(register, subject, numerals.years(years))
        if of == RATE
        else say(register, "edition-caption-count", what=title, years=numerals.years(years))
    )
    table = data(
        register, called(register, "edition-region"), [str(year) for year in years],
        [(names[code], told) for code, told in found.items()],
    )  # fmt: skip
    if of == RATE:
        notes += [*seen, *_among(register, [value for _name, value in values])]
    return (figure(register, f"paths-{subject}", caption, seen, chart, table, values, notes),)


def _moved(register: Register, subject: str, years: Sequence[int], found: Mapping[str, Sequence[Value]]) -> list[str]:
    """How many rose and fell between their first figure and their last, and for how many by more than chance."""
    rose, fell, beyond = 0, 0, []
    names = region_names(register)
    for code, told in found.items():
        known = [(year, number) for year, value in zip(years, told, strict=True)
                 if (number := number_of(value)) is not None]  # fmt: skip
        if len(known) < 2 or known[0][1] == known[-1][1]:
            continue
        up = known[-1][1] > known[0][1]
        rose, fell = rose + up, fell + (not up)
        if differ(_pair(register, subject, known[0][0], code), _pair(register, subject, known[-1][0], code)):
            beyond.append(names[code])
    sentences = [say(register, "edition-seen-moved", rose=rose, fell=fell)]
    if beyond:
        sentences.append(say(register, "edition-seen-beyond", names=beyond))
    return sentences


def _pair(register: Register, subject: str, year: int, code: str = "") -> tuple[int, int]:
    """A count and the inhabitants that it is among."""
    basis = rates.basis_of(register, year)
    number = rates.counted(register, subject, str(year), code).number or 0
    return number, basis.persons[code] if code else basis.total


def _is_apart(register: Register, subject: str, year: int, code: str) -> bool:
    """Whether a region's rate is further from that of all others together than chance would have it."""
    if rates.counted(register, subject, str(year), code).number is None:
        return False
    number, persons = _pair(register, subject, year, code)
    others = [each for each in region_names(register) if each != code]
    known = [each for each in others if rates.counted(register, subject, str(year), each).number is not None]
    pairs = [_pair(register, subject, year, each) for each in known]
    within = sum(each[1] for each in pairs)
    return bool(within) and differ((number, persons), (sum(each[0] for each in pairs), within))


def _rate(register: Register, subject: str, year: int, code: str = "") -> Value:
    where = f",{REGION}={code}" if code else ""
    return register.value(f"{rates.FAMILY}/{subject}{where},{YEAR}={year}")


def _count(register: Register, subject: str, year: int, code: str = "") -> Value:
    return rates.counted(register, subject, str(year), code)


def _rates(register: Register, subject: str, year: int) -> dict[str, Value]:
    return {code: _rate(register, subject, year, code) for code in region_names(register)}


def _unit(register: Register) -> str:
    return say(register, "edition-unit-rate")


def _caption(register: Register, subject: str, years: str) -> str:
    title = facts.subject_of(register, subject).title(register.about.language)
    return say(register, "edition-caption-rate", what=title, years=years)


def _among(register: Register, values: Iterable[Value]) -> list[str]:
    """Whom the rates are counted among."""
    sources = dict.fromkeys(id for value in values for id in value.sources if id.startswith("population-"))
    return [say(register, "edition-note-among", among=register.sources[id].title) for id in sources]
