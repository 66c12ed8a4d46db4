# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of facts as a page shows it: figures with their marks, words where there is none, notes, a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from overens.desks.facts.asked import address
from overens.desks.facts.asked import title_of as title_of
from overens.desks.saying import language, picture
from overens.followup import fact_subjects
from overens.followup.exploring import Answer
from overens.rules.agreement import said
from overens.rules.amounts import group_digits
from overens.rules.edition.charts import Bar, Bars, Break, Lines, Point, Series
from overens.rules.findings import word
from overens.rules.followup.facts_table import LOST, NOT_SPLIT, REGION, UNASSIGNED, YEAR, Cell, Key

MOST_ROWS = 400
MOST_BARS = 40
MOST_SERIES = 6
# Letters beside a figure, by what they say of it.
DERIVED, PROBABLE, PARTIAL = "h", "t", "d"
# Words in place of a figure that are explained below the table.
EXPLAINED = ("not-reported", "cannot-report", "not-offered", "not-split", "maybe", "protected")


@dataclass(frozen=True)
class Shown:
    """One cell. ``marks``: (letter, word); ``note``: how many of those asked are in it; ``url``: its source."""

    text: str
    has_number: bool
    marks: Sequence[tuple[str, str]] = ()
    note: str = ""
    url: str = ""


class Words:
    """Words of a table in the page's language, looked up once."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.language = answer, language()
        self.names = fact_subjects.region_names()
        areas = [each for each in answer.asked.values.get("area", ()) if "area" in answer.asked.question.by]
        labels = fact_subjects.area_labels(areas, self.language) if areas else {}
        self.known = {("area", value): label for value, label in labels.items()}

    def value(self, dimension: str, value: str) -> str:
        if (dimension, value) not in self.known:
            label = fact_subjects.label(self.answer.asked.subject, dimension, value, self.language, self.names)
            self.known[dimension, value] = label
        return self.known[dimension, value]

    def key(self, dimensions: Sequence[str], key: Key) -> list[str]:
        return [self.value(each, value) for each, value in zip(dimensions, key, strict=True)]

    def cell(self, cell: Cell, place: Mapping[str, str]) -> Shown:
        if cell.number is None:
            return Shown(self.instead(cell), has_number=False)
        marks = []
        for certainty, letter in (("derived", DERIVED), ("probable", PROBABLE)):
            if cell.certainty == certainty:
                marks.append((letter, word(f"facts-certainty-{certainty}", self.language)))
        if cell.partial:
            marks.append((PARTIAL, word("facts-partial", self.language)))
        note = ""
        if cell.asked > max(1, cell.reported):
            note = _("%(reported)s av %(asked)s") % {"reported": cell.reported, "asked": cell.asked}
        return Shown(group_digits(cell.number), True, marks, note, self.source(cell, place))

    def instead(self, cell: Cell) -> str:
        """The word of a cell without a number. What is not a count is not split, it is stated or not."""
        if cell.status == NOT_SPLIT and self.answer.asked.subject.kind != fact_subjects.COUNT:
            return word("facts-not-stated", self.language)
        return word(f"facts-answer-{cell.status}", self.language)

    def source(self, cell: Cell, place: Mapping[str, str]) -> str:
        """The one source, or the table of what the figure is made of."""
        asked = self.answer.asked
        if not cell.sources:
            return ""
        if len(cell.sources) == 1:
            return f"{reverse('facts-source', args=[next(iter(cell.sources))])}#{asked.subject.id}"
        only = {each: list(values) for each, values in asked.question.only.items()}
        for each, value in place.items():
            if value not in ("", UNASSIGNED, LOST):
                only[each] = [value]
        rows = [each for each in (REGION, YEAR) if each not in place or place[each] in (UNASSIGNED, LOST)]
        if asked.agreement:
            only["overenskommelse"] = [asked.agreement]
        return address(asked.subject.id, rows or [REGION], (), **only)


def table_of(answer: Answer) -> dict[str, Any]:
    """``head``, ``rows`` (labels and cells), ``total``, and the notes that what is in it calls for."""
    words, table, question = Words(answer), answer.table, answer.asked.question
    apart = answer.asked.subject.apart
    # A total over what may not be added is none.
    with_row_totals = len(table.column_keys) > 1 and not apart & set(question.columns)
    with_total = len(table.row_keys) > 1 and not apart & set(question.rows)
    columns = (
        [", ".join(words.key(question.columns, key)) for key in table.column_keys] if question.columns else [_("Antal")]
    )
    rows = []
    seen: list[Cell] = []
    for row in table.row_keys[:MOST_ROWS]:
        cells = []
        for column in table.column_keys:
            cell = table.cells[row, column]
            seen.append(cell)
            cells.append(words.cell(cell, dict(zip(question.by, (*row, *column), strict=True))))
        if with_row_totals:
            cells.append(words.cell(table.row_totals[row], dict(zip(question.rows, row, strict=True))))
            seen.append(table.row_totals[row])
        rows.append(
            {"labels": words.key(question.rows, row), "cells": cells, "apart": row[0] in (UNASSIGNED, LOST, "")}
        )
    total: list[Shown] = []
    if with_total:
        for column in table.column_keys:
            total.append(words.cell(table.column_totals[column], dict(zip(question.columns, column, strict=True))))
            seen.append(table.column_totals[column])
        if with_row_totals:
            total.append(words.cell(table.total, {}))
            seen.append(table.total)
    return {
        "caption": title_of(answer.asked),
        "row_labels": [word(f"facts-dimension-{each}", words.language).capitalize() for each in question.rows],
        "columns": [*columns, *([_("Summa")] if with_row_totals else [])],
        "rows": rows,
        "hidden_rows": max(0, len(table.row_keys) - MOST_ROWS),
        "total": total,
        "notes": notes_of(answer, seen),
    }


def notes_of(answer: Answer, seen: Sequence[Cell]) -> list[str]:
    """What the marks and words of the table mean, as far as they are in it; its breaks; what is held back."""
    table, question, in_words = answer.table, answer.asked.question, language()

    def note(code: str, **values: object) -> str:
        return word(f"facts-note-{code}", in_words).format(**values)

    statuses = {cell.status for cell in seen}
    certainties = {cell.certainty for cell in seen if cell.number is not None}
    notes = [note("partial", letter=PARTIAL)] if any(cell.partial for cell in seen) else []
    letters = {"derived": DERIVED, "probable": PROBABLE}
    notes += [note(each, letter=letter) for each, letter in letters.items() if each in certainties]
    if answer.asked.subject.kind != fact_subjects.COUNT:
        statuses.discard(NOT_SPLIT)
    notes += [note(each) for each in EXPLAINED if each in statuses]
    if table.left_out:
        notes.append(note("left-out"))
    if answer.latest_only:
        notes.append(note("latest-only", year=answer.years[-1]))
    for each in answer.breaks:
        text = said(each, "how", in_words)
        notes.append(text if each.comparable else note("break", year=each.from_year, how=text))
    if answer.printed and not question.only:
        years = ", ".join(f"{year}: {group_digits(number)}" for year, number in sorted(answer.printed.items()))
        notes.append(note("printed", years=years))
    if answer.sees_all:
        notes.append(note("sees-all"))
    return notes


def chart_title(answer: Answer) -> str:
    """What the picture shows: the table, or for bars of a table with columns each row's sum."""
    title = title_of(answer.asked)
    return (
        title
        if _series(answer) or not answer.asked.question.columns
        else _("%(title)s: radernas summa") % {"title": title}
    )


