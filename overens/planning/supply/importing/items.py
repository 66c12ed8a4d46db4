# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The cells of a grid as persons of something: each value taken for one of ours as the mapping says, and as its words
say where the mapping says nothing. An occupation is never taken for another without being told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from overens.planning.supply.importing import suggesting, words
from overens.planning.supply.importing.mapping import ColumnIs, Role, TableMapping
from overens.planning.supply.importing.saying import Cell, Notes
from overens.planning.supply.importing.spreading import Shape
from overens.planning.supply.importing.words import EVERY_AGE, LEFT_OUT, OPEN_END, TOTAL, Span
from overens.planning.supply.problem import OLDEST, SECTORS, SEXES, YOUNGEST
from overens.rules.findings import Finding
from overens.rules.statistics.grid import Grid, GridCell

# Nobody counts more in one cell; what does has a column too many in it.
MOST_PERSONS = 20_000_000
# Full-time equivalents may exceed the heads by so much, as where extra hours are counted.
MOST_FULL_TIME = Decimal("1.1")
# An occupation that the mapping leaves out or does not know stands under its own words, after this mark.
OTHER = "?"


class Key(NamedTuple):
    """What a number of persons is of; ``*`` where it is of all. An occupation that is not counted begins with "?"."""

    occupation: str
    region: str
    year: int
    sector: str
    sex: str
    ages: Span


@dataclass
class Items:
    """``persons`` by what they are of. ``values``: by role the persons of each value that the file has."""

    persons: Counter[Key] = field(default_factory=Counter)
    values: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    findings: tuple[Finding, ...] = ()


def read_items(grid: Grid, mapping: TableMapping, shape: Shape, own: str = "") -> Items:
    """own: the two digits of the region whose table it is, "" for the whole country's."""
    return _Reader(grid, mapping, shape, own).read()


