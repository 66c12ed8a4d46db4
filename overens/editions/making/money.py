# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the money of an agreement is, by recipient and place, to its last krona; and what it was spent on, by the
signed accounts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from overens.agreements.tracing import ORDER, UNDECIDED
from overens.editions.making.common import agreement_of, called, cell, chosen, maker, say, source_line
from overens.editions.values import accounts, money
from overens.editions.values.asking import names, said
from overens.editions.values.register import Register
from overens.rules.agreement import Agreement, Line
from overens.rules.agreement import said as said_in
from overens.rules.edition.document import Block, Cell, HeadCell, Row, Table, TableNote
from overens.rules.edition.keys import Question
from overens.rules.edition.tables import one_row
from overens.rules.edition.values import NUMBER, Value

WIDE_FROM = 9
# A krona's way: what is nowhere is left out of the table.
PLACES = tuple(str(place) for place in ORDER)
UNOWNED = (UNDECIDED, "reserved")
BY_REGION, NATIONAL = "region", "national"
NONE = "–"
OF_ACCOUNTS = ("received", "unused", "own-share", accounts.RECLAIMED)


def where(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """Each recipient's part of an agreement by place. The places of a row add up to its sum, and all rows to what was
    agreed. Raises Refused: ``edition-unknown-choice``.
    """
    agreement = agreement_of(register, asked.get("agreement", ""))
    places = [
        place for place in PLACES if register.value(Question(money.MONEY, place, {"agreement": agreement.id})).number
    ]
    columns = [*places, money.TOTAL]
    table = Table(
        id=f"table-money-{agreement.id}",
        caption=f"{said_in(agreement, 'short_title', register.about.language)}. {say(register, 'edition-money')}",
        head=(
            (
                HeadCell(text=say(register, "edition-recipient")),
                *(HeadCell(text=said(register, f"edition-values-money-{each}")) for each in places),
                HeadCell(text=say(register, "edition-sum")),
            ),
        ),
        rows=tuple(_lines(register, agreement, columns)) if places else one_row(2, say(register, "edition-no-money")),
        figures=(False, *(True for _ in columns)),
        wide=len(columns) >= WIDE_FROM - 2,
    )
    return (table.model_copy(update={"source": source_line(register, _values(register, table))}),)


def _lines(register: Register, agreement: Agreement, columns: Sequence[str]) -> Iterator[Row]:
    """The regions of a line one by one, with what nobody has yet; other lines as one row each."""
    at = {"agreement": agreement.id}
    regions = names(register)
    for line in agreement.lines:
        title = said_in(line, "title", register.about.language)
        recipients = agreement.group(line.recipients).recipients
        if not all(each.code in regions for each in recipients):
            yield _row(register, title, columns, {**at, "line": line.id})
            continue
        yield Row(kind="group", cells=(Cell(text=title, columns=1 + len(columns)),))
        for each in recipients:
            yield _row(register, regions[each.code], columns, {**at, "line": line.id, "region": each.code})
        yield from _unowned(register, agreement, line, columns)
        yield _row(register, say(register, "edition-sum"), columns, {**at, "line": line.id}, total=True)
    yield _row(register, say(register, "edition-total"), columns, at, total=True)


def _unowned(register: Register, agreement: Agreement, line: Line, columns: Sequence[str]) -> Iterator[Row]:
    """What of a line is nobody's: undecided, or decided for nobody."""
    at = {"agreement": agreement.id, "line": line.id}
    unowned = [place for place in UNOWNED if place in columns]
    if not any(register.value(Question(money.MONEY, place, at)).number for place in unowned):
        return
    cells = [
        cell(register, Question(money.MONEY, each, at)) if each in unowned else Cell(text="") for each in columns[:-1]
    ]
    yield Row(cells=(Cell(text=say(register, "edition-nobodys")), *cells, Cell(text="")))


def _row(register: Register, title: str, columns: Sequence[str], at: Mapping[str, str], *, total: bool = False) -> Row:
    cells = (cell(register, Question(money.MONEY, each, at)) for each in columns)
    return Row(cells=(Cell(text=title), *cells), kind="total" if total else "body")


def costs(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """``by=region`` (each region's costs by head, and what came of its grant) or ``by=national`` (the heads). Raises
    Refused: ``edition-unknown-choice``.
    """
    agreement = agreement_of(register, asked.get("agreement", ""))
    by = chosen(asked, "by", (BY_REGION, NATIONAL), BY_REGION)
    heads = accounts.heads(register, agreement.id)
    every = [(accounts.COSTS, head, title) for head, title in heads.items()]
    every.append((accounts.COSTS, money.TOTAL, say(register, "edition-sum")))
    every += [(accounts.ACCOUNTS, each, said(register, f"edition-values-accounts-{each}")) for each in OF_ACCOUNTS]
    reports = register.value(Question(accounts.ACCOUNTS, accounts.REPORTS, {"agreement": agreement.id}))
    shown = _by_region if by == BY_REGION else _national
    head, rows = shown(register, agreement, every)
    if not reports.number:
        rows = one_row(sum(each.columns for each in head), say(register, "edition-no-accounts"))
    table = Table(
        id=f"table-costs-{agreement.id}",
        caption=f"{said_in(agreement, 'short_title', register.about.language)}. {say(register, 'edition-costs')}",
        head=(head,),
        rows=rows,
        figures=(False, *(True for _ in head[1:])),
        notes=(TableNote(mark=NONE, text=say(register, "edition-sign-no-account")),) if _has_none(rows) else (),
        wide=len(head) >= WIDE_FROM,
    )
    return (table.model_copy(update={"source": source_line(register, _values(register, table))}),)


def _has_none(rows: Sequence[Row]) -> bool:
    return any(each.text == NONE for row in rows for each in row.cells)


Asked = Sequence[tuple[str, str, str]]


def _by_region(register: Register, agreement: Agreement, every: Asked) -> tuple[tuple[HeadCell, ...], tuple[Row, ...]]:
    regions = names(register)
    head = (HeadCell(text=called(register, "edition-region")), *(HeadCell(text=title) for _f, _s, title in every))
    lines = [line for line in agreement.lines if set(agreement.group(line.recipients).codes) <= set(regions)]
    at = {"agreement": agreement.id, **({"line": lines[0].id} if lines else {})}
    rows = [
        Row(cells=(Cell(text=name), *_cells(register, every, {**at, "region": code}))) for code, name in regions.items()
    ]
    return head, (*rows, *_summed(register, agreement, lines, every))


def _summed(register: Register, agreement: Agreement, of_regions: Sequence[Line], every: Asked) -> Iterator[Row]:
    """The regions' sum, each other line of the agreement that was accounted for, and the sum of all: what the text says
    of the whole agreement stands in the table too.
    """
    at = {"agreement": agreement.id}
    others = [line for line in agreement.lines if line not in of_regions]
    accounted = [
        line
        for line in others
        if register.value(Question(accounts.ACCOUNTS, accounts.REPORTS, {**at, "line": line.id})).number
    ]
    if accounted:
        own = {**at, "line": of_regions[0].id} if of_regions else at
        yield Row(cells=(Cell(text=say(register, "edition-sum")), *_cells(register, every, own)), kind="total")
    for line in accounted:
        title = said_in(line, "title", register.about.language)
        yield Row(cells=(Cell(text=title), *_cells(register, every, {**at, "line": line.id})))
    yield Row(cells=(Cell(text=say(register, "edition-total")), *_cells(register, every, at)), kind="total")


def _national(register: Register, agreement: Agreement, every: Asked) -> tuple[tuple[HeadCell, ...], tuple[Row, ...]]:
    head = (HeadCell(text=say(register, "edition-cost-head")), HeadCell(text=say(register, "edition-kronor")))
    rows = tuple(
        Row(
            cells=(Cell(text=title), cell(register, Question(family, subject, {"agreement": agreement.id}))),
            kind="total" if (family, subject) == (accounts.COSTS, money.TOTAL) else "body",
        )
        for family, subject, title in every
    )
    return head, rows


def _cells(register: Register, every: Asked, at: Mapping[str, str]) -> list[Cell]:
    return [cell(register, Question(family, subject, at)) for family, subject, _title in every]


def _values(register: Register, table: Table) -> list[Value]:
    found = [register.values[each.key] for row in table.rows for each in row.cells if each.key]
    return [each for each in found if each.status == NUMBER]


TABLES = {
    "money": maker(
        where,
        {"sv": "Var överenskommelsens pengar är, till sista kronan.", "en": "Where the agreement's money is."},
        {"agreement": "2019"},
    ),
    "costs": maker(
        costs,
        {
            "sv": "Regionernas kostnader efter slag, och vad som blev av bidraget.",
            "en": "The regions' costs by head, and what became of the grant.",
        },
        {"agreement": "2019", "by": f"{BY_REGION} | {NATIONAL}"},
    ),
}
