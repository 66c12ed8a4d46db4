# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two documents beside each other: what differs of numbers, pictures, tables and sentences, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from overens.desks.national.shown import place, region_names
from overens.rendering import figures
from overens.rendering.edition_html_alone import shown
from overens.rules.edition.differences import NumberChange, SentenceChange, TableChange, differences
from overens.rules.edition.document import Document, Figure
from overens.rules.edition.values import Value

# More numbers than these are counted, not listed.
LISTED = 200


@dataclass(frozen=True)
class Differing:
    """``alone``: the numbers that only one of the two says; ``more``: how many numbers are not listed."""

    numbers: list[dict[str, Any]]
    alone: list[dict[str, Any]]
    more: int
    figures: list[dict[str, Any]]
    tables: tuple[TableChange, ...]
    sentences: tuple[SentenceChange, ...]

    def __bool__(self) -> bool:
        return bool(self.numbers or self.alone or self.figures or self.tables or self.sentences)


def differing(before: Document, after: Document) -> Differing:
    found = differences(before, after)
    names, language = region_names(), (get_language() or "sv")[:2]

    def said(value: Value | None) -> str:
        return shown(value, language) if value is not None else ""

    numbers = [
        {"title": each.title, "place": place(each.key, names), "before": said(each.before), "after": said(each.after)}
        for each in found.numbers
        if not _is_nothing(each)
    ]
    both = [each for each in numbers if each["before"] and each["after"]]
    alone = [each for each in numbers if not (each["before"] and each["after"])]
    return Differing(
        both[:LISTED],
        alone[:LISTED],
        max(0, len(both) - LISTED) + max(0, len(alone) - LISTED),
        [
            {
                "caption": (each.after or each.before).caption,  # type: ignore[union-attr]
                "before": _drawn(each.before, before.language),
                "after": _drawn(each.after, after.language),
            }
            for each in found.figures
        ],
        found.tables,
        found.sentences,
    )


def _is_nothing(change: NumberChange) -> bool:
    """A 0 that is no longer said, or is said now: nobody reads it as a difference."""
    said = change.after if change.before is None else change.before if change.after is None else None
    return said is not None and said.number == 0


def _drawn(figure: Figure | None, language: str) -> SafeString:
    if figure is None:
        return SafeString("")
    return mark_safe(figures.svg(figure.chart, figure.alt, "web", language=language))  # noqa: S308  (drawn, escaped)
