# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of measures: by area and status, and what has become of them since an earlier year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from overens.editions.making.common import agreement_of, called, cell, maker, say, shown, source_line, years_of
from overens.editions.values import changes as changed
from overens.editions.values import facts
from overens.editions.values.asking import names
from overens.editions.values.register import Register
from overens.followup import fact_subjects
from overens.followup.exploring import Answer
from overens.rules.agreement import Agreement, said
from overens.rules.edition import numerals
from overens.rules.edition.document import Block, Cell, HeadCell, Row, Table, TableNote
from overens.rules.edition.keys import Question
from overens.rules.edition.tables import one_row
from overens.rules.edition.values import NUMBER, Value
from overens.rules.followup.facts_table import YEAR
from overens.rules.followup.facts_table import Cell as Found
from overens.rules.followup.measures import STATUSES

MEASURES, AREA, STATUS = "measures", "area", "status"


def measures(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """The measures of the edition's year by area and status; without statuses where none is stated. Raises Refused:
    ``edition-unknown-choice``.
    """
    agreement = agreement_of(register, asked.get("agreement", ""))
    year = str(register.about.year)
    is_known = year in fact_subjects.values_of(facts.subject_of(register, MEASURES))[YEAR]
    answer = _answer(register, agreement, year) if is_known else None
    statuses = _statuses(answer) if answer else []
    heads = [
        numerals.capital(say(register, f"facts-status-{each}" if each else "facts-not-stated")) for each in statuses
    ]
    values: list[Value] = []
    rows = tuple(_rows(register, agreement, year, answer, statuses, values)) if answer else ()
    unplaced = any(key == ("",) for key in answer.table.row_keys) if answer else False
    columns = 2 + len(statuses)
    return (
        Table(
            id=f"table-measures-{agreement.id}",
            caption=say(register, "edition-measures", year=year),
            head=(
                (
                    HeadCell(text=say(register, "edition-area")),
                    *(HeadCell(text=each) for each in heads),
                    HeadCell(text=say(register, "edition-sum" if statuses else "edition-number")),
                ),
            ),
            rows=rows or one_row(columns, say(register, "edition-nothing-reported")),
            figures=(False, *(True,) * (columns - 1)),
            notes=(TableNote(mark="a", text=say(register, "edition-note-no-area")),) if unplaced else (),
            source=source_line(register, values),
        ),
    )


def _answer(register: Register, agreement: Agreement, year: str) -> Answer:
    return facts.answered(register, MEASURES, (AREA,), (STATUS,), {YEAR: (year,)}, agreement.id)


def _statuses(answer: Answer) -> list[str]:
    """Those that any measure has, and none where no measure has any."""
    there = {key[0] for key in answer.table.column_keys if answer.table.column_totals[key].number}
    return [each for each in (*STATUSES, "") if each in there] if there - {""} else []


def _rows(
    register: Register, agreement: Agreement, year: str, answer: Answer, statuses: Sequence[str], values: list[Value]
) -> Iterator[Row]:
    """Headings of areas over their own areas; then what has none, and the sum."""
    language = register.about.language
    there = {key[0] for key in answer.table.row_keys}
    parents = {each.parent for each in agreement.areas}
    for area in agreement.areas:
        title = said(area, "title", language)
        if area.id[0].isdigit():
            title = f"{area.id} {title}"
        key = f"{agreement.id}/{area.id}"
        if area.id in parents:
            yield Row(kind="group", cells=(Cell(text=title, columns=2 + len(statuses)),))
        elif key in there:
            yield _row(register, answer, title, key, year, statuses, values)
    if "" in there:
        row = _row(register, answer, numerals.capital(say(register, "edition-no-area")), "", year, statuses, values)
        yield row.model_copy(update={"cells": (row.cells[0].model_copy(update={"marks": ("a",)}), *row.cells[1:])})
    total = register.value(Question(facts.FAMILY, MEASURES, {YEAR: year}))
    values.append(total)
    cells = []
    for status in statuses:
        found = answer.table.column_totals[(status,)]
        cells.append(_cell(register, answer, {STATUS: status, YEAR: year}, found, values))
    yield Row(
        kind="total",
        cells=(Cell(text=say(register, "edition-total")), *cells, Cell(text=shown(register, total), key=total.key)),
    )


def _row(
    register: Register,
    answer: Answer,
    title: str,
    area: str,
    year: str,
    statuses: Sequence[str],
    values: list[Value],
) -> Row:
    table = answer.table
    cells = [
        _cell(register, answer, {AREA: area, STATUS: status, YEAR: year}, table.cells[(area,), (status,)], values)
        for status in statuses
    ]
    total = _cell(register, answer, {AREA: area, YEAR: year}, table.row_totals[(area,)], values)
    return Row(cells=(Cell(text=title), *cells, total))


def _cell(register: Register, answer: Answer, at: Mapping[str, str], found: Found, values: list[Value]) -> Cell:
    """What is not stated has no key of its own: nobody can ask for it."""
    stated = {name: value for name, value in at.items() if value}
    value = facts.of_cell(register, Question(facts.FAMILY, MEASURES, stated), answer, found)
    if len(stated) < len(at):
        return Cell(text=shown(register, value))
    values.append(register.put(value))
    return Cell(text=shown(register, value), key=value.key)


def changes(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """What has become of each region's measures since the year before that there are measures of. Raises Refused."""
    year = register.about.year
    since = years_of(register, {"years": asked["since"]})[0] if "since" in asked else changed.since_of(register, year)
    at = {"since": str(since), "year": str(year)}
    heads = [say(register, f"edition-changes-{how}") for how in changed.HOW]
    rows: list[Row] = []
    values: list[Value] = []
    if since != year and year in changed.known_years(register):
        for code, name in names(register).items():
            rows.append(_changed(register, name, {**at, "region": code}, values))
        total = _changed(register, say(register, "edition-total"), at, values)
        rows.append(total.model_copy(update={"kind": "total"}))
    return (
        Table(
            id="table-changes",
            caption=say(register, "edition-changes", since=since, year=year),
            head=((HeadCell(text=called(register, "edition-region")), *(HeadCell(text=each) for each in heads)),),
            rows=tuple(rows) or one_row(1 + len(heads), say(register, "edition-nothing-to-compare")),
            figures=(False, *(True for _ in heads)),
            source=source_line(register, values),
        ),
    )


def _changed(register: Register, title: str, at: Mapping[str, str], values: list[Value]) -> Row:
    cells = []
    for how in changed.HOW:
        question = Question(changed.FAMILY, how, at)
        cells.append(cell(register, question))
        values += [each for each in (register.value(question),) if each.status == NUMBER]
    return Row(cells=(Cell(text=title), *cells))


TABLES = {
    "measures": maker(
        measures,
        {"sv": "Insatser efter område och läge.", "en": "Measures by area and status."},
        {"agreement": "2019"},
    ),
    "changes": maker(
        changes,
        {
            "sv": "Vad som har hänt med insatserna sedan ett tidigare år.",
            "en": "What has become of the measures since an earlier year.",
        },
        {"since": "2017"},
    ),
}
