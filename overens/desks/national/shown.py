# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report and its values as the pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from overens.desks.saying import language
from overens.editions import asked_again
from overens.editions.explaining import Explanation, Part
from overens.editions.standing import Standing
from overens.people.models import Organisation
from overens.rendering import edition_html, figures
from overens.rendering.edition_html import Places
from overens.rendering.edition_html_alone import shown
from overens.rules.edition import finding, keys
from overens.rules.edition.document import Document, Figure, Section, Table
from overens.rules.edition.rows import file_name
from overens.rules.edition.values import NUMBER, Value
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
        value=lambda key: keys.address(address, key),
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
        "url": keys.address(address, value.key),
    }


def place(key: str, names: Mapping[str, str]) -> str:
    """The dimensions of a key in words: "Region Skåne, 2017"."""
    return asked_again.place(keys.question(key), names, language())


def region_names() -> dict[str, str]:
    return dict(Organisation.objects.values_list("code", "name"))


def value_page(found: Explanation, address: str, used: Sequence[tuple[Section, Any]]) -> dict[str, Any]:
    """Everything that the page of a value shows. used: where the document says it (:func:`finding.uses`)."""
    said, value = language(), found.value
    splits = [
        {
            "caption": _("Efter %(way)s") % {"way": word(f"facts-dimension-{each.dimension}", said)},
            "parts": [(part, _part(part, value.unit), keys.address(address, part.key)) for part in each.parts],
        }
        for each in found.splits
    ]
    return {
        "found": found,
        "value": value,
        "shown": shown(value, said),
        "is_number": value.status == NUMBER,
        "basis": [(word(f"edition-source-kind-{each.source.kind}", said), each) for each in found.basis],
        "splits": splits,
        "related": [(each.title, shown(each, said), keys.address(address, each.key)) for each in found.related],
        "places": places_of(used, address, found.language),
        "address": address,
        "json": keys.address(address, value.key).removesuffix("/") + ".json",
        "explore": _explore(value.key) if found.query else "",
    }


def _part(part: Part, unit: str) -> str:
    told = Value(key="", title="", unit=unit, number=part.number, status=part.status)
    return shown(told, language())


def _explore(key: str) -> str:
    """The same question to today's facts."""
    asked = keys.question(key)
    return f"{reverse('facts-table')}?{urlencode({'vad': asked.subject, **asked.at})}"
