# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as a folder that stands alone: opened from a disk, it needs nothing from anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources

from overens.rendering import figures
from overens.rendering.edition_html import article, contents
from overens.rendering.edition_html_blocks import Places, anchor, attribute, esc
from overens.rules.edition import wording
from overens.rules.edition.document import Document, Figure
from overens.rules.edition.rows import file_name
from overens.rules.edition.values import NUMBER, Definition, Source, Value
from overens.rules.findings import word

REPORT, VALUES, STYLE = "index.html", "underlag.html", "rapport.css"


def pages(document: Document) -> dict[str, bytes]:
    """Every file by its name in the folder: the report, what its values rest on (an anchor for each key), the
    pictures, and how it looks.
    """
    drawn = {f"figurer/{name}": svg for name, svg in _pictures(document)}
    style = resources.files("overens.rendering").joinpath("templates", "edition.css").read_bytes()
    return {
        REPORT: _report(document).encode(),
        VALUES: _values(document).encode(),
        STYLE: style,
        **drawn,
    }


def _pictures(document: Document) -> Iterator[tuple[str, bytes]]:
    for _section, block in document.blocks():
        if isinstance(block, Figure):
            drawn = figures.svg(block.chart, block.alt, "paper", language=document.language)
            yield f"{file_name(block.id)}.svg", drawn.encode()


def _picture(figure: Figure) -> str:
    return f'<img src="figurer/{attribute(file_name(figure.id))}.svg" alt="{attribute(figure.alt)}">'


def _nothing(_id: str, _picture: bool) -> Sequence[tuple[str, str]]:
    return ()


def _report(document: Document) -> str:
    said = document.language
    state = f'<p class="state">{esc(word(f"edition-state-{document.state}", said))}</p>'
    facts = "".join(
        f"<div><dt>{esc(word(code, said))}</dt><dd>{esc(value)}</dd></div>"
        for code, value in (
            ("edition-publisher", document.publisher),
            ("edition-registration", document.registration),
            ("edition-facts-at", document.facts_at),
            ("edition-made-on", document.made_on),
            ("edition-address", document.address),
        )
        if value
    )
    subtitle = f'<p class="report-lead">{esc(document.subtitle)}</p>' if document.subtitle else ""
    heading = f'<h2 id="innehall">{esc(word("edition-contents", said))}</h2>'
    places = Places(value=lambda key: VALUES + anchor(key), data=_nothing, picture=_picture)
    main = (
        f'<header>{state}<h1>{esc(document.title)}</h1>{subtitle}<dl class="facts">{facts}</dl>'
        f'<p><a href="{VALUES}">{esc(word("edition-values", said))}</a></p></header>'
        f'<nav class="report-contents" aria-labelledby="innehall">{heading}{contents(document)}</nav>'
        f"<main>{article(document, places)}</main>"
    )
    return _page(document, document.title, main)


def _values(document: Document) -> str:
    said = document.language
    sources = {each.id: each for each in document.sources}
    definitions = {each.id: each for each in document.definitions}
    items = "".join(_value(each, definitions.get(each.definition), sources, said) for each in document.values)
    main = (
        f'<header><p><a href="{REPORT}">{esc(word("edition-back-to-report", said))}</a></p>'
        f"<h1>{esc(word('edition-values', said))}</h1>"
        f'<p class="report-lead">{esc(word("edition-values-about", said))}</p>'
        f"</header><main>{items}</main>"
    )
    return _page(document, f"{word('edition-values', said)}. {document.title}", main)


def shown(value: Value, language: str) -> str:
    """A value's own figure or words: "1 208 personer", "12,4", "inte redovisat"."""
    if value.status == NUMBER and value.text:
        return value.text
    found = wording.plain(value, language)
    if value.status != NUMBER:
        return found
    unit = word(f"edition-unit-{value.unit}", language) if value.unit else ""
    return f"{found} {value.unit if unit.startswith('edition-') else unit}".strip()


def _value(value: Value, definition: Definition | None, sources: dict[str, Source], said: str) -> str:
    of = str(value.of) if value.of is not None else ""
    lines = [
        ("edition-value-key", f"<code>{esc(value.key)}</code>"),
        ("edition-value-interval", esc(wording.interval(value, said))),
        ("edition-value-of", esc(of)),
        ("edition-value-regions", esc(" ".join(value.regions))),
        ("edition-value-printed", esc(str(value.printed)) if value.printed is not None else ""),
        ("edition-value-certainty", esc(word(f"facts-certainty-{value.certainty}", said)) if value.certainty else ""),
        ("edition-value-definition", _definition(definition, said)),
        ("edition-value-sources", "".join(_source(sources[each], said) for each in value.sources if each in sources)),
    ]
    listed = "".join(f"<div><dt>{esc(word(code, said))}</dt><dd>{text}</dd></div>" for code, text in lines if text)
    partial = f"<p>{esc(word('edition-value-partial', said))}</p>" if value.partial else ""
    return (
        f'<section class="value" id="{attribute(value.key)}"><h2>{esc(value.title)}</h2>'
        f'<p class="value__shown">{esc(shown(value, said))}</p>{partial}<dl class="facts">{listed}</dl></section>'
    )


def _definition(definition: Definition | None, said: str) -> str:
    if definition is None:
        return ""
    breaks = "".join(
        f"<p>{esc(word('edition-break', said).replace('{year}', str(year)))} {esc(how)}</p>"
        for year, how in definition.breaks
    )
    return f"<p>{esc(definition.text)}</p>{breaks}"


def _source(source: Source, said: str) -> str:
    version = f"{word('edition-version', said)} {source.version}" if source.version is not None else ""
    sum_of = f"SHA-256 {source.sha256}" if source.sha256 else ""
    kind = word(f"edition-source-kind-{source.kind}", said)
    parts = [kind, source.organisation, source.title, source.at, version, source.citation, sum_of]
    return f"<p>{esc(', '.join(dict.fromkeys(each for each in parts if each)))}</p>"


def _page(document: Document, title: str, main: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{document.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{esc(title)}</title><link rel="stylesheet" href="{STYLE}"></head><body>{main}</body></html>\n'
    )
