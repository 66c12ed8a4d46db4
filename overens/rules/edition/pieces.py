# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a passage is made of, as it is written: before its values are known and its tables made.

``line`` is in the passage, from 1. ``source`` is a binding as it was typed, braces and all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from overens.rules.edition.keys import Question

Style = Literal["", "strong", "emphasis"]


@dataclass(frozen=True)
class Words:
    text: str
    style: Style = ""


@dataclass(frozen=True)
class Binding:
    """A value in a sentence. ``form`` is how it is to be worded ("" as is usual)."""

    question: Question
    form: str
    source: str
    line: int


@dataclass(frozen=True)
class Pointer:
    """To a table, figure or section by its id."""

    to: str
    source: str
    line: int


@dataclass(frozen=True)
class Named:
    """A region's name, by its code."""

    code: str
    source: str
    line: int


@dataclass(frozen=True)
class Citing:
    """To the list of references."""

    to: str
    source: str
    line: int


@dataclass(frozen=True)
class Anchor:
    href: str
    text: str


@dataclass(frozen=True)
class Footnote:
    pieces: tuple[Piece, ...]
    line: int


@dataclass(frozen=True)
class Broken:
    """Typed like a binding but not to be understood; a finding says why."""

    source: str
    line: int


Piece = Words | Binding | Pointer | Named | Citing | Anchor | Footnote | Broken
Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Text:
    """A paragraph; ``lead`` where all of it is bold."""

    pieces: Pieces
    line: int
    lead: bool = False


@dataclass(frozen=True)
class Points:
    items: tuple[Pieces, ...]
    ordered: bool
    line: int


@dataclass(frozen=True)
class Heading:
    """``deeper``: how many levels below the passage's own heading."""

    deeper: int
    pieces: Pieces
    line: int


@dataclass(frozen=True)
class Box:
    """A block quote whose first line is bold: an example. Without a bold line ``title`` is empty."""

    title: Pieces
    blocks: tuple[Text | Points, ...]
    line: int


@dataclass(frozen=True)
class Grid:
    """A table that is written in the text. ``right``: for each column whether it is set to the right."""

    caption: Pieces
    head: tuple[Pieces, ...]
    rows: tuple[tuple[Pieces, ...], ...]
    right: tuple[bool, ...]
    line: int


@dataclass(frozen=True)
class Made:
    """``{{ table NAME option=value … }}`` alone in its paragraph."""

    what: str
    name: str
    options: Mapping[str, str]
    source: str
    line: int


Part = Text | Points | Heading | Box | Grid | Made
