# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worker: what is done in the background, and what recurs. As many as one likes may run; one is enough."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Annotated, Any

import typer

from overens.cli.database import with_database

# Set by ``overens serve``, whose worker ends with it, however it ended.
SUPERVISED = "OVERENS_SUPERVISED"
SECOND, MINUTE, HOUR = 1, 60, 3600


@with_database
def worker(
    once: Annotated[bool, typer.Option("--once", help="Do what waits now, and end.")] = False,
) -> None:
    """Do what waits in the background, and ask for what recurs: the tick, seals, digests. Ends on SIGTERM."""
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    running = Worker(
        queue_names=["default"],
        interval=SECOND,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    running.configure_signals()
    if once:
        for _seconds, ask in recurring():
            ask()
    else:
        threading.Thread(target=_beat, daemon=True).start()
    running.run()


def recurring() -> list[tuple[int, Callable[[], object]]]:
    """What is asked for again and again: (seconds between, what asks). Asking twice does no harm."""
    from overens.bank import tasks as bank_tasks
    from overens.editions import tasks as edition_tasks
    from overens.effects import tasks as effect_tasks
    from overens.followup import tasks as followup_tasks
    from overens.grants import tasks
    from overens.portal import tasks as portal_tasks
    from overens.records import queue, renditions, runs
    from overens.reminders import tasks as reminder_tasks

    return [
        (SECOND, lambda: queue.ask(tasks.seal) if renditions.missing().exists() else None),
        (MINUTE, lambda: queue.ask(tasks.tick)),
        (MINUTE, lambda: queue.ask(followup_tasks.tick)),
        (MINUTE, lambda: queue.ask(edition_tasks.tick)),
        (MINUTE, lambda: queue.ask(effect_tasks.tick)),
        (MINUTE, lambda: queue.ask(portal_tasks.tick)),
        (MINUTE, lambda: queue.ask(bank_tasks.deliver)),
        (MINUTE, lambda: queue.ask(reminder_tasks.digests)),
        (MINUTE, runs.wake),
        (HOUR, queue.prune),
    ]


def _beat() -> None:
    import structlog
    from django.db import DatabaseError, close_old_connections

    log = structlog.get_logger()
    parent = os.getppid()
    due: list[list[Any]] = [[0.0, seconds, ask] for seconds, ask in recurring()]
    while True:
        if SUPERVISED in os.environ and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return
        close_old_connections()
        for each in due:
            if time.monotonic() >= each[0]:
                each[0] = time.monotonic() + each[1]
                try:
                    each[2]()
                except DatabaseError as error:  # the database is away for a moment: the next beat tries again
                    log.warning("beat failed", error=str(error))
        time.sleep(SECOND)
