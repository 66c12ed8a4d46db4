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
from typing import Annotated

import typer

from overens.cli.database import bring_up, with_database
from overens.cli.worker import SUPERVISED

DISPOSE_SECONDS = 60


@with_database
def migrate() -> None:
    """Bring the database up to this version, and give it the shipped organisations and facts that it has not got."""
    bring_up()
    typer.echo("The database is up to date.")


@with_database
def serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer requests.")] = 2,
) -> None:
    """Run everything on this machine: the database, the web, and a worker for what happens by itself as time passes."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command

    from overens.followup import reference
    from overens.people import shipped
    from overens.portal import tick as portal_ticking
    from overens.web import database
    from overens.web.login import require_secret_key

    try:
        require_secret_key()
    except ImproperlyConfigured as missing:
        typer.echo(missing, err=True)
        raise typer.Exit(1) from None
    address = os.environ.get("OVERENS_URL", f"http://127.0.0.1:{port}")
    settings.OVERENS_URL = address  # what the demo is loaded with has links too
    database.migrate()
    if settings.DEMO:
        from overens.demo import replay

        if not replay.is_loaded():
            typer.echo("Loading the demo: the 2019 agreement and its first months …")
            replay.load()
            replay.play(replay.OPENING)
    else:
        shipped.load_organisations()
        reference.load()
        call_command("collectstatic", interactive=False, verbosity=0)
    portal_ticking.tick()
    environment = {
        **os.environ,
        "SECRET_KEY": settings.SECRET_KEY,
        "OVERENS_URL": address,
        "DJANGO_SETTINGS_MODULE": "overens.web.settings",
    }
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
    background: subprocess.Popen[bytes] | None = None
    try:
        due = time.monotonic() + DISPOSE_SECONDS
        while not stop.wait(1) and web.poll() is None:
            if background is None or background.poll() is not None:
                if background is not None:
                    typer.echo(f"The worker ended ({background.returncode}); another is started.", err=True)
                background = _start_worker(environment)
            if time.monotonic() >= due:
                _dispose()
                due = time.monotonic() + DISPOSE_SECONDS
    finally:
        _end(web, 10)
        if background is not None:
            _end(background, 30)
    if not stop.is_set():
        raise typer.Exit(web.returncode or 1)


def _start_worker(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C reaches it as one word to finish what it is at, and end."""
    return subprocess.Popen(
        [sys.executable, "-m", "overens.cli.main", "worker"],
        env={**environment, SUPERVISED: "1"},
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes], seconds: int) -> None:
    process.terminate()
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:  # what it was at is not done, and is done again at the next start
        process.kill()
        process.wait()


def _dispose() -> None:
    """Carry out what two persons have decided to dispose of: as the database's owner, which the web is not."""
    from django.db import DatabaseError

    from overens.archive.actions import disposing

    try:
        for decision in disposing.waiting():
            disposing.carry_out(decision)
    except DatabaseError as error:
        typer.echo(f"disposal: {error}", err=True)
