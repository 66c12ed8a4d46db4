# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Doing a piece of work once, with its state, progress and errors in one row that pages can show."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from overens.records.models import Run
from overens.records.models.run import RunState

ATTEMPTS = 3


class Cancelled(Exception):
    """The one who asked for the run has asked for its end."""


def report_progress(run: Run, percent: int) -> None:
    """Show how far the run is; raises Cancelled when its end has been asked for."""
    Run.objects.filter(pk=run.pk).update(progress=percent)
    run.refresh_from_db()
    if run.cancel_asked:
        raise Cancelled


def once(kind: str, key: str, work: Callable[[Run], object]) -> Run:
    """Do the work unless it has been done. May be called again at any time, by any number of workers.

    A failure is kept in the row and tried again at the next call, three times in all; then it stays failed
    and seen. The work is one transaction together with the row's ``done``: a crash leaves both or neither.
    """
    run, _ = Run.objects.get_or_create(key=key, defaults={"kind": kind})
    if run.state in (RunState.DONE, RunState.CANCELLED) or run.attempts >= ATTEMPTS:
        return run
    try:
        with transaction.atomic():
            held = (
                Run.objects.select_for_update(skip_locked=True).filter(pk=run.pk).exclude(state=RunState.DONE).first()
            )
            if held is None:
                return run
            work(held)
            Run.objects.filter(pk=run.pk).update(
                state=RunState.DONE, progress=100, attempts=F("attempts") + 1, last_error="", ended_at=timezone.now()
            )
    except Cancelled:
        Run.objects.filter(pk=run.pk).update(state=RunState.CANCELLED, ended_at=timezone.now())
    except Exception as error:  # kept in the row and shown: a failed job is never silently dropped
        Run.objects.filter(pk=run.pk).update(
            state=RunState.FAILED,
            attempts=F("attempts") + 1,
            last_error=f"{type(error).__name__}: {error}",
            ended_at=timezone.now(),
        )
    run.refresh_from_db()
    return run
