# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens bank``: the files that the bank sends, taken in as a scheduler would."""

from __future__ import annotations

import json
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from overens.cli.database import language, with_database

if TYPE_CHECKING:
    from overens.grants.actions.reconcile import Outcome

app = typer.Typer(help="Take in the files that the bank sends.", no_args_is_help=True, rich_markup_mode=None)
COLUMNS = ("reference", "booked_on", "amount", "done", "rule", "case", "note")


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"


@app.callback()
def bank() -> None:
    """Statements (camt.053), notifications (camt.054) and answers to payment files (pain.002)."""


@app.command("import")
@with_database
def import_file(
    file: Annotated[Path, typer.Argument(help="A file from the bank.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what it would do; keep nothing.")] = False,
    format: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
) -> None:
    """Take in a file of the bank: its rows are kept, and what leaves no doubt is matched.

    The same file again changes nothing, and goes on with what an earlier run did not come to. Exit code 1, and nothing
    kept, where the file is not as it should be.
    """
    from overens.exchange.iso20022 import schema
    from overens.grants.actions import reconcile
    from overens.rules.findings import Refused, Where, as_json, as_text, refuse

    try:
        if file.stat().st_size > schema.LARGEST:
            refuse("xml-too-large", limit=schema.LARGEST // schema.MIB)
        content = file.read_bytes()
    except OSError as problem:
        refuse("file-unreadable", name=str(file), message=problem.strerror or str(problem))
    try:
        done = (reconcile.preview if dry_run else reconcile.take_in)(content, file.name)
    except Refused as refusal:
        if format is Format.JSON:
            findings = [as_json(each, language()) for each in refusal.findings]
            typer.echo(json.dumps({"findings": findings}, ensure_ascii=False, indent=1))
        else:
            for each in refusal.findings:
                where = Where(str(file), each.where.line if each.where else None)
                typer.echo(as_text(replace(each, where=where), language()), err=True)
        raise typer.Exit(1) from None
    rows = [_row(outcome) for outcome in done.outcomes]
    if format is Format.JSON:
        kept = {"file": str(file), "kind": done.file.kind, "message": done.file.message_id, "new": done.new}
        notes = [as_json(note, language()) for note in done.notes]
        typer.echo(json.dumps({**kept, "dry_run": dry_run, "notes": notes, "rows": rows}, ensure_ascii=False, indent=1))
        return
    for note in done.notes:
        typer.echo(as_text(note, language()), err=True)
    _print(rows)
    counted = ", ".join(f"{number} {way or 'open'}" for way, number in sorted(done.counts.items(), reverse=True))
    was = "" if done.new else " (here before)"
    would = "would be: " if dry_run else ""
    typer.echo(f"{done.file.kind} {done.file.message_id}{was}: {would}{counted or 'nothing to do'}")


def _row(outcome: Outcome) -> dict[str, str]:
    """An outcome as strings, by column; amounts in kronor with a point, as in the bank's file."""
    row, answer, payment = outcome.row, outcome.answer, outcome.payment
    case = outcome.match.case if outcome.match else payment.case if payment else None
    best = outcome.suggestion
    if case is None and best is not None:
        case = best.case
    ore = row.ore if row else -payment.kronor * 100 if payment else 0
    notes = (
        [outcome.refusal.code] if outcome.refusal else list(best.why + best.but) if best and not outcome.done else []
    )
    if answer is not None:
        notes = [part for part in (answer.status, answer.reason, *notes) if part]
    return {
        "reference": row.bank_reference if row else answer.end_to_end_id if answer else "",
        "booked_on": row.booked_on.isoformat() if row else "",
        "amount": f"{'-' if ore < 0 else ''}{abs(ore) // 100}.{abs(ore) % 100:02d}" if ore else "",
        "done": outcome.done or "open",
        "rule": outcome.match.rule if outcome.match else "",
        "case": case.key if case else "",
        "note": " ".join(notes),
    }


def _print(rows: list[dict[str, str]]) -> None:
    if not rows:
        return
    widths = {name: max(len(name), *(len(row[name]) for row in rows)) for name in COLUMNS}
    for row in ({name: name for name in COLUMNS}, *rows):
        cells = [
            row[name].rjust(widths[name]) if name == "amount" else row[name].ljust(widths[name]) for name in COLUMNS
        ]
        typer.echo("  ".join(cells).rstrip())