class _Reader:
    def __init__(self, grid: Grid, mapping: TableMapping, shape: Shape, own: str) -> None:
        self.grid, self.mapping, self.own = grid, mapping, own
        self.known = {each.code for each in shape.occupations}
        self.at = {head: at for at, head in enumerate(grid.heads)}
        self.column = {role: self.at[head] for role in _ROLES if (head := mapping.head(role)) is not None}
        self.key_role: Role = "aid" if "aid" in self.column else "occupation"
        self.others = any(each.role == "unused" for each in mapping.columns)
        self.notes, self.items = Notes(), Items()
        self.seen: dict[tuple[object, ...], int] = {}
        self.full_time = self.heads = Decimal(0)

    def read(self) -> Items:
        columns = self.mapping.heads("persons")
        for each in columns:
            if suggesting.is_headed(each.head, "full-time"):
                self.notes.add("warning", "staff-persons-head", Cell(None, each.head))
        if self.grid.format not in ("csv", "xlsx"):
            # In a cube each value of a dimension counts the same persons anew.
            for each in self.mapping.heads("unused"):
                if len(self.grid.samples(each.head, 2)) > 1:
                    self.notes.add("error", "staff-dimension", Cell(None, each.head))
        for number, cells in self.grid.rows:
            row = _Row(number, cells)
            if all(cells[self.at[column.head]] == "" for column in columns):
                # Nobody has filled it in, which is not to say that there is nobody.
                self.notes.add("note", "staff-row-empty", Cell(number, str(number)))
                continue
            if cells in self.seen:
                self.notes.add("error", "staff-row-twice", Cell(number, f"{number}", str(self.seen[cells])))
                continue
            self.seen[cells] = number
            for column in columns:
                self._item(row, column)
            if "full-time" in self.column:
                self.full_time += self._number(row, self.column["full-time"]) or 0
        if self.full_time > self.heads * MOST_FULL_TIME and self.heads:
            cell = Cell(None, self.mapping.head("full-time") or "", f"{self.full_time:f} > {self.heads:f}")
            self.notes.add("error", "staff-units", cell)
        self.items.findings = self.notes.findings
        return self.items

    def _item(self, row: _Row, column: ColumnIs) -> None:
        persons = self._persons(row, self.at[column.head])
        if persons is None:
            return
        found = [
            self._occupation(row, persons),
            self._value(row, "region", self.mapping.regions, words.region, "staff-region", persons),
            self._year(row),
            self._value(row, "sector", self.mapping.sectors, words.sector, "staff-sector", persons),
            self._value(row, "sex", self.mapping.sexes, words.sex, "staff-sex", persons, column.sex),
            self._ages(row, column, persons),
            self._value(row, "situation", self.mapping.situations, lambda text: str(text), "staff-situation", persons),
        ]
        if None in found or LEFT_OUT in found:
            return
        key = Key(*found[:6])  # type: ignore[arg-type]
        if self.own and key.region not in (self.own, TOTAL):
            self.notes.add("error", "staff-other-region", self._cell(row, "region", persons))
        elif key.region == TOTAL and self.own:
            key = key._replace(region=self.own)
        self._once(row, column, key)
        self.items.persons[key] += persons
        self.heads += persons

    def _once(self, row: _Row, column: ColumnIs, key: Key) -> None:
        """The same thing twice is two units of one employer where a column is not used, else a mistake."""
        same = ("key", self._trade(row), self._text(row, "situation"), key)
        if same in self.seen and not self.others:
            self.notes.add(
                "error",
                "staff-twice",
                Cell(row.number, self._name(row, self.at[column.head]), f"rad {self.seen[same]}"),
            )
        self.seen.setdefault(same, row.number)

    def _number(self, row: _Row, at: int) -> Decimal | None:
        """None where it is secret, or said to be wrong."""
        cell = row.cells[at]
        try:
            value = words.number(cell)
        except words.Unclear:
            self.notes.add("error", "staff-number-unclear", Cell(row.number, self._name(row, at), str(cell)))
            return None
        except ValueError:
            self.notes.add("error", "staff-number", Cell(row.number, self._name(row, at), str(cell)[:40]))
            return None
        return None if value is None else Decimal(value)

    def _persons(self, row: _Row, at: int) -> int | None:
        cell = row.cells[at]
        place = Cell(row.number, self._name(row, at), str(cell)[:40])
        if isinstance(cell, str) and cell.strip().casefold() in words.SECRET:
            if self.mapping.secret is None:
                self.notes.add("error", "staff-secret", place)
                return None
            self.notes.add("warning", "staff-secret-taken", place._replace(persons=self.mapping.secret))
            return self.mapping.secret
        value = self._number(row, at)
        if value is None:
            return None
        if value < 0:
            self.notes.add("error", "staff-negative", place)
        elif value != value.to_integral_value():
            self.notes.add("error", "staff-fraction", place)
        elif value > MOST_PERSONS:
            self.notes.add("error", "staff-too-many", place)
        else:
            return int(value)
        return None

    def _occupation(self, row: _Row, persons: int) -> str | None:
        text = self._trade(row)
        if text and not self._text(row, self.key_role):
            self.notes.add(
                "note", "staff-aid-empty", Cell(row.number, self._name(row, self.column["aid"]), text, persons)
            )
        if not text:
            self.notes.add("error", "staff-occupation-empty", self._cell(row, self.key_role, persons))
            return None
        self.items.values["occupation"][text] += persons
        code = self.mapping.occupations.get(text, "")
        if code in (LEFT_OUT, ""):
            if not code:
                self.notes.add("error", "staff-occupation", self._cell(row, self.key_role, persons))
            return f"{OTHER}{text}"
        if code != TOTAL and code not in self.known:
            self.notes.add(
                "error", "staff-occupation-gone", self._cell(row, self.key_role, persons)._replace(text=code)
            )
            return None
        return code

    def _value(
        self, row: _Row, role: Role, mapped: Mapping[str, str], read: Callable[[GridCell], str | None], code: str,
        persons: int, fixed: str = "",
    ) -> str | None:  # fmt: skip
        """What a value is with us; the constant, or all of it, where no column says it."""
        if fixed:
            return fixed
        if role not in self.column:
            if role == "region":
                return self.mapping.region or self.own or TOTAL
            return self.mapping.sector or TOTAL if role == "sector" else TOTAL if role == "sex" else ""
        text = self._text(row, role)
        self.items.values[role][text] += persons
        found = mapped.get(text) or (read(text) if text or role == "situation" else None)
        allowed = _ALLOWED.get(role)
        if found is None or (allowed is not None and found not in (*allowed, LEFT_OUT, TOTAL)):
            self.notes.add("error", code, self._cell(row, role, persons))
            return None
        if found == LEFT_OUT:
            self.notes.add("note", f"{code}-left-out", self._cell(row, role, persons))
        return found

    def _year(self, row: _Row) -> int | None:
        if "year" not in self.column:
            return self.mapping.year
        found = words.year(row.cells[self.column["year"]])
        if found is None:
            self.notes.add("error", "staff-year", self._cell(row, "year", 0))
        return found

    def _ages(self, row: _Row, column: ColumnIs, persons: int) -> Span | str | None:
        if not column.age and "age" not in self.column:
            return EVERY_AGE
        text = column.age or self._text(row, "age")
        if not column.age:
            self.items.values["age"][text] += persons
        mapped = self.mapping.ages.get(text, text)
        if mapped == LEFT_OUT:
            return LEFT_OUT
        found = EVERY_AGE if mapped == TOTAL else words.span(mapped)
        cell = Cell(row.number, self._name(row, self.column.get("age", self.at[column.head])), text, persons)
        if found is None:
            self.notes.add("error", "staff-age", cell)
        elif found.within is None:
            # The model has nobody of these ages.
            self.notes.add("warning" if persons else "note", "staff-age-outside", cell)
            return LEFT_OUT
        elif persons and (0 < found.first < YOUNGEST or OLDEST < found.last < OPEN_END):
            self.notes.add("note", "staff-age-partly", cell)
        return found

    def _trade(self, row: _Row) -> str:
        """The label of AID, or the occupation's name where there is none."""
        return self._text(row, self.key_role) or self._text(row, "occupation")

    def _text(self, row: _Row, role: Role) -> str:
        return str(row.cells[self.column[role]]).strip() if role in self.column else ""

    def _cell(self, row: _Row, role: Role, persons: int) -> Cell:
        at = self.column.get(role, 0)
        labels = self.grid.labels.get(self.grid.heads[at], {})
        return Cell(row.number, self._name(row, at), words.labelled(self._text(row, role), labels), persons)

    def _name(self, row: _Row, at: int) -> str:
        """``B17`` in a sheet; the heading where there are no cells."""
        if self.grid.format not in ("csv", "xlsx"):
            return self.grid.heads[at]
        letters, column = "", at + 1
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{row.number}"


class _Row(NamedTuple):
    number: int
    cells: tuple[GridCell, ...]


_ROLES: tuple[Role, ...] = ("occupation", "aid", "age", "sex", "region", "year", "sector", "situation", "full-time")
_ALLOWED: dict[str, tuple[str, ...]] = {"sex": SEXES, "sector": SECTORS}