def _series(answer: Answer) -> tuple[Series, ...]:
    """The lines over the years; none where the table has no years to draw them over."""
    table, question, words = answer.table, answer.asked.question, Words(answer)
    if len(answer.years) < 2:
        return ()
    if question.columns == (YEAR,) and len(table.row_keys) <= MOST_SERIES:
        return tuple(
            Series(
                name=", ".join(words.key(question.rows, row)),
                points=tuple(_point(table.cells[row, (year,)]) for year in answer.years),
            )
            for row in table.row_keys
        )
    if question.rows == (YEAR,) and len(table.column_keys) <= MOST_SERIES:
        return tuple(
            Series(
                name=", ".join(words.key(question.columns, column)),
                points=tuple(_point(table.cells[(year,), column]) for year in answer.years),
            )
            for column in table.column_keys
        )
    return ()


def chart_of(answer: Answer) -> SafeString | None:
    """Lines over the years where there are some, else bars of the rows; None where neither would say anything."""
    table, question, words = answer.table, answer.asked.question, Words(answer)
    series = _series(answer)
    if any(point.number is not None for each in series for point in each.points):
        breaks = tuple(Break(year=str(each.from_year), comparable=each.comparable) for each in answer.breaks)
        return picture(Lines(years=answer.years, series=series, breaks=breaks), chart_title(answer))
    if (
        series
        or len(question.rows) > 1
        or not 1 < len(table.row_keys) <= MOST_BARS
        or set(question.columns) & answer.asked.subject.apart
    ):
        return None
    rows = tuple(
        Bar(label=", ".join(words.key(question.rows, row)), points=(_point(table.row_totals[row], words),))
        for row in table.row_keys
    )
    if all(not bar.points[0].number for bar in rows):
        return None
    return picture(Bars(series=("",), rows=rows), chart_title(answer))


def _point(cell: Cell, words: Words | None = None) -> Point:
    instead = words.instead(cell) if words and cell.number is None else ""
    return Point(number=cell.number, partial=cell.partial, instead=instead)
