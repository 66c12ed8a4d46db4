# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as lines for files: its values, sources and definitions, and its tables as shown and one line a value.

Every list begins with its headings, which are words of the format and the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from overens.rules.edition import keys
from overens.rules.edition.document import Document, Figure, Table
from overens.rules.edition.reading import columns_headed, placed_cells
from overens.rules.edition.values import Value

Line = Sequence[object]
JOIN = " | "
VALUE = (
    "key", "family", "subject", "region", "year", "title", "number", "exact", "low", "high", "text", "unit", "status",
    "certainty", "partial", "of", "regions", "sources", "definition", "printed", "address",
)  # fmt: skip
SOURCE = ("id", "kind", "title", "organisation", "at", "version", "sha256", "citation", "address")
DEFINITION = ("id", "title", "text", "break_from", "break_how")
TIDY = (
    "table", "row", "column", "group", "shown", "notes", "key", "number", "exact", "low", "high", "unit", "status",
    "certainty", "partial", "regions",
)  # fmt: skip


def values(document: Document) -> list[Line]:
    return [VALUE, *(_value(document, each) for each in document.values)]


def _value(document: Document, value: Value) -> Line:
    asked = keys.question(value.key)
    return (
        value.key, asked.family, asked.subject, asked.at.get("region", ""), asked.at.get("year", ""), value.title,
        value.number, value.exact, value.low, value.high, value.text, value.unit, value.status, value.certainty,
        _flag(value.partial), value.of, " ".join(value.regions), " ".join(value.sources), value.definition,
        value.printed, keys.address(document.address, value.key),
    )  # fmt: skip


def sources(document: Document) -> list[Line]:
    return [
        SOURCE,
        *(
            (s.id, s.kind, s.title, s.organisation, s.at, s.version, s.sha256, s.citation, s.address)
            for s in document.sources
        ),
    ]


def definitions(document: Document) -> list[Line]:
    """One line for each; of those that change, one more for each change."""
    found: list[Line] = [DEFINITION]
    for each in document.definitions:
        found.append((each.id, each.title, each.text, None, ""))
        found.extend((each.id, each.title, each.text, year, how) for year, how in each.breaks)
    return found


def tables(document: Document) -> Iterator[tuple[str, Table]]:
    """Every table and the data of every figure, with a name for its file that is nobody else's."""
    taken: set[str] = set()
    for _section, block in document.blocks():
        if isinstance(block, Table | Figure):
            name = file_name(block.id)
            while name in taken:
                name += "-"
            taken.add(name)
            yield name, (block if isinstance(block, Table) else figure_table(block))


def figure_table(figure: Figure) -> Table:
    """The figures behind a picture, under the picture's own id and caption."""
    return figure.data.model_copy(
        update={
            "id": figure.id,
            "caption": figure.caption,
            "notes": figure.data.notes or figure.notes,
            "source": figure.data.source or figure.source,
        }
    )


def file_name(id: str) -> str:
    """An id as a file's name: nothing in it leads elsewhere."""
    return re.sub(r"[^A-Za-z0-9ÅÄÖåäö_-]+", "-", id).strip("-")[:80] or "tabell"


def as_shown(table: Table) -> list[Line]:
    """The table as it is read, one heading a column; marks of notes stand after what they are about."""
    lines: list[Line] = [_titles(table)]
    for row in table.rows:
        line: list[str] = []
        for cell in row.cells:
            line.append(cell.text + (f" ({', '.join(cell.marks)})" if cell.marks else ""))
            line.extend([""] * (cell.columns - 1))
        lines.append(line)
    return lines


def tidy(table: Table, known: Mapping[str, Value]) -> list[Line]:
    """One line for each cell that is a value, with its place in the table and what it is."""
    over = _titles(table)
    notes = {each.mark: each.text for each in table.notes}
    lines: list[Line] = [TIDY]
    group = ""
    for row in table.rows:
        if row.kind == "group":
            group = row.cells[0].text if row.cells else ""
            continue
        label = JOIN.join(cell.text for cell in row.cells[: table.labels] if cell.text)
        for at, cell in placed_cells(row):
            value = known.get(cell.key)
            if value is not None:
                lines.append(
                    (
                        table.id, label, over[at] if at < len(over) else "", "" if row.kind == "total" else group,
                        cell.text, " ".join(notes.get(mark, mark) for mark in cell.marks), value.key, value.number,
                        value.exact, value.low, value.high, value.unit, value.status, value.certainty,
                        _flag(value.partial), " ".join(value.regions),
                    )
                )  # fmt: skip
    return lines


def _flag(said: bool) -> str:
    return "true" if said else "false"


def _titles(table: Table) -> list[str]:
    """One heading for each column: those that stand above it, from the top, joined."""
    return [JOIN.join(dict.fromkeys(each)) for each in columns_headed(table)]
