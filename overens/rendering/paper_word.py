# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A paper as a Word document, for reading and quoting elsewhere. It holds nothing that the PDF does not, and is no
receipt: it bears no seal.
"""

from __future__ import annotations

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from overens.rendering import word
from overens.rendering.paper import WORDS, Block, Content, Fields, Grid, Part, Prose, Room, Slip, grouped

WIDTH = 172  # mm between the margins


def write(content: Content) -> bytes:
    """The paper as .docx, with its registration numbers at the head and its checksum at the foot of every page."""
    words = WORDS[content.language]
    document = docx.Document()
    numbers = [f"{line.label}: {line.value}" for line in content.numbers]
    foot = f"{words['hash']}: {grouped(content.sha256, 8)}" if content.sha256 else ""
    head = (", ".join(text for text in (content.title, content.sender) if text), *numbers)
    frame = word.Frame(f"{content.title} – {content.subtitle}", content.sender, content.language, head, foot)
    word.set_up(document, frame, content.made_at)
    document.add_heading(content.title, 1)
    for text in (content.subtitle, content.sender, content.day):
        if text:
            document.add_paragraph(text)
    level = 2
    for block in content.blocks:
        level = 2 if isinstance(block, Part) else level
        if block.title:
            document.add_heading(block.title, level)
        _block(document, block, content)
        level = 3 if isinstance(block, Part) else level
    return word.saved(document)


def _block(document: Document, block: Block, content: Content) -> None:
    words = WORDS[content.language]
    match block:
        case Fields(title, lines) | Slip(title, lines):
            table = word.table(document, [words["item"], words["value"]], (64, WIDTH - 64), title or content.title)
            for line in lines:
                label, value = table.add_row().cells
                label.paragraphs[0].add_run(line.label)
                value.paragraphs[0].add_run(line.value)
                for note in line.notes:
                    word.small(value.add_paragraph(), note)
            word.widths(table, (64, WIDTH - 64))
        case Grid(title, columns, figures, rows, total):
            widths = [WIDTH // len(columns)] * len(columns)
            table = word.table(document, columns, widths, title or content.title)
            for row in (*rows, *([total] if total else ())):
                for cell, text, is_figure in zip(table.add_row().cells, row, figures, strict=True):
                    cell.paragraphs[0].add_run(text).bold = row is total
                    if is_figure:
                        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            word.widths(table, widths)
        case Prose(_, paragraphs) | Part(_, paragraphs):
            for paragraph in paragraphs:
                document.add_paragraph(paragraph)
        case Room(_, paragraphs, count):
            for paragraph in paragraphs:
                word.small(document.add_paragraph(), paragraph)
            for _line in range(count):
                document.add_paragraph("")
