# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A compiled document: everything that is read, in order, with the key of every value that it says.

It is what is frozen, and what every rendering (paper, Word, web, data) is made of, and of nothing else. Ids are the
same from edition to edition where the passage is the same, so that a link into it keeps its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Annotated, Literal

import rfc8785
from pydantic import Field

from overens.rules.edition.charts import Chart
from overens.rules.edition.values import Definition, Node, Source, Value

# The passage whose list is the list of references, and the id of its heading.
REFERENCES = "referenser"


# Where a link may lead out of a document, and within it. Anything else stands as text.
OUTWARD = ("https://", "http://", "mailto:")
LEADS = (*OUTWARD, "#")


class Plain(Node):
    kind: Literal["text"] = "text"
    text: str
    style: Literal["", "strong", "emphasis"] = ""


class Bound(Node):
    """A value in a sentence, as it is worded there."""

    kind: Literal["value"] = "value"
    key: str
    text: str


class Ref(Node):
    """To a table, figure or section of the same document, by its id."""

    kind: Literal["ref"] = "ref"
    to: str
    text: str


class Cite(Node):
    """To the list of references, by its id there."""

    kind: Literal["cite"] = "cite"
    to: str
    text: str


class Link(Node):
    kind: Literal["link"] = "link"
    href: str
    text: str


class Note(Node):
    """A note at the foot; ``number`` counts through the document."""

    kind: Literal["note"] = "note"
    number: int
    inlines: tuple[Inline, ...]


Inline = Annotated[Plain | Bound | Ref | Cite | Link | Note, Field(discriminator="kind")]


class Paragraph(Node):
    kind: Literal["paragraph"] = "paragraph"
    id: str
    inlines: tuple[Inline, ...]
    lead: bool = False


class Listing(Node):
    kind: Literal["list"] = "list"
    id: str
    items: tuple[tuple[Inline, ...], ...]
    ordered: bool = False


class HeadCell(Node):
    """A heading over ``columns`` columns and ``rows`` rows of the head."""

    text: str
    columns: int = 1
    rows: int = 1


class Cell(Node):
    """What is shown, the key of the value that it is (if it is one), and the marks of notes ("a") after it.
    ``columns``: how many it covers.
    """

    text: str = ""
    key: str = ""
    marks: tuple[str, ...] = ()
    columns: int = 1


class Row(Node):
    """``group`` rows are a heading over the rows after them; ``total`` rows a sum."""

    cells: tuple[Cell, ...]
    kind: Literal["body", "group", "total"] = "body"


class TableNote(Node):
    mark: str
    text: str


class Table(Node):
    """``number`` is empty where it has none of its own (the figures behind a picture). The first ``labels`` columns say
    what a row is of; ``figures`` tells for each column whether it is set as figures (to the right). ``source`` is the
    line below, without the word for it. ``wide``: it needs the long side of the paper.
    """

    kind: Literal["table"] = "table"
    id: str
    number: str = ""
    caption: str
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[Row, ...]
    labels: int = 1
    figures: tuple[bool, ...]
    notes: tuple[TableNote, ...] = ()
    source: str = ""
    wide: bool = False


class Figure(Node):
    """``alt`` tells those who cannot see it what it shows; ``data`` are its figures as a table."""

    kind: Literal["figure"] = "figure"
    id: str
    number: str = ""
    caption: str
    alt: str
    chart: Chart
    data: Table
    notes: tuple[TableNote, ...] = ()
    source: str = ""


class Example(Node):
    """A box beside the text."""

    kind: Literal["example"] = "example"
    id: str
    title: str
    blocks: tuple[Paragraph | Listing, ...]


class Statement(Node):
    """A numbered statement and the names of the regions behind it (empty: the source does not name them)."""

    inlines: tuple[Inline, ...]
    key: str
    regions: tuple[str, ...] = ()


class Statements(Node):
    kind: Literal["statements"] = "statements"
    id: str
    items: tuple[Statement, ...]


class Item(Node):
    """``mark`` tells what is uncertain about it."""

    text: str
    mark: str = ""


class Column(Node):
    title: str
    items: tuple[Item, ...]
    instead: str = ""  # what stands there when there is none


class Overview(Node):
    """One region on a page: some facts of it, what it does in columns by area, and notes on what is uncertain."""

    kind: Literal["overview"] = "overview"
    id: str
    region: str
    name: str
    facts: tuple[tuple[str, Cell], ...]
    columns: tuple[Column, ...]
    notes: tuple[TableNote, ...] = ()
    source: str = ""


Block = Annotated[Paragraph | Listing | Table | Figure | Example | Statements | Overview, Field(discriminator="kind")]


class Section(Node):
    """A heading and what stands under it, down to the next heading of any level. ``passage`` is the key of the passage
    that it was written in. ``number`` is empty for what stands before and after the numbered text.
    """

    id: str
    passage: str
    level: Literal[1, 2, 3]
    kind: Literal["front", "body", "annex"]
    title: str
    number: str = ""
    blocks: tuple[Block, ...] = ()


class Reference(Node):
    """A line of the list of references."""

    id: str
    text: str
    href: str = ""


class Document(Node):
    """``made_on`` and ``facts_at`` are days (ISO); ``state`` is the edition's, ``registration`` its number once it has
    one. ``address`` is where it stands on the web, so that a paper can link to each of its values. ``licence`` is the
    address of the terms on which its data may be used, as the publisher has set it.
    """

    edition: str
    title: str
    subtitle: str = ""
    language: Literal["sv", "en"]
    publisher: str
    state: str
    registration: str = ""
    made_on: str
    facts_at: str
    years: tuple[int, ...]
    agreements: tuple[str, ...]
    address: str = ""
    licence: str = ""
    sections: tuple[Section, ...]
    references: tuple[Reference, ...] = ()
    values: tuple[Value, ...] = ()
    sources: tuple[Source, ...] = ()
    definitions: tuple[Definition, ...] = ()

    @property
    def lists_references(self) -> bool:
        """Whether a passage of the text has the list of references; else it stands last, under a heading of its own."""
        return any(section.id == REFERENCES for section in self.sections)

    def blocks(self) -> Iterator[tuple[Section, Block]]:
        """Every block with its section, in order."""
        return ((section, block) for section in self.sections for block in section.blocks)

    def canonical(self) -> bytes:
        """The one text of it that has one checksum: canonical JSON (RFC 8785)."""
        return rfc8785.dumps(self.model_dump(mode="json"))

    def sha256(self) -> str:
        """The checksum that every rendering prints, as 64 hexadecimal digits."""
        return hashlib.sha256(self.canonical()).hexdigest()
