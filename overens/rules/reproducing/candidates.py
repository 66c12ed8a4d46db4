# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an annex may have been computed from: populations by date and age, weights printed elsewhere, or equal parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from overens.rules import reading
from overens.rules.agreement import Agreement, said
from overens.rules.allocation import exact_number
from overens.rules.findings import Refused
from overens.rules.keys import Number
from overens.rules.reproducing.implied import Implied
from overens.rules.reproducing.names import levels
from overens.rules.reproducing.table import PrintedTable, read
from overens.rules.statistics import shipped as tables
from overens.rules.statistics.table import ALL, COUNTRY, Cell, StatisticsTable, span

EQUAL = "equal"
# Ages that money is shared out by; each is tried where the table's ages can be added up to it.
AGES = ((0, 17), (0, 19), (18, None), (20, 64), (65, None), (75, None), (80, None), (85, None))


@dataclass(frozen=True)
class Candidate:
    """``total``: of all recipients, where some have no weight here. ``time``: as the table says it, or empty."""

    id: str
    title: str
    title_en: str
    weights: Mapping[str, Number]
    time: str = ""
    ages: str = ""
    total: Number | None = None

    def said(self, language: str) -> str:
        title = self.title_en if language == "en" and self.title_en else self.title
        return ", ".join(part for part in (title, self.ages) if part)


def equal_parts(codes: Iterable[str]) -> Candidate:
    """The same to each."""
    return Candidate(EQUAL, "lika mycket till var och en", "the same to each", dict.fromkeys(codes, 1))


def of_tables(tables: Iterable[StatisticsTable]) -> Iterator[Candidate]:
    """Every time of each table, all ages and the usual groups of ages. Values that are not published are left out."""
    for table in tables:
        ages: dict[str, set[str]] = {}
        for column in table.columns:
            ages.setdefault(column.time, set()).add(column.age)
        for time, known in sorted(ages.items()):
            whole = [("", (ALL,))] if ALL in known else []
            for name, group in (*whole, *_groups(known - {ALL})):
                values = table.column(time, group)
                weights = {code: exact_number(value) for code, value in values.items() if value is not None}
                title, title_en = _dated(table.title, time, table), _dated(table.title_en, time, table)
                if any(weights.values()) and min(weights.values()) >= 0:
                    total = _country(table, time) if group == (ALL,) else None
                    yield Candidate(table.code, title, title_en, weights, time, name, total)


def _country(table: StatisticsTable, time: str) -> Number | None:
    cell = Cell(COUNTRY, time)
    value = table.values.get(cell)
    return None if value is None else exact_number(value)


def _dated(title: str, time: str, table: StatisticsTable) -> str:
    """As it stands within a sentence, with the time where the table has several."""
    within = title[:1].lower() + title[1:] if title[1:2].islower() else title
    return within if len(table.times) == 1 else f"{within} {time}"


def _groups(ages: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    known = sorted(((*span(age), age) for age in ages), key=lambda found: found[0])
    for first, last in AGES:
        inside = [
            (low, high, age) for low, high, age in known if low >= first and (last is None or (high or 10**3) <= last)
        ]
        follows = all(b[0] == (a[1] or 0) + 1 for a, b in pairwise(inside))
        ends = inside and inside[0][0] == first and inside[-1][1] == last
        if ends and follows:
            name = f"{first}–{last}" if last is not None else f"{first}+"
            yield name, tuple(age for _, _, age in inside)


def of_agreements(agreements: Iterable[Agreement]) -> Iterator[Candidate]:
    """The weights that stand in agreements, each set of them once."""
    for agreement in agreements:
        seen: list[dict[str, Number]] = []
        for pot in agreement.pots:
            if pot.basis:
                weights = {code: exact_number(value) for code, value in agreement.basis(pot.basis).by_code.items()}
                name = f"{agreement.id}:{pot.basis}"
            else:
                group = agreement.group(pot.recipients)
                weights = {r.code: exact_number(r.weight) for r in group.recipients if r.weight}
                name = f"{agreement.id}:{group.id}"
            if len(set(weights.values())) > 1 and weights not in seen:
                seen.append(weights)
                yield Candidate(
                    name, _in(agreement, "sv"), _in(agreement, "en"), weights, str(agreement.period.last_day.year)
                )


def _in(agreement: Agreement, language: str) -> str:
    title = said(agreement, "short_title", language)
    return f"weights in {title}" if language == "en" else f"vikterna i {title}"


@cache
def shipped() -> tuple[Candidate, ...]:
    """What comes with Överens: its tables of statistics, and the weights in its agreements."""
    ids = (*reading.shipped_ids(), *reading.printed_ids())
    return (*of_tables(tables.shipped().values()), *of_agreements(map(reading.shipped, ids)))


def from_csv(text: str, name: str) -> tuple[Candidate, ...]:
    """Every column of a file of weights. Refused where none can be read."""
    table, mistakes = read(text, levels())
    if table is None:
        raise Refused(*mistakes)
    columns = {column.heading: column.values for column in table.columns} | dict(table.weights)
    return tuple(
        Candidate(f"{name}:{heading}" if len(columns) > 1 else name, f"{name} {heading}", "", weights)
        for heading, weights in columns.items()
    )


def of_implied(found: Implied) -> Candidate:
    """What the amounts imply, to see how they were rounded."""
    weights = {code: weight.low for code, weight in found.weights.items()}
    return Candidate(
        "implied", "de heltal som beloppen förutsätter", "the whole numbers that the amounts imply", weights
    )


def of_table(printed: PrintedTable) -> Iterator[Candidate]:
    """The weights that the annex itself prints."""
    for heading, weights in printed.weights.items():
        titles = (f"tabellens egen kolumn ”{heading}”", f"the table's own column “{heading}”")
        yield Candidate(f"table:{heading}", *titles, weights)
