# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Doing a piece of work once, with its state, progress and errors in one row that pages can show.

:func:`once` does a short piece here and now. :func:`start` asks for a long one, which a worker does in the background
(``overens worker``). The row says what has been done; the queue (django-tasks) only wakes the worker. So whatever
becomes of worker and queue, :func:`wake` finds what is left.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from overens.people.models import Person
from overens.records import locks
from overens.records.models import Run
from overens.records.models.run import RunState

# How long after a failure it is tried again; after the last one it stays failed, until somebody retries it.
BACKOFF = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
ATTEMPTS = len(BACKOFF) + 1
DIED = "The process that did it ended in the middle."


class Cancelled(Exception):
    """The one who asked for the run has asked for its end."""


def once(kind: str, key: str, work: Callable[[Run], object]) -> Run:
    """Do the work unless it has been done. May be called again at any time, by any number of workers.

    A failure is kept in the row and tried again at a call when its time has come, five times in all; then it stays
    failed and seen. The work is one transaction together with the row's ``done``: a crash leaves both or neither.
    """
    run, _ = Run.objects.get_or_create(key=key, defaults={"kind": kind})
    return _do(run, work)


def done(keys: Iterable[str]) -> set[str]:
    """Those of the keys whose work is done, in one query: what a tick meets every day need not be tried every day."""
    return set(Run.objects.filter(key__in=list(keys), state=RunState.DONE).values_list("key", flat=True))


def start(kind: str, key: str, work: Callable[..., object], *, asked_by: Person | None = None, **arguments: Any) -> Run:
    """Have the work done in the background, once by its key: asking again gives the run that there is.

    work: a function of a module, called as ``work(run, **arguments)`` in one transaction, by a worker once the
    transaction here is committed. arguments: what JSON can hold; ids, not contents. The work calls
    :func:`report_progress` now and then, which is also where it ends when somebody cancels it.
    """
    path = f"{work.__module__}:{work.__qualname__}"
    assert _work_at(path) is work, "a worker must find it by its name"
    with transaction.atomic():
        run, is_new = Run.objects.get_or_create(
            key=key, defaults={"kind": kind, "work": path, "arguments": arguments, "asked_by": asked_by}
        )
        if is_new:
            carry_out.enqueue(run.pk)
    return run


@task()
def carry_out(number: int) -> None:
    """A worker's part in a run that somebody has started."""
    run = Run.objects.get(pk=number)
    work = _work_at(run.work)
    _do(run, lambda held: work(held, **held.arguments))
    if run.state == RunState.FAILED and run.attempts < ATTEMPTS:
        carry_out.using(run_after=run.due_at).enqueue(run.pk)


def report_progress(run: Run, percent: int, told: Sequence[object] = ()) -> None:
    """Show how far the run is, and what JSON can hold of how it goes, at once; raises Cancelled when its end has been
    asked for.
    """
    with locks.beside() as cursor:
        cursor.execute(
            "UPDATE records_run SET progress = %s, told = %s WHERE id = %s RETURNING cancel_asked",
            [min(percent, 100), json.dumps(list(told)), run.pk],
        )
        found = cursor.fetchone()
    if found and found[0]:
        raise Cancelled


def cancel(run: Run) -> None:
    """Ask for the end of a started run: at once where nobody is at it, else when it next reports its progress."""
    Run.objects.filter(pk=run.pk).exclude(work="").update(cancel_asked=True)
    with locks.alone(_lock(run)) as alone:
        if alone:
            waiting = Run.objects.filter(pk=run.pk, cancel_asked=True).exclude(state=RunState.DONE)
            waiting.update(state=RunState.CANCELLED, ended_at=timezone.now())


def retry(run: Run) -> None:
    """Have another five tries at what has failed or was cancelled."""
    again = Run.objects.filter(pk=run.pk, state__in=[RunState.FAILED, RunState.CANCELLED])
    with transaction.atomic():
        fresh = {"attempts": 0, "progress": 0, "told": [], "last_error": "", "due_at": None, "cancel_asked": False}
        if again.update(state=RunState.WAITING, **fresh) and run.work:
            carry_out.enqueue(run.pk)


def given_up() -> QuerySet[Run]:
    """What has failed so often that it is not tried again by itself."""
    return Run.objects.filter(state=RunState.FAILED, attempts__gte=ATTEMPTS)


def wake() -> int:
    """Ask the worker anew for every started run that is due and that nobody is at or will be. Returns how many.

    What a worker was in the middle of when it died is among them. Safe to run at any time.
    """
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=carry_out.module_path)
    asked = {each["args"][0] for each in ready.values_list("args_kwargs", flat=True)}
    left = Run.objects.exclude(work="").exclude(pk__in=asked).filter(_unfinished())
    woken = 0
    for run in left:
        with locks.alone(_lock(run)) as alone:
            if alone:
                carry_out.enqueue(run.pk)
                woken += 1
    return woken


def _unfinished() -> Q:
    due = Q(due_at=None) | Q(due_at__lte=timezone.now())
    again = Q(state=RunState.FAILED, attempts__lt=ATTEMPTS)
    return due & (Q(state__in=[RunState.WAITING, RunState.RUNNING]) | again)


def _is_due(run: Run) -> bool:
    """As :func:`_unfinished` asks the database."""
    again = run.state == RunState.FAILED and run.attempts < ATTEMPTS
    due = run.due_at is None or run.due_at <= timezone.now()
    return due and (again or run.state in (RunState.WAITING, RunState.RUNNING))


def _do(run: Run, work: Callable[[Run], object]) -> Run:
    """Do a run's work when it is due and nobody else is at it; brings the run's own fields up to date."""
    if not _is_due(run):
        return run
    with locks.alone(_lock(run)) as alone:
        mine = Run.objects.filter(pk=run.pk)
        held = mine.get() if alone else None
        if held is None or not _is_due(held):
            pass
        elif held.attempts >= ATTEMPTS:  # each time it was tried the process died
            mine.update(state=RunState.FAILED, last_error=DIED, ended_at=timezone.now())
        else:
            tried = held.attempts + 1
            # Before the work, so that one that takes the whole process with it is not tried for ever.
            mine.update(state=RunState.RUNNING, attempts=tried, due_at=None, ended_at=None)
            try:
                with transaction.atomic():
                    work(held)
                    mine.update(state=RunState.DONE, progress=100, last_error="", ended_at=timezone.now())
            except Cancelled:
                mine.update(state=RunState.CANCELLED, ended_at=timezone.now())
            except Exception as error:  # kept in the row and shown: a failed job is never silently dropped
                now = timezone.now()
                mine.update(
                    state=RunState.FAILED,
                    last_error=f"{type(error).__name__}: {error}",
                    ended_at=now,
                    due_at=now + BACKOFF[tried - 1] if tried < ATTEMPTS else None,
                )
    run.refresh_from_db()
    return run


def _lock(run: Run) -> str:
    return f"run/{run.pk}"


def _work_at(path: str) -> Callable[..., object]:
    module, _, name = path.partition(":")
    found: Callable[..., object] = getattr(import_module(module), name)
    return found
