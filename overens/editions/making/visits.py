# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a follow-up was done: interviews, visits and workshops by year, and the visited regions by what they were chosen
by (2018 report, pp. 8-10).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overens.editions.making.common import agreement_of, called, cell, maker, say, source_line, years_of
from overens.editions.values import money, population
from overens.editions.values import visits as visited
from overens.editions.values.asking import listed, names
from overens.editions.values.register import Register
from overens.followup import visits
from overens.rules.edition import numerals
from overens.rules.edition.document import Block, Cell, HeadCell, Row, Table
from overens.rules.edition.keys import Question
from overens.rules.edition.tables import Marks, one_row
from overens.rules.edition.values import NUMBER, Value
from overens.rules.findings import Refused

KINDS = (visited.INTERVIEWED, visited.VISITED, visited.WORKSHOPS)
NONE = "–"
# The columns of figures among those of the visited.
FIGURES = (2, 3)


def interviews(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """How many were interviewed and visited, and how many workshops there were, by year; who was not, as a note."""
    years = years_of(register, asked)
    marks = Marks([])
    rows = []
    for kind in KINDS:
        cells = []
        for year in years:
            value = register.value(Question(visited.FAMILY, kind, {"year": str(year)}))
            missing = [code for code in names(register) if code not in value.regions]
            almost = kind == visited.INTERVIEWED and value.status == NUMBER and 0 < len(missing) <= 3
            note = say(register, "edition-note-not-interviewed", who=listed(register, missing)) if almost else ""
            cells.append(cell(register, value.key, *((marks.of(note),) if note else ())))
        rows.append(Row(cells=(Cell(text=called(register, f"edition-{kind}")), *cells)))
    table = Table(
        id="table-interviews",
        caption=say(register, "edition-interviews", years=numerals.years(years)),
        head=((HeadCell(text=""), *(HeadCell(text=str(year)) for year in years)),),
        rows=tuple(rows),
        figures=(False, *(True for _ in years)),
        notes=marks.notes(),
    )
    return (table.model_copy(update={"source": source_line(register, _values(register, table))}),)


def visits_made(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """The regions visited for the edition's year, with what they were chosen by: where in the country they lie, how
    many live there, and how much they were given. What is known of none has no column. Raises Refused:
    ``edition-unknown-choice``.
    """
    agreement = agreement_of(register, asked.get("agreement", ""))
    year = register.about.year
    value = register.value(Question(visited.FAMILY, visited.VISITED, {"year": str(year)}))
    heads = (
        called(register, "edition-region"),
        say(register, "edition-part-of-country"),
        say(register, "edition-inhabitants"),
        say(register, "edition-given"),
        say(register, "edition-visited-before"),
    )
    line = agreement.annex.line if agreement.annex else ""
    rows = tuple(_rows(register, value, agreement.id, line))
    known = [at for at in range(len(heads)) if not rows or any(row.cells[at].text != NONE for row in rows)]
    table = Table(
        id="table-visits",
        caption=called(register, "edition-visits", year=year),
        head=((*(HeadCell(text=heads[at]) for at in known),),),
        rows=tuple(Row(cells=tuple(row.cells[at] for at in known)) for row in rows)
        or one_row(len(heads), say(register, "edition-no-visits")),
        figures=tuple(at in FIGURES for at in known),
    )
    values = [value, *_values(register, table)]
    return (table.model_copy(update={"source": source_line(register, values)}),)


def _rows(register: Register, value: Value, agreement: str, line: str) -> Iterator[Row]:
    parts = visits.parts_of_the_country()
    for code in value.regions:
        given = {"agreement": agreement, "region": code, **({"line": line} if line else {})}
        before = sorted({each.year for each in visits.past() if each.region == code and each.what == visits.VISITED})
        years = [str(year) for year in before if year < register.about.year]
        yield Row(
            cells=(
                Cell(text=names(register)[code]),
                Cell(text=say(register, f"edition-part-{parts[code]}")),
                _inhabitants(register, code),
                cell(register, Question(money.ALLOCATED, money.TOTAL, given)),
                Cell(text=", ".join(years) or NONE),
            )
        )


def _inhabitants(register: Register, code: str) -> Cell:
    try:
        return cell(register, Question(population.FAMILY, population.TOTAL, {"region": code}))
    except Refused:  # no series that has the county is stored
        return Cell(text=NONE)


def _values(register: Register, table: Table) -> list[Value]:
    return [register.values[each.key] for row in table.rows for each in row.cells if each.key]


TABLES = {
    "interviews": maker(
        interviews,
        {"sv": "Intervjuer, besök och workshoppar per år.", "en": "Interviews, visits and workshops by year."},
        {"years": "2016-2017"},
    ),
    "visits": maker(
        visits_made,
        {
            "sv": "De besökta regionerna och det som de valdes efter.",
            "en": "The visited regions, and what they were chosen by.",
        },
        {"agreement": "2019"},
    ),
}
