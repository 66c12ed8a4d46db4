# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of facts as a file: CSV, Excel, JSON. One cell a row with its certainty; Excel has it as it is shown too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse

from overens.desks.downloads import attachment
from overens.desks.exports import csv_response
from overens.desks.facts.asked import title_of
from overens.desks.facts.shown import notes_of, table_of
from overens.desks.saying import language
from overens.exchange.sheets import TYPE, workbook
from overens.followup import exploring, fact_subjects
from overens.followup.exploring import Answer
from overens.rules.findings import word
from overens.rules.followup.facts_table import REGION, Cell

COLUMNS = ("number", "status", "certainty", "partial", "reported", "asked", "sources")


def file_of(answer: Answer, format: str) -> HttpResponse:
    """format: one of FORMATS."""
    name = f"fakta-{answer.asked.subject.id}"
    if format == "json":
        return JsonResponse(as_values(answer, language()), json_dumps_params={"ensure_ascii": False, "indent": 1})
    header, lines = _lines(answer)
    if format == "csv":
        return csv_response(name, header, lines)
    table = table_of(answer)
    wide: list[list[object]] = [[*table["row_labels"], *table["columns"]]]
    wide += [[*row["labels"], *(_plain(cell) for cell in row["cells"])] for row in table["rows"]]
    if table["total"]:
        labels = [word("facts-total", language()), *[""] * (len(table["row_labels"]) - 1)]
        wide.append([*labels, *(_plain(cell) for cell in table["total"])])
    sheets: list[tuple[str, list[list[object]]]] = [
        (word("facts-sheet-shown", language()), wide),
        (word("facts-sheet-all", language()), [[*header], *lines]),
    ]
    notes = [table["caption"], *table["notes"]]
    return attachment(workbook(sheets, title_of(answer.asked), notes), TYPE, f"{name}.xlsx")


def _plain(cell: Any) -> object:
    if not cell.has_number:
        return cell.text
    digits = "".join(each for each in cell.text if each.isdigit())
    return int(digits)


def _lines(answer: Answer) -> tuple[list[str], list[list[object]]]:
    said, by = language(), answer.asked.question.by
    names = fact_subjects.region_names()
    subject = answer.asked.subject
    header: list[str] = []
    for each in by:
        header += [word("facts-region-code", said)] if each == REGION else []
        header.append(word(f"facts-dimension-{each}", said))
    header += [word(f"facts-column-{each}", said) for each in COLUMNS]
    lines: list[list[object]] = []
    for row in exploring.long(answer):
        cells: list[object] = []
        for each in by:
            value = row.place[each]
            cells += [value] if each == REGION else []
            cells.append(fact_subjects.label(subject, each, value, said, names))
        lines.append([*cells, *_known(row.cell, said)])
    return header, lines


def _known(cell: Cell, said: str) -> list[object]:
    return [
        cell.number,
        word(f"facts-answer-{cell.status}", said),
        word(f"facts-certainty-{cell.certainty}", said) if cell.certainty else "",
        word("facts-yes" if cell.partial else "facts-no", said) if cell.number is not None else "",
        cell.reported,
        cell.asked,
        " ".join(str(source) for source in sorted(cell.sources)),
    ]


def as_values(answer: Answer, said: str) -> Mapping[str, Any]:
    """The answer as plain values: codes as they are, labels beside them."""
    return {**exploring.as_values(answer, said), "notes": notes_of(answer, list(answer.table.cells.values()))}
