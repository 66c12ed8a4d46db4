# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a report looks in Word: styles with Word's own names, so that its navigation, contents and captions know them."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt

from overens.rendering import word as docs
from overens.rendering.word_footnotes import W

TABLE = "EditionTable"
# Name, what it is based on, points, space before and after, bold. (Word's own names are those in lower case.)
PARAGRAPHS: tuple[tuple[str, str, float, float, float, bool], ...] = (
    ("Title", "Normal", 28, 120, 8, True),
    ("Subtitle", "Normal", 15, 0, 24, False),
    ("Heading 1", "Normal", 20, 0, 10, True),
    ("Heading 2", "Normal", 14, 16, 6, True),
    ("Heading 3", "Normal", 11.5, 12, 4, True),
    ("Body Text", "Normal", 11, 0, 8, False),
    ("Lead", "Body Text", 13, 0, 10, False),
    ("List Bullet", "Normal", 11, 0, 4, False),
    ("List Number", "Normal", 11, 0, 4, False),
    ("Caption", "Normal", 10, 14, 4, True),
    ("Table Text", "Normal", 9, 1.5, 1.5, False),
    ("Table Note", "Normal", 8.5, 2, 0, False),
    ("Example Title", "Normal", 11, 6, 3, True),
    ("Example Text", "Normal", 10.5, 0, 5, False),
    ("Statement", "Body Text", 11, 6, 1, False),
    ("Statement Regions", "Normal", 9, 0, 6, False),
    ("Overview Title", "Heading 2", 16, 0, 6, True),
    ("Contents Title", "Normal", 16, 16, 8, True),
    ("Picture", "Normal", 11, 2, 4, False),
    ("toc 1", "Normal", 11, 6, 2, True),
    ("toc 2", "Normal", 10.5, 0, 2, False),
    ("toc 3", "Normal", 10, 0, 1, False),
    ("table of figures", "Normal", 10.5, 0, 2, False),
    ("footnote text", "Normal", 9, 0, 2, False),
)
ACCENTED = ("Title", "Heading 1", "Heading 2", "Contents Title", "Overview Title", "Example Title")
TABLE_STYLE = f"""<w:style xmlns:w="{W}" w:type="table" w:customStyle="1" w:styleId="{TABLE}">
<w:name w:val="Edition Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
<w:pPr><w:spacing w:before="30" w:after="30"/></w:pPr>
<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="1B2730"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1B2730"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9D3DA"/></w:tblBorders>
<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"""


def give(document: Document, width_mm: int) -> None:
    """width_mm: of the text, for the page numbers of the contents."""
    styles: Any = document.styles
    for name, based, points, before, after, bold in PARAGRAPHS:
        known = [each.name for each in styles]
        style = (
            styles[name]
            if name in known
            else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name[0].islower())
        )
        style.base_style = styles[based]
        style.quick_style = True
        style.font.name, style.font.size, style.font.bold, style.font.italic = "Calibri", Pt(points), bold, False
        style.font.color.rgb = docs.ACCENT if name in ACCENTED else docs.INK
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(f"{{{W}}}{theme}", None)
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.line_spacing = 1.25 if name in ("Body Text", "Lead", "List Bullet", "List Number", "Example Text") else 1.1
        form.widow_control = True
        for border in style.element.pPr.findall(f"{{{W}}}pBdr"):
            style.element.pPr.remove(border)
        if name.startswith("toc") or name == "table of figures":
            level = int(name[-1]) if name.startswith("toc") else 2
            form.left_indent = Mm(6 * (level - 1)) if name != "table of figures" else Mm(0)
            form.tab_stops.add_tab_stop(Mm(width_mm), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    styles["Heading 1"].paragraph_format.page_break_before = True
    for name in ("Heading 1", "Heading 2", "Heading 3", "Caption", "Example Title", "Statement", "Overview Title"):
        styles[name].paragraph_format.keep_with_next = True
    styles["Picture"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for name in ("Example Title", "Example Text"):
        _boxed(styles[name])
    for name in ("Header", "Footer"):
        styles[name].font.size, styles[name].font.color.rgb = Pt(8.5), docs.SOFT
    for name, look in (("footnote reference", "superscript"), ("Hyperlink", "")):
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=True)
        if look:
            style.font.superscript = True
        else:
            style.font.color.rgb, style.font.underline = docs.ACCENT, True
    styles.element.append(parse_xml(TABLE_STYLE))


def _boxed(style: Any) -> None:
    """A box around the paragraphs of a style; those after each other share it."""
    look = style.element.get_or_add_pPr()
    border = docs.element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        border.append(docs.element(f"w:{side}", val="single", sz="4", space="6", color="8AA0AF"))
    shade = docs.element("w:shd", val="clear", color="auto", fill=docs.BAND)
    # Their place in the schema's order is before these (ECMA-376-1, 17.3.1.26).
    later = next((each for each in look if each.tag in LATER), None)
    for made in (border, shade):
        if later is None:
            look.append(made)
        else:
            later.addprevious(made)


LATER = tuple(f"{{{W}}}{name}" for name in ("tabs", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl"))
