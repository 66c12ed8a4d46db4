# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding one's way in a document: values by what they are, passages by their words, keys that are nearly right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from overens.rules.edition import keys
from overens.rules.edition.document import (
    Block,
    Document,
    Example,
    Figure,
    Inline,
    Listing,
    Overview,
    Paragraph,
    Section,
    Statements,
    Table,
)
from overens.rules.edition.values import Node, Value

# Letters on each side of a found word.
AROUND = 90
NEAREST = 5
# The unit of values that tell how many regions, and which.
REGIONS = "regions"


@dataclass(frozen=True)
class Hit:
    """A place where the words stand: its anchor, the section that it is in, and some of the text around the first."""

    section: Section
    id: str
    text: str


def hits(document: Document, words: str) -> list[Hit]:
    """Every place with all the words, in order. Case makes no difference; a word is found within a longer one."""
    wanted = words.casefold().split()
    if not wanted:
        return []
    found = []
    for section in document.sections:
        if all(word in section.title.casefold() for word in wanted):
            found.append(Hit(section, section.id, section.title))
        for block in section.blocks:
            text = " ".join(words_of(block))
            plain = text.casefold()
            if all(word in plain for word in wanted):
                found.append(Hit(section, block.id, _around(text, plain.index(wanted[0]))))
    return found


def _around(text: str, at: int) -> str:
    first, last = max(0, at - AROUND), at + AROUND
    if first:
        first = text.find(" ", first, at) + 1 or first
    if last < len(text):
        last = text.rfind(" ", at, last) if " " in text[at:last] else last
    return f"{'… ' if first else ''}{text[first:last].strip()}{' …' if last < len(text) else ''}"


def words_of(block: Block) -> Iterator[str]:
    """The text of a block, piece by piece."""
    match block:
        case Paragraph():
            yield _said(block.inlines)
        case Listing():
            yield from (_said(each) for each in block.items)
        case Table():
            yield block.caption
            yield from (cell.text for line in block.head for cell in line)
            yield from (cell.text for row in block.rows for cell in row.cells)
            yield from (note.text for note in block.notes)
        case Figure():
            yield block.caption
            yield block.alt
            yield from (note.text for note in block.notes)
        case Example():
            yield block.title
            for each in block.blocks:
                yield from words_of(each)
        case Statements():
            for item in block.items:
                yield _said(item.inlines)
                yield ", ".join(item.regions)
        case Overview():
            yield block.name
            for column in block.columns:
                yield from (column.title, *(item.text for item in column.items))


def _said(inlines: Iterable[Inline]) -> str:
    return "".join(_said(each.inlines) if each.kind == "note" else each.text for each in inlines)


def matching(document: Document, words: str, only: Mapping[str, str]) -> list[Value]:
    """Values with all the words in their title, key, text or definition, and with what ``only`` says: ``family``,
    ``status``, ``source`` (a kind), or any dimension of the key; a region is also in those that tell which regions.
    What is empty says nothing.
    """
    wanted = words.casefold().split()
    definitions = {each.id: each for each in document.definitions}
    kinds = {each.id: each.kind for each in document.sources}

    def fits(value: Value) -> bool:
        asked = keys.question(value.key)
        meaning = definitions.get(value.definition)
        text = " ".join((value.title, value.key, value.text, meaning.title if meaning else "")).casefold()
        for name, wish in only.items():
            if not wish:
                continue
            if name == "family":
                there = asked.family == wish
            elif name == "status":
                there = value.status == wish
            elif name == "source":
                there = wish in {kinds.get(each) for each in value.sources}
            elif name == "region":
                there = asked.at.get("region") == wish or (value.unit == REGIONS and wish in value.regions)
            else:
                there = asked.at.get(name) == wish
            if not there:
                return False
        return all(word in text for word in wanted)

    return [each for each in document.values if fits(each)]


def parts(document: Document, key: str) -> list[Value]:
    """The values of the document that ask the same in one place more: a year's regions, a region's terms."""
    whole = keys.question(key)
    found = []
    for value in document.values:
        each = keys.question(value.key)
        if (each.family, each.subject) == (whole.family, whole.subject) and len(each.at) == len(whole.at) + 1:
            if whole.at.items() <= each.at.items():
                found.append(value)
    return found


def nearest(known: Iterable[str], key: str) -> list[str]:
    """Keys that are nearly this one: the same question elsewhere first, then those that are spelt alike."""
    all_known = list(known)
    try:
        asked = keys.parse(key)
    except ValueError:
        return difflib.get_close_matches(key, all_known, NEAREST, 0.5)
    same = [each for each in all_known if each.startswith(f"{asked.family}/{asked.subject},")]
    return difflib.get_close_matches(key, same or all_known, NEAREST, 0.4)


def uses(document: Document) -> dict[str, list[tuple[Section, Block]]]:
    """Where each key is said: its blocks in order, each once."""
    found: dict[str, list[tuple[Section, Block]]] = {}
    for section, block in document.blocks():
        for key in dict.fromkeys(_keys(block)):
            found.setdefault(key, []).append((section, block))
    return found


def _keys(part: object) -> Iterator[str]:
    """Every key within a part of a document, however deep it stands."""
    if isinstance(part, Node):
        if key := getattr(part, "key", ""):
            yield key
        for name in type(part).model_fields:
            yield from _keys(getattr(part, name))
    elif isinstance(part, tuple):
        for each in part:
            yield from _keys(each)
