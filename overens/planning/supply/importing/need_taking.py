# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a grid and a mapping to a table of need: inhabitants by region, sex and age, uses of care by sex and age, or
minutes of an occupation for a use. One file is one of the three, as its column of figures says.

A kind of care or an occupation is never taken for another without being told, and no age is left without a figure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np

from overens.planning.supply.care import EVERYBODY, NeedData
from overens.planning.supply.importing import need_tables, words
from overens.planning.supply.importing.items import Key
from overens.planning.supply.importing.mapping import ColumnIs, Role, TableMapping, roles_twice
from overens.planning.supply.importing.need_tables import NeedTables, Part
from overens.planning.supply.importing.saying import Cell, Notes
from overens.planning.supply.importing.spreading import spread
from overens.planning.supply.importing.suggesting import is_headed
from overens.planning.supply.importing.taking import check_ages, without_printed
from overens.planning.supply.importing.words import EVERY_AGE, LEFT_OUT, TOTAL, Span
from overens.planning.supply.population import ALL_AGES
from overens.planning.supply.problem import SEXES, Floats, Occupation
from overens.rules.findings import Evidence, Finding, Where, error
from overens.rules.statistics.grid import Grid, GridRow

# Which column of figures makes a table which part.
FIGURES: Mapping[Role, Part] = {"inhabitants": "population", "uses": "use", "minutes": "minutes"}
# Nobody uses care more often than every day of a year; no occupation has more minutes for one use (assumed).
MOST_USES, MOST_MINUTES = 366, 10_000
# By what factor a figure may differ from what is used now before somebody says why; inhabitants by a share.
FAR, PEOPLE = 3.0, 0.1
# By role the words that its heading begins with.
HEADS: Mapping[Role, tuple[str, ...]] = {
    "care": ("vård", "vårdform", "vårdslag", "vårdkod", "care"),
    "inhabitants": ("folkmängd", "invånare", "befolkning", "antal", "personer", "population", "inhabitants", "value"),
    "uses": ("användning", "besök", "konsumtion", "uses", "use"),
    "minutes": ("minuter", "minutes"),
    "occupation": ("yrke", "yrkeskod", "occupation"),
}
REASONED = frozenset({"need-far", "need-people-far"})


@dataclass(frozen=True)
class TakenNeed:
    """``tables``: None where anything is wrong. ``values``: by role how many rows each value of the file has."""

    tables: NeedTables | None
    findings: tuple[Finding, ...]
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def suggested(
    grid: Grid, need: NeedData, occupations: Sequence[Occupation], kept: TableMapping | None = None
) -> TableMapping:
    """A first mapping. kept: how a table like it was read; what it says holds for what is here again."""
    before, taken, columns = {each.head: each for each in kept.columns} if kept else {}, set[Role](), []
    for head in grid.heads:
        found = before.get(head) or _column(head, taken)
        taken.add(found.role)
        columns.append(found)
    mapping = (kept or TableMapping()).model_copy(update={"columns": tuple(columns)})
    cares = {_plain(name): each.code for each in need.care for name in (each.title_en, each.title, each.code)}
    names = {_plain(name): each.code for each in occupations for name in (each.title_en, each.title, each.code)}
    parts: tuple[tuple[str, Role, dict[str, str]], ...] = (
        ("cares", "care", cares),
        ("occupations", "occupation", names),
    )
    for part, role, known in parts:
        sure = {text: known[_plain(text)] for text in values(grid, mapping, role) if _plain(text) in known}
        mapping = mapping.model_copy(update={part: sure | getattr(mapping, part)})
    return mapping


def _column(head: str, taken: Collection[Role]) -> ColumnIs:
    for role, begins in HEADS.items():
        if role not in taken and any(head.casefold().startswith(each) for each in begins):
            return ColumnIs(head=head, role=role)
    for other in ("age", "sex", "region", "year"):
        if other not in taken and is_headed(head, other):
            return ColumnIs(head=head, role=other)
    return ColumnIs(head=head, role="unused")


