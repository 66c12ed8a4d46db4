# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report and its values as the pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from overens.editions.reading import Standing
from overens.people.models import Organisation
from overens.rendering import edition_html, figures
from overens.rendering.edition_html import Places
from overens.rendering.edition_html_alone import shown
from overens.rules.edition import finding
from overens.rules.edition.document import Document, Figure, Section, Table
from overens.rules.edition.rows import file_name, question
from overens.rules.edition.values import NUMBER, Definition, Source, Value
from overens.rules.findings import word

# Reports that are kept drawn, by hash: one never changes.
KEPT = 6


@dataclass(frozen=True)
class Drawn:
    """A report as HTML, with its headings as a list of links."""

    article: SafeString
    contents: SafeString


@lru_cache(maxsize=KEPT)
def drawn(found: Standing, address: str) -> Drawn:
    """A report that stands; ``address`` is the path of its page, which the links begin with."""
    return draw(found.document, address)


def draw(document: Document, address: str, *, with_files: bool = True) -> Drawn:
    """A document with links below ``address``; with_files: there are files of its tables and figures there too."""
    places = Places(
        value=lambda key: f"{address}varde/{quote(key, safe='/,=+:')}/",
        data=lambda id, picture: _files(f"{address}data/", id, picture, document.language) if with_files else (),
        picture=lambda figure: _picture(figure, document.language),
    )
    article, contents = edition_html.article(document, places), edition_html.contents(document)
    return Drawn(mark_safe(article), mark_safe(contents))  # noqa: S308  (escaped where it is drawn)


def _picture(figure: Figure, language: str) -> str:
    return figures.svg(figure.chart, figure.alt, "web", language=language)


def _files(folder: str, id: str, picture: bool, language: str) -> Sequence[tuple[str, str]]:
    name = quote(file_name(id))
    found = [
        (word("edition-file-csv", language), f"{folder}tables/{name}.csv"),
        (word("edition-file-tidy", language), f"{folder}tables/{name}.tidy.csv"),
    ]
    if picture:
        found.append((word("edition-file-svg", language), f"{folder}figures/{name}.svg"))
    return found


@lru_cache(maxsize=KEPT)
def uses(found: Standing) -> Mapping[str, list[tuple[Section, Any]]]:
    return finding.uses(found.document)


def places_of(found: Sequence[tuple[Section, Any]], address: str, language: str) -> list[tuple[str, str]]:
    """Where a value is said: what the place is called, and its address."""
    said = []
    for section, block in found:
        title = edition_html.numbered(section, language)
        if isinstance(block, Table | Figure) and block.number:
            kind = word("edition-table" if isinstance(block, Table) else "edition-figure", language)
            title = f"{kind} {block.number}. {block.caption}"
        said.append((title, f"{address}#{quote(block.id)}"))
    return list(dict(reversed(said)).items())[::-1]


def value_row(value: Value, names: Mapping[str, str], address: str) -> dict[str, Any]:
    """A value in a list: its place in words, what it says, and its page."""
    said = language()
    return {
        "key": value.key,
        "title": value.title,
        "place": place(value.key, names),
        "shown": shown(value, said),
        "is_number": value.status == NUMBER and not value.text,
        "partial": value.partial,
        "sources": len(value.sources),
        "url": f"{address}varde/{quote(value.key, safe='/,=+:')}/",
    }


def place(key: str, names: Mapping[str, str]) -> str:
    """The dimensions of a key in words: "Region Skåne, 2017"."""
    said = language()
    parts = []
    for name, at in sorted(question(key).at.items(), key=lambda each: (each[0] == "year", each[0] != "region")):
        if name == "region":
            parts.append(names.get(at, at))
        else:
            codes = (f"facts-{name}-{at}", f"edition-values-{name}-{at}")
            parts.append(next((found for code in codes if (found := word(code, said)) != code), at))
    return ", ".join(parts)


def region_names() -> dict[str, str]:
    return dict(Organisation.objects.values_list("code", "name"))


def definition_of(document: Document, value: Value) -> Definition | None:
    return next((each for each in document.definitions if each.id == value.definition), None)


def sources_of(document: Document, value: Value) -> list[tuple[str, Source]]:
    """What a value rests on, with the kind of each in words."""
    by_id = {each.id: each for each in document.sources}
    return [
        (word(f"edition-source-kind-{source.kind}", language()), source)
        for each in value.sources
        if (source := by_id.get(each))
    ]


def value_page(document: Document, value: Value, address: str, found: Sequence[tuple[Section, Any]]) -> dict[str, Any]:
    """Everything that the page of a value shows."""
    said = language()
    names = region_names()
    parts = finding.parts(document, value.key)
    # A place that is split in several ways has its parts by way: by region, by term.
    ways: dict[str, list[dict[str, Any]]] = {}
    for part in parts:
        (way,) = set(question(part.key).at) - set(question(value.key).at)
        ways.setdefault(way, []).append(value_row(part, names, address) | {"part": question(part.key).at[way]})
    for way, listed in ways.items():
        for row in listed:
            row["place"] = names.get(row["part"], row["place"]) if way == "region" else row["place"]
    return {
        "value": value,
        "shown": shown(value, said),
        "place": place(value.key, names),
        "status": word(f"facts-answer-{value.status}", said) if value.status != NUMBER else "",
        "certainty": word(f"facts-certainty-{value.certainty}", said) if value.certainty else "",
        "definition": definition_of(document, value),
        "regions": [(code, names.get(code, code)) for code in value.regions],
        "sources": sources_of(document, value),
        "ways": [
            (_("Efter %(way)s") % {"way": word(f"facts-dimension-{way}", said)}, rows) for way, rows in ways.items()
        ],
        "places": places_of(found, address, document.language),
        "address": address,
        "json": f"{address}varde/{quote(value.key, safe='/,=+:')}.json",
        "explore": _explore(value.key),
    }


def _explore(key: str) -> str:
    """The same question to today's facts, where it is one that anybody may ask there."""
    asked = question(key)
    if asked.family != "number":
        return ""
    query = "&".join(f"{name}={quote(at)}" for name, at in asked.at.items())
    return f"{reverse('facts-table')}?vad={quote(asked.subject)}&{query}"


def value_json(document: Document, value: Value) -> dict[str, Any]:
    """A value whole: with its definition and its sources instead of their ids."""
    definition = definition_of(document, value)
    by_id = {each.id: each for each in document.sources}
    return {
        "edition": document.edition,
        "state": document.state,
        **value.model_dump(mode="json"),
        "definition": definition.model_dump(mode="json") if definition else None,
        "sources": [by_id[each].model_dump(mode="json") for each in value.sources if each in by_id],
        "parts": [each.key for each in finding.parts(document, value.key)],
    }


def language() -> str:
    return (get_language() or "sv")[:2]
