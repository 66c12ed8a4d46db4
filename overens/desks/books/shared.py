# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of the books have in common: where they stand, and how a mapping is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from overens.books.models import MappingVersion
from overens.books.reading import Books, heads
from overens.desks.refusals import Shown, shown
from overens.desks.region.views import crumbs as case_crumbs
from overens.desks.region.views import where
from overens.grants.models import Case
from overens.rules.agreement import said
from overens.rules.costing import Item, Names
from overens.rules.findings import Finding
from overens.rules.mapping import Line, comma


def crumbs(case: Case, *, inside: bool = True) -> list[tuple[str, str]]:
    found = case_crumbs(case)
    return [*found, (_("Bokföringen"), to(case, "books"))] if inside else found


def to(case: Case, name: str, *more: Any, **query: Any) -> str:
    """An address of the case's books."""
    return reverse(name, args=[*where(case), *more], query=query or None)


def head_names(agreement: str) -> dict[str, str]:
    """The cost heads' labels in the page's language, by field id."""
    language = (get_language() or "sv")[:2]
    return {id: said(field, "label", language) for id, field in heads(agreement).items()}


@dataclass(frozen=True)
class ItemShown:
    """A cost item as a list shows it. ``number``: from 1; ``chosen``: which rows, in words; ``key``: the share."""

    number: int
    head: str
    title: str
    chosen: tuple[str, ...]
    key: str
    item: Item
    edit: str
    rows: str
    move: str

    @property
    def provider(self) -> str:
        return self.item.line.provider.name if self.item.line.provider else ""


def items(case: Case, version: MappingVersion, books: Books) -> list[ItemShown]:
    """The cost items of a mapping, in its order."""
    named = head_names(case.agreement)
    return [
        ItemShown(
            number=n,
            head=named.get(item.line.head, ""),
            title=item.line.title,
            chosen=tuple(chosen(item.line, books.names)),
            key=share(item.line),
            item=item,
            edit=to(case, "books-line", n),
            rows="" if item.line.stated is not None else to(case, "books-rows", version=version.number, post=n),
            move=to(case, "books-line-move", n),
        )
        for n, item in enumerate(books.costed.items, start=1)
    ]


def chosen(line: Line, names: Names) -> Iterable[str]:
    """Which rows a line chooses, part by part."""
    if line.accounts:
        yield _("Konto %(codes)s") % {"codes": line.accounts}
    for dimension, codes in line.objects.items():
        yield f"{names.dimensions.get(dimension) or dimension} {codes}"
    if line.stated is not None:
        yield _("Uppgift från utföraren, inte ur bokföringen")


def share(line: Line) -> str:
    if line.key is None:
        return ""
    return f"{comma(line.key.part)} / {comma(line.key.whole)} {line.key.measure}"


@dataclass(frozen=True)
class Mend:
    """A finding, and where it is mended."""

    finding: Shown
    url: str


def mending(case: Case, findings: Iterable[Finding]) -> list[Mend]:
    """Findings of a mapping: those about a line lead to it."""

    def url(finding: Shown) -> str:
        part, _dot, number = finding.key.partition(".")
        return to(case, "books-line", int(number) + 1) if part == "lines" and number.isdigit() else ""

    return [Mend(each, url(each)) for each in shown(findings)]
