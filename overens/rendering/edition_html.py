# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as HTML: what Överens shows on the web, and a folder that stands alone.

Every text is escaped here. No styles and no scripts in it; headings begin at the second level, since the page that it
stands on has the first. An id of the document is an anchor of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from overens.rendering.edition_html_blocks import Page, Places, attribute, esc, permalink
from overens.rules.edition.document import OUTWARD, REFERENCES, Document, Note, Section
from overens.rules.edition.reading import inlines
from overens.rules.findings import word

__all__ = ["Places", "article", "contents", "numbered"]


def numbered(section: Section, language: str) -> str:
    """A section's heading with its number: "2.1 Vidareutbildning", "Bilaga 1. Fördelning"."""
    if not section.number:
        return section.title
    if section.kind == "annex" and section.level == 1:
        return f"{word('edition-annex', language)} {section.number}. {section.title}"
    return f"{section.number} {section.title}"


def article(document: Document, places: Places) -> str:
    """All of it in order, notes and references last."""
    page = Page(document, places)
    parts = [_section(page, each) for each in document.sections]
    last = () if document.lists_references else _references(document, headed=True)
    return "".join([*parts, *last, *_notes(page)])


def contents(document: Document) -> str:
    """The headings of the two upper levels as a list of links within the page."""
    parts = []
    upper = [each for each in document.sections if each.level < 3]
    for section, below in _chapters(upper):
        inner = "".join(f"<li>{_to(document, each)}</li>" for each in below)
        parts.append(f"<li>{_to(document, section)}{f'<ul>{inner}</ul>' if inner else ''}</li>")
    ends = []
    if document.references and not document.lists_references:
        ends.append((REFERENCES, "edition-references"))
    if any(_all_notes(document)):
        ends.append(("noter", "edition-notes"))
    parts.extend(f'<li><a href="#{id}">{esc(word(code, document.language))}</a></li>' for id, code in ends)
    return f"<ol>{''.join(parts)}</ol>"


def _chapters(sections: list[Section]) -> Iterator[tuple[Section, list[Section]]]:
    """Each section of the first level with those of the second below it."""
    at = -1

    def chapter(each: Section) -> int:
        nonlocal at
        at += each.level == 1
        return at

    for _number, group in groupby(sections, chapter):
        first, *below = group
        yield first, below


def _to(document: Document, section: Section) -> str:
    return f'<a href="#{attribute(section.id)}">{esc(numbered(section, document.language))}</a>'


def _section(page: Page, section: Section) -> str:
    level = section.level + 1
    title = numbered(section, page.document.language)
    heading = (
        f'<h{level} class="report-heading is-{section.kind}" id="{attribute(section.id)}">{esc(title)}'
        f"{permalink(section.id, title, page.document.language)}</h{level}>"
    )
    listed = _references(page.document, headed=False) if section.id == REFERENCES else ()
    return heading + "".join([*(page.block(each) for each in section.blocks), *listed])


def _all_notes(document: Document) -> Iterator[Note]:
    """The notes of the document in the order of their numbers."""
    found: dict[int, Note] = {}
    for inline in inlines(document.sections):
        if isinstance(inline, Note):
            found.setdefault(inline.number, inline)
    yield from (found[number] for number in sorted(found))


def _notes(page: Page) -> Iterator[str]:
    language = page.document.language
    notes = list(_all_notes(page.document))
    if not notes:
        return
    back = word("edition-back-to-text", language)
    yield '<section class="report-notes" role="doc-endnotes" aria-labelledby="noter">'
    yield f'<h2 class="report-heading is-front" id="noter">{esc(word("edition-notes", language))}</h2><ol>'
    for note in notes:
        said = attribute(f"{back} ({note.number})")
        yield (
            f'<li id="not-{note.number}" value="{note.number}">{page.inlines(note.inlines)} '
            f'<a href="#not-{note.number}-text" role="doc-backlink" aria-label="{said}">↩</a></li>'
        )
    yield "</ol></section>"


def _references(document: Document, *, headed: bool) -> Iterator[str]:
    """The list of references: under a heading of its own where no passage of the text has it."""
    if not document.references:
        return
    if headed:
        title = esc(word("edition-references", document.language))
        yield f'<h2 class="report-heading is-front" id="{REFERENCES}">{title}</h2>'
    yield '<ol class="report-references">'
    for each in document.references:
        text = esc(each.text)
        if each.href.startswith(OUTWARD):
            text = f'{text} <a href="{attribute(each.href)}">{esc(each.href)}</a>'
        yield f'<li id="kalla-{attribute(each.id)}">{text}</li>'
    yield "</ol>"
