# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The paragraphs of a Word file with who added and struck out what (ECMA-376-1, 17.13): as Word and LibreOffice write
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from overens.rules.edition.places import PARTED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ADDED, STRUCK = (W + "ins", W + "moveTo"), (W + "del", W + "moveFrom")
WITHIN = tuple(
    W + name for name in ("hyperlink", "sdt", "sdtContent", "smartTag", "fldSimple", "customXml", "dir", "bdo")
)
LOOKS = tuple(
    W + name for name in ("rPrChange", "pPrChange", "tblPrChange", "tcPrChange", "trPrChange", "sectPrChange")
)
LETTERS = {W + "tab": " ", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "\u2011"}


@dataclass(frozen=True)
class Who:
    """``at`` is as the file has it: ISO, or empty."""

    author: str
    at: str


@dataclass(frozen=True)
class Token:
    """A piece of text, by whom it was added or struck out, and the comments whose range it is in."""

    text: str
    added: Who | None = None
    struck: Who | None = None
    comments: frozenset[str] = frozenset()


@dataclass
class Written:
    """A paragraph. ``names`` are its bookmarks, ``group`` what it stands in (the text, a cell, a note); ``added`` and
    ``struck`` are about its end, which parts it from the next. ``comments`` are those that begin in it, ``notes`` the
    ids of the notes that hang on it.
    """

    group: int
    names: list[str] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    added: Who | None = None
    struck: Who | None = None
    is_contents: bool = False

    def before(self) -> str:
        """Its text with no change taken in."""
        return "".join(each.text for each in self.tokens if each.added is None)

    def after(self) -> str:
        """Its text with every change taken in."""
        return "".join(each.text for each in self.tokens if each.struck is None)

    @property
    def is_new(self) -> bool:
        """All that it says was added."""
        said = [each for each in self.tokens if each.text]
        return bool(said) and all(each.added for each in said)


class Reader:
    """Reads the paragraphs of one part of a file in order."""

    def __init__(self) -> None:
        self.open: set[str] = set()
        self.fields: list[str] = []
        self.groups = 0
        self.looks = 0

    def paragraphs(self, parent: Any, added: Who | None = None, struck: Who | None = None) -> Iterator[Written]:
        self.groups += 1
        yield from self._within(parent, self.groups, added, struck)

    def _within(self, parent: Any, group: int, added: Who | None, struck: Who | None) -> Iterator[Written]:
        for child in parent:
            if child.tag == W + "p":
                yield self._paragraph(child, group, added, struck)
            elif child.tag == W + "tbl":
                yield from self._rows(child, added, struck)
            elif child.tag in WITHIN:
                yield from self._within(child, group, added, struck)
            elif child.tag in ADDED:
                yield from self._within(child, group, _who(child), struck)
            elif child.tag in STRUCK:
                yield from self._within(child, group, added, _who(child))

    def _rows(self, table: Any, added: Who | None, struck: Who | None) -> Iterator[Written]:
        for row in table.iter(W + "tr"):
            if next(row.iterancestors(W + "tbl")) is not table:
                continue  # of a table within a cell, which comes with its cell
            look = row.find(W + "trPr")
            row_added = look.find(W + "ins") if look is not None else None
            row_struck = look.find(W + "del") if look is not None else None
            for cell in row.iter(W + "tc"):
                if next(cell.iterancestors(W + "tr")) is row:
                    yield from self.paragraphs(
                        cell,
                        added if row_added is None else _who(row_added),
                        struck if row_struck is None else _who(row_struck),
                    )

    def _paragraph(self, element: Any, group: int, added: Who | None, struck: Who | None) -> Written:
        made = Written(group)
        look = element.find(W + "pPr")
        if look is not None:
            self.looks += sum(1 for each in look.iter(*LOOKS))
            mark = look.find(W + "rPr")
            for each in mark if mark is not None else ():
                if each.tag in ADDED:
                    made.added = _who(each)
                elif each.tag in STRUCK:
                    made.struck = _who(each)
        made.is_contents = self._in_contents()
        self._inline(element, made, added, struck)
        return made

    def _inline(self, parent: Any, made: Written, added: Who | None, struck: Who | None) -> None:
        for child in parent:
            if child.tag == W + "r":
                self._run(child, made, added, struck)
            elif child.tag in WITHIN:
                self._inline(child, made, added, struck)
            elif child.tag in ADDED:
                self._inline(child, made, _who(child), struck)
            elif child.tag in STRUCK:
                self._inline(child, made, added, _who(child))
            elif child.tag == W + "bookmarkStart":
                made.names.append(child.get(W + "name", ""))
            elif child.tag == W + "commentRangeStart":
                self._begin(child, made)
            elif child.tag == W + "commentRangeEnd":
                self.open.discard(child.get(W + "id", ""))

    def _begin(self, mark: Any, made: Written) -> None:
        self.open.add(mark.get(W + "id", ""))
        made.comments.append(mark.get(W + "id", ""))

    def _run(self, run: Any, made: Written, added: Who | None, struck: Who | None) -> None:
        look = run.find(W + "rPr")
        self.looks += sum(1 for each in look.iter(*LOOKS)) if look is not None else 0
        text = ""
        for each in run:
            if each.tag in (W + "t", W + "delText"):
                text += each.text or ""
            elif each.tag in LETTERS:
                text += LETTERS[each.tag]
            elif each.tag == W + "commentReference":
                if each.get(W + "id", "") not in made.comments:
                    made.comments.append(each.get(W + "id", ""))
            elif each.tag == W + "footnoteReference":
                made.notes.append(each.get(W + "id", ""))
            elif each.tag == W + "fldChar":
                if each.get(W + "fldCharType") == "begin":
                    self.fields.append("")
                elif each.get(W + "fldCharType") == "end" and self.fields:
                    self.fields.pop()
            elif each.tag == W + "instrText" and self.fields:
                self.fields[-1] += each.text or ""
                made.is_contents = made.is_contents or self._in_contents()
        if text:
            made.tokens.append(Token(text, added, struck, frozenset(self.open)))

    def _in_contents(self) -> bool:
        """Contents and lists, which a word processor writes anew by itself."""
        return any(each.split()[:1] == ["TOC"] for each in self.fields)


