# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The truth about a printed annex: what it prints, what its rows add up to, and what its weights are.

What is printed is what was decided, and outranks what is computed. Where they differ, or where the printed figures
do not add up, a finding says so to the krona, with what an exact method would have given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from math import floor

from overens.rules.agreement import Agreement, Annex, AnnexRow, Line, Printed
from overens.rules.allocation import AllocationTable, Row, allocate, plain
from overens.rules.findings import Evidence, Finding, Where
from overens.rules.series import COUNTRY, Series
from overens.rules.values import NOT_STATED

SUM = "sum"
EXACT_METHODS = ("largest-remainder", "controlled")


def decided(agreement: Agreement, line: str) -> AllocationTable:
    """A line's rows as decided: as printed, and what is not printed as computed by the agreement's own rounding.

    When somebody does not meet a condition, all is computed: the annex prints what is given when all meet it.
    A pot without a stated amount or key is left out.
    Refused as :func:`allocate`; raises KeyError on an unknown line.
    """
    table = allocate(agreement, _pots(agreement, agreement.line(line)))
    annex = _annex(agreement, line)
    if annex is None:
        return table
    parts_add_up = agreement.allocation.row_sum == "sum-of-parts"
    rows = tuple(_as_printed(row, annex.row(row.code), parts_add_up) for row in table.rows)
    totals = {pot: sum(row.kronor[pot] for row in rows) for pot in table.pots}
    rest = {pot: amount - totals[pot] for pot, amount in table.amounts.items()}
    return replace(table, rows=rows, totals=totals, rest=rest, sum=sum(row.sum for row in rows))


