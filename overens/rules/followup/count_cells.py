# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A count as it is filled in: its cells, what may stand in one, and what they come to.

A part's fields are ``<year>.<term>.<sex>.<speciality>`` with empty segments where it is not split: ``2019.vt.women.``;
``<cell>#why`` instead of a number says why it cannot be reported. ``split`` is ``sex`` or ``total``, and
``reason.<year>`` why a year differs so much from the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from overens.rules.findings import Finding, error
from overens.rules.followup.asked import Count

TERMS, SEXES = ("vt", "ht"), ("women", "men")
SPLIT, BY_SEX, TOTAL = "split", "sex", "total"
WHY, REASON = "#why", "reason."
# More nurses or units than there are in the country: a slip of the keys.
LARGEST = 100_000
LONGEST_WHY = 1000

_CELL = re.compile(r"(\d{4})\.(vt|ht|)\.(women|men|)\.([^.#]*)", re.ASCII)
_NUMBER = re.compile(r"\d{1,3}([ \u00a0\u2009\u202f]\d{3})+|\d+", re.ASCII)
_MINUS = ("-", "\u2212", "\u2013")


class Cell(NamedTuple):
    """``term``, ``sex`` and ``speciality`` are empty where the number is of all of them."""

    year: int
    term: str = ""
    sex: str = ""
    speciality: str = ""

    def __str__(self) -> str:
        return ".".join(map(str, self))

    @property
    def why(self) -> str:
        """The field that says why it cannot be reported."""
        return f"{self}{WHY}"


class CountError(ValueError):
    """Text that is no count; ``code`` of the finding."""

    def __init__(self, code: str, raw: str) -> None:
        self.code = code
        self.raw = raw
        super().__init__(f"{code}: {raw!r}")


def parse_cell(name: str) -> Cell:
    """Raises ValueError for what is no cell's name."""
    found = _CELL.fullmatch(name)
    if found is None:
        raise ValueError(name)
    return Cell(int(found[1]), found[2], found[3], found[4])


def parse_number(raw: str) -> int:
    """A whole number from 0. Raises CountError: ``count-negative``, ``count-not-whole``, ``count-absurd``,
    ``count-with-words`` (``12 st``), ``count-unreadable``.
    """
    text = raw.strip()
    shown = text[:40]
    if text.startswith(_MINUS) and text[1:].strip()[:1].isdigit():
        raise CountError("count-negative", shown)
    if not _NUMBER.fullmatch(text):
        if re.fullmatch(r"\d+[.,]\d+", text, re.ASCII):
            raise CountError("count-not-whole", shown)
        if re.search(r"\d", text, re.ASCII) and re.search(r"[^\W\d_]", text):
            raise CountError("count-with-words", shown)
        raise CountError("count-unreadable", shown)
    digits = re.sub(r"\D", "", text, flags=re.ASCII)
    if len(digits.lstrip("0")) > 6 or int(digits) > LARGEST:
        raise CountError("count-absurd", shown)
    return int(digits)


@dataclass(frozen=True)
class Grid:
    """Which cells a question has: its count's dimensions for its years. A count that is split by term may be given
    for the whole year, and one by sex as a total: the empty ones are among them.
    """

    years: tuple[int, ...]
    terms: tuple[str, ...]
    sexes: tuple[str, ...]
    specialities: tuple[str, ...]

    def cells(self) -> Iterator[Cell]:
        for year, speciality, term, sex in product(
            self.years, ("", *self.specialities), (*self.terms, ""), (*self.sexes, "")
        ):
            yield Cell(year, term, sex, speciality)


def grid_of(count: Count, years: Iterable[int]) -> Grid:
    by = count.dimensions
    return Grid(
        tuple(sorted(years)),
        TERMS if "term" in by else (),
        SEXES if "sex" in by else (),
        tuple(each.id for each in count.specialities) if "speciality" in by else (),
    )


def malformed(grid: Grid, content: Mapping[str, str]) -> Iterator[Finding]:
    """What cannot be kept as a fact, at its field: numbers that are none, fields that the count does not have."""
    known = {str(cell) for cell in grid.cells()}
    for name, text in content.items():
        if name == SPLIT:
            if text not in (BY_SEX, TOTAL):
                yield error("choice-unknown", name, raw=text[:40])
        elif name.startswith(REASON) or name.endswith(WHY):
            if name.endswith(WHY) and name.removesuffix(WHY) not in known:
                yield error("count-cell-unknown", name, name=name[:60])
            if len(text) > LONGEST_WHY:
                yield error("text-longer", name, most=LONGEST_WHY)
        elif name not in known:
            yield error("count-cell-unknown", name, name=name[:60])
        else:
            try:
                parse_number(text)
            except CountError as problem:
                yield error(problem.code, name, raw=problem.raw, most=LARGEST)


