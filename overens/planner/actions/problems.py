# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is planned from: kept, changed and shown to others, by somebody who plans for its owner, or at its unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from overens.people.models import Mandate, Organisation, Person
from overens.planner.authority import of_problem
from overens.planner.kinds import TAKEN, checked
from overens.planner.models import ProblemKind, ProblemVersion, SavedProblem, Unit
from overens.records import clock, events, kept

NO_TABLES: dict[str, str] = {}


@transaction.atomic
def create(
    kind: ProblemKind,
    text: str,
    owner: Organisation,
    person: Person,
    *,
    tables: Mapping[str, str] = NO_TABLES,
    unit: Unit | None = None,
    note: str = "",
) -> SavedProblem:
    """Keep a problem. Its address is made from the id in its file, or, where that is taken, from its title.

    tables: the text of each file beside it, by name. Raises Refused: what is to be mended in them, ``no-mandate``.
    """
    problem = SavedProblem(owner=owner, kind=kind, unit=unit)
    mandate, at = of_problem(problem, person, "create-problem"), clock.now()
    files = {"": text, **tables}
    said = checked(kind, files, owner)
    problem.code = kept.free_code(SavedProblem.objects.of(owner).kind(kind), (said.id, said.title), TAKEN)
    _add(problem, files, said.title, note, mandate, at)
    events.record(problem.key, "create-problem", mandate, at=at)
    return problem


@transaction.atomic
def save(
    problem: SavedProblem,
    text: str,
    base: int,
    person: Person,
    *,
    tables: Mapping[str, str] | None = None,
    note: str = "",
) -> ProblemVersion | None:
    """A new version, written over version ``base``; None where nothing has changed. What others have saved since is
    taken in where they changed other lines: the version's text is then another than the one that was given.

    tables: all of them as they shall be; None: as they were in ``base``. Raises Refused: what is to be mended in the
    files; ``file-changed`` where somebody has changed the same lines since; ``no-mandate``.
    """
    locked, mandate = _locked(problem, person, "save-problem")
    if tables is None:
        tables = locked.versions.filter(number=base).values_list("tables", flat=True).first() or NO_TABLES
    files = kept.together(locked, {"": text, **tables}, base, lambda found: checked(locked.kind, found, locked.owner))
    if files == kept.newest(locked).files:
        return None
    title, at = checked(locked.kind, files, locked.owner).title, clock.now()
    version = _add(locked, files, title, note, mandate, at)
    events.record(locked.key, "save-problem", mandate, at=at)
    return version


@transaction.atomic
def restore(version: ProblemVersion, person: Person) -> ProblemVersion | None:
    """Let the problem be as it was in an earlier version: as a new one. Raises Refused as :func:`save`."""
    problem = SavedProblem.objects.get(pk=version.problem_id)
    return save(problem, version.text, problem.number, person, tables=version.tables)


@transaction.atomic
def remove(problem: SavedProblem, person: Person) -> None:
    """List it no longer, and end its addresses; its versions are kept. Raises Refused: ``no-mandate``."""
    locked, mandate = _locked(problem, person, "remove-problem")
    if kept.remove(locked, clock.now()):
        events.record(locked.key, "remove-problem", mandate)


@transaction.atomic
def share(problem: SavedProblem, person: Person) -> str:
    """Make a secret address; returns its token, which is not kept and so told only now.

    Raises Refused: ``no-mandate``.
    """
    locked, mandate = _locked(problem, person, "share-problem")
    token = kept.share(locked, person, clock.now())
    events.record(locked.key, "share-problem", mandate)
    return token


@transaction.atomic
def end_sharing(problem: SavedProblem, person: Person) -> None:
    """No secret address shows it from now on. Raises Refused: ``no-mandate``."""
    locked, mandate = _locked(problem, person, "end-sharing-problem")
    if kept.end_sharing(locked, clock.now()):
        events.record(locked.key, "end-sharing-problem", mandate)


def shared_at(token: str) -> SavedProblem | None:
    """The problem of a secret address that is not ended."""
    return kept.shared_at(SavedProblem.objects.all(), token)


def _add(
    problem: SavedProblem, files: Mapping[str, str], title: str, note: str, mandate: Mandate, at: dt.datetime
) -> ProblemVersion:
    tables = {name: text for name, text in files.items() if name}
    made: ProblemVersion = kept.add(
        problem, files.get("", ""), title, mandate.person, at, tables=tables, note=" ".join(note.split())[:300]
    )
    return made


def _locked(problem: SavedProblem, person: Person, act: str) -> tuple[SavedProblem, Mandate]:
    locked = (
        SavedProblem.objects.select_for_update(of=("self",)).select_related("owner", "unit__owner").get(pk=problem.pk)
    )
    return locked, of_problem(locked, person, act)
