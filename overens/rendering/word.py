# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every Word document of ours is made of: A4 with head and foot, our type, tables with a header row."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from overens.rules.findings import word

nsmap["w14"] = "http://schemas.microsoft.com/office/word/2010/wordml"
LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
INK, SOFT, ACCENT, BAND = RGBColor(0x1B, 0x27, 0x30), RGBColor(0x4A, 0x55, 0x60), RGBColor(0x1D, 0x4F, 0x73), "E4EDF3"

TYPE = (("Normal", 10.5, INK), ("Heading 1", 20, ACCENT), ("Heading 2", 12, ACCENT), ("Heading 3", 10.5, INK))


@dataclass(frozen=True)
class Frame:
    """What stands around the text: ``head`` at the top of every page, ``foot`` at its foot beside the page number."""

    title: str
    sender: str
    language: str
    head: tuple[str, ...]
    foot: str


def set_up(document: Document, frame: Frame, made_at: dt.datetime) -> None:
    """Properties, language, type, page, head and foot. ``made_at`` (aware) is what the properties say."""
    properties = document.core_properties
    properties.title, properties.author = frame.title[:250], frame.sender[:250]
    properties.language, properties.comments = LANGUAGES[frame.language], ""
    properties.created = properties.modified = made_at.astimezone(dt.UTC).replace(tzinfo=None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGES[frame.language])
    default = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in default.findall(qn("w:lang")):
        default.remove(old)
    default.append(language)
    for name, size, colour in TYPE:
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), colour
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # it would go before the name
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    document.styles["Normal"].paragraph_format.space_after = Pt(3)
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(18)
    section.top_margin, section.bottom_margin = Mm(24), Mm(18)
    small(section.header.paragraphs[0], "\n".join(frame.head))
    foot = section.footer.paragraphs[0]
    small(foot, f"{frame.foot}\t\t{word('form-page', frame.language)} ")
    counted(foot, "PAGE")
    small(foot, " (")
    counted(foot, "NUMPAGES")
    small(foot, ")")


def small(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(8.5), SOFT


def counted(paragraph: Paragraph, what: str) -> None:
    """A number that Word counts: ``PAGE`` or ``NUMPAGES``."""
    field = element("w:fldSimple", instr=what)
    run = element("w:r")
    text = element("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    prefix = tag.partition(":")[0]
    for name, value in attributes.items():
        made.set(qn(f"{prefix}:{name}"), value)
    return made


def table(document: Document, names: Sequence[str], widths: Sequence[int], caption: str) -> Table:
    """A table with its header row, repeated on every page, and its name for those who hear it."""
    table: Table = document.add_table(rows=1, cols=len(names))
    table.style = "Table Grid"
    table.autofit = False
    for tag in ("w:tblCaption", "w:tblDescription"):
        table._tbl.tblPr.append(element(tag, val=caption))
    header = table.rows[0]
    header._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for cell, name in zip(header.cells, names, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
        cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=BAND))
    return table


def widths(table: Table, widths: Sequence[int]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            if cell._tc.grid_span == 1:
                cell.width = Mm(width)


def saved(document: Document) -> bytes:
    """The file. The same document gives the same bytes, whenever it is saved: its parts carry no time of their own."""
    packed, file = io.BytesIO(), io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as parts, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as whole:
        for part in parts.infolist():
            whole.writestr(zipfile.ZipInfo(part.filename), parts.read(part), zipfile.ZIP_DEFLATED)
    return file.getvalue()