def numbers(content: Mapping[str, str]) -> dict[Cell, int]:
    """The cells that hold a number; those that cannot be read are left out (:func:`malformed` names them)."""
    found = {}
    for name, text in content.items():
        try:
            found[parse_cell(name)] = parse_number(text)
        except ValueError:
            continue
    return found


def reasons(content: Mapping[str, str]) -> dict[Cell, str]:
    """The cells that cannot be reported, and why."""
    found = {}
    for name, text in content.items():
        if name.endswith(WHY) and text:
            try:
                found[parse_cell(name.removesuffix(WHY))] = text
            except ValueError:
                continue
    return found


class Sum(NamedTuple):
    """``number`` is None where nothing is known; ``whole``: no part of it is missing."""

    number: int | None
    whole: bool


def _added(parts: Iterable[Sum]) -> Sum:
    listed = list(parts)
    known = [part.number for part in listed if part.number is not None]
    return Sum(sum(known) if known else None, bool(listed) and all(part.whole for part in listed))


def total(grid: Grid, numbers: Mapping[Cell, int], cell: Cell) -> Sum:
    """What a cell comes to: the sum of its parts by sex or by term where all are there; else its own number; else what
    there is of its parts.
    """
    ways = []
    if not cell.sex and grid.sexes:
        ways.append(_added(total(grid, numbers, cell._replace(sex=sex)) for sex in grid.sexes))
    if not cell.term and grid.terms:
        ways.append(_added(total(grid, numbers, cell._replace(term=term)) for term in grid.terms))
    for way in ways:
        if way.whole:
            return way
    if cell in numbers:
        return Sum(numbers[cell], True)
    if not cell.speciality:
        # A speciality that nobody gave a number for has none: those that are there are all of them.
        there = sorted({each.speciality for each in numbers if each.year == cell.year} - {""})
        ways.append(_added(total(grid, numbers, cell._replace(speciality=each)) for each in there))
        if ways[-1].whole:
            return ways[-1]
    return Sum(max((way.number for way in ways if way.number is not None), default=None), False)


def year_total(grid: Grid, content: Mapping[str, str], year: int) -> Sum:
    """What a year comes to as it is filled in."""
    return total(grid, numbers(content), Cell(year))


class Difference(NamedTuple):
    """A total that was given beside its parts and is another number. ``by``: what it is split by."""

    cell: Cell
    by: str
    given: int
    parts: int


def differences(grid: Grid, content: Mapping[str, str]) -> Iterator[Difference]:
    """Totals that differ from the sum of their parts, where all the parts are there (of specialities: where they come
    to more than the total).
    """
    found = numbers(content)
    for cell, given in sorted(found.items()):
        if not cell.sex and grid.sexes:
            parts = [found.get(cell._replace(sex=sex)) for sex in grid.sexes]
            yield from _difference(cell, "sex", given, parts)
        if not cell.term and grid.terms:
            parts = [total(grid, found, cell._replace(term=term)).number for term in grid.terms]
            yield from _difference(cell, "term", given, parts)
        if not cell.speciality and grid.specialities:
            split = [total(grid, found, cell._replace(speciality=s)).number or 0 for s in grid.specialities]
            if sum(split) > given:
                yield Difference(cell, "speciality", given, sum(split))


def _difference(cell: Cell, by: str, given: int, parts: list[int | None]) -> Iterator[Difference]:
    known = [part for part in parts if part is not None]
    if len(known) == len(parts) and sum(known) != given:
        yield Difference(cell, by, given, sum(known))


def missing(grid: Grid, content: Mapping[str, str]) -> tuple[int, ...]:
    """The years for which nothing is said: neither a number nor why there is none."""
    said = {cell.year for cell in (*numbers(content), *reasons(content))}
    return tuple(year for year in grid.years if year not in said)


def only_totals(content: Mapping[str, str]) -> dict[str, str]:
    """The fields without what is split by sex, for who chose to give totals only."""
    return {name: text for name, text in content.items() if not re.search(r"^\d{4}\.[^.]*\.(women|men)\.", name)}
