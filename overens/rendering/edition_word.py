# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report as a Word document, for those who comment in Word.

Real styles, contents, captions, notes at the foot and references. Every paragraph has a bookmark with the name of its
place, and the file carries what it said when it went out (:mod:`overens.rules.edition.places`), so that comments and
changes find their way back; changes are tracked from the first. Bound values cannot be typed in.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx as python_docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from overens.rendering import figures, typesetting, word_footnotes, word_styles, word_tables
from overens.rendering import word as docs
from overens.rendering.word_parts import (
    Writer,
    anchor,
    bookmarked,
    complex_field,
    field_begins,
    field_ends,
    linked,
    node,
    paragraph,
    run,
    tab,
)  # fmt: skip
from overens.rules.edition.document import (
    OUTWARD,
    REFERENCES,
    Block,
    Document,
    Example,
    Figure,
    Listing,
    Overview,
    Paragraph,
    Section,
    Statements,
    Table,
)  # fmt: skip
from overens.rules.edition.places import (
    Place,
    as_record,
    captioned,
    headed,
    noted,
    sent,
    shown,
    sourced,
)  # fmt: skip
from overens.rules.findings import word

# Millimetres of text on an upright page, and on one that lies.
UPRIGHT, LYING = 172, 259
RECORD = "https://overens.example/ns/sent"
RECORD_ID = "{6F76E172-656E-7300-8000-00000000A001}"
# States in which the report is sent out to be commented on and taken in again.
COMMENTED = ("draft", "review", "fact-check")
PICTURE_DOTS = 200  # an inch


def docx(document: Document, made_at: dt.datetime) -> bytes:
    """The report as .docx. ``made_at`` (aware) is what its properties say; the same document and time give the same
    bytes.
    """
    made = python_docx.Document()
    anchors = {section.id for section in document.sections}
    anchors |= {block.id for _section, block in document.blocks() if isinstance(block, Table | Figure) and block.number}
    anchors |= {f"{REFERENCES}/{each.id}" for each in document.references}
    _set_up(made, document, made_at)
    writer = Writer(made, document, frozenset(anchors), word_footnotes.begin(made))
    _cover(writer)
    _contents(writer)
    for section in document.sections:
        _section(writer, section)
    if document.references and not document.lists_references:
        title = word("edition-references", document.language)
        heading = bookmarked(writer.next_id(), anchor(REFERENCES), [run(title)])
        writer.add(writer.place(Place(REFERENCES, "", "heading", title), "Heading1", heading))
        _references(writer)
    writer.footnotes.finish()
    _carry(made, as_record(sent(document)))
    return docs.saved(made)


def _set_up(made: WordDocument, document: Document, made_at: dt.datetime) -> None:
    state = document.registration or word(f"edition-state-{document.state}", document.language)
    frame = docs.Frame(
        shown(document.title), shown(document.publisher), document.language, (shown(document.title),), shown(state)
    )
    docs.set_up(made, frame, made_at)
    made.core_properties.subject = shown(document.subtitle)[:250]
    made.core_properties.keywords = f"edition/{document.edition}"
    word_styles.give(made, UPRIGHT)
    made.sections[0].different_first_page_header_footer = True
    settings = made.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:proofState")).addnext(node("w:trackRevisions"))
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")  # Word 2013 and on: without it Word says that the file is of an older kind
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), docs.LANGUAGES[document.language])


def _cover(writer: Writer) -> None:
    document, language = writer.document, writer.document.language
    writer.add(paragraph("Title", [run(document.title)]))
    if document.subtitle:
        writer.add(paragraph("Subtitle", [run(document.subtitle)]))
    lines = [document.publisher]
    if document.registration:
        lines.append(f"{word('edition-registration', language)} {document.registration}")
    lines += [
        word(f"edition-state-{document.state}", language),
        f"{word('edition-made-on', language)} {document.made_on}",
    ]
    if document.facts_at:
        lines.append(f"{word('edition-facts-at', language)} {document.facts_at}")
    for line in lines:
        writer.add(paragraph("BodyText", [run(line)]))
    if document.state in COMMENTED:
        writer.add(paragraph("ExampleTitle", [run(word("edition-word-how", language))]))
        for line in ("edition-word-comment", "edition-word-values", "edition-word-contents"):
            writer.add(paragraph("ExampleText", [run(word(line, language))]))


