# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command ``overens``: every room's commands, mounted."""

from __future__ import annotations

import typer

from overens.cli import agreement, people
from overens.cli.allocate import allocate
from overens.cli.archive import archive, dispose
from overens.cli.keeping import backup, checkpoint, restore
from overens.cli.money import replay, trace, verify
from overens.cli.remind import remind
from overens.cli.serve import migrate, serve
from overens.cli.worker import worker

app = typer.Typer(
    help="Agreements between the Swedish state and the health regions, from signed text to settled last krona.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(agreement.app, name="agreement")
app.add_typer(people.app, name="administrator")
for command in (
    allocate,
    trace,
    verify,
    checkpoint,
    backup,
    restore,
    replay,
    archive,
    dispose,
    remind,
    migrate,
    serve,
    worker,
):
    app.command()(command)

if __name__ == "__main__":
    app()
