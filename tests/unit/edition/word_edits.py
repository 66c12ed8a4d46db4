# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Edits a Word file as Word does: tracked insertions and deletions, comments with ranges and threads, typing without
tracking.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

from overens.rules.edition.places import Place

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMES = {"w": W}
AT = "2018-05-03T10:20:00Z"


def w(tag: str, *children: Any, text: str | None = None, **attributes: str) -> Any:
    made = etree.Element(f"{{{W}}}{tag}")
    for name, value in attributes.items():
        made.set(f"{{{W}}}{name}", value)
    made.extend(children)
    if text is not None:
        made.text = text
        made.set(SPACE, "preserve")
    return made


def run(text: str, tag: str = "t") -> Any:
    return w("r", w(tag, text=text))


def by(tag: str, author: str, *children: Any) -> Any:
    return w(tag, *children, id="900", author=author, date=AT)


class Edited:
    """The file's text and comments, to be changed in place and packed again."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            self.parts = {each.filename: packed.read(each) for each in packed.infolist()}
        self.body = etree.fromstring(self.parts["word/document.xml"])
        self.comments = w("comments")
        self.threads = etree.Element(f"{{{W15}}}commentsEx")

    def paragraph(self, place: Place) -> Any:
        (mark,) = self.body.xpath(f"//w:bookmarkStart[@w:name='{place.name}']", namespaces=NAMES)
        return next(mark.iterancestors(f"{{{W}}}p"))

    def runs(self, place: Place) -> list[Any]:
        return [each for each in self.paragraph(place).iter(f"{{{W}}}r") if each.find(f"{{{W}}}t") is not None]

    def apart(self, place: Place, at: int) -> Any:
        """The run that begins at a character, parted from the one before it; None at the end."""
        passed = 0
        for each in self.runs(place):
            text = each.find(f"{{{W}}}t")
            if at == passed:
                return each
            if at < passed + len(text.text):
                rest = run(text.text[at - passed :])
                text.text = text.text[: at - passed]
                each.addnext(rest)
                return rest
            passed += len(text.text)
        return None

    def replace(self, place: Place, start: int, end: int, new: str, author: str = "Granskare") -> None:
        """Tracked: what stood from start to end is struck out and the new text added in its place."""
        first, after = self.apart(place, start), self.apart(place, end)
        first = self.apart(place, start) if start != end else first
        if new:
            added = by("ins", author, run(new))
            if after is not None:
                after.addprevious(added)
            else:
                self.paragraph(place).append(added)
        passed = 0
        for each in self.runs(place) if start < end else []:
            if next(each.iterancestors(f"{{{W}}}ins"), None) is not None:
                continue
            text = each.find(f"{{{W}}}t")
            if start <= passed < end:
                struck = by("del", author)
                each.addprevious(struck)
                struck.append(each)
                text.tag = f"{{{W}}}delText"
            passed += len(text.text)

    def type_over(self, place: Place, text: str) -> None:
        """Not tracked: the paragraph says something else."""
        runs = self.runs(place)
        runs[0].find(f"{{{W}}}t").text = text
        for each in runs[1:]:
            each.getparent().remove(each)

    def strike_out(self, place: Place, author: str = "Granskare") -> None:
        """Tracked: the whole paragraph."""
        self.replace(place, 0, len(place.text), "", author)
        look = self.paragraph(place).find(f"{{{W}}}pPr")
        look.append(w("rPr", by("del", author)))

    def add_after(self, place: Place, text: str, author: str = "Granskare") -> None:
        """Tracked: Enter at the end of a paragraph, and a new one. The end that was there ends the new one."""
        old = self.paragraph(place)
        new = w("p", by("ins", author, run(text)))
        old.find(f"{{{W}}}pPr").append(w("rPr", by("ins", author)))
        old.addnext(new)

    def remove(self, place: Place) -> None:
        """Not tracked: the whole paragraph."""
        paragraph = self.paragraph(place)
        paragraph.getparent().remove(paragraph)

    def move(self, place: Place, after: Place) -> None:
        """Not tracked: cut out and pasted, bookmark and all."""
        self.paragraph(after).addnext(self.paragraph(place))

    def comment(self, place: Place, text: str, author: str = "Granskare", answers: str = "", quote: bool = True) -> str:
        """A comment at a whole paragraph; its id."""
        id = str(len(self.comments))
        line = w("p", run(text))
        line.set(f"{{{W14}}}paraId", f"0000000{id}")
        self.comments.append(w("comment", line, id=id, author=author, date=AT))
        said = etree.SubElement(self.threads, f"{{{W15}}}commentEx")
        said.set(f"{{{W15}}}paraId", f"0000000{id}")
        if answers:
            said.set(f"{{{W15}}}paraIdParent", f"0000000{answers}")
        paragraph = self.paragraph(place)
        if quote and not answers:
            paragraph[0].addnext(w("commentRangeStart", id=id))
            paragraph.append(w("commentRangeEnd", id=id))
        paragraph.append(w("r", w("commentReference", id=id)))
        return id

    def packed(self, change: Callable[[dict[str, bytes]], None] | None = None) -> bytes:
        parts = dict(self.parts)
        parts["word/document.xml"] = etree.tostring(self.body)
        if len(self.comments):
            parts["word/comments.xml"] = etree.tostring(self.comments)
            parts["word/commentsExtended.xml"] = etree.tostring(self.threads)
            for name, kind, relation in KINDS:
                _declare(parts, name, kind, relation)
        if change is not None:
            change(parts)
        return repacked(parts)


KINDS = (
    (
        "comments",
        "openxmlformats-officedocument.wordprocessingml.comments",
        "officeDocument/2006/relationships/comments",
    ),
    (
        "commentsExtended",
        "openxmlformats-officedocument.wordprocessingml.commentsExtended",
        "office/2011/relationships/commentsExtended",
    ),
)


def _declare(parts: dict[str, bytes], name: str, kind: str, relation: str) -> None:
    """Name a part in the file's list of types and in the text's list of relations."""
    types = f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.{kind}+xml"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", types.encode())
    base = "http://schemas.microsoft.com/" if relation.startswith("office/") else "http://schemas.openxmlformats.org/"
    relations = f'<Relationship Id="r{name}" Type="{base}{relation}" Target="{name}.xml"/></Relationships>'
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relations.encode())


def repacked(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()