def _contents(writer: Writer) -> None:
    """Contents and lists of tables and figures as fields: filled in already, with pages once Word has counted them."""
    document, language = writer.document, writer.document.language
    entries = [
        (f"toc{section.level}", section.id, headed(section.number, section.kind, section.title, language))
        for section in document.sections
    ]
    if document.references and not document.lists_references:
        entries.append(("toc1", REFERENCES, word("edition-references", language)))
    _list(writer, "edition-contents", r'TOC \o "1-3" \h \z \u', entries, fresh=True)
    for kind, kinds in (("table", Table), ("figure", Figure)):
        entries = [
            ("tableoffigures", block.id, captioned(block, language))
            for _section, block in document.blocks()
            if isinstance(block, kinds) and block.number
        ]
        name = word(f"edition-{kind}", language)
        _list(writer, f"edition-{kind}s", rf'TOC \h \z \c "{name}"', entries)


def _list(
    writer: Writer, title: str, instruction: str, entries: list[tuple[str, str, str]], *, fresh: bool = False
) -> None:
    if not entries:
        return
    writer.add(paragraph("ContentsTitle", [run(word(title, writer.document.language))], fresh=fresh, keep=True))
    for number, (style, id, text) in enumerate(entries):
        page = complex_field(rf"PAGEREF {anchor(id)} \h", [run("")])
        content = [linked(anchor(id), [run(text), tab(), *page])]
        if number == 0:
            content = [*field_begins(instruction), *content]
        if number == len(entries) - 1:
            content.append(field_ends())
        writer.add(paragraph(style, content))


def _section(writer: Writer, section: Section) -> None:
    lying = bool(section.blocks) and _is_wide(section.blocks[0])
    if lying:  # with its heading
        _turn(writer, lying=True)
    title = headed(section.number, section.kind, section.title, writer.document.language)
    place = Place(section.passage, section.id, "heading", title)
    content = bookmarked(writer.next_id(), anchor(section.id), [run(title)])
    writer.add(writer.place(place, f"Heading{section.level}", content))
    for number, block in enumerate(section.blocks):
        if _is_wide(block) != lying:
            lying = not lying
            _turn(writer, lying=lying)
        _block(writer, section, block, number)
    if lying:
        _turn(writer, lying=False)
    if section.id == REFERENCES:
        _references(writer)


def _is_wide(block: Block) -> bool:
    return isinstance(block, Table) and block.wide


def _turn(writer: Writer, *, lying: bool) -> None:
    """From here on pages that lie, or that stand."""
    section = writer.word.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if lying else (Mm(210), Mm(297))


def _block(writer: Writer, section: Section, block: Block, number: int) -> None:
    passage = section.passage
    match block:
        case Paragraph():
            _running(writer, passage, block, "Lead" if block.lead else "BodyText", "")
        case Listing():
            _running(writer, passage, block, "", "")
        case Example():
            if block.title:
                title = Place(passage, block.id, "title", block.title)
                writer.add(writer.place(title, "ExampleTitle", [run(block.title)]))
            for each in block.blocks:
                _running(writer, passage, each, "ExampleText", "– ")
        case Statements():
            for at, item in enumerate(block.items, 1):
                place = Place(passage, block.id, f"item-{at}", "-")
                writer.add(writer.place(place, "Statement", writer.inlines(place, item.inlines)))
                if item.regions:
                    place = Place(passage, block.id, f"regions-{at}", "-")
                    writer.add(writer.place(place, "StatementRegions", [run(", ".join(item.regions))]))
        case Table():
            _caption(writer, passage, block)
            writer.add(word_tables.table(writer, passage, block, LYING if block.wide else UPRIGHT))
            _below(writer, passage, block)
        case Figure():
            _caption(writer, passage, block)
            writer.add(paragraph("Picture", [_picture(writer, block)], keep=bool(block.notes or block.source)))
            _below(writer, passage, block)
        case Overview():
            place = Place(passage, block.id, "name", block.name)
            heading = writer.place(place, "OverviewTitle", [run(block.name)])
            if number:
                heading[0].append(node("w:pageBreakBefore"))
            writer.add(heading, *word_tables.overview(writer, passage, block, UPRIGHT))
            _below(writer, passage, block)


