# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The annex of an agreement that shares out its money, to the krona, as it is printed (2018 report, Bilaga 2, p. 40;
2019 agreement, Bilaga 1, p. 18).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from overens.editions.making.common import agreement_of, cell, digits, maker, say, source_line
from overens.editions.values import money
from overens.editions.values.register import Register
from overens.rules.agreement import Agreement, Annex, said
from overens.rules.edition.document import Block, Cell, HeadCell, Row, Table
from overens.rules.edition.keys import Question
from overens.rules.edition.tables import Marks, one_row
from overens.rules.edition.values import Value


def allocation(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """``agreement=2019``; else the edition's last. Raises Refused: ``edition-unknown-choice``."""
    agreement = agreement_of(register, asked.get("agreement", ""))
    annex = agreement.annex
    language = register.about.language
    caption = f"{said(agreement, 'short_title', language)}. {say(register, 'edition-allocation')}"
    if annex is None:
        head = (HeadCell(text=say(register, "edition-recipient")), HeadCell(text=say(register, "edition-kronor")))
        rows = one_row(2, say(register, "edition-no-annex"))
        return (Table(id="table-allocation", caption=caption, head=(head,), rows=rows, figures=(False, True)),)
    pots = _columns(agreement, annex)
    titles = [said(agreement.pot(pot), "title", language) for pot in pots if pot != money.TOTAL]
    heads = [*titles, *([say(register, "edition-sum")] if money.TOTAL in pots else [])]
    marks = Marks([])
    rows = _rows(register, agreement, annex, pots)
    total = _total(register, agreement, annex, pots, rows, marks)
    return (
        Table(
            id=f"table-allocation-{agreement.id}",
            caption=caption,
            head=((HeadCell(text=say(register, "edition-recipient")), *(HeadCell(text=each) for each in heads)),),
            rows=(*rows, total),
            figures=(False, *(True for _ in pots)),
            notes=marks.notes(),
            source=source_line(register, _values(register, (*rows, total))),
        ),
    )


def _columns(agreement: Agreement, annex: Annex) -> list[str]:
    """The pots of the annex, and their sum where it prints one."""
    pots = [pot.id for pot in agreement.pots if pot.line == annex.line and pot.id in annex.totals.amounts]
    return [*pots, money.TOTAL] if annex.totals.sum is not None else pots


def _at(agreement: Agreement, annex: Annex, pot: str) -> dict[str, str]:
    """A pot is of one line; the total is of the annex's line alone."""
    return {"agreement": agreement.id, **({"line": annex.line} if pot == money.TOTAL else {})}


def _rows(register: Register, agreement: Agreement, annex: Annex, pots: Sequence[str]) -> tuple[Row, ...]:
    recipients = agreement.group(agreement.line(annex.line).recipients).recipients
    return tuple(
        Row(
            cells=(
                Cell(text=each.name),
                *(
                    cell(register, Question(money.ALLOCATED, pot, {**_at(agreement, annex, pot), "region": each.code}))
                    for pot in pots
                ),
            )
        )
        for each in recipients
    )


def _total(
    register: Register, agreement: Agreement, annex: Annex, pots: Sequence[str], rows: Sequence[Row], marks: Marks
) -> Row:
    """What was agreed; where the printed rows add up to something else, by how much."""
    cells = [Cell(text=say(register, "edition-total"))]
    for at, pot in enumerate(pots, 1):
        question = Question(money.ALLOCATED, pot, _at(agreement, annex, pot))
        agreed = register.value(question)
        added = sum(register.values[row.cells[at].key].number or 0 for row in rows)
        noted: tuple[str, ...] = ()
        if agreed.number is not None and added != agreed.number:
            noted = (marks.of(say(register, "edition-note-rounding", sum=digits(register, added))),)
        cells.append(cell(register, question, *noted))
    return Row(cells=tuple(cells), kind="total")


def _values(register: Register, rows: Sequence[Row]) -> list[Value]:
    return [register.values[each.key] for row in rows for each in row.cells if each.key]


TABLES = {
    "allocation": maker(
        allocation,
        {"sv": "Hur överenskommelsens medel fördelades.", "en": "How the agreement's money was shared out."},
        {"agreement": "2017-2018 | 2019"},
    )
}
