# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the words of a document stand: every paragraph that is read, with a name that it keeps on its way through a
word processor, so that what is said of it there finds its way back to the passage.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from overens.rules.edition.document import (
    REFERENCES,
    Bound,
    Cell,
    Document,
    Example,
    Figure,
    Inline,
    Listing,
    Note,
    Overview,
    Paragraph,
    Statements,
    Table,
    TableNote,
)  # fmt: skip
from overens.rules.findings import word

PARTED = "\n\n"  # between two paragraphs
# Turns of direction, and what XML 1.0 has no place for besides control characters.
STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")


@dataclass(frozen=True)
class Span:
    """A value within a text, in code points."""

    start: int
    end: int
    key: str


@dataclass(frozen=True)
class Place:
    """A paragraph of a document. ``block`` is the id of the block (or, of a heading, of the section) that it is of, and
    ``part`` what of it: empty for a paragraph's own text, else ``heading``, ``item-2``, ``r3c1``, ``note-1``…
    """

    passage: str
    block: str
    part: str
    text: str
    values: tuple[Span, ...] = ()

    @property
    def name(self) -> str:
        """Of its bookmark, which may have 40 characters (letters, digits and ``_``)."""
        return "p_" + sha256("/".join((self.passage, self.block, self.part)).encode()).hexdigest()[:24]


def shown(text: str) -> str:
    """A text on one line, without what steers instead of being read: a control character, a half surrogate or a turn of
    direction is written as its code point.
    """
    return "".join(
        " " if each in "\n\t\r" else f"[U+{ord(each):04X}]" if _steers(each) else each for each in text
    )  # fmt: skip