def findings(
    agreement: Agreement, series: Mapping[str, Series], pots: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """What is to be said about how these pots (else all) are shared out, by line in the order of the file.

    Of a line of which only some pots are asked for, nothing is said of the rows' sums.
    """
    found: list[Finding] = []
    for line in agreement.lines:
        stated = _pots(agreement, line)
        asked = [pot for pot in stated if pots is None or pot in pots]
        if asked:
            columns = [*asked, SUM] if len(asked) == len(stated) > 1 else asked
            found += _line_findings(agreement, line, columns)
    if any(pot.by_population for pot in agreement.pots if pots is None or pot.id in pots):
        found += _population(agreement, series)
    return tuple(found)


def _pots(agreement: Agreement, line: Line) -> list[str]:
    return [pot.id for pot in agreement.pots_of(line) if NOT_STATED not in (pot.amount, pot.key)]


def _annex(agreement: Agreement, line: str) -> Annex | None:
    """The annex that holds for a line, if any."""
    for condition in agreement.conditions:
        for pot in (agreement.pot(id) for id in condition.pots):
            if pot.line == line and condition.failed(agreement.group(pot.recipients).codes):
                return None
    return agreement.annex if agreement.annex and agreement.annex.line == line else None


def _as_printed(row: Row, printed: AnnexRow | None, parts_add_up: bool) -> Row:
    if printed is None:
        return row
    kronor = {pot: printed.amounts.get(pot, computed) for pot, computed in row.kronor.items()}
    if printed.sum is not None:
        return replace(row, kronor=kronor, sum=printed.sum)
    return replace(row, kronor=kronor, sum=sum(kronor.values()) if parts_add_up else row.sum)


def _line_findings(agreement: Agreement, line: Line, columns: list[str]) -> Iterator[Finding]:
    pots = _pots(agreement, line)
    table = decided(agreement, line.id)
    exact = {method: allocate(agreement, pots, method) for method in EXACT_METHODS}
    if annex := _annex(agreement, line.id):
        yield from _misprints(annex, allocate(agreement, pots), columns)
    parts_differ = any(row.sum != sum(row.kronor.values()) for row in table.rows)
    for column in columns:
        if column != SUM:
            yield from _column(table, exact, column, f"pot[{column}]")
        elif parts_differ:  # otherwise the sums are off by what the parts are off, which is said already
            yield from _column(table, exact, column, f"line[{line.id}]")
            yield _parts(table, exact, f"line[{line.id}]")


def _misprints(annex: Annex, computed: AllocationTable, columns: list[str]) -> Iterator[Finding]:
    """Printed amounts that the agreement's own method does not give, and printed totals that are not the pots'."""
    for row in computed.rows:
        printed = annex.row(row.code)
        for column in columns:
            kronor = _printed(printed, column) if printed else None
            if kronor is not None and kronor != _kronor(row, column):
                values = {
                    "recipient": _label(row),
                    "column": column,
                    "printed": kronor,
                    "computed": _kronor(row, column),
                    "difference": kronor - _kronor(row, column),
                }
                where = Where(key=f"annex.rows[{row.code}].{column}")
                yield Finding("annex-amount-differs", "warning", values, where)
    for column in columns:
        total = _printed(annex.totals, column)
        amount = _of(computed.amounts, column)
        if total is not None and total != amount:
            values = {"column": column, "printed": total, "amount": amount, "difference": total - amount}
            yield Finding("annex-total-differs", "warning", values, Where(key=f"annex.totals.{column}"))


def _column(table: AllocationTable, exact: Mapping[str, AllocationTable], column: str, key: str) -> Iterator[Finding]:
    """Rows that do not add up to what they share; the evidence is the rows that an exact method changes."""
    amount = _of(table.amounts, column) - _of(table.withheld, column)
    total = sum(_kronor(row, column) for row in table.rows)
    if total == amount:
        return
    changed = dict.fromkeys(exact, 0)
    evidence = []
    for i, row in enumerate(table.rows):
        now = _kronor(row, column)
        would_be = {method: _kronor(other.rows[i], column) for method, other in exact.items()}
        for method, kronor in would_be.items():
            changed[method] += kronor != now
        if any(kronor != now for kronor in would_be.values()):
            share = sum(row.exact.values(), Fraction(0)) if column == SUM else row.exact[column]
            evidence.append(Evidence(_label(row), {"exact": _decimals(share), "decided": now, **would_be}))
    values = {
        "column": column,
        "total": total,
        "amount": amount,
        "difference": total - amount,
        "largest_remainder": changed["largest-remainder"],
        "controlled": changed["controlled"],
    }
    yield Finding("allocation-rows-differ", "warning", values, Where(key=key), tuple(evidence))


def _parts(table: AllocationTable, exact: Mapping[str, AllocationTable], key: str) -> Finding:
    """Rows whose parts do not add up to the row's sum, beside parts that do."""
    evidence = []
    for row, controlled in zip(table.rows, exact["controlled"].rows, strict=True):
        parts = sum(row.kronor.values())
        if parts != row.sum:
            would_be = {**controlled.kronor, SUM: controlled.sum}
            values = {**row.kronor, SUM: row.sum, "difference": parts - row.sum}
            values |= {f"controlled.{column}": kronor for column, kronor in would_be.items()}
            evidence.append(Evidence(_label(row), values))
    return Finding("allocation-parts-differ", "warning", {"rows": len(evidence)}, Where(key=key), tuple(evidence))


def _population(agreement: Agreement, series: Mapping[str, Series]) -> Iterator[Finding]:
    """The day that the document prints against that of the figures, and each weight against the series."""
    basis = agreement.population
    figures = series.get(basis.series) if basis else None
    if basis is None or figures is None:
        return
    by_population = [agreement.group(pot.recipients) for pot in agreement.pots if pot.by_population]
    recipients = {(r.code, r.weight): r for group in reversed(by_population) for r in group.recipients}
    known = [r for r in recipients.values() if r.code in figures.persons]
    differing = [r for r in known if r.weight != figures.persons[r.code]]
    where = Where(key="population.printed_date")
    if basis.printed_date not in (NOT_STATED, figures.reference_date):
        values: dict[str, object] = {
            "printed": str(basis.printed_date),
            "reference_date": str(figures.reference_date),
            "series": figures.id,
            "equal": len(known) - len(differing),
            "known": len(known),
            "recipients": len(recipients),
        }
        evidence = [
            Evidence(f"{r.code} {r.name}", {"weight": plain(r.weight), "persons": figures.persons[r.code]})
            for r in sorted(known, key=lambda r: r.code)
        ]
        if COUNTRY in figures.persons:
            total = plain(sum(r.weight or 0 for r in recipients.values()))
            evidence.append(Evidence(f"{COUNTRY} Sverige", {"weight": total, "persons": figures.persons[COUNTRY]}))
        yield Finding("population-date-differs", "warning", values, where, tuple(evidence))
    for r in differing:
        values = {
            "recipient": f"{r.code} {r.name}",
            "weight": plain(r.weight),
            "persons": figures.persons[r.code],
            "series": figures.id,
        }
        yield Finding("population-weight-differs", "warning", values, where)


def _label(row: Row) -> str:
    return f"{row.code} {row.name}"


def _kronor(row: Row, column: str) -> int:
    return row.sum if column == SUM else row.kronor[column]


def _printed(printed: Printed, column: str) -> int | None:
    return printed.sum if column == SUM else printed.amounts.get(column)


def _of(by_pot: Mapping[str, int], column: str) -> int:
    return sum(by_pot.values()) if column == SUM else by_pot[column]


def _decimals(kronor: Fraction) -> str:
    """Kronor with three decimals, the rest cut off: enough to see which way a share leans."""
    thousandths = floor(kronor * 1000)
    return f"{thousandths // 1000}.{thousandths % 1000:03}"