def values(grid: Grid, mapping: TableMapping, role: Role) -> tuple[str, ...]:
    """The different texts of the column of a role, as they come."""
    head = mapping.head(role)
    if head is None or head not in grid.heads:
        return ()
    at = grid.heads.index(head)
    return tuple(dict.fromkeys(text for row in grid.rows if (text := str(row.cells[at]).strip())))


def part_of(mapping: TableMapping) -> Part | None:
    """Which table a file is, None where that is not said, or said of several."""
    found = {FIGURES[each.role] for each in mapping.columns if each.role in FIGURES}
    return found.pop() if len(found) == 1 else None


def take(
    grid: Grid, mapping: TableMapping, need: NeedData, occupations: Sequence[Occupation], *, own: str = ""
) -> TakenNeed:
    """need: what is used now. own: the two digits of the region whose table it is, "" for one of the country."""
    if wrong := _roles_wrong(grid, mapping):
        return TakenNeed(None, wrong)
    reader = _Reader(grid, mapping, need, {each.code for each in occupations}, own)
    found = {"population": reader.population, "use": reader.use, "minutes": reader.minutes}[str(part_of(mapping))]()
    findings = reader.notes.findings
    if not found.parts and not any(each.level == "error" for each in findings):
        findings = (*findings, error("need-nothing", "file"))
    if any(each.level == "error" for each in findings):
        return TakenNeed(None, findings, reader.values)
    return TakenNeed(found, (*findings, *_odd(found, need, own)), reader.values)


def _roles_wrong(grid: Grid, mapping: TableMapping) -> tuple[Finding, ...]:
    found = list(roles_twice(mapping, grid.heads))
    part = part_of(mapping)
    if part is None:
        return (*found, error("need-what", "column"))
    by_age = mapping.head("age") or any(each.age for each in mapping.columns)
    needs: dict[Part, tuple[tuple[str, object], ...]] = {
        "population": (("age", by_age), ("year", mapping.head("year") or mapping.year)),
        "use": (("care", mapping.head("care")), ("age", by_age)),
        "minutes": (("care", mapping.head("care")), ("occupation", mapping.head("occupation"))),
    }
    found += [error(f"need-no-{role}", "column") for role, there in needs[part] if not there]
    return tuple(found)


