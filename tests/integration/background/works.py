# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Work that a worker is given in the tests. What each has done is a notice."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from overens.people.models import Notice, Organisation
from overens.records import clock, runs
from overens.records.models import Run


def leave(run: Run, name: str) -> None:
    """The trace of the work: it is there exactly when the work is done."""
    organisation, _ = Organisation.objects.get_or_create(code="X", defaults={"kind": "region", "name": "X"})
    Notice.objects.create(organisation=organisation, key=f"{name}/{Notice.objects.count()}", code=name, at=clock.now())


def die_once(run: Run, marker: str) -> None:
    """Half of the work is done when the process is killed, the first time."""
    leave(run, "work")
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)


def die(run: Run) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail(run: Run) -> None:
    leave(run, "failed")
    raise ValueError("it cannot be done")


def go_on(run: Run, seen: str) -> None:
    """Works through its steps, and sees at each what another connection sees of it."""
    leave(run, "long")
    for percent in range(10, 100, 10):
        Path(seen).write_text(str(percent), encoding="utf-8")
        if percent == 50:
            Path(seen).with_suffix(".half").touch()
        runs.report_progress(run, percent)