def _running(writer: Writer, passage: str, block: Paragraph | Listing, style: str, dash: str) -> None:
    """style: of a paragraph; a list has Word's own, but in a box, where its items begin with a dash."""
    if isinstance(block, Paragraph):
        place = Place(passage, block.id, "", "-" if block.inlines else "")
        writer.add(writer.place(place, style, writer.inlines(place, block.inlines)))
        return
    numbers = _restarted(writer.word) if block.ordered and not dash else None
    for at, item in enumerate(block.items, 1):
        place = Place(passage, block.id, f"item-{at}", "-" if item else "")
        content = writer.inlines(place, item)
        made = writer.place(place, style or ("ListNumber" if block.ordered else "ListBullet"), content)
        if numbers is not None:
            made[0].append(_numbered(numbers))
        writer.add(made)


def _restarted(made: WordDocument) -> int:
    """A numbering that begins at one, like that of Word's style for numbered lists."""
    numbering = made.part.numbering_part.element
    of_style = made.styles["List Number"].element.pPr.numPr.numId.val
    like = next(each for each in numbering.num_lst if each.numId == of_style)
    num = numbering.add_num(like.abstractNumId.val)
    num.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(num.numId)


def _numbered(numbers: int) -> Any:
    return node("w:numPr", node("w:ilvl", val="0"), node("w:numId", val=str(numbers)))


def _caption(writer: Writer, passage: str, block: Table | Figure) -> None:
    """ "Tabell 3. …", whose number Word counts."""
    language = writer.document.language
    place = Place(passage, block.id, "caption", captioned(block, language))
    content: list[Any] = [run(block.caption)]
    if block.number:
        name = word(f"edition-{block.kind}", language)
        restart = rf" \r {block.number}" if block.number.isdigit() else ""
        number = [run(block.number)]
        if restart:
            number = complex_field(rf"SEQ {name} \* ARABIC{restart}", number)
        label = bookmarked(writer.next_id(), anchor(block.id), [run(f"{name} "), *number])
        content = [*label, run(f". {block.caption}")]
    writer.add(writer.place(place, "Caption", content))


def _below(writer: Writer, passage: str, block: Table | Figure | Overview) -> None:
    for at, note in enumerate(block.notes, 1):
        place = Place(passage, block.id, f"note-{at}", noted(note))
        content = [run(note.mark, raised=True), run(f" {note.text}")] if note.mark else [run(note.text)]
        writer.add(writer.place(place, "TableNote", content))
    if block.source:
        text = sourced(block.source, writer.document.language)
        writer.add(writer.place(Place(passage, block.id, "source", text), "TableNote", [run(text)]))
    writer.add(paragraph("TableNote", []))


def _picture(writer: Writer, block: Figure) -> Any:
    png = typesetting.png(figures.svg(block.chart, block.alt, "paper"), PICTURE_DOTS)
    inline = writer.word.part.new_pic_inline(io.BytesIO(png), width=Mm(UPRIGHT))
    number = writer.next_id()
    inline.docPr.set("id", number)
    inline.docPr.set("name", shown(block.id)[:60])
    inline.docPr.set("descr", shown(block.alt))
    return node("w:r", node("w:drawing", inline))


def _references(writer: Writer) -> None:
    numbers = _restarted(writer.word)
    for each in writer.document.references:
        place = Place(REFERENCES, each.id, "", shown(each.text))
        content: list[Any] = [run(each.text)]
        if each.href.startswith(OUTWARD):
            id = writer.word.part.relate_to(each.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            content = [node("w:hyperlink", run(each.text, style="Hyperlink"), **{"r:id": id})]
        content = bookmarked(writer.next_id(), anchor(f"{REFERENCES}/{each.id}"), content)
        made = writer.place(place, "ListNumber", content)
        made[0].append(_numbered(numbers))
        writer.add(made)


def _carry(made: WordDocument, record: str) -> None:
    """Let the file carry a record, which stays with it when it is written and saved."""
    part = next(each.target_part for each in made.part.rels.values() if each.reltype.endswith("/customXml"))
    root = etree.Element(f"{{{RECORD}}}sent", nsmap={None: RECORD})
    root.text = record
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=False)
    (properties,) = (each.target_part for each in part.rels.values())
    about = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    item = etree.Element(f"{{{about}}}datastoreItem", nsmap={"ds": about})
    item.set(f"{{{about}}}itemID", RECORD_ID)
    schemas = etree.SubElement(item, f"{{{about}}}schemaRefs")
    etree.SubElement(schemas, f"{{{about}}}schemaRef").set(f"{{{about}}}uri", RECORD)
    properties._blob = etree.tostring(item, xml_declaration=True, encoding="UTF-8", standalone=False)
