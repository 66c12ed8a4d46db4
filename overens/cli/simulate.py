# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens simulate``: what proposals would give each recipient, beside each other, without a database."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from overens.cli.agreement import Language, LanguageOption
from overens.cli.allocate import Format
from overens.cli.columns import spaced
from overens.exchange import statistics
from overens.rules.findings import Finding, Refused, Where, as_text, word
from overens.rules.proposals.comparing import Comparison, compare
from overens.rules.proposals.known import known
from overens.rules.proposals.reading import read
from overens.rules.proposals.sensitivity import sensitivity
from overens.rules.proposals.simulating import Outcome
from overens.rules.proposals.simulating import simulate as simulated
from overens.rules.proposals.tabulating import as_values, in_kronor, labels, rows
from overens.rules.reading import find, placed, text_of
from overens.rules.statistics.asked import Asked
from overens.rules.statistics.table import StatisticsTable


def simulate(
    files: Annotated[
        list[str],
        typer.Argument(help="Files of proposals or agreements, or shipped ids. The first is compared with."),
    ],
    format: Annotated[Format, typer.Option("--format", help="How to print the comparison.")] = Format.TABLE,
    table: Annotated[
        list[str] | None,
        typer.Option(help="A CSV of statistics: code,value or code,time,sex,age,value. Its name is the file's."),
    ] = None,
    language: LanguageOption = Language.SV,
) -> None:
    """What each recipient would get by each proposal, and the differences against the first."""
    tables = {**known(), **dict(_table(path, language) for path in table or ())}
    outcomes = [_outcome(name, tables, language) for name in files]
    try:
        comparison = compare(outcomes, tables)
    except Refused as refusal:
        _stop(refusal.findings, language)
    match format:
        case Format.JSON:
            values = as_values(comparison, [sensitivity(outcome, tables) for outcome in outcomes])
            typer.echo(json.dumps(values, ensure_ascii=False, indent=2))
        case Format.CSV:
            csv.writer(sys.stdout, lineterminator="\n").writerows(rows(comparison))
            typer.echo("\n".join(_rests(comparison, language)), err=True)
        case Format.TABLE:
            typer.echo("\n".join([*_text(comparison, language), "", *_rests(comparison, language)]))


def _table(path: str, language: Language) -> tuple[str, StatisticsTable]:
    code, text = Path(path).stem, text_of(Path(path))
    if isinstance(text, Finding):
        _stop([text], language, path)
    content, asked = text.encode(), Asked(times=("",), title=code)
    try:
        return code, replace(statistics.read(statistics.format_of(content), [content], asked).table, code=code)
    except Refused as refusal:
        _stop(refusal.findings, language, path)


def _outcome(name: str, tables: Mapping[str, StatisticsTable], language: Language) -> Outcome:
    path = find(name)
    proposal, findings = read(path)
    if proposal is None:
        _stop(findings, language)
    try:
        return simulated(proposal, tables)
    except Refused as refusal:
        _stop(placed(refusal.findings, path.read_text("utf-8-sig")), language, str(path))


def _stop(findings: Iterable[Finding], language: Language, file: str | None = None) -> NoReturn:
    for finding in findings:
        where = finding.where or Where()
        typer.echo(as_text(replace(finding, where=replace(where, file=where.file or file)), language), err=True)
    raise typer.Exit(1)


def _text(comparison: Comparison, language: Language) -> list[str]:
    """For a screen: sums, then differences, then kronor for each inhabitant."""
    names = labels(comparison.outcomes)
    several = len(names) > 1
    head = [word("allocation-code", language), word("allocation-name", language), *names]
    head += [f"{name} {word('proposal-less-first', language)}" for name in names[1:]]
    head += [f"{name} {word('proposal-each', language)}" for name in names] if comparison.inhabitants else []
    lines = [head]
    for row in comparison.rows:
        cells = [row.code, row.name, *map(spaced, row.sums), *map(spaced, row.differences[1:])]
        lines.append(cells + ([str(in_kronor(ore)) for ore in row.ore] if comparison.inhabitants else []))
    totals = [outcome.table.sum for outcome in comparison.outcomes]
    below = ["", word("allocation-totals", language), *map(spaced, totals)]
    below += [spaced(total - totals[0]) for total in totals[1:]] if several else []
    lines.append(below + [""] * (len(head) - len(below)))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = [
        "  ".join(
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    rule = "  ".join("-" * width for width in widths)
    return [shown[0], rule, *shown[1:-1], rule, shown[-1]]


def _rests(comparison: Comparison, language: Language) -> list[str]:
    """What is left of each pot, who is held at a bound, and whom sums are divided by."""
    found = []
    for name, outcome in zip(labels(comparison.outcomes), comparison.outcomes, strict=True):
        for pot, rest in outcome.table.rest.items():
            held = outcome.bounded[pot]
            values = {"proposal": name, "pot": pot, "rest": rest, "withheld": outcome.table.withheld[pot]}
            found.append(as_text(Finding("proposal-rest", "note", values), language))
            if held:
                bounds = [f"{code} ({word(f'proposal-at-{bound}', language)})" for code, bound in held.items()]
                found.append(
                    as_text(Finding("proposal-held", "note", {"proposal": name, "pot": pot, "who": bounds}), language)
                )
    if comparison.inhabitants:
        values = {"source": comparison.inhabitants.source}
        found.append(as_text(Finding("proposal-divided-by", "note", values), language))
    return found
