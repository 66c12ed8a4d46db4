# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an operator keeps elsewhere: overens backup, restore, checkpoint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from overens.cli.database import with_database


@with_database
def backup(file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")]) -> None:
    """Write the whole database to one file. It holds personal data: keep it as you keep the database.

    The keys that seal papers, and the settings, are not in it.
    """
    from overens.web import backup as keeping

    sha256 = keeping.write(file)
    typer.echo(f"{file}: {file.stat().st_size} bytes, SHA-256 {sha256}")


@with_database
def restore(
    file: Annotated[Path, typer.Argument(help="A file that overens backup has written.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of a database that has rows.")
    ] = False,
) -> None:
    """Put a backup in the place of the database, after proving it as overens verify does.

    The former database is kept under another name, which is printed.
    """
    from overens.followup import verifying
    from overens.web import backup as keeping

    former = keeping.restore(file, replace, verifying.first_difference)
    typer.echo(f"{file} is restored, and everything in it holds.")
    if former:
        typer.echo(f"The former database is kept as {former}; drop it when it is no longer needed.")


@with_database
def checkpoint(
    file: Annotated[Path | None, typer.Argument(help="The file to write; standard output without.")] = None,
) -> None:
    """Write down where every chain of events ends now, to be kept where the database's keepers cannot change it.

    overens verify --checkpoint FILE later finds a chain that was rewritten.
    """
    from overens.records import checkpoints
    from overens.rules.findings import refuse

    if file is not None and file.exists():
        refuse("file-exists", file=str(file))
    kept = checkpoints.exported(checkpoints.take())
    text = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
    if file is None:
        typer.echo(text, nl=False)
        return
    file.write_text(text, encoding="utf-8")
    typer.echo(f"{file}: checkpoint {kept['number']}, {len(kept['heads'])} chains", err=True)
