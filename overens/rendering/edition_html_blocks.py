# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each kind of block of a document as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

from overens.rules.edition.document import (
    LEADS,
    Block,
    Bound,
    Cell,
    Cite,
    Document,
    Example,
    Figure,
    HeadCell,
    Inline,
    Link,
    Listing,
    Note,
    Overview,
    Paragraph,
    Plain,
    Ref,
    Row,
    Statements,
    Table,
    TableNote,
)
from overens.rules.edition.reading import placed, placed_cells
from overens.rules.edition.rows import figure_table
from overens.rules.findings import word

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Places:
    """Where the links of a page lead: ``value`` a key's own page, ``data`` the files of a table or figure by its id (as
    pairs of what the link says and its address), ``picture`` a figure drawn.
    """

    value: Callable[[str], str]
    data: Callable[[str, bool], Sequence[tuple[str, str]]]
    picture: Callable[[Figure], str]


def esc(text: str) -> str:
    """Text as HTML. What no page may hold (control characters) is left out."""
    return escape(_CONTROL.sub("", text), quote=False)


def attribute(text: str) -> str:
    return escape(_CONTROL.sub("", text), quote=True)


def anchor(id: str) -> str:
    """The address of an id on the same page."""
    return attribute("#" + quote(_CONTROL.sub("", id), safe="/,=+:@!$&'()*;"))


def permalink(id: str, title: str, language: str) -> str:
    said = f"{word('edition-link-to', language)} {title}"
    return f'<a class="report-link" href="{anchor(id)}" aria-label="{attribute(said)}">#</a>'


