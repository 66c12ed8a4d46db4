# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The part of a Word file that holds the notes at the foot, which python-docx does not write (ECMA-376-1, 17.11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from lxml import etree

from overens.rendering import word as docs

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# The lines between text and notes have the numbers -1 and 0.
LINES = (("-1", "separator"), ("0", "continuationSeparator"))


@dataclass
class Footnotes:
    """``notes`` are what each says, in order; the first is number 1."""

    part: Part
    notes: list[list[Any]] = field(default_factory=list)

    def finish(self) -> None:
        """Write the part once all notes are there."""
        root = parse_xml(f'<w:footnotes xmlns:w="{W}" xmlns:r="{R}"/>')
        for id, line in LINES:
            said = docs.element("w:footnote", type=line, id=id)
            paragraph, run = docs.element("w:p"), docs.element("w:r")
            run.append(docs.element(f"w:{line}"))
            paragraph.append(run)
            said.append(paragraph)
            root.append(said)
        for number, content in enumerate(self.notes, 1):
            root.append(_note(str(number), content))
        self.part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def begin(document: Document) -> Footnotes:
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, b"", package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    settings = document.settings.element
    lines = docs.element("w:footnotePr")
    for id, _line in LINES:
        lines.append(docs.element("w:footnote", id=id))
    settings.find(f"{{{W}}}compat").addprevious(lines)
    return Footnotes(part)


def _note(number: str, content: list[Any]) -> Any:
    said, paragraph, look = docs.element("w:footnote", id=number), docs.element("w:p"), docs.element("w:pPr")
    look.append(docs.element("w:pStyle", val="footnotetext"))
    mark, style, space, text = (docs.element(tag) for tag in ("w:r", "w:rPr", "w:r", "w:t"))
    style.append(docs.element("w:rStyle", val="footnotereference"))
    mark.extend((style, docs.element("w:footnoteRef")))
    text.text = " "
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    space.append(text)
    paragraph.extend((look, mark, space, *content))
    said.append(paragraph)
    return said
