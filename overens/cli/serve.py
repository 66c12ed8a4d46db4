# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Running the web: overens serve, and overens migrate for a server that somebody else runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Annotated

import typer

from overens.cli.database import language, with_database

TICK_SECONDS = 60


@with_database
def migrate() -> None:
    """Bring the database up to this version, and give it the shipped organisations that it has not got."""
    from overens.people import shipped
    from overens.web import database

    database.migrate()
    shipped.load_organisations()
    typer.echo("The database is up to date.")


@with_database
def serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer requests.")] = 2,
) -> None:
    """Run everything on this machine: the database, the web, and what happens by itself as time passes."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command

    from overens.people import shipped
    from overens.web import database
    from overens.web.login import require_secret_key

    try:
        require_secret_key()
    except ImproperlyConfigured as missing:
        typer.echo(missing, err=True)
        raise typer.Exit(1) from None
    database.migrate()
    if settings.DEMO:
        from overens.demo import replay

        if not replay.is_loaded():
            typer.echo("Loading the demo: the 2019 agreement and its first months …")
            replay.load()
            replay.play(replay.OPENING)
    else:
        shipped.load_organisations()
        call_command("collectstatic", interactive=False, verbosity=0)
    environment = {**os.environ, "SECRET_KEY": settings.SECRET_KEY, "DJANGO_SETTINGS_MODULE": "overens.web.settings"}
    web = subprocess.Popen(  # noqa: S603  (our own server, no shell)
        [
            sys.executable, "-m", "gunicorn", "overens.web.wsgi", "--bind", f"127.0.0.1:{port}",
            "--workers", str(workers), "--threads", "4", "--preload", "--log-level", "warning",
        ],
        env=environment,
    )  # fmt: skip
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    typer.echo(f"\n  Överens: http://127.0.0.1:{port}/\n\n  Ctrl-C stops it. What is in it stays until make clean.\n")
    try:
        due = time.monotonic() + TICK_SECONDS
        while not stop.wait(1) and web.poll() is None:
            _seal()
            if time.monotonic() >= due:
                _tick()
                _dispose()
                _deliver()
                due = time.monotonic() + TICK_SECONDS
    finally:
        web.terminate()
        web.wait(timeout=10)
    if not stop.is_set():
        raise typer.Exit(web.returncode or 1)


def _seal() -> None:
    """Seal what was decided or received since the last beat; also while the demo's clock stands still."""
    from django.db import DatabaseError, close_old_connections

    from overens.grants import drawing

    close_old_connections()
    try:
        drawing.make_missing(limit=10)
    except DatabaseError as error:  # the database is away for a moment: the next beat tries again
        typer.echo(f"sealing: {error}", err=True)


def _dispose() -> None:
    """Carry out what two persons have decided to dispose of: as the database's owner, which the web is not."""
    from django.db import DatabaseError

    from overens.archive.actions import disposing

    try:
        for decision in disposing.waiting():
            disposing.carry_out(decision)
    except DatabaseError as error:
        typer.echo(f"disposal: {error}", err=True)


def _deliver() -> None:
    """Put released files in the bank's folder, where there is one."""
    from django.conf import settings
    from django.db import DatabaseError

    from overens.bank.actions import outgoing
    from overens.rules.findings import Refused, wording

    if not settings.OVERENS_BANK_OUTBOX:
        return
    try:
        for file in outgoing.deliver(Path(settings.OVERENS_BANK_OUTBOX)):
            typer.echo(f"{file.name} is in {settings.OVERENS_BANK_OUTBOX}")
    except Refused as refusal:
        typer.echo(f"files to the bank: {wording(refusal.findings[0], language())}", err=True)
    except (DatabaseError, OSError) as error:  # the folder or the database is away: the next beat tries again
        typer.echo(f"files to the bank: {error}", err=True)


def _tick() -> None:
    """A scheduler's beat. In the demo time stands still between steps, and each step ticks by itself."""
    from django.db import close_old_connections

    from overens.grants.tick import tick
    from overens.records import clock

    close_old_connections()
    if not clock.is_stepped():
        for run in tick():
            if run.last_error:
                typer.echo(f"{run.kind} {run.key} failed: {run.last_error}", err=True)
