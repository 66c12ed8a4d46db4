# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens reproduce``: what a printed annex was computed from."""

from __future__ import annotations

import csv
import sys
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from overens.cli.agreement import Language, LanguageOption
from overens.cli.columns import spaced
from overens.exchange.encoding import decoded
from overens.rules.findings import Finding, Refused, as_text, refuse
from overens.rules.reproducing import telling
from overens.rules.reproducing.analysing import Analysis, analyse
from overens.rules.reproducing.candidates import Candidate, from_csv, shipped
from overens.rules.reproducing.table import LARGEST

NOT_EXPLAINED = 3
# Bytes of the most that is read of a file; a table has fewer characters than that (LARGEST).
LARGEST_FILE = 4 * LARGEST


class Format(StrEnum):
    TEXT = "text"
    CSV = "csv"
    JSON = "json"


def reproduce(
    table: Annotated[Path, typer.Argument(help="The annex's table: CSV, or text as it was pasted.")],
    total: Annotated[int | None, typer.Option(min=1, help="Kronor of the pot, where the table does not say.")] = None,
    weights: Annotated[
        list[str] | None, typer.Option(help="A series by id, or a CSV file; again for more. Else all that ship.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How to print the answer.")] = Format.TEXT,
    language: LanguageOption = Language.SV,
) -> None:
    """Find the key, figures and rounding that give a printed table's amounts, and what in it is misprinted.

    Exit 0 when every amount is explained, 3 when one is not, 1 when there is no table to be read. Needs no database.
    """
    try:
        tried = [each for name in weights or () for each in _chosen(name)] if weights else [*shipped()]
        analysis = analyse(_text(table), total, tried)
    except Refused as refusal:
        _say(refusal.findings, language)
        raise typer.Exit(1) from None
    match format:
        case Format.JSON:
            typer.echo(telling.as_json_text(analysis, language))
        case Format.CSV:
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerows([telling.header(analysis, language), *telling.rows(analysis)])
            _say(telling.told(analysis, language), language)
        case Format.TEXT:
            typer.echo(_as_text(analysis, language))
    raise typer.Exit(0 if analysis.explained else NOT_EXPLAINED)


def _chosen(name: str) -> Collection[Candidate]:
    """The figures of this id, or those of a file."""
    found = [each for each in shipped() if each.id == name]
    if found:
        return found
    path = Path(name)
    if not path.is_file():
        refuse("reproduce-unknown-weights", "weights", series=name, choices=sorted({each.id for each in shipped()}))
    return from_csv(_text(path), path.name)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return decoded(file.read(LARGEST_FILE + 1))
    except OSError:
        refuse("reproduce-file-missing", "table", file=str(path))


def _say(findings: Collection[Finding], language: Language) -> None:
    for finding in findings:
        typer.echo(as_text(finding, language), err=True)


def _as_text(analysis: Analysis, language: Language) -> str:
    """The answer in words, then the rows."""
    rows: list[list[object]] = [[*telling.header(analysis, language)], *telling.rows(analysis)]
    lines = [[spaced(cell) for cell in row] for row in rows]
    used = [at for at in range(len(lines[0])) if any(line[at] for line in lines[1:])]
    widths = {at: max(len(line[at]) for line in lines) for at in used}
    shown = [
        "  ".join(line[at].ljust(widths[at]) if at < 2 else line[at].rjust(widths[at]) for at in used) for line in lines
    ]
    said = "\n\n".join(as_text(finding, language) for finding in telling.told(analysis, language))
    return "\n".join([said, "", shown[0], "  ".join("-" * widths[at] for at in used), *shown[1:]])