def _who(mark: Any) -> Who:
    return Who((mark.get(W + "author") or "").strip()[:200], (mark.get(W + "date") or "")[:25])


def chains(paragraphs: list[Written]) -> list[Written]:
    """Paragraphs whose end was added or struck out put together with the next: what was one, or becomes one."""
    made: list[Written] = []
    joined = False
    for each in paragraphs:
        last = made[-1] if made else None
        if last is not None and joined and last.group == each.group:
            if last.tokens or each.tokens:
                last.tokens.append(Token(PARTED, last.added, last.struck))
            last.names += each.names
            last.tokens += each.tokens
            last.comments += each.comments
            last.notes += each.notes
            last.added, last.struck = each.added, each.struck
        else:
            made.append(each)
        now = made[-1]
        joined = now.added is not None or (now.struck is not None and bool(each.after().strip()))
    return made


@dataclass(frozen=True)
class Comment:
    """``answers`` is the id of the comment that it answers."""

    id: str
    who: Who
    text: str
    answers: str = ""


def comments(part: Any | None, threads: Any | None) -> dict[str, Comment]:
    """The comments of a file by their ids."""
    if part is None:
        return {}
    found: dict[str, Comment] = {}
    of_paragraph: dict[str, str] = {}
    for each in part.iter(W + "comment"):
        id = each.get(W + "id", "")
        lines = ["".join(text.text or "" for text in line.iter(W + "t")) for line in each.iter(W + "p")]
        found[id] = Comment(id, _who(each), "\n".join(lines).strip())
        for line in each.iter(W + "p"):
            of_paragraph |= {
                value: id for name, value in line.attrib.items() if etree.QName(name).localname == "paraId"
            }
    for each in threads if threads is not None else ():
        said = {etree.QName(name).localname: value for name, value in each.attrib.items()}
        id, above = of_paragraph.get(said.get("paraId", "")), of_paragraph.get(said.get("paraIdParent", ""))
        if id and above and id != above:
            found[id] = Comment(id, found[id].who, found[id].text, above)
    return found
