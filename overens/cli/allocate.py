# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens allocate``: who gets what by an agreement, or by another rounding, and what is to be said about it."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from itertools import groupby
from typing import Annotated

import typer

from overens.cli.agreement import AGREEMENT, Language, LanguageOption
from overens.cli.columns import spaced
from overens.rules import allocation, annex, series
from overens.rules.agreement import Agreement, said
from overens.rules.allocation import AllocationTable, as_values, plain
from overens.rules.findings import Evidence, Finding, Refused, as_json, as_text, word
from overens.rules.reading import find, read

EVIDENCE_ROWS = 10


class Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def allocate(
    agreement: Annotated[str, typer.Argument(help=AGREEMENT)],
    pot: Annotated[
        list[str] | None, typer.Option(help="A pot by id; again for more. Else those of the first line.")
    ] = None,
    rounding: Annotated[
        str | None,
        typer.Option(help="half-up, rest-on-largest, largest-remainder or controlled. Else the agreement's own."),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How to print the table.")] = Format.TABLE,
    language: LanguageOption = Language.SV,
) -> None:
    """Share out an agreement's pots in whole kronor. Findings come below the table, with csv on standard error."""
    read_agreement, mistakes = read(find(agreement))
    try:
        if read_agreement is None:
            raise Refused(*mistakes)
        table = allocation.allocate(read_agreement, pot or None, rounding)
        findings = annex.findings(read_agreement, series.shipped(), table.pots)
    except Refused as refusal:
        for finding in refusal.findings:
            typer.echo(as_text(finding, language), err=True)
        raise typer.Exit(1) from None
    match format:
        case Format.JSON:
            typer.echo(json.dumps(_json(read_agreement, table, findings, language), ensure_ascii=False, indent=2))
        case Format.CSV:
            _write_csv(table)
            _show(findings, language, err=True)
        case Format.TABLE:
            typer.echo(_text(read_agreement, table, language))
            _show(findings, language)


def _write_csv(table: AllocationTable) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["lanskod", "region", "weight", *table.pots, annex.SUM])
    for row in table.rows:
        writer.writerow([row.code, row.name, plain(row.weight), *row.kronor.values(), row.sum])


def _json(
    agreement: Agreement, table: AllocationTable, findings: Iterable[Finding], language: Language
) -> dict[str, object]:
    return {
        "agreement": agreement.id,
        "title": said(agreement, "title", language),
        **as_values(agreement, table, language),
        "findings": [as_json(finding, language) for finding in findings],
    }


def _text(agreement: Agreement, table: AllocationTable, language: Language) -> str:
    """The table for a screen. Below the rows: what they add up to, what there was to share out, the difference."""

    def line(code: str, *amounts: int | None) -> list[str]:
        return ["", word(code, language), "", *map(spaced, amounts)]

    head = [word(code, language) for code in ("allocation-code", "allocation-name", "weight")]
    lines = [[*head, *table.pots, word(annex.SUM, language)]]
    lines += [
        [row.code, row.name, *map(spaced, [plain(row.weight), *row.kronor.values(), row.sum])] for row in table.rows
    ]
    kept, amounts = sum(table.withheld.values()), sum(table.amounts.values())
    off = [table.withheld[id] - table.rest[id] for id in table.pots]
    below = [line("allocation-totals", *table.totals.values(), table.sum)]
    if kept:
        below.append(line("allocation-withheld", *table.withheld.values(), kept))
    below.append(line("allocation-amounts", *table.amounts.values(), amounts))
    if any(printed := _printed_totals(agreement, table)):
        below.append(line("allocation-printed", *printed))
    below.append(line("difference", *off, table.sum + kept - amounts))

    widths = [max(map(len, column)) for column in zip(*lines, *below, strict=True)]
    rule = "  ".join("-" * width for width in widths)
    shown = [
        "  ".join(
            cell.ljust(width) if i < 2 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        for cells in [*lines, *below]
    ]
    return "\n".join(
        [said(agreement, "title", language), "", shown[0], rule, *shown[1 : len(lines)], rule, *shown[len(lines) :]]
    )


def _printed_totals(agreement: Agreement, table: AllocationTable) -> list[int | None]:
    """What the annex prints below these columns; None where it prints nothing of the kind."""
    if agreement.annex is None:
        return []
    totals = agreement.annex.totals
    whole = [pot.id for pot in agreement.pots if pot.line == agreement.annex.line]
    return [*(totals.amounts.get(id) for id in table.pots), totals.sum if list(table.pots) == whole else None]


def _show(findings: Iterable[Finding], language: Language, err: bool = False) -> None:
    for finding in findings:
        typer.echo(f"\n{as_text(finding, language)}", err=err)
        for row in finding.evidence[:EVIDENCE_ROWS]:
            typer.echo(f"  {row.label}: {_figures(row, language)}", err=err)
        if (more := len(finding.evidence) - EVIDENCE_ROWS) > 0:
            typer.echo(f"  {word('allocation-more-evidence', language).format(more=more)}", err=err)


def _figures(evidence: Evidence, language: Language) -> str:
    """``exact 1.5, decided 2; controlled rounding: insatser 1, sum 2`` of ``exact``, ``controlled.insatser`` …"""
    groups = []
    for prefix, items in groupby(evidence.values.items(), lambda item: item[0].rpartition(".")[0]):
        figures = ", ".join(
            f"{word(name.removeprefix(f'{prefix}.'), language)} {spaced(value)}" for name, value in items
        )
        groups.append(f"{word(prefix, language)}: {figures}" if prefix else figures)
    return "; ".join(groups)
