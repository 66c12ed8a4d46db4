# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words, sums, days and blocks of an agreement's text, in one language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from babel.dates import format_date

from overens.rules.agreement import Agreement, said
from overens.rules.amounts import format_amount
from overens.rules.edition.document import Cell, HeadCell, Listing, Paragraph, Plain, Row, Section, Table
from overens.rules.findings import Finding, word, wording
from overens.rules.values import NOT_STATED


class Saying:
    """What a text says: calling it with a code gives the wording of the catalogue with its values."""

    def __init__(self, agreement: Agreement, language: Literal["sv", "en"]) -> None:
        self.agreement = agreement
        self.language = language

    def __call__(self, code: str, **values: object) -> str:
        return wording(Finding(code, "note", values), self.language)

    def of(self, thing: Any, name: str = "title") -> str:
        """A text of the agreement itself."""
        return said(thing, name, self.language)

    def kronor(self, amount: int | str) -> str:
        return format_amount(amount) if isinstance(amount, int) else word("agreement-not-stated", self.language)

    def day(self, day: dt.date | str | None) -> str:
        if not isinstance(day, dt.date):
            return word("agreement-not-stated", self.language)
        return str(format_date(day, "d MMMM y", locale=self.language))

    def stated(self, text: str) -> str:
        """A text that the file may leave open."""
        return word("agreement-not-stated", self.language) if text in ("", NOT_STATED) else text

    def who(self, code: str) -> str:
        """A group, party or agency by what it is called; the code itself where it is none."""
        a = self.agreement
        names = {g.id: self.of(g) for g in a.groups}
        names |= {agency.code: self.of(agency, "name") for agency in a.agencies}
        names |= {party.code: self.of(party, "name") for party in a.parties}
        return names.get(code, code)


def numbered(id: str, text: str) -> str:
    """A text with its id before it, where that is a number as the document prints them."""
    return f"{id} {text}" if id[:1].isdigit() else text


def section(id: str, title: str, *blocks: Any, level: Literal[1, 2, 3] = 1, annex: bool = False) -> Section:
    """A section without its number. Blocks that are None are left out; a text is a paragraph."""
    kept = []
    for number, block in enumerate(each for each in blocks if each):
        kept.append(paragraph(f"{id}-{number}", block) if isinstance(block, str) else block)
    kind: Literal["body", "annex"] = "annex" if annex else "body"
    return Section(id=id, passage=id, level=level, kind=kind, title=title, blocks=tuple(kept))


def chapter(id: str, title: str, *blocks: Any) -> Section:
    """A section of the text itself, which stands below its one heading."""
    return section(id, title, *blocks, level=2)


def paragraph(id: str, text: str) -> Paragraph:
    return Paragraph(id=id, inlines=(Plain(text=text),))


def listing(id: str, items: Iterable[str], *, ordered: bool = False) -> Listing | None:
    """None where there is nothing to list."""
    found = tuple((Plain(text=item),) for item in items)
    return Listing(id=id, items=found, ordered=ordered) if found else None


def table(
    id: str,
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    figures: int = 0,
    total: Sequence[str] = (),
    wide: bool = False,
) -> Table:
    """A table whose last ``figures`` columns are set as figures."""
    made = [Row(cells=tuple(Cell(text=text) for text in row)) for row in rows]
    if total:
        made.append(Row(cells=tuple(Cell(text=text) for text in total), kind="total"))
    columns = len(head)
    return Table(
        id=id,
        caption=caption,
        head=(tuple(HeadCell(text=text) for text in head),),
        rows=tuple(made),
        figures=tuple(number >= columns - figures for number in range(columns)),
        wide=wide,
    )