@dataclass
class Page:
    """What the blocks need of the page that they stand on."""

    document: Document
    places: Places
    known: frozenset[str] = field(init=False)
    noted: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.known = frozenset(each.key for each in self.document.values)

    def word(self, code: str) -> str:
        return word(code, self.document.language)

    def block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return self.paragraph(block)
        if isinstance(block, Listing):
            return self.listing(block)
        if isinstance(block, Table):
            return self.numbered_table(block)
        if isinstance(block, Figure):
            return self.figure(block)
        if isinstance(block, Example):
            return self.example(block)
        if isinstance(block, Statements):
            return self.statements(block)
        return self.overview(block)

    # Text

    def inlines(self, inlines: Iterable[Inline]) -> str:
        return "".join(self.inline(each) for each in inlines)

    def inline(self, inline: Inline) -> str:
        if isinstance(inline, Plain):
            tag = {"strong": "strong", "emphasis": "em"}.get(inline.style)
            return f"<{tag}>{esc(inline.text)}</{tag}>" if tag else esc(inline.text)
        if isinstance(inline, Bound):
            return self.value(inline.key, inline.text)
        if isinstance(inline, Ref):
            return f'<a href="{anchor(inline.to)}">{esc(inline.text)}</a>'
        if isinstance(inline, Cite):
            return f'<a class="cite" href="{anchor(f"kalla-{inline.to}")}">{esc(inline.text)}</a>'
        if isinstance(inline, Link):
            if not inline.href.startswith(LEADS):
                return esc(inline.text)
            return f'<a href="{attribute(inline.href)}">{esc(inline.text)}</a>'
        return self.note_mark(inline)

    def note_mark(self, note: Note) -> str:
        # A note that is said twice has one place to come back to.
        first = note.number not in self.noted
        self.noted.add(note.number)
        id = f' id="not-{note.number}-text"' if first else ""
        said = attribute(f"{self.word('edition-note')} {note.number}")
        return f'<sup><a{id} href="#not-{note.number}" role="doc-noteref" aria-label="{said}">{note.number}</a></sup>'

    def value(self, key: str, text: str) -> str:
        """A value as a link to what it rests on."""
        if key not in self.known:
            return esc(text)
        return f'<a class="bound" href="{attribute(self.places.value(key))}">{esc(text)}</a>'

    def paragraph(self, paragraph: Paragraph) -> str:
        kind = ' class="report-lead"' if paragraph.lead else ""
        return f'<p id="{attribute(paragraph.id)}"{kind}>{self.inlines(paragraph.inlines)}</p>'

    def listing(self, listing: Listing) -> str:
        tag = "ol" if listing.ordered else "ul"
        items = "".join(f"<li>{self.inlines(each)}</li>" for each in listing.items)
        return f'<{tag} id="{attribute(listing.id)}">{items}</{tag}>'

    def example(self, example: Example) -> str:
        id = attribute(example.id)
        inner = "".join(self.block(each) for each in example.blocks)
        return (
            f'<aside class="report-example" id="{id}" aria-labelledby="{id}-rubrik">'
            f'<p class="report-example__title" id="{id}-rubrik">{esc(example.title)}</p>{inner}</aside>'
        )

    def statements(self, statements: Statements) -> str:
        items = []
        for each in statements.items:
            names = f'<p class="report-regions">{esc(", ".join(each.regions))}</p>' if each.regions else ""
            items.append(f"<li><p>{self.inlines(each.inlines)}</p>{names}</li>")
        return f'<ol class="report-statements" id="{attribute(statements.id)}">{"".join(items)}</ol>'

    def overview(self, overview: Overview) -> str:
        id = attribute(overview.id)
        facts = "".join(
            f"<div><dt>{esc(label)}</dt><dd>{self.cell_text(cell)}</dd></div>" for label, cell in overview.facts
        )
        columns = []
        for column in overview.columns:
            items = "".join(
                f"<li>{esc(item.text)}{f'<sup>{esc(item.mark)}</sup>' if item.mark else ''}</li>"
                for item in column.items
            )
            body = f"<ul>{items}</ul>" if items else f'<p class="no-value">{esc(column.instead)}</p>'
            columns.append(f"<div><h4>{esc(column.title)}</h4>{body}</div>")
        link = permalink(overview.id, overview.name, self.document.language)
        return (
            f'<section class="report-overview" id="{id}" aria-labelledby="{id}-rubrik">'
            f'<h3 id="{id}-rubrik">{esc(overview.name)}{link}</h3>'
            f'{facts and f"<dl>{facts}</dl>"}<div class="report-overview__columns">{"".join(columns)}</div>'
            f"{self.below(overview.notes, overview.source)}</section>"
        )

    # Tables and pictures

    def numbered_table(self, table: Table) -> str:
        caption = f"{self.word('edition-table')} {table.number}. {table.caption}" if table.number else table.caption
        kind = "report-table is-wide" if table.wide else "report-table"
        return (
            f'<div class="{kind}" id="{attribute(table.id)}">{self.table(table, caption, table.id)}'
            f"{self.below(table.notes, table.source)}{self.files(table.id, False)}</div>"
        )

    def figure(self, figure: Figure) -> str:
        caption = (
            f"{self.word('edition-figure')} {figure.number}. {figure.caption}" if figure.number else figure.caption
        )
        data = figure_table(figure)
        return (
            f'<figure class="report-figure" id="{attribute(figure.id)}"><figcaption>{esc(caption)}'
            f"{permalink(figure.id, caption, self.document.language)}</figcaption>"
            f'<div class="report-picture" tabindex="0" role="group" aria-label="{attribute(caption)}">'
            f"{self.places.picture(figure)}</div>"
            f"{self.below(figure.notes, figure.source)}"
            f'<details class="more"><summary>{esc(self.word("edition-figures-behind"))}</summary>'
            f"<div>{self.table(data, data.caption)}"
            f"{self.below(figure.data.notes, '')}</div></details>{self.files(figure.id, True)}</figure>"
        )

    def table(self, table: Table, caption: str, id: str = "") -> str:
        link = permalink(id, caption, self.document.language) if id else ""
        head = "".join(f"<tr>{''.join(self.head(at, cell, table) for at, cell in line)}</tr>" for line in placed(table))
        rows = "".join(self.row(each, table) for each in table.rows)
        return (
            f'<div class="table-frame" tabindex="0" role="group" aria-label="{attribute(caption)}">'
            f'<table class="table"><caption>{esc(caption)}{link}</caption><thead>{head}</thead><tbody>{rows}</tbody>'
            "</table></div>"
        )

    def head(self, at: int, cell: HeadCell, table: Table) -> str:
        kind = ""
        if cell.columns > 1:
            kind = "is-spanning"
        elif at < len(table.figures) and table.figures[at]:
            kind = "is-figure"
        span = _attributes(colspan=cell.columns, rowspan=cell.rows) + (f' class="{kind}"' if kind else "")
        if not cell.text:
            return f"<td{span}></td>"
        scope = "colgroup" if cell.columns > 1 else "col"
        return f'<th scope="{scope}"{span}>{esc(cell.text)}</th>'

    def row(self, row: Row, table: Table) -> str:
        cells = []
        for at, cell in placed_cells(row):
            span = _attributes(colspan=cell.columns)
            text = self.cell_text(cell)
            if row.kind == "group" and at == 0:
                cells.append(f'<th scope="rowgroup"{span}>{text}</th>')
            elif at < table.labels:
                cells.append(f'<th scope="row"{span}>{text}</th>')
            elif at < len(table.figures) and table.figures[at]:
                cells.append(f'<td class="is-figure"{span}>{text}</td>')
            else:
                cells.append(f"<td{span}>{text}</td>")
        kind = f' class="is-{row.kind}"' if row.kind != "body" else ""
        return f"<tr{kind}>{''.join(cells)}</tr>"

    def cell_text(self, cell: Cell) -> str:
        text = self.value(cell.key, cell.text) if cell.key else esc(cell.text)
        return text + "".join(f"<sup>{esc(mark)}</sup>" for mark in cell.marks)

    def below(self, notes: Sequence[TableNote], source: str) -> str:
        lines = [f"<li><sup>{esc(each.mark)}</sup> {esc(each.text)}</li>" for each in notes]
        listed = f'<ul class="report-marks">{"".join(lines)}</ul>' if lines else ""
        said = f'<p class="report-source">{esc(self.word("edition-source"))}: {esc(source)}</p>' if source else ""
        return listed + said

    def files(self, id: str, picture: bool) -> str:
        found = self.places.data(id, picture)
        links = " ".join(f'<a href="{attribute(address)}">{esc(said)}</a>' for said, address in found)
        return f'<p class="report-files">{links}</p>' if links else ""


def _attributes(**spans: int) -> str:
    return "".join(f' {name}="{span}"' for name, span in spans.items() if span > 1)
