# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every command that needs the database does first: Django, and a server that runs as long as the command."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import typer

P = ParamSpec("P")
T = TypeVar("T")


def with_database(command: Callable[P, T]) -> Callable[P, T]:
    """Run a command with Django set up and the database there. A refusal is told in words; exit code 1."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "overens.web.settings")
        import django
        from django.db import OperationalError, ProgrammingError

        from overens.rules.findings import Refused, wording
        from overens.web import database

        django.setup()
        with database.running():
            try:
                return command(*args, **kwargs)
            except Refused as refusal:
                for finding in refusal.findings:
                    typer.echo(f"overens: {wording(finding, language())}", err=True)
                raise typer.Exit(1) from None
            except (OperationalError, ProgrammingError) as problem:
                typer.echo(f"overens: the database does not answer as it should: {problem}".rstrip(), err=True)
                typer.echo(
                    "Has it been set up? overens migrate makes the tables; make run sets up everything.", err=True
                )
                raise typer.Exit(1) from None

    return wrapped


def bring_up() -> None:
    """The database up to this version, with the shipped organisations, facts and grants that it has not got."""
    from overens.followup import reference
    from overens.people import shipped
    from overens.portal import tick as portal_ticking
    from overens.web import database

    database.migrate()
    shipped.load_organisations()
    reference.load()
    portal_ticking.tick()


def is_up() -> bool:
    """Whether there is nothing to bring up."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    from overens.followup.models import Submission

    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        return Submission.objects.exclude(citation="").exists()
    except OperationalError:  # there is no database at all
        return False


def language() -> str:
    """The language of messages: OVERENS_LANGUAGE, else English where the terminal's is, else Swedish."""
    given = os.environ.get("OVERENS_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or "sv"
    return "en" if given.startswith("en") else "sv"
