# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A closed case as a package for the archive, and carrying out what was decided to be disposed of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from overens.cli.database import with_database


@with_database
def archive(
    case: Annotated[
        str, typer.Argument(help="The key of a closed case, such as 2019/regioner/10; with --check a package.")
    ],
    file: Annotated[Path | None, typer.Argument(help="A file that ends in .tar, or a folder to make.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Try every file of a package against its METS instead.")
    ] = False,
) -> None:
    """Write a closed case as an E-ARK package (SIP, CSIP 2.1), or check one."""
    from overens.archive.package import make
    from overens.rules.findings import refuse

    if check:
        difference = make.first_difference(make.read(Path(case)))
        if difference:
            typer.echo(f"overens: {case}: {difference}", err=True)
            raise typer.Exit(1)
        typer.echo(f"{case}: ok")
        return
    if file is None:
        raise typer.BadParameter("say where the package goes: a file that ends in .tar, or a folder")
    if file.exists():
        refuse("file-exists", file=str(file))
    from overens.grants.models import Case

    found = Case.objects.with_parties().filter(key=case).first()
    if found is None:
        refuse("case-unknown", case=case)
    if file.suffix == ".tar":
        _name, content = make.archive(found)
        file.write_bytes(content)
    else:
        _name, files = make.files_of(found)
        for path, content in files.items():
            target = file / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    typer.echo(f"{file}: {found.key}")


@with_database
def dispose() -> None:
    """Carry out the disposals that have been decided, as the database's owner: their papers' contents are removed."""
    from overens.archive.actions import disposing

    decisions = disposing.waiting()
    for decision in decisions:
        count = disposing.carry_out(decision)
        typer.echo(f"{decision.data['reference']}: {count}")
    if not decisions:
        typer.echo("nothing is decided and not carried out")
