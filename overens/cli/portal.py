# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The portal of state grants: publish it anew, or fill one that is for trial with made-up grants."""

from __future__ import annotations

from typing import Annotated

import typer

from overens.cli.database import with_database

app = typer.Typer(help="The portal of state grants.", no_args_is_help=True)


@app.command()
@with_database
def refresh() -> None:
    """Make every grant of what it rests on now. The worker does it by itself when something has changed."""
    from overens.portal.actions import publishing

    done = publishing.refresh()
    for what, codes in (("new", done.new), ("changed", done.changed), ("withdrawn", done.withdrawn)):
        typer.echo(f"{what}: {', '.join(codes) or '–'}")


@app.command()
@with_database
def generate(
    grants: Annotated[int, typer.Option(min=1, max=1000, help="Grants a year.")] = 182,
    years: Annotated[int, typer.Option(min=1, max=30, help="Years, from 2019 on.")] = 10,
    seed: Annotated[int, typer.Option(help="The same seed makes the same grants.")] = 1,
) -> None:
    """Make up grants for 311 recipients, to try the portal at size; only where OVERENS_TRIAL=1 allows it."""
    from overens.portal.actions import generating

    made = generating.generate(grants, years, seed)
    typer.echo(f"{grants * years} made-up grants, {made} shares.")
