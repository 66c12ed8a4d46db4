# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A national report as a PDF for everybody and for the archive: PDF/A-2a and PDF/UA-1 in one, set by Typst.

The look is templates/edition.typ. Here the document becomes what the template reads: days and numbers in words, every
address that a value, table or figure leads to, and for each table the size at which it fits the paper.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from babel.dates import format_date

from overens.rendering import typesetting
from overens.rendering.edition_tables import table_as_data
from overens.rendering.figures import svg
from overens.rendering.paper import grouped
from overens.rules.edition import keys, numerals
from overens.rules.edition.citations import ranges
from overens.rules.edition.document import (
    OUTWARD,
    Document,
    Example,
    Figure,
    Inline,
    Listing,
    Overview,
    Paragraph,
    Section,
    Statements,
    Table,
)
from overens.rules.edition.values import Source
from overens.rules.findings import Finding, word, wording

WORDS = (
    "table", "figure", "annex", "source", "contents", "tables", "figures", "example", "references", "trace",
    "unfinished", "colophon", "checksum", "checksum-about", "links-about", "no-links-about", "appendix",
    "appendix-about", "appendix-values", "appendix-sources", "appendix-definitions", "appendix-what",
    "some-unnamed",
)  # fmt: skip
FINISHED = ("frozen", "agreement-agreed", "plan-adopted")
# The text of an agreement and a region's plan are no reports: what is said of them otherwise, by the names above.
OTHERS = ("agreement", "plan")
OF_OTHERS = ("colophon", "checksum-about", "unfinished", "publisher", "code", "years")
# How wide a picture is drawn, in the units of its own drawing.
PICTURE = 600
# In millimetres: the width of the text, and the height that a picture has below its caption.
TEXT, HIGHEST = 134.0, 205.0
# A picture and what stands below it share a page: how high a line there is, its letters, and what a picture keeps.
NOTE, NOTED, LOWEST = 3.7, 110, 130.0


def pdf(document: Document, made_at: dt.datetime) -> bytes:
    """The report, as PDF. The same document and time (aware) give the same bytes. Raises ``typst.TypstError`` when it
    cannot be set.
    """
    figures = [block for _section, block in document.blocks() if isinstance(block, Figure)]
    pictures = {
        f"picture {each.id}": svg(each.chart, each.alt, "paper", PICTURE, document.language) for each in figures
    }
    data = as_data(document)
    heights = {each.id: _height(pictures[f"picture {each.id}"], _below(each)) for each in figures}
    return typesetting.pdf("edition.typ", {**data, "heights": heights}, made_at, pictures, hyphenated=True)


def _height(picture: str, below: float) -> float:
    """In millimetres, when it is as wide as the text; no higher than a page has room for with what is below it, unless
    that is very long.
    """
    box = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', picture)
    assert box, "a picture says how large it is"
    return min(TEXT * float(box[2]) / float(box[1]), max(HIGHEST - max(0.0, below - 2 * NOTE), LOWEST))


def _below(figure: Figure) -> float:
    """About how high its notes and the line of its source are."""
    texts = [*(each.text for each in figure.notes), f"{figure.source} {figure.id * 2}"]
    return NOTE * sum(1 + len(text) // NOTED for text in texts)


def as_data(document: Document) -> dict[str, Any]:
    """What the template reads: text as it is printed, and no address but those that lead somewhere."""
    said = document.language
    address = document.address if _leads(document.address) else ""
    words = {name: _word(name, document) for name in WORDS}
    if not document.values:  # nothing that leads anywhere
        words["links-about"] = words["no-links-about"] = ""
    return {
        "words": words,
        "language": said,
        "title": document.title.strip() or document.edition,
        "subtitle": document.subtitle,
        "publisher": document.publisher,
        "edition": document.edition,
        "years": numerals.years(document.years),
        "made_on": _day(document.made_on, said),
        "registration": document.registration,
        "finished": document.state in FINISHED,
        "state": word(f"edition-state-{document.state}", said),
        "colophon": _colophon(document, address),
        "sha256": grouped(document.sha256()),
        "linked": bool(address),
        "sections": _sections(document, address),
        "references": [
            {"id": each.id, "text": each.text, "href": each.href if _leads(each.href) else ""}
            for each in document.references
        ],
        **_appendix(document, address),
    }


def _colophon(document: Document, address: str) -> list[dict[str, str]]:
    said = document.language
    lines = {
        "publisher": document.publisher,
        "code": document.edition,
        "agreements": ", ".join(each.replace("-", "–") for each in document.agreements),
        "years": numerals.years(document.years),
        "facts-at": _day(document.facts_at, said),
        "made-on": _day(document.made_on, said),
        "state": word(f"edition-state-{document.state}", said),
        "registration": document.registration,
    }
    shown = [{"label": _word(name, document), "value": value, "href": ""} for name, value in lines.items() if value]
    if address:
        shown.append({"label": word("edition-address", said), "value": address, "href": address})
    return [*shown, {"label": word("edition-checksum", said), "value": grouped(document.sha256()), "href": ""}]


def _word(name: str, document: Document) -> str:
    what = document.state.partition("-")[0]
    own = what in OTHERS and name in OF_OTHERS
    return word(f"{what if own else 'edition'}-{name}", document.language)


def _day(iso: str, said: str) -> str:
    try:
        return format_date(dt.date.fromisoformat(iso[:10]), "d MMMM y", locale=said)
    except ValueError:  # a source knows no more than a year
        return iso


def _leads(address: str) -> bool:
    return address.startswith(OUTWARD)


def _sections(document: Document, address: str) -> list[dict[str, Any]]:
    """Headings never skip a level: what is read aloud is found by them."""
    shown, above = [], 0
    for section in document.sections:
        above = min(section.level, above + 1)
        shown.append(
            {
                "id": section.id,
                "level": above,
                "kind": section.kind,
                "number": section.number,
                "title": section.title.strip() or section.id,  # a heading is never empty
                "blocks": [_block(section, block, address, document) for block in section.blocks],
            }
        )
    return shown


def _block(section: Section, block: Any, address: str, document: Document) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "lead": block.lead, "inlines": _inlines(block.inlines, address)}
        case Listing():
            return {
                "kind": "list",
                "ordered": block.ordered,
                "items": [_inlines(item, address) for item in block.items],
            }
        case Example():
            inner = [_block(section, each, address, document) for each in block.blocks]
            return {"kind": "example", "title": block.title, "blocks": inner}
        case Statements():
            items = [
                {"inlines": _inlines(each.inlines, address), "regions": list(each.regions)} for each in block.items
            ]
            return {"kind": "statements", "items": items}
        case Overview():
            return {
                "kind": "overview",
                "id": block.id,
                "name": block.name,
                "facts": [
                    {"label": label, "value": cell.text, "marks": list(cell.marks)} for label, cell in block.facts
                ],
                "columns": [each.model_dump() for each in block.columns],
                "notes": [each.model_dump() for each in block.notes],
                "source": block.source,
            }
        case Table():
            return {**table_as_data(block), "trace": _trace(block, address, document)}
        case Figure():
            return {
                "kind": "figure",
                "id": block.id,
                "number": block.number,
                "caption": block.caption,
                "alt": block.alt.strip() or block.caption.strip() or block.id,
                "parted": _below(block) > HIGHEST - LOWEST,
                "notes": [each.model_dump() for each in block.notes],
                "source": block.source,
                "trace": _trace(block, address, document),
            }
    raise TypeError(f"no way to print {type(block).__name__}")


