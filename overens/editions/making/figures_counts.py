# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures of counts over the years: what was begun and supported, how support turns into posts, series with breaks."""

from __future__ import annotations

from collections.abc import Mapping

from overens.editions.making.common import called, chosen, say, years_of
from overens.editions.making.figures_common import breaks, course, data, figure, is_partial, number_of, point, year_of
from overens.editions.values import assigned, facts
from overens.editions.values.asking import names as region_names
from overens.editions.values.rates import counted
from overens.editions.values.register import Register
from overens.rules.edition import numerals
from overens.rules.edition.charts import Bar, Bars, Lines, Point, Series
from overens.rules.edition.document import Block
from overens.rules.edition.values import Value
from overens.rules.followup.facts_table import YEAR

POSTS, PAY = "training-posts", "study-pay"
NATION, REGIONS = "nation", "region"


def posts_and_pay(register: Register, said: Mapping[str, str]) -> tuple[Block, ...]:
    """How many began a post and how many were given study pay, by year: what is tied to a region, and the rest."""
    years = _told(register, said)
    rows, values, behind, seen = [], [], [], []
    for subject in (POSTS, PAY):
        name = _short(register, subject)
        totals = [(str(year), counted(register, subject, str(year))) for year in years]
        for year, total in totals:
            is_told = number_of(total) is not None
            tied = register.value(f"{assigned.FAMILY}/{subject},{YEAR}={year}") if is_told else total
            label = f"{name} {year}"
            rest = (number_of(total) or 0) - (number_of(tied) or 0)
            left = Point(key=total.key, number=rest) if is_told else point(register, total)
            # What is tied to a region is all that is tied: whether anything is missing is said of the sum.
            known = point(register, tied).model_copy(update={"partial": is_partial(total)})
            rows.append(Bar(label=label, points=(known, left)))
            behind.append((label, (total, tied)))
            values.append((f"{name.lower()} {year}", total))
        seen.append(course(register, name, totals))
    series = (called(register, "edition-tied"), called(register, "edition-not-tied"))
    chart = Bars(series=series, rows=tuple(rows), way="stacked", unit=say(register, "edition-unit-persons"))
    columns = (numerals.capital(say(register, "edition-total")), numerals.capital(series[0]))
    table = data(register, say(register, "edition-what"), columns, behind)
    caption = say(register, "edition-caption-posts-and-pay", years=numerals.years(years))
    return (figure(register, "posts-and-pay", caption, seen, chart, table, values),)


def transition(register: Register, said: Mapping[str, str]) -> tuple[Block, ...]:
    """Of those who trained with kept pay, how many had a training post: the country by year, or each region in one."""
    by = chosen(said, "by", (NATION, REGIONS), NATION)
    names = (_short(register, POSTS), _short(register, PAY))
    pairs: list[tuple[str, tuple[Value, Value]]] = []
    if by == NATION:
        years = _told(register, said)
        first, about = say(register, "edition-year"), numerals.years(years)
        pairs = [
            (str(year), (counted(register, POSTS, str(year)), counted(register, PAY, str(year)))) for year in years
        ]
    else:
        asked = year_of(register, said)
        first, about = called(register, "edition-region"), str(asked)
        for code, name in region_names(register).items():
            pair = (counted(register, POSTS, str(asked), code), counted(register, PAY, str(asked), code))
            pairs.append((name, pair))
    rows = tuple(Bar(label=label, points=tuple(point(register, each) for each in pair)) for label, pair in pairs)
    seen = [
        say(
            register,
            "edition-seen-share",
            name=label,
            share=f"{100 * posts / (posts + pay):.0f}",
            what=names[0].lower(),
        )
        for label, pair in pairs
        if (posts := number_of(pair[0])) is not None and (pay := number_of(pair[1])) is not None and posts + pay
    ]
    chart = Bars(series=names, rows=rows, way="shares", unit=say(register, "edition-unit-share"))
    values = [
        (f"{label} ({name.lower()})", each) for label, pair in pairs for name, each in zip(names, pair, strict=True)
    ]
    caption = say(register, f"edition-caption-transition-{by}", about=about)
    table = data(register, first, names, pairs)
    note = say(register, "edition-note-transition")
    return (figure(register, f"transition-{by}", caption, seen, chart, table, values, [note]),)


def trend(register: Register, said: Mapping[str, str]) -> tuple[Block, ...]:
    """Counts of the whole country as lines over the years, over agreements; where a definition changes, a break."""
    subjects = [said["subject"]] if "subject" in said else [POSTS, PAY]
    every = _told(register, said)
    years = tuple(range(every[0], every[-1] + 1))
    series, values, rows, seen = [], [], [], []
    for subject in subjects:
        name = _short(register, subject)
        told = [(str(year), counted(register, subject, str(year))) for year in years]
        series.append(Series(name=name, points=tuple(point(register, value) for _year, value in told)))
        rows.append((name, [value for _year, value in told]))
        values += [(f"{name.lower()} {year}", value) for year, value in told]
        seen.append(course(register, name, told))
    broken, notes = breaks(register, [value for _name, value in values], years)
    chart = Lines(
        years=tuple(str(year) for year in years),
        series=tuple(series),
        breaks=broken,
        unit=say(register, "edition-unit-persons"),
    )
    caption = say(register, "edition-caption-trend", what=_joined(register, subjects), years=numerals.years(years))
    table = data(register, say(register, "edition-what"), [str(year) for year in years], rows)
    return (figure(register, f"trend-{'-'.join(subjects)}", caption, seen, chart, table, values, notes),)


def _told(register: Register, said: Mapping[str, str]) -> tuple[int, ...]:
    """The years asked for, or all that the edition's series tell of."""
    return years_of(register, said, register.about.years)


def _short(register: Register, subject: str) -> str:
    """The name of a count where room is short, if it has one."""
    code = f"edition-short-{subject}"
    short = say(register, code)
    return short if short != code else facts.subject_of(register, subject).title(register.about.language)


def _joined(register: Register, subjects: list[str]) -> str:
    names = [_short(register, each) for each in subjects]
    return f" {say(register, 'facts-and')} ".join([names[0], *(each[:1].lower() + each[1:] for each in names[1:])])
