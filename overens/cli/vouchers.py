# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens vouchers``: what moved, as the payer's accounting system books it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from overens.cli.agreement import Language, LanguageOption
from overens.cli.database import with_database

app = typer.Typer(help="Vouchers for the payer's accounting system.", no_args_is_help=True, rich_markup_mode=None)


@app.command("export")
@with_database
def export_command(
    first: Annotated[dt.datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")],
    last: Annotated[dt.datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day.")],
    out: Annotated[Path, typer.Option("--out", help="The SIE 4I file to write; it must not be there yet.")],
) -> None:
    """Write the vouchers of a period that no export has had yet; the same period again gives the same bytes.

    Each paper that moved money is one voucher, in one export only.
    """
    from overens.grants.actions import exporting
    from overens.rules.findings import refuse

    if out.exists():
        refuse("file-exists", file=str(out))
    made = exporting.export(first.date(), last.date())
    out.write_bytes(made.content)
    typer.echo(f"{out}: {made.vouchers.count()} vouchers, SHA-256 {made.sha256}")


@app.command("chart")
def chart_command(
    file: Annotated[Path | None, typer.Argument(help="A chart of accounts; the shipped example without.")] = None,
    language: LanguageOption = Language.SV,
) -> None:
    """Say what is to be mended in a payer's chart of accounts: nothing and exit 0, or findings and exit 1."""
    from overens.rules import payer_accounts
    from overens.rules.findings import Refused, as_text

    try:
        payer_accounts.read(file or payer_accounts.SHIPPED)
    except Refused as refusal:
        for finding in refusal.findings:
            typer.echo(as_text(finding, language))
        raise typer.Exit(1) from None
