# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was computed of problems, and what is being computed. ``kind``: of what was asked, such as ``supply-worth``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from overens.planner.models import Computed, ProblemVersion, SavedProblem
from overens.records.models import Run
from overens.records.models.run import RunState

GOING_ON = (RunState.WAITING, RunState.RUNNING)


def last(kind: str, version: ProblemVersion | None) -> Computed | None:
    """The newest of a version (None: of what ships), without its bytes."""
    return _found(kind).filter(version=version).first()


def last_of(kind: str, problem: SavedProblem) -> Computed | None:
    """The last good one of a problem: of its newest version that has been computed at all, without its bytes."""
    found = _found(kind).filter(version__problem=problem)
    return found.order_by("-version__number", "-finished_at", "-pk").first()


def same(kind: str, version: int | None, basis: str, asked: Mapping[str, Any]) -> Computed | None:
    """What was computed of a version on a basis, asked for in this very way, without its bytes."""
    return _found(kind).filter(version=version, basis=basis, asked=dict(asked)).first()


def packed(pk: int) -> bytes:
    return bytes(Computed.objects.values_list("packed", flat=True).get(pk=pk))


def last_run(kind: str, version: ProblemVersion | None) -> Run | None:
    return Run.objects.filter(key__startswith=_keys(kind, version)).first()


def unfinished_run(kind: str, version: ProblemVersion) -> Run | None:
    """What is being computed, or will be."""
    return Run.objects.filter(key__startswith=_keys(kind, version), state__in=GOING_ON).first()


def unfinished_run_of(kind: str, problem: SavedProblem) -> Run | None:
    """As :func:`unfinished_run`, of any version: what is saved meanwhile does not end a run."""
    going = Run.objects.filter(key__startswith=f"{kind}/", state__in=GOING_ON)
    return next((each for each in going if is_of(each, problem)), None)


def run_key(kind: str, version: ProblemVersion | None, basis: str, asked: Mapping[str, Any]) -> str:
    """What makes a run the same run."""
    same = json.dumps([basis, asked], sort_keys=True)
    return f"{_keys(kind, version)}{hashlib.sha256(same.encode()).hexdigest()}"


def is_of(run: Run, problem: SavedProblem) -> bool:
    """Whether a run computes something of a version of a problem."""
    number = run.arguments.get("version") if run.work.startswith("overens.planner.") else None
    return number is not None and problem.versions.filter(pk=number).exists()


def _found(kind: str) -> QuerySet[Computed]:
    return Computed.objects.filter(kind=kind).defer("packed").select_related("version__problem__owner", "run")


def _keys(kind: str, version: ProblemVersion | None) -> str:
    return f"{kind}/{version.pk if version else 'shipped'}/"
