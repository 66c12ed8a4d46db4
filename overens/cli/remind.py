# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people are told by e-mail: overens remind."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from overens.cli.database import language, with_database
from overens.cli.money import Format, FormatOption


@with_database
def remind(
    at: Annotated[str | None, typer.Option(help="A day, also one to come (2019-12-01). Today otherwise.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be sent, and send nothing.")] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Send today's digests, or show those of any day: who is told what, in which words.

    A day to come is shown as it would be if nobody did anything until then. Run twice, it sends nothing twice.
    """
    from overens.records import clock, runs
    from overens.records.models import Run
    from overens.reminders import letters
    from overens.rules import findings
    from overens.rules.findings import Finding, refuse

    day = clock.moment(at, "at").astimezone(clock.STOCKHOLM).date() if at else clock.today()
    if not dry_run:
        if day != clock.today():
            refuse("remind-not-today", key="at", day=day.isoformat(), today=clock.today().isoformat())
        made = letters.daily(day)
        if made.last_error:
            typer.echo(f"overens: {made.last_error}", err=True)
            raise typer.Exit(1)
        for run in Run.objects.filter(kind="letter", state__in=["waiting", "failed"]):
            runs.carry_out.func(run.pk)
    found = letters.foreseen(day)
    rows: list[dict[str, Any]] = [
        {
            "to": letter.address,
            "language": letter.language,
            "state": "" if dry_run and day >= clock.today() else letter.state,
            "subject": letter.subject,
            "notices": [
                {
                    "code": telling.notice.code,
                    "case": telling.notice.subject,
                    "text": findings.wording(
                        Finding(telling.notice.code, "note", {"key": telling.notice.subject, **telling.notice.values}),
                        letter.language,
                    ),
                }
                for telling in letter.tellings.all()
            ],
            "text": letter.text,
        }
        for letter in found
    ]
    if format is Format.JSON:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        typer.echo(f"{row['to']}{'  ' + str(row['state']) if row['state'] else ''}")
        for notice in row["notices"]:
            typer.echo(f"  {notice['case']}: {notice['text']}")
    typer.echo(
        findings.wording(Finding("remind-count", "note", {"count": len(rows), "day": day.isoformat()}), language()),
        err=True,
    )
