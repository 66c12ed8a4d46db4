# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files to the bank from the command line: overens batch export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from overens.cli.database import with_database

app = typer.Typer(help="Released payment batches.", no_args_is_help=True)


@app.callback()
def batches() -> None:
    """Released payment batches."""


@app.command()
@with_database
def export(
    number: Annotated[int, typer.Argument(help="The batch's number, as the page Utbetalningar has it.", min=1)],
    to: Annotated[Path, typer.Option(help="The folder to write to. Nothing in it is overwritten.")],
) -> None:
    """Write the files to the bank of a released batch to a folder. The same files every time: what lies there already,
    byte for byte, is left; exit 1, with nothing written, where something else has one of their names.
    """
    from overens.bank.actions import outgoing

    for path, written in outgoing.export(number, to):
        typer.echo(f"{path}{'' if written else ': was there already'}")
