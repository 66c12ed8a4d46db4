# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota laid by hand: a draft of one's own, changed step by step, and saved as a version of its problem."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction

from overens.people.models import Person
from overens.planner import rosters
from overens.planner.actions import problems
from overens.planner.authority import of_problem
from overens.planner.models import ProblemVersion, RosterDraft, SavedProblem
from overens.planning.roster import laying
from overens.planning.roster.instance import OFF
from overens.planning.roster.laying import At, Step
from overens.records import clock, kept
from overens.rules.diff import Change
from overens.rules.findings import refuse
from overens.rules.studio.editing import changed, data_of

# So many steps are kept; a draft with more is to be saved.
MOST_STEPS = 2_000


def step_of(raw: dict[str, list[list[str]]]) -> Step:
    """As a draft keeps it."""
    put = tuple((who, day, shift) for who, day, shift in raw.get("put", ()))
    lock, unlock = (tuple((who, day) for who, day in raw.get(name, ())) for name in ("lock", "unlock"))
    return Step(put, lock, unlock)


def done(draft: RosterDraft) -> list[Step]:
    return [step_of(each) for each in draft.steps[: draft.done]]


@transaction.atomic
def begin(version: ProblemVersion, start: str, person: Person) -> RosterDraft:
    """A draft in place of the one that the person may have. start: the rota to begin from, as a table.

    Raises Refused: ``no-mandate``.
    """
    of_problem(version.problem, person, "lay-roster")
    RosterDraft.objects.filter(problem=version.problem_id, person=person).delete()
    return RosterDraft.objects.create(
        problem=version.problem, person=person, base=version.number, start=start, changed_at=clock.now()
    )


@transaction.atomic
def take(draft: RosterDraft, step: Step) -> RosterDraft:
    """One step more; what had been undone is gone. Raises Refused: ``roster-steps``, ``no-mandate``."""
    locked = _locked(draft)
    if locked.done >= MOST_STEPS:
        refuse("roster-steps", most=MOST_STEPS)
    raw = {name: [list(each) for each in cells] for name, cells in asdict(step).items() if cells}
    locked.steps = [*locked.steps[: locked.done], raw]
    return _moved(locked, len(locked.steps))


@transaction.atomic
def undo(draft: RosterDraft) -> RosterDraft:
    locked = _locked(draft)
    return _moved(locked, max(0, locked.done - 1))


@transaction.atomic
def redo(draft: RosterDraft) -> RosterDraft:
    locked = _locked(draft)
    return _moved(locked, min(len(locked.steps), locked.done + 1))


@transaction.atomic
def drop(draft: RosterDraft) -> None:
    _locked(draft).delete()


@transaction.atomic
def go_on_from_newest(draft: RosterDraft) -> RosterDraft:
    """The same steps on the rota that has been saved since. Raises Refused: ``roster-no-rota``, ``no-mandate``."""
    locked = _locked(draft)
    newest: ProblemVersion = kept.newest(locked.problem)
    if rosters.LAID not in newest.tables:
        refuse("roster-no-rota")
    locked.base, locked.start = newest.number, newest.tables[rosters.LAID]
    return _moved(locked, locked.done)


@transaction.atomic
def save(draft: RosterDraft, note: str) -> ProblemVersion | None:
    """The rota as a new version of the problem, with what is locked as given in its file; the draft is gone. None where
    nothing has changed. What others have saved since is taken in where it is about other persons.

    Raises Refused as :func:`.problems.save`; the draft is then as it was.
    """
    locked = _locked(draft)
    problem: SavedProblem = locked.problem
    base = problem.versions.filter(number=locked.base).first()
    if base is None:
        refuse("file-changed", "text", number=problem.number, who="")
    _roster, case = rosters.opened(base)
    roster, cells = laying.laid(case, laying.from_table(locked.start, case), done(locked))
    table = laying.as_table(case, roster)
    worked = [(*each, int(roster[laying.place(case, each)])) for each in sorted(cells)]
    given = [(who, day, case.shifts[shift]) for who, day, shift in worked if shift != OFF]
    text = with_given(base.text, given, unlocked(locked))
    tables = {**base.tables, rosters.LAID: table}
    version = problems.save(problem, text, base.number, locked.person, tables=tables, note=note)
    locked.delete()
    return version


def unlocked(draft: RosterDraft) -> set[At]:
    """Cells whose lock in the problem's file is taken away."""
    found: set[At] = set()
    for step in done(draft):
        found = {*found, *step.unlock} - {*step.lock}
    return found


def with_given(text: str, given: Sequence[tuple[str, str, str]], taken_away: set[At]) -> str:
    """A problem's file with given shifts of its persons: those added, and those of some cells taken away."""
    changes = []
    for person in data_of(text).get("person", []):
        who, before = person.get("id"), person.get("duty", [])
        mine = {day: shift for other, day, shift in given if other == who}
        rows = {f"{each['day']}": each for each in before if (who, f"{each['day']}") not in taken_away}
        for day, shift in mine.items():
            rows[day] = {"day": dt.date.fromisoformat(day), "shift": shift}
        after = [rows[day] for day in sorted(rows)]
        if after != before:
            steps = ("person", (who,), "duty")
            if after:
                changes.append(Change(steps, "changed" if before else "added", before or None, after))
            else:
                changes.append(Change(steps, "removed", before))
    return changed(text, changes) if changes else text


def _locked(draft: RosterDraft) -> RosterDraft:
    found = RosterDraft.objects.select_for_update(of=("self",)).select_related("problem__owner", "problem__unit__owner")
    locked = found.filter(pk=draft.pk).first()
    if locked is None:  # saved or dropped in another window
        refuse("roster-draft-gone")
    of_problem(locked.problem, locked.person, "lay-roster")
    return locked


def _moved(locked: RosterDraft, done: int) -> RosterDraft:
    locked.done, locked.changed_at = done, clock.now()
    locked.save()
    return locked