class _Reader:
    def __init__(self, grid: Grid, mapping: TableMapping, need: NeedData, known: Collection[str], own: str) -> None:
        self.grid, self.mapping, self.need, self.own = grid, mapping, need, own
        self.known = {"care": {each.code for each in need.care}, "occupation": known}
        self.at = {head: at for at, head in enumerate(grid.heads)}
        self.column = {each.role: self.at[each.head] for each in mapping.columns}
        self.notes, self.values = Notes(), defaultdict[str, Counter[str]](Counter)

    def population(self) -> NeedTables:
        """Whole persons; what is of both sexes or several ages is spread as in what is used now."""
        counted, seen = Counter[Key](), dict[Key, int]()
        for row, column, number in self._figures("inhabitants", lambda value: value == value.to_integral_value()):
            region, year = self._region(row), self._year(row)
            sex, ages = self._sex(row, column), self._ages(row, column)
            if region is None or year is None or sex is None or ages is None:
                continue
            key = Key("inhabitants", region, year, "", sex, ages)
            self._once(seen, key, row)
            counted[key] += int(number)
        base = without_printed(counted, self.notes)
        check_ages(base, self.notes)
        if any(key.region == TOTAL for key in base):
            self.notes.add("error", "need-country-only", Cell(None, "*"))
        tables: dict[tuple[str, int], Floats] = {}
        covered: dict[tuple[str, ...], list[Span]] = defaultdict(list)
        for key, persons in sorted(base.items()):
            if key.region not in self.need.population.regions:
                continue
            sexes = [SEXES.index(key.sex)] if key.sex in SEXES else list(range(len(SEXES)))
            now = self.need.population.known[-1, self.need.population.regions.index(key.region)]
            table = tables.setdefault((key.region, key.year), np.zeros((len(SEXES), ALL_AGES)))
            table[sexes, _within(key.ages)] += spread(persons, now[sexes, _within(key.ages)])
            for each in sexes:
                covered[key.region, str(key.year), SEXES[each]].append(key.ages)
        self._no_gaps(covered)
        return NeedTables(population=tables)

    def use(self) -> NeedTables:
        """A figure of a span of ages is that of each of its ages."""
        tables: dict[str, Floats] = {}
        seen, covered = dict[Key, int](), defaultdict[tuple[str, ...], list[Span]](list)
        for row, column, number in self._figures("uses", lambda value: True, MOST_USES):
            care, sex, ages = self._named(row, "care"), self._sex(row, column), self._ages(row, column)
            if care is None or sex is None or ages is None:
                continue
            for each in SEXES if sex == TOTAL else (sex,):
                key = Key(care, "", 0, "", each, ages)
                self._once(seen, key, row)
                table = tables.setdefault(care, np.zeros((len(SEXES), ALL_AGES)))
                table[SEXES.index(each), _within(ages)] = float(number)
                covered[care, each].append(ages)
        check_ages(seen, self.notes)
        for care in tables:
            for sex in SEXES:
                covered.setdefault((care, sex), [])
        self._no_gaps(covered)
        return NeedTables(use=tables)

    def minutes(self) -> NeedTables:
        found: dict[tuple[str, str], float] = {}
        seen: dict[tuple[str, str], int] = {}
        for row, _column, number in self._figures("minutes", lambda value: True, MOST_MINUTES):
            care, occupation = self._named(row, "care"), self._named(row, "occupation")
            if care is None or occupation is None:
                continue
            self._once(seen, (care, occupation), row)
            found[care, occupation] = float(number)
        return NeedTables(minutes=found)

    def _figures(
        self, role: Role, sound: Callable[[Decimal], bool], most: int = 0
    ) -> Iterable[tuple[GridRow, ColumnIs, Decimal]]:
        """The figures of the rows that are filled in; what is none is said. most: what is more is in another unit."""
        columns = self.mapping.heads(role)
        for row in self.grid.rows:
            if all(row.cells[self.at[each.head]] == "" for each in columns):
                self.notes.add("note", "need-row-empty", Cell(row.number, str(row.number)))
                continue
            for column in columns:
                cell = row.cells[self.at[column.head]]
                place, value = Cell(row.number, f"{column.head} {row.number}", str(cell)[:40]), _number(cell)
                if value is None:
                    self.notes.add("error", "need-number", place)
                elif value < 0:
                    self.notes.add("error", "need-negative", place)
                elif not sound(value):
                    self.notes.add("error", "need-fraction", place)
                elif most and value > most:
                    self.notes.add("error", f"need-{role}-unit", place)
                else:
                    yield row, column, value

    def _once(self, seen: dict[Key, int] | dict[tuple[str, str], int], key: object, row: GridRow) -> None:
        if key in seen:
            self.notes.add("error", "need-twice", Cell(row.number, str(row.number), str(seen[key])))  # type: ignore[index]
        seen.setdefault(key, row.number)  # type: ignore[arg-type]

    def _text(self, row: GridRow, role: Role) -> str:
        text = str(row.cells[self.column[role]]).strip() if role in self.column else ""
        if text:
            self.values[role][text] += 1
        return text

    def _named(self, row: GridRow, role: Role) -> str | None:
        """The code of a kind of care or an occupation, None where it is left out, or said to be unknown."""
        text = self._text(row, role)
        mapped = self.mapping.cares if role == "care" else self.mapping.occupations
        code = mapped.get(text, "")
        if code == LEFT_OUT:
            return None
        if code not in self.known[role]:
            self.notes.add("error", f"need-{role}", Cell(row.number, str(row.number), text or code))
            return None
        return code

    def _region(self, row: GridRow) -> str | None:
        if "region" not in self.column:
            return self.mapping.region or self.own or TOTAL
        text = self._text(row, "region")
        found = self.mapping.regions.get(text) or words.region(text)
        if found == LEFT_OUT:
            return None
        if found is None:
            self.notes.add("error", "need-region", Cell(row.number, str(row.number), text))
        elif self.own and found not in (self.own, TOTAL):
            self.notes.add("error", "staff-other-region", Cell(row.number, str(row.number), text))
        return found

    def _year(self, row: GridRow) -> int | None:
        if "year" not in self.column:
            return self.mapping.year
        found = words.year(row.cells[self.column["year"]])
        if found is None:
            self.notes.add("error", "staff-year", Cell(row.number, str(row.number), self._text(row, "year")))
        return found

    def _sex(self, row: GridRow, column: ColumnIs) -> str | None:
        if column.sex:
            return column.sex
        if "sex" not in self.column:
            return TOTAL
        text = self._text(row, "sex")
        found = self.mapping.sexes.get(text) or words.sex(text)
        if found not in (*SEXES, TOTAL, LEFT_OUT):
            self.notes.add("error", "staff-sex", Cell(row.number, str(row.number), text))
            return None
        return None if found == LEFT_OUT else found

    def _ages(self, row: GridRow, column: ColumnIs) -> Span | None:
        text = column.age or self._text(row, "age")
        mapped = self.mapping.ages.get(text, text)
        if mapped == LEFT_OUT:
            return None
        found = EVERY_AGE if mapped == TOTAL else words.span(mapped)
        if found is None or found.first >= ALL_AGES:
            self.notes.add("error", "staff-age", Cell(row.number, str(row.number), text))
            return None
        return found

    def _no_gaps(self, covered: Mapping[tuple[str, ...], Sequence[Span]]) -> None:
        """Every age from nought to the oldest has a figure: what is missing would be nobody, or no care."""
        for of, spans in sorted(covered.items()):
            there = {age for span in spans for age in range(span.first, min(span.last, ALL_AGES - 1) + 1)}
            if missing := sorted(set(range(ALL_AGES)) - there):
                said = str(missing[0]) if len(missing) == 1 else f"{missing[0]}–{missing[-1]}"
                self.notes.add("error", "need-ages-missing", Cell(None, " ".join(of), said))


