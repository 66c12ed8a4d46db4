# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where every krona is, proof that it is, and a whole life to look at: overens trace, verify, replay."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from contextlib import nullcontext
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from overens.cli.database import with_database
from overens.rules.amounts import group_digits


class Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def moment(text: str | None) -> dt.datetime | None:
    """A day (its end, in Stockholm) or an ISO time. Raises typer.BadParameter."""
    if text is None:
        return None
    from overens.records import clock
    from overens.rules.findings import Refused

    try:
        return clock.moment(text)
    except Refused:
        raise typer.BadParameter(f"{text!r} is no day or time: write 2020-03-31 or 2020-03-31T12:00") from None


Agreement = Annotated[str, typer.Argument(help="The id of a stored agreement, such as 2019.")]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]


@with_database
def trace(
    agreement: Agreement,
    recipient: Annotated[str | None, typer.Option(help="Only this recipient: its code, such as 10.")] = None,
    at: Annotated[str | None, typer.Option(help="Where it was at the end of this day, or at this time.")] = None,
    known_at: Annotated[str | None, typer.Option(help="What the database knew at the end of this day.")] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """List where every krona of an agreement is: line, owner, place, kronor."""
    from overens.agreements import tracing

    rows = tracing.trace(agreement, recipient, moment(at), moment(known_at))
    print_rows([{"line": r.line, "owner": r.owner, "place": r.place, "kronor": r.kronor} for r in rows], format)


def print_rows(rows: list[dict[str, str | int]], format: Format) -> None:
    """Print rows that all have a last column kronor; a table gets its sum."""
    columns = list(rows[0]) if rows else ["line", "owner", "place", "kronor"]
    if format is Format.CSV:
        writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    elif format is Format.JSON:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        total = sum(int(row["kronor"]) for row in rows)
        cells = [[str(row[c]) for c in columns[:-1]] + [group_digits(int(row["kronor"]))] for row in rows]
        cells.append(["sum", *[""] * (len(columns) - 2), group_digits(total)])
        widths = [max(len(c), *(len(row[i]) for row in cells)) for i, c in enumerate(columns)]
        for row in [columns, *cells]:
            typer.echo(
                "  ".join([c.ljust(w) for c, w in zip(row[:-1], widths, strict=False)] + [row[-1].rjust(widths[-1])])
            )


@with_database
def verify(
    checkpoint: Annotated[
        Path | None, typer.Option(help="A checkpoint that was kept elsewhere, to hold the chains against.")
    ] = None,
) -> None:
    """Derive every balance, hash and state anew; exit 1 with the first difference."""
    from overens.followup import verifying
    from overens.records import checkpoints
    from overens.rules.findings import refuse

    kept = None
    if checkpoint is not None:
        try:
            kept = checkpoints.read(checkpoint.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as problem:
            refuse("checkpoint-unreadable", problem=str(problem)[:200])
    for what, difference in verifying.all_checks(kept):
        if difference:
            typer.echo(f"overens: {what}: {difference}", err=True)
            raise typer.Exit(1)
        typer.echo(f"{what}: ok")


@with_database
def replay(
    agreement: Annotated[str, typer.Argument(help="2019 is the one whose life is written.")] = "2019",
    seed: Annotated[int, typer.Option(help="Deals the behaviours out to the regions.")] = 1,
    until: Annotated[str | None, typer.Option(help="Stop at this day (2019-11-27); the end otherwise.")] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Play the whole life of an agreement, and print the final places per recipient.

    In the embedded database, while it is empty, the life is kept, for overens trace and verify to read. Otherwise it is
    played in a database of its own and thrown away: a made-up life is never written among real cases.
    """
    from overens.demo import replay as playing
    from overens.demo import scratch
    from overens.web import database

    if agreement != playing.AGREEMENT:
        typer.echo(f"overens: only {playing.AGREEMENT} can be replayed: its life is written in overens/demo", err=True)
        raise typer.Exit(1)
    end = moment(until)
    kept = database.is_embedded() and not scratch.has_cases()
    with nullcontext() if kept else scratch.database():
        playing.load()
        day = end.date() if end else playing.END
        skipped = playing.play(day, seed, _progress if sys.stderr.isatty() else lambda percent: None)
        rows = [asdict(place) for place in playing.final_places(seed)]
    for each in skipped:
        typer.echo(f"skipped: {each.step} ({', '.join(each.codes)})", err=True)
    print_rows(rows, format)
    where = "The life is kept" if kept else "Played apart and thrown away: the database has cases of its own"
    typer.echo(f"{where}.", err=True)


def _progress(percent: int) -> None:
    typer.echo(f"\r{percent:3d} %", err=True, nl=percent >= 100)
