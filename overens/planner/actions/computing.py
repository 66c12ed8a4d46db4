# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Having something computed of a version in the background. What came out earlier is kept, whatever becomes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from overens.people.models import Person
from overens.planner import results
from overens.planner.authority import of_problem
from overens.planner.models import Computed, ProblemVersion, SavedProblem
from overens.records import clock, events, runs
from overens.records.models import Run
from overens.records.models.run import RunState


@transaction.atomic
def ask(
    kind: str,
    version: ProblemVersion,
    work: Callable[..., object],
    basis: str,
    person: Person,
    act: str,
    **asked: Any,
) -> Run:
    """Have it computed once: the same of a version, on the same basis, is the run that there is, tried anew where that
    had failed or was cancelled.

    work: what a worker calls as ``work(run, version=…, basis=…, **asked)``; it gives what came out to :func:`keep`.
    basis: the hash of what it is computed on. act: as the event is called. asked: what JSON can hold.
    Raises Refused: ``no-mandate``.
    """
    mandate = of_problem(version.problem, person, act)
    run, is_new = start(kind, version, work, basis, person, **asked)
    if is_new:
        events.record(version.problem.key, act, mandate)
    return run


def start(
    kind: str,
    version: ProblemVersion | None,
    work: Callable[..., object],
    basis: str,
    person: Person,
    **asked: Any,
) -> tuple[Run, bool]:
    """As :func:`ask`, by anybody, and of what ships where there is no version; with whether it is asked for anew."""
    key = results.run_key(kind, version, basis, asked)
    known = Run.objects.filter(key=key).first()
    if known is None:
        number = version.pk if version else None
        return runs.start(kind, key, work, asked_by=person, version=number, basis=basis, **asked), True
    if known.state in (RunState.FAILED, RunState.CANCELLED):
        runs.retry(known)
        known.refresh_from_db()
    return known, False


def keep(run: Run, packed: bytes = b"", facts: Mapping[str, Any] | None = None) -> Computed:
    """Keep what a run computed: a worker's last step."""
    asked = dict(run.arguments)
    return Computed.objects.create(
        version_id=asked.pop("version"),
        basis=asked.pop("basis"),
        kind=run.kind,
        asked=asked,
        run=run,
        packed=packed,
        sha256=hashlib.sha256(packed).hexdigest(),
        facts=dict(facts or {}),
        finished_at=clock.now(),
    )


def cancel(problem: SavedProblem, run: Run, person: Person) -> None:
    """End a run of a problem that is not finished. Raises Refused: ``no-mandate``."""
    of_problem(problem, person, "cancel-run")
    runs.cancel(run)
