# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A count as a table to fill in: years, terms and sexes, specialities unfolded below, sums and last year's beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import get_language

from overens.desks.writing.structure_words import SEXES, TERMS
from overens.followup.last_year import Figure, told
from overens.rules.agreement import said
from overens.rules.followup import count_cells
from overens.rules.followup.asked import Count
from overens.rules.followup.count_cells import BY_SEX, REASON, SPLIT, TOTAL, WHY, Cell, Grid, Sum

# A reason for everything of the question at once; kept as one for each year that nothing is said of.
WHY_ALL = "why-all"


@dataclass(frozen=True)
class Box:
    """One cell to fill in. ``sex`` is empty for a total; ``said``: what the cell is called."""

    name: str
    sex: str
    value: str
    error: str
    said: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the table: a term, the whole year, or a speciality. ``earlier``: the figure of the year before."""

    label: str
    boxes: tuple[Box, ...]
    cell: str
    sum: Sum
    why: Box
    earlier: Figure | None = None


@dataclass(frozen=True)
class Year:
    year: int
    lines: tuple[Line, ...]
    specialities: tuple[Line, ...]
    reason: Box
    total: Sum
    given: bool


def typed(grid: Grid, posted: QueryDict) -> dict[str, str]:
    """What was posted; numbers in digits where they can be read, so that 1 208 and 1208 are the same."""
    names = [str(cell) for cell in grid.cells()]
    wanted = [SPLIT, *names, *(f"{name}{WHY}" for name in names), *(f"{REASON}{year}" for year in grid.years)]
    found = {name: text for name in wanted if (text := posted.get(name, "").strip())}
    for name in names:
        if name in found:
            try:
                found[name] = str(count_cells.parse_number(found[name]))
            except count_cells.CountError:
                continue
    if not grid.sexes:
        found.pop(SPLIT, None)
    elif found.get(SPLIT) == TOTAL:
        found = count_cells.only_totals(found)
    if why := posted.get(WHY_ALL, "").strip():
        for year in count_cells.missing(grid, found):
            found[Cell(year).why] = why
    # A split that was chosen without a number is no answer.
    return found if set(found) - {SPLIT} else {}


def years(
    count: Count, grid: Grid, content: Mapping[str, str], errors: Mapping[str, str], earlier: Mapping[Cell, Figure]
) -> list[Year]:
    """The table with what is written. earlier: the respondent's figures from other reports."""
    numbers = count_cells.numbers(content)
    language = (get_language() or "sv")[:2]
    labels = {each.id: said(each, "label", language) for each in count.specialities}

    def box(name: str, sex: str = "") -> Box:
        return Box(name, sex, content.get(name, ""), errors.get(name, ""), called(name, count, language))

    def line(label: str, cell: Cell) -> Line:
        sexes = (*grid.sexes, "")
        return Line(
            label,
            tuple(box(str(cell._replace(sex=sex)), sex) for sex in sexes),
            str(cell),
            count_cells.total(grid, numbers, cell),
            box(cell.why),
            told(earlier, cell._replace(year=cell.year - 1)),
        )

    found = []
    for year in grid.years:
        terms = [line(str(TERMS[term]), Cell(year, term)) for term in (*grid.terms, "")]
        split = [
            Line(
                labels[each],
                tuple(
                    box(str(Cell(year, term, sex, each)), sex)
                    for term in (*grid.terms, "")
                    for sex in ((*grid.sexes, "") if term else ("",))
                ),
                str(Cell(year, "", "", each)),
                count_cells.total(grid, numbers, Cell(year, "", "", each)),
                box(Cell(year, "", "", each).why),
            )
            for each in grid.specialities
        ]
        filled = any(cell.year == year and cell.speciality for cell in numbers)
        reason = box(f"{REASON}{year}")
        found.append(
            Year(year, tuple(terms), tuple(split), reason, count_cells.total(grid, numbers, Cell(year)), filled)
        )
    return found


def called(name: str, count: Count, language: str = "sv") -> str:
    """A cell in words: year, term, sex and speciality; empty for other fields."""
    try:
        cell = count_cells.parse_cell(name.removesuffix(WHY))
    except ValueError:
        return ""
    specialities = {each.id: said(each, "label", language) for each in count.specialities}
    words = [str(cell.year)]
    if "term" in count.dimensions:
        words.append(str(TERMS[cell.term]).lower())
    if "sex" in count.dimensions:
        words.append(str(SEXES[cell.sex]).lower())
    if cell.speciality:
        words.append(specialities.get(cell.speciality, cell.speciality))
    return ", ".join(words)


def split_of(grid: Grid, content: Mapping[str, str]) -> str:
    """What the respondent has chosen to give; by sex until something else is chosen."""
    return content.get(SPLIT, BY_SEX) if grid.sexes else ""