def _inlines(inlines: Sequence[Inline], address: str) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = []
    for each in inlines:
        match each.kind:
            case "note":
                shown.append({"kind": "note", "number": str(each.number), "inlines": _inlines(each.inlines, address)})
            case "value":
                href = keys.address(address, each.key)
                shown.append({"kind": "value", "text": each.text, "href": href})
            case "link":
                href = each.href if _leads(each.href) else ""
                shown.append({"kind": "link", "text": each.text, "href": href})
            case _:
                shown.append(each.model_dump())
    return shown


def _trace(block: Table | Figure, address: str, document: Document) -> dict[str, str]:
    """By which a table or figure is found again: its id, and where it leads. Nothing in a document without values."""
    if not document.values:
        return {"text": "", "href": ""}
    return {"text": f"{document.edition}/{block.id}", "href": f"{address}#{block.id}" if address else ""}


def _appendix(document: Document, address: str) -> dict[str, Any]:
    """What tables and figures rest on. Sources that no table or figure shows a value of are listed too."""
    values = {value.key: value for value in document.values}
    numbers = {source.id: str(number) for number, source in enumerate(document.sources, start=1)}
    traces = []
    for _section, block in document.blocks():
        if isinstance(block, Table | Figure) and values:
            shown = {key for key in _keys(block) if key in values}
            cited = {numbers[each] for key in shown for each in values[key].sources if each in numbers}
            name = word("edition-table" if isinstance(block, Table) else "edition-figure", document.language)
            traces.append(
                {
                    "label": f"{name} {block.number}".strip(),
                    "caption": block.caption,
                    "trace": _trace(block, address, document),
                    "count": str(len(shown)),
                    "sources": ranges(sorted(int(each) for each in cited)),
                }
            )
    return {
        "traces": traces,
        "sources": [_source(each, document.language) for each in document.sources],
        "definitions": [
            {
                "title": each.title,
                "text": each.text,
                "breaks": [
                    wording(Finding("edition-break", "note", {"year": year}), document.language) + f" {how}"
                    for year, how in each.breaks
                ],
            }
            for each in document.definitions
        ],
    }


def _keys(block: Table | Figure) -> Iterator[str]:
    table = block.data if isinstance(block, Figure) else block
    return (cell.key for row in table.rows for cell in row.cells if cell.key)


def _source(source: Source, said: str) -> dict[str, str]:
    """What is signed is told by who has signed it and what it is; its reference comes last."""
    signed = source.kind == "signed" and bool(source.organisation)
    what = "account" if source.id.startswith("account/") else "report"
    parts = (
        word(f"edition-signed-{what}", said)
        if signed
        else source.organisation
        if source.organisation not in source.title
        else "",
        f"{word('edition-version', said)} {source.version}" if source.version is not None else "",
        _day(source.at, said),
        source.citation if source.citation != source.title else "",
        source.title if signed else "",
    )
    return {
        "title": source.organisation if signed else source.title,
        "about": ", ".join(part for part in parts if part),
        "sha256": f"SHA-256 {grouped(source.sha256, 8)}" if source.sha256 else "",
    }
