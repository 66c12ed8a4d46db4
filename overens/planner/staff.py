# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What those who work by a rota may see of it, at their secret addresses, and what they have wished there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pydantic import TypeAdapter

from overens.planner import rosters
from overens.planner.models import (
    DecisionKind,
    PlanningDecision,
    ProblemKind,
    ProblemVersion,
    SavedProblem,
    StaffLink,
    StaffWishes,
)
from overens.planning.roster import laying
from overens.planning.roster.carried import Edition
from overens.planning.roster.problem import Person, Roster, Wish
from overens.planning.roster.wishing import closes
from overens.records import clock, kept
from overens.records.canonical import digest
from overens.rules.findings import refuse

WISHES = TypeAdapter(tuple[Wish, ...])


@dataclass(frozen=True)
class Published:
    """A version's rota as it was decided that those who work by it read it."""

    decision: PlanningDecision
    edition: Edition


@dataclass(frozen=True)
class Period:
    """What was published of it, the oldest first, and each decision that it held no longer; whether the last was so."""

    published: tuple[Published, ...]
    withdrawals: tuple[PlanningDecision, ...] = ()
    withdrawn: bool = False

    @property
    def editions(self) -> list[Edition]:
        return [each.edition for each in self.published]

    @property
    def last(self) -> Published:
        return self.published[-1]


@dataclass(frozen=True)
class Waiting:
    """What somebody wishes that is not in the problem: as the file has it, and as they last saved it."""

    who: str
    title: str
    before: tuple[Wish, ...]
    after: tuple[Wish, ...]
    saved: StaffWishes

    @property
    def added(self) -> list[Wish]:
        return [each for each in self.after if each not in self.before]

    @property
    def removed(self) -> list[Wish]:
        return [each for each in self.before if each not in self.after]


def in_file(roster: Roster, who: str) -> Person:
    """Raises Refused: ``staff-unknown``."""
    found = next((each for each in roster.persons if each.id == who), None)
    if found is None:
        refuse("staff-unknown", "who", who=who)
    return found


def link_at(token: str) -> StaffLink | None:
    """That of a secret address that is not ended."""
    found = StaffLink.objects.filter(sha256=digest(token), ended_at=None, problem__removed=False)
    return found.select_related("problem__owner", "problem__unit").first()


def of_unit(problem: SavedProblem) -> list[SavedProblem]:
    """The rotas of the same unit; of none, the problem alone."""
    if problem.unit_id is None:
        return [problem]
    found = SavedProblem.objects.kind(ProblemKind.ROSTER).listed().filter(unit_id=problem.unit_id)
    return list(found.select_related("owner", "unit"))


class Holder:
    """Who an address is for, in the rotas of its unit."""

    def __init__(self, link: StaffLink) -> None:
        self.link = link

    @cached_property
    def title(self) -> str:
        """What they are called in the problem of their address: now, or when they were last in what was published."""
        now, _case = rosters.opened(kept.newest(self.link.problem))
        there = self._called(now)
        for period in reversed([] if there else periods(self.link.problem)):
            there = there or self._called(period.last.edition.roster)
        return there

    def row(self, problem: SavedProblem, roster: Roster) -> int | None:
        """Which of a rota's persons they are, if any. In another problem than the address's own, only who is called
        the same too: each file gives its persons ids by itself.
        """
        rows = (row for row, each in enumerate(roster.persons) if each.id == self.link.who)
        row = next(rows, None)
        is_own = problem.pk == self.link.problem_id
        return row if row is None or is_own or roster.persons[row].title == self.title else None

    def _called(self, roster: Roster) -> str:
        return next((each.title for each in roster.persons if each.id == self.link.who), "")


def links(problem: SavedProblem, roster: Roster) -> dict[str, list[StaffLink]]:
    """The addresses in the unit that are not ended, by whom of a rota's persons they are for, the oldest first."""
    found: dict[str, list[StaffLink]] = {}
    every = StaffLink.objects.filter(problem__in=of_unit(problem), ended_at=None).select_related("problem__unit")
    for each in every.order_by("pk"):
        row = Holder(each).row(problem, roster)
        if row is not None:
            found.setdefault(roster.persons[row].id, []).append(each)
    return found


def periods(problem: SavedProblem) -> list[Period]:
    """Those that have been published, in their order."""
    found: dict[date, Period] = {}
    for each in reversed(rosters.publications(problem)):
        edition = edition_of(each.version, each.decided_on)
        if each.kind == DecisionKind.PUBLISH:
            before = found.get(edition.roster.first, Period(()))
            published = (*before.published, Published(each, edition))
            found[edition.roster.first] = Period(published, before.withdrawals)
        elif edition.roster.first in found:
            before = found[edition.roster.first]
            found[edition.roster.first] = Period(before.published, (*before.withdrawals, each), True)
    return [found[first] for first in sorted(found)]


def edition_of(version: ProblemVersion, on: date) -> Edition:
    """The rota of a version that has one. Raises Refused where it cannot be read."""
    roster, case = rosters.opened(version)
    days = rosters.laid(version)
    return Edition(on, roster, laying.empty(case) if days is None else days)


def wishing(link: StaffLink) -> SavedProblem:
    """The rota that somebody writes wishes for: of those of the unit that they are in, the one that closes for wishes
    first, of those that are open; else the one of their address.
    """
    found, holder = [], Holder(link)
    for problem in of_unit(link.problem):
        roster, _case = rosters.opened(kept.newest(problem))
        if closes(roster) >= clock.today() and holder.row(problem, roster) is not None:
            found.append((closes(roster), problem.pk, problem))
    return min(found)[2] if found else link.problem


def wished(problem: SavedProblem, roster: Roster, who: Person) -> tuple[tuple[Wish, ...], int]:
    """What somebody wishes of the period, as they last saved it (with its number) or as the file has it (0)."""
    saved = problem.staff_wishes.filter(who=who.id, first=roster.first).first()
    return (_wishes(saved), saved.number) if saved else (who.wishes, 0)


def waiting(problem: SavedProblem, roster: Roster) -> list[Waiting]:
    """What has been wished and is not in the problem as it is now, in the order of its persons."""
    newest: dict[str, StaffWishes] = {}
    for each in problem.staff_wishes.filter(first=roster.first):
        newest.setdefault(each.who, each)
    found = [
        Waiting(who.id, who.title, who.wishes, _wishes(newest[who.id]), newest[who.id])
        for who in roster.persons
        if who.id in newest
    ]
    return [each for each in found if set(each.before) != set(each.after)]


def rows_of(wishes: Sequence[Wish]) -> list[dict[str, object]]:
    """As they are kept."""
    return [each.model_dump(mode="json") for each in wishes]


def _wishes(saved: StaffWishes) -> tuple[Wish, ...]:
    return WISHES.validate_json(json.dumps(saved.wishes))
