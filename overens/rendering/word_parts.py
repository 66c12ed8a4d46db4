# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a report in Word is made of below the paragraph: runs, fields, links, bookmarks, locked values, notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn

from overens.rendering import word as docs
from overens.rendering.word_footnotes import Footnotes
from overens.rules.edition.document import OUTWARD, REFERENCES, Bound, Cite, Document, Inline, Link, Note, Plain, Ref
from overens.rules.edition.places import Place, shown

# A content control's tag and name may have no more, or Word says that the file is damaged.
LONGEST_TAG = 64


@dataclass
class Writer:
    """A Word document under way. ``anchors``: ids that can be linked to."""

    word: WordDocument
    document: Document
    anchors: frozenset[str]
    footnotes: Footnotes
    ids: Iterable[int] = field(default_factory=lambda: count(1))
    titles: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.titles = {each.key: each.title for each in self.document.values}

    def add(self, *elements: Any) -> None:
        """At the end of the text."""
        end = self.word.element.body.sectPr
        for each in elements:
            end.addprevious(each)

    def next_id(self) -> str:
        return str(next(iter(self.ids)))

    def place(self, place: Place, style: str, content: Sequence[Any], *, keep: bool = False) -> Any:
        """A paragraph with the bookmark of its place, and no bookmark where it says nothing."""
        if not place.text:
            return paragraph(style, content, keep=keep)
        return paragraph(style, bookmarked(self.next_id(), place.name, content), keep=keep)

    def inlines(self, place: Place, inlines: Iterable[Inline], within: Part | None = None) -> list[Any]:
        """What a run of text becomes. within: the part of the file that it stands in, if not the document itself."""
        part = within or self.word.part
        made: list[Any] = []
        notes = 0
        for each in inlines:
            match each:
                case Plain(text=text, style=style):
                    made.append(run(text, bold=style == "strong", italic=style == "emphasis"))
                case Bound():
                    made.append(self.control(each.key, each.text))
                case Ref() if each.to in self.anchors:
                    made.append(linked(anchor(each.to), [run(each.text)]))
                case Cite() if f"{REFERENCES}/{each.to}" in self.anchors:
                    made.append(linked(anchor(f"{REFERENCES}/{each.to}"), [run(each.text)]))
                case Link() if each.href.startswith(OUTWARD):
                    id = part.relate_to(each.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                    made.append(node("w:hyperlink", run(each.text, style="Hyperlink"), **{"r:id": id}))
                case Note():
                    notes += 1
                    name = f"{place.part}{'-' if place.part else ''}foot-{notes}"
                    made.append(self._note(Place(place.passage, place.block, name, "-"), each))
                case _:
                    made.append(run(each.text))
        return made

    def control(self, key: str, text: str) -> Any:
        """A bound value: a content control that cannot be typed in, with the value's key."""
        tag = key if len(key) <= LONGEST_TAG else f"v_{sha256(key.encode()).hexdigest()[:24]}"
        properties = node(
            "w:sdtPr",
            node("w:alias", val=shown(self.titles.get(key, key))[:LONGEST_TAG]),
            node("w:tag", val=tag),
            node("w:id", val=self.next_id()),
            node("w:lock", val="sdtContentLocked"),
        )
        return node("w:sdt", properties, node("w:sdtContent", run(text)))

    def _note(self, place: Place, note: Note) -> Any:
        number = len(self.footnotes.notes) + 1
        self.footnotes.notes.append([])  # its number is taken, whatever notes stand within it
        content = self.inlines(
            place, [each for each in note.inlines if not isinstance(each, Note)], self.footnotes.part
        )
        self.footnotes.notes[number - 1] = bookmarked(self.next_id(), place.name, content)
        return node(
            "w:r", node("w:rPr", node("w:rStyle", val="footnotereference")), node("w:footnoteReference", id=str(number))
        )


def anchor(id: str) -> str:
    """The bookmark of something that is linked to."""
    return "r_" + sha256(id.encode()).hexdigest()[:24]


def node(tag: str, *children: Any, **attributes: str) -> Any:
    """An element with attributes of its own namespace, or of the one that they name ("r:id")."""
    made = docs.element(tag)
    for name, value in attributes.items():
        made.set(qn(name if ":" in name else f"w:{name}"), value)
    made.extend(children)
    return made


def run(text: str, *, bold: bool = False, italic: bool = False, style: str = "", raised: bool = False) -> Any:
    made = node("w:r")
    if bold or italic or style or raised:
        look = node("w:rPr")
        if style:
            look.append(node("w:rStyle", val=style))
        if bold:
            look.append(node("w:b"))
        if italic:
            look.append(node("w:i"))
        if raised:
            look.append(node("w:vertAlign", val="superscript"))
        made.append(look)
    said = node("w:t")
    said.text = shown(text)
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(said)
    return made


def tab() -> Any:
    return node("w:r", node("w:tab"))


def paragraph(style: str, content: Iterable[Any], *, keep: bool = False, fresh: bool = False) -> Any:
    """``keep``: on the page of the paragraph after it; ``fresh``: at the top of a page. ``style`` is the style's id."""
    look = node("w:pPr", node("w:pStyle", val=style))
    if keep:
        look.append(node("w:keepNext"))
    if fresh:
        look.append(node("w:pageBreakBefore"))
    return node("w:p", look, *content)


def bookmarked(id: str, name: str, content: Sequence[Any]) -> list[Any]:
    return [node("w:bookmarkStart", id=id, name=name), *content, node("w:bookmarkEnd", id=id)]


def linked(name: str, content: Sequence[Any]) -> Any:
    return node("w:hyperlink", *content, anchor=name, history="1")


def complex_field(instruction: str, content: Sequence[Any]) -> list[Any]:
    """A field that the word processor can work out anew, with what it shows until then."""
    return [*field_begins(instruction), *content, field_ends()]


def field_begins(instruction: str) -> list[Any]:
    said = node("w:instrText")
    said.text = f" {instruction} "
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [
        node("w:r", node("w:fldChar", fldCharType="begin")),
        node("w:r", said),
        node("w:r", node("w:fldChar", fldCharType="separate")),
    ]


def field_ends() -> Any:
    return node("w:r", node("w:fldChar", fldCharType="end"))