def _number(cell: object) -> Decimal | None:
    """A figure, with decimals or without; None for what is none, is secret, or may be a thousand times another."""
    if not isinstance(cell, str):
        return Decimal(str(cell))
    try:
        found = words.number(cell)
    except words.Unclear:
        # 0,125 can only be one thing.
        return Decimal(cell.strip().replace(",", ".")) if cell.strip().startswith("0") else None
    except ValueError:
        return None
    return None if found is None else Decimal(found)


def _within(ages: Span) -> slice:
    return slice(ages.first, min(ages.last, ALL_AGES - 1) + 1)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _odd(tables: NeedTables, need: NeedData, own: str) -> Iterable[Finding]:
    """What can hardly be so, against what is used now; and what the tables do not have."""
    names = {each.code: each.title for each in need.care}
    far: dict[str, dict[str, str]] = {}
    people: dict[str, dict[str, str]] = {}
    for each in need_tables.changes(tables, need):
        told = {"staff-before": f"{each.before:.4g}", "staff-now": f"{each.now:.4g}"}
        if each.part == "population":
            if abs(each.now - each.before) > PEOPLE * each.before:
                people[each.what] = told
        elif not each.before / FAR <= each.now <= each.before * FAR:
            far[names.get(each.what, each.what)] = told
    if far:
        yield _told("need-far", far, factor=round(FAR))
    if people:
        yield _told("need-people-far", people, percent=round(100 * PEOPLE))
    if tables.population and not own:
        there = {region for region, _year in tables.population}
        if lost := [each for each in need.population.regions if each not in there]:
            yield _told("staff-region-missing", {each: {} for each in lost})
    if tables.use and (lost := [e.title for e in need.care if e.code not in (*tables.use, EVERYBODY)]):
        yield replace(_told("need-care-missing", {each: {} for each in lost}), level="note")


def _told(code: str, rows: Mapping[str, Mapping[str, str]], **more: object) -> Finding:
    first = [f"{what} ({row['staff-before']} → {row['staff-now']})" if row else what for what, row in rows.items()]
    shown = {"count": len(rows), "cells": [*first[:6], "…"] if len(first) > 6 else first, **more}
    return Finding(code, "warning", shown, Where(key="file"), tuple(Evidence(what, row) for what, row in rows.items()))
