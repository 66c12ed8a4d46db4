# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What recurs, and how it has gone: asked for by the beat of every worker, done by one of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from overens.records import locks

# A worker that has been at one so long has died: it is asked for anew.
LOST = dt.timedelta(minutes=10)
# The queue keeps what it has done for so long. What runs have done stays in their rows.
KEPT = dt.timedelta(days=7)


def ask(task: Task[Any, Any]) -> None:
    """Have a recurring task done soon, unless that is asked for already or it is being done."""
    with locks.alone(f"ask/{task.module_path}") as alone:
        under_way = Q(status=TaskResultStatus.RUNNING, started_at__gt=timezone.now() - LOST)
        if alone and not of(task).filter(Q(status=TaskResultStatus.READY) | under_way).exists():
            task.enqueue()


def of(task: Task[Any, Any]) -> QuerySet[DBTaskResult[Any, Any]]:
    """The tries of a recurring task, the newest first."""
    return DBTaskResult.objects.filter(task_path=task.module_path).order_by("-enqueued_at")


def prune() -> int:
    """Forget what the queue has done long ago, and what it was at when a worker died. Returns how much."""
    old = timezone.now() - KEPT
    done = Q(finished_at__lt=old) | Q(status=TaskResultStatus.RUNNING, started_at__lt=old)
    return DBTaskResult.objects.filter(done).delete()[0]
