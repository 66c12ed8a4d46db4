# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs in the background: done once whatever becomes of the worker, tried again when they fail, seen, cancelled."""

from __future__ import annotations

import datetime as dt
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from overens.grants import tasks
from overens.people.models import Notice
from overens.records import locks, queue, runs
from overens.records.models import Run
from overens.records.models.run import RunState
from tests.integration.background import works


def work_off() -> None:
    """A worker that does what waits and ends."""
    Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="test", excluded_queue_names=[],
    ).run()  # fmt: skip


def in_a_process_of_its_own() -> int:
    """How a worker in another process ended; below 0 by which signal it was killed."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work_off()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def the_time_has_come() -> None:
    """As if all that was put off were due now."""
    Run.objects.update(due_at=None)
    DBTaskResult.objects.update(run_after=timezone.now() - dt.timedelta(days=1))


def traces(code: str) -> int:
    return Notice.objects.filter(code=code).count()


def test_a_worker_that_is_killed_in_the_middle_leaves_nothing_and_the_work_is_done_once(
    fresh_database: str, tmp_path: Path
) -> None:
    run = runs.start("test", "test/1", works.die_once, marker=str(tmp_path / "died"))
    assert in_a_process_of_its_own() == -signal.SIGKILL
    run.refresh_from_db()
    assert (run.state, run.attempts, traces("work")) == (RunState.RUNNING, 1, 0)
    # The queue believes that it is still being done; nothing would ever happen without somebody who looks.
    work_off()
    assert traces("work") == 0
    assert runs.wake() == 1
    assert runs.wake() == 0
    work_off()
    run.refresh_from_db()
    assert (run.state, run.attempts, run.progress, traces("work")) == (RunState.DONE, 2, 100, 1)
    assert runs.wake() == 0


def test_work_that_takes_the_process_with_it_each_time_is_given_up(fresh_database: str) -> None:
    run = runs.start("test", "test/1", works.die)
    for _attempt in range(runs.ATTEMPTS):
        assert in_a_process_of_its_own() == -signal.SIGKILL
        assert runs.wake() == 1
    assert in_a_process_of_its_own() == 0
    run.refresh_from_db()
    assert (run.state, run.last_error) == (RunState.FAILED, runs.DIED)
    assert list(runs.given_up()) == [run]
    assert runs.wake() == 0


def test_asking_again_gives_the_run_that_there_is(fresh_database: str) -> None:
    first = runs.start("test", "test/1", works.leave, name="once")
    assert runs.start("test", "test/1", works.leave, name="once") == first
    work_off()
    work_off()
    assert traces("once") == 1


def test_what_is_asked_for_in_a_transaction_that_fails_is_not_asked_for(fresh_database: str) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        runs.start("test", "test/1", works.leave, name="never")
        raise ZeroDivisionError
    work_off()
    assert not Run.objects.exists()
    assert traces("never") == 0


def test_what_fails_is_tried_again_after_a_while_and_then_stays_failed_until_somebody_retries_it(
    fresh_database: str,
) -> None:
    run = runs.start("test", "test/1", works.fail)
    waits = []
    for attempt in range(1, runs.ATTEMPTS + 1):
        work_off()
        work_off()  # not before its time
        run.refresh_from_db()
        assert (run.state, run.attempts) == (RunState.FAILED, attempt)
        assert run.last_error == "ValueError: it cannot be done"
        waits.append(run.due_at - run.ended_at if run.due_at and run.ended_at else None)
        the_time_has_come()
    assert waits == [*runs.BACKOFF, None]
    assert traces("failed") == 0
    work_off()
    run.refresh_from_db()
    assert run.attempts == runs.ATTEMPTS
    assert runs.wake() == 0
    runs.retry(run)
    work_off()
    run.refresh_from_db()
    assert run.attempts == 1


def test_what_is_cancelled_before_it_begins_is_never_done(fresh_database: str) -> None:
    run = runs.start("test", "test/1", works.leave, name="cancelled")
    runs.cancel(run)
    work_off()
    run.refresh_from_db()
    assert (run.state, traces("cancelled")) == (RunState.CANCELLED, 0)


def test_what_is_cancelled_in_the_middle_ends_there_and_its_progress_was_seen(
    fresh_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = runs.start("test", "test/1", works.go_on, seen=str(tmp_path / "seen"))
    told: list[int] = []
    really = runs.report_progress

    def cancelled_at_half(held: Run, percent: int) -> None:
        with locks.beside() as cursor:  # what somebody else sees while the work's transaction is open
            cursor.execute("SELECT progress FROM records_run WHERE id = %s", [held.pk])
            told.append(cursor.fetchone()[0])
            if percent == 50:
                cursor.execute("UPDATE records_run SET cancel_asked = true WHERE id = %s", [held.pk])
        really(held, percent)

    monkeypatch.setattr(runs, "report_progress", cancelled_at_half)
    work_off()
    run.refresh_from_db()
    assert told == [0, 10, 20, 30, 40]
    assert (run.state, run.progress, traces("long")) == (RunState.CANCELLED, 50, 0)


def test_two_workers_are_never_at_the_same_run(fresh_database: str) -> None:
    run = runs.start("test", "test/1", works.leave, name="alone")
    with locks.beside() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 1))", [f"run/{run.pk}"])
        runs.carry_out.func(run.pk)
        assert traces("alone") == 0
        assert runs.wake() == 0
    runs.carry_out.func(run.pk)
    assert traces("alone") == 1


def test_what_recurs_is_asked_for_once_at_a_time_and_forgotten_after_a_while(fresh_database: str) -> None:
    for _beat in range(3):
        queue.ask(tasks.seal)
    assert queue.of(tasks.seal).count() == 1
    work_off()
    queue.ask(tasks.seal)
    assert queue.of(tasks.seal).filter(status=TaskResultStatus.SUCCESSFUL).count() == 1
    assert queue.of(tasks.seal).count() == 2
    assert queue.prune() == 0
    DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL).update(
        finished_at=timezone.now() - queue.KEPT - dt.timedelta(days=1)
    )
    assert queue.prune() == 1


def test_a_worker_that_died_in_what_recurs_does_not_stop_it_for_ever(fresh_database: str) -> None:
    queue.ask(tasks.tick)
    lost: dict[str, Any] = {"status": TaskResultStatus.RUNNING, "started_at": timezone.now()}
    queue.of(tasks.tick).update(**lost)
    queue.ask(tasks.tick)
    assert queue.of(tasks.tick).count() == 1
    queue.of(tasks.tick).update(started_at=timezone.now() - 2 * queue.LOST)
    queue.ask(tasks.tick)
    assert queue.of(tasks.tick).count() == 2