def _steers(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in STEERING


def numbered(name: str, number: str, language: str) -> str:
    """ "Tabell 3": what a caption begins with, and a reference says. Empty without a number."""
    return f"{word(f'edition-{name}', language)} {number}" if number else ""


def captioned(block: Table | Figure, language: str) -> str:
    """The whole line of a caption."""
    begins = numbered(block.kind, block.number, language)
    return shown(f"{begins}. {block.caption}" if begins else block.caption)


def headed(number: str, kind: str, title: str, language: str) -> str:
    """A heading with its number; an annex says that it is one."""
    begins = numbered("annex", number, language) if kind == "annex" and number.isdigit() else number
    return shown(f"{begins} {title}" if begins else title)


def sourced(source: str, language: str) -> str:
    return shown(f"{word('edition-source', language)}: {source}")


def noted(note: TableNote) -> str:
    return shown(f"{note.mark} {note.text}".strip())


def celled(cell: Cell) -> str:
    """A cell's text and the marks after it."""
    return shown(cell.text + ",".join(cell.marks))


def places(document: Document) -> tuple[Place, ...]:
    """All of them, in order; notes at the foot follow the paragraph that they hang on."""
    found = [place for place in _places(document) if place.text]
    return tuple({place.name: place for place in found}.values())


def _places(document: Document) -> Iterator[Place]:
    language = document.language
    for section in document.sections:
        title = headed(section.number, section.kind, section.title, language)
        yield Place(section.passage, section.id, "heading", title)
        for block in section.blocks:
            match block:
                case Paragraph() | Listing():
                    yield from _running(section.passage, block)
                case Example():
                    yield Place(section.passage, block.id, "title", shown(block.title))
                    for each in block.blocks:
                        yield from _running(section.passage, each)
                case Statements():
                    for at, item in enumerate(block.items, 1):
                        yield from said(section.passage, block.id, f"item-{at}", item.inlines)
                        if item.regions:
                            yield Place(section.passage, block.id, f"regions-{at}", shown(", ".join(item.regions)))
                case Table():
                    yield from _table(section.passage, block, language)
                case Figure():
                    yield Place(section.passage, block.id, "caption", captioned(block, language))
                    yield from _below(section.passage, block, language)
                case Overview():
                    yield from _overview(section.passage, block, language)
        if section.id == REFERENCES:
            yield from _references(document)
    if document.references and not document.lists_references:
        yield Place(REFERENCES, "", "heading", word("edition-references", language))
        yield from _references(document)


def _references(document: Document) -> Iterator[Place]:
    for reference in document.references:
        yield Place(REFERENCES, reference.id, "", shown(reference.text))


def _running(passage: str, block: Paragraph | Listing) -> Iterator[Place]:
    if isinstance(block, Paragraph):
        yield from said(passage, block.id, "", block.inlines)
    else:
        for at, item in enumerate(block.items, 1):
            yield from said(passage, block.id, f"item-{at}", item)


def said(passage: str, block: str, part: str, inlines: Iterable[Inline]) -> Iterator[Place]:
    """A run of text as a place, and after it its notes as theirs."""
    text, values, notes = "", list[Span](), list[Note]()
    for each in inlines:
        if isinstance(each, Note):
            notes.append(each)
            continue
        piece = shown(each.text)
        if isinstance(each, Bound):
            values.append(Span(len(text), len(text) + len(piece), each.key))
        text += piece
    yield Place(passage, block, part, text, tuple(values))
    for at, note in enumerate(notes, 1):
        yield from said(passage, block, f"{part}{'-' if part else ''}foot-{at}", note.inlines)


def _table(passage: str, table: Table, language: str) -> Iterator[Place]:
    yield Place(passage, table.id, "caption", captioned(table, language))
    for row, heads in enumerate(table.head):
        for column, head in enumerate(heads):
            yield Place(passage, table.id, f"h{row}c{column}", shown(head.text))
    for row, each in enumerate(table.rows):
        for column, cell in enumerate(each.cells):
            yield _cell(passage, table.id, f"r{row}c{column}", cell)
    yield from _below(passage, table, language)


def _cell(passage: str, block: str, part: str, cell: Cell) -> Place:
    text = celled(cell)
    values = (Span(0, len(shown(cell.text)), cell.key),) if cell.key else ()
    return Place(passage, block, part, text, values)


def _below(passage: str, block: Table | Figure | Overview, language: str) -> Iterator[Place]:
    for at, note in enumerate(block.notes, 1):
        yield Place(passage, block.id, f"note-{at}", noted(note))
    if block.source:
        yield Place(passage, block.id, "source", sourced(block.source, language))


def _overview(passage: str, block: Overview, language: str) -> Iterator[Place]:
    yield Place(passage, block.id, "name", shown(block.name))
    for at, (label, cell) in enumerate(block.facts):
        yield Place(passage, block.id, f"fact-{at}", shown(label))
        yield _cell(passage, block.id, f"value-{at}", cell)
    for at, column in enumerate(block.columns):
        yield Place(passage, block.id, f"column-{at}", shown(column.title))
        for number, item in enumerate(column.items):
            yield Place(passage, block.id, f"column-{at}-{number}", shown(item.text + item.mark))
        if not column.items and column.instead:
            yield Place(passage, block.id, f"column-{at}-instead", shown(column.instead))
    yield from _below(passage, block, language)


@dataclass(frozen=True)
class Sent:
    """What a file that went out said, so that it can be told from what comes back. ``made_on``: a day (ISO)."""

    edition: str
    sha256: str
    made_on: str
    places: tuple[Place, ...]


def sent(document: Document) -> Sent:
    return Sent(document.edition, document.sha256(), document.made_on, places(document))


def as_record(sent: Sent) -> str:
    """JSON, as it goes with the file."""
    rows = [
        [each.passage, each.block, each.part, each.text, [[span.start, span.end, span.key] for span in each.values]]
        for each in sent.places
    ]
    return json.dumps([sent.edition, sent.sha256, sent.made_on, rows], ensure_ascii=False, separators=(",", ":"))


def from_record(record: str) -> Sent:
    """Raises ValueError for what is no such record."""
    try:
        edition, whole, made_on, rows = json.loads(record)
        found = tuple(
            Place(str(a), str(b), str(c), str(text), tuple(Span(int(x), int(y), str(key)) for x, y, key in spans))
            for a, b, c, text, spans in rows
        )
    except (TypeError, ValueError, RecursionError):
        raise ValueError("no record of what was sent") from None
    return Sent(str(edition), str(whole), str(made_on), found)
