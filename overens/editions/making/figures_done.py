# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures of how many regions do what: professional introduction, measures by area and status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from overens.editions.making.common import say, years_of
from overens.editions.making.figures_common import data, figure, is_told, number_of, point, regions_word, year_of
from overens.editions.values import facts, introductions
from overens.editions.values.register import Register
from overens.followup import fact_subjects
from overens.followup.exploring import Answer
from overens.followup.fact_subjects import MEASURES
from overens.rules.edition import numerals
from overens.rules.edition.charts import Bar, Bars
from overens.rules.edition.document import Block
from overens.rules.edition.keys import Question
from overens.rules.edition.values import Value
from overens.rules.followup.facts_table import YEAR, Cell

AREA = "area"


def introduction(register: Register, said: Mapping[str, str]) -> tuple[Block, ...]:
    """How many regions offer introduction to all new graduates, to some and to none, by year."""
    known = introductions.years(register)
    years = [year for year in years_of(register, said, register.about.years) if str(year) in known]
    found: list[tuple[str, list[Value]]] = []
    for year in years:
        values = [register.value(f"{introductions.FAMILY}/{each},{YEAR}={year}") for each in introductions.OFFERED]
        if any(number_of(value) is not None for value in values):
            found.append((str(year), values))
    # What nobody has left unsaid is not among what is shown.
    shown = [
        at
        for at, each in enumerate(introductions.OFFERED)
        if each != introductions.UNSTATED or any(number_of(values[at]) for _year, values in found)
    ]
    names = [say(register, f"edition-introduction-{introductions.OFFERED[at]}-short") for at in shown]
    rows = [(year, [values[at] for at in shown]) for year, values in found]
    chart = Bars(
        series=tuple(names),
        rows=tuple(Bar(label=year, points=tuple(point(register, each) for each in values)) for year, values in rows),
        way="stacked",
        unit=regions_word(register),
    )
    seen = [say(register, "edition-seen-parts", name=year, parts=_parts(names, values)) for year, values in rows]
    caption = say(
        register, "edition-caption-introduction", years=numerals.years([int(year) for year, _each in rows] or years)
    )
    named = [(f"{year} ({name})", each) for year, values in rows for name, each in zip(names, values, strict=True)]
    table = data(register, say(register, "edition-year"), [numerals.capital(each) for each in names], rows)
    return (figure(register, "introduction", caption, seen, chart, table, named),)


def measures(register: Register, said: Mapping[str, str]) -> tuple[Block, ...]:
    """How many measures there are in each area, by how far they have come."""
    year = year_of(register, said)
    names, rows = _by_status(register, year) if is_told(register, MEASURES, year) else ([], [])
    chart = Bars(
        series=tuple(names),
        rows=tuple(Bar(label=label, points=tuple(point(register, each) for each in cells)) for label, cells in rows),
        way="stacked",
        unit=say(register, "edition-unit-measures"),
    )
    seen = [say(register, "edition-seen-parts", name=label, parts=_parts(names, cells)) for label, cells in rows]
    named = [(label, each) for label, cells in rows for each in cells]
    behind = data(register, say(register, "edition-area"), [numerals.capital(each) for each in names], rows)
    return (
        figure(register, "measures", say(register, "edition-caption-measures", year=year), seen, chart, behind, named),
    )


def _by_status(register: Register, year: int) -> tuple[list[str], list[tuple[str, list[Value]]]]:
    """The names of what measures are told to have come to, and each area with its numbers."""
    answer = facts.answered(register, MEASURES, (AREA,), ("status",), {YEAR: [str(year)]})
    table, subject = answer.table, answer.asked.subject
    areas = [key for key in table.row_keys if table.row_totals[key].number]
    columns = [key for key in table.column_keys if table.column_totals[key].number]
    labels = area_names(register, [key[0] for key in areas])
    names = [fact_subjects.label(subject, "status", key[0], register.about.language) for key in columns]
    if columns == [("",)]:  # of no measure it is told how far it has come
        names = [say(register, "edition-unit-measures")]
    rows = []
    for (area,) in areas:
        places = [
            ({AREA: area, "status": status, YEAR: str(year)}, table.cells[(area,), (status,)]) for (status,) in columns
        ]
        rows.append((labels[area], [measured(register, answer, at, cell) for at, cell in places]))
    return names, rows


def area_names(register: Register, areas: Sequence[str]) -> dict[str, str]:
    """Areas (agreement/area) in words, with the agreement only where there is more than one."""
    agreements = {area.partition("/")[0] for area in areas if area}
    labels = fact_subjects.area_labels([area for area in areas if area], register.about.language)
    if len(agreements) == 1:
        labels = {area: label.removesuffix(f" ({min(agreements)})") for area, label in labels.items()}
    return {**labels, "": say(register, "edition-area-not-stated")}


def measured(register: Register, answer: Answer, at: Mapping[str, str], cell: Cell) -> Value:
    """A cell of measures as a value. What is not split by a dimension has no question of its own, and no key."""
    question = Question(facts.FAMILY, answer.asked.subject.id, {name: value for name, value in at.items() if value})
    value = facts.of_cell(register, question, answer, cell)
    return register.put(value) if all(at.values()) else value.model_copy(update={"key": ""})


def _parts(names: Sequence[str], values: Sequence[Value]) -> list[str]:
    """ "14 till alla", "5 till vissa"."""
    return [f"{value.number} {name}" for name, value in zip(names, values, strict=True) if value.number]
