# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as data: CSV (RFC 4180, UTF-8, commas), JSON, Excel, and what a data portal needs to know of it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from overens.exchange import catalogue, sheets
from overens.rules.cells import escaped
from overens.rules.edition import rows
from overens.rules.edition.document import Document, Table
from overens.rules.edition.rows import Line
from overens.rules.findings import word

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xlsx": sheets.TYPE,
}
# A sheet's name has no more letters than this.
SHEET_NAME = 31


@dataclass(frozen=True)
class About:
    """A file of the data: its name in the folder, how large it is, and the SHA-256 of what is in it."""

    name: str
    size: int
    sha256: str


def files(document: Document) -> dict[str, bytes]:
    """Every file of the folder by its name in it. The same document gives the same bytes.

    ``tables/<id>.csv`` is a table, or the figures behind a picture, as it is shown; ``tables/<id>.tidy.csv`` has one
    line for each value in it. What describes the data to a portal is there where the document has an address.
    """
    known = {each.key: each for each in document.values}
    found = {
        "values.csv": as_csv(rows.values(document)),
        "sources.csv": as_csv(rows.sources(document)),
        "definitions.csv": as_csv(rows.definitions(document)),
        "document.json": document.canonical(),
        "workbook.xlsx": workbook(document),
    }
    for name, table in rows.tables(document):
        found[f"tables/{name}.csv"] = as_csv(rows.as_shown(table))
        found[f"tables/{name}.tidy.csv"] = as_csv(rows.tidy(table, known))
    if document.address:
        described = catalogue.graph([(document, about(found))], f"{document.address}data/catalogue.ttl")
        found["catalogue.ttl"] = catalogue.turtle(described)
        found["catalogue.jsonld"] = catalogue.json_ld(described)
    return {"README.txt": read_me(document), **found}


def about(found: dict[str, bytes]) -> list[About]:
    return [About(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in found.items()]


def media_type(name: str) -> str:
    return TYPES.get(name.rpartition(".")[2], "application/octet-stream")


def as_csv(lines: Iterable[Line]) -> bytes:
    """Text that a spreadsheet would take for a formula begins with an apostrophe."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([escaped(cell) for cell in line] for line in lines)
    return text.getvalue().encode()


def workbook(document: Document) -> bytes:
    """What the words mean first, then the values, what they rest on, and each table on a sheet of its own."""
    said = document.language
    taken: set[str] = set()

    def name(wanted: str) -> str:
        plain = "".join(" " if each in "[]:*?/\\'" else each for each in wanted)[: SHEET_NAME - 4].strip() or "-"
        number, found = 1, plain
        while found.casefold() in taken:
            number += 1
            found = f"{plain} {number}"
        taken.add(found.casefold())
        return found

    book: list[tuple[str, Sequence[Line]]] = [
        (name(word("edition-sheet-definitions", said)), rows.definitions(document)),
        (name(word("edition-sheet-values", said)), rows.values(document)),
        (name(word("edition-sheet-sources", said)), rows.sources(document)),
        *(
            (name(f"{table.number} {table.id}".strip()), [*rows.as_shown(table), *_below(table)])
            for _name, table in rows.tables(document)
        ),
    ]
    return sheets.workbook(book, document.title, made_on=dt.date.fromisoformat(document.made_on))


def _below(table: Table) -> list[Line]:
    """What the table is called and its notes, as lines of the table's width."""
    said = ["", table.caption, *(f"{each.mark} {each.text}" for each in table.notes)]
    return [[each, *[""] * (len(table.figures) - 1)] for each in said]


def read_me(document: Document) -> bytes:
    """What is what in the folder, in the document's language."""
    said = document.language
    licence = document.licence or word("edition-licence-not-set", said)
    lines = [
        document.title,
        document.subtitle,
        "",
        f"{word('edition-publisher', said)}: {document.publisher}",
        f"{word('edition-registration', said)}: {document.registration or '–'}",
        f"{word('edition-facts-at', said)}: {document.facts_at}",
        f"{word('edition-made-on', said)}: {document.made_on}",
        f"{word('edition-licence', said)}: {licence}",
        *([f"{word('edition-address', said)}: {document.address}"] if document.address else []),
        "",
        *(f"{name:<28}{word(code, said)}" for name, code in READ_ME),
        "",
        word("edition-readme-status", said),
        word("edition-readme-key", said),
    ]
    return ("\r\n".join(lines) + "\r\n").encode()


READ_ME = (
    ("values.csv", "edition-readme-values"),
    ("sources.csv", "edition-readme-sources"),
    ("definitions.csv", "edition-readme-definitions"),
    ("tables/*.csv", "edition-readme-tables"),
    ("tables/*.tidy.csv", "edition-readme-tidy"),
    ("workbook.xlsx", "edition-readme-workbook"),
    ("document.json", "edition-readme-document"),
    ("catalogue.ttl, .jsonld", "edition-readme-catalogue"),
)
