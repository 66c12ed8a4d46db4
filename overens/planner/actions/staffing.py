# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Those who work by a rota: their secret addresses, given and ended by who writes it, and the wishes that they write
there, which who writes it takes in.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence

from django.db import transaction

from overens.people.models import Mandate, Person
from overens.planner import rosters, staff
from overens.planner.actions import problems
from overens.planner.authority import of_problem
from overens.planner.models import ProblemVersion, SavedProblem, StaffLink, StaffWishes
from overens.planning.roster import wishing
from overens.planning.roster.problem import Wish
from overens.records import clock, events, kept
from overens.records.canonical import digest
from overens.rules.findings import Refused, refuse


@transaction.atomic
def give_address(problem: SavedProblem, who: str, person: Person) -> str:
    """Make a person's own address, in place of those that they had in the unit; returns its token, which is not kept.

    Raises Refused: ``staff-unknown`` (at ``who``), ``no-mandate``.
    """
    locked, mandate = _locked(problem, person, "give-staff-address")
    roster, _case = rosters.opened(kept.newest(locked))
    staff.in_file(roster, who)
    at = clock.now()
    before = [each.pk for each in staff.links(locked, roster).get(who, ())]
    StaffLink.objects.filter(pk__in=before, ended_at=None).update(ended_at=at)
    token = secrets.token_urlsafe(32)
    locked.staff_links.create(who=who, sha256=digest(token), person=person, made_at=at)
    events.record(locked.key, "give-staff-address", mandate, at=at)
    return token


@transaction.atomic
def end_address(link: StaffLink, person: Person) -> None:
    """It shows nothing from now on. Raises Refused: ``no-mandate``."""
    locked, mandate = _locked(link.problem, person, "end-staff-address")
    at = clock.now()
    if locked.staff_links.filter(pk=link.pk, ended_at=None).update(ended_at=at):
        events.record(locked.key, "end-staff-address", mandate, at=at)


@transaction.atomic
def wish(link: StaffLink, wishes: Sequence[Wish], base: int) -> StaffWishes | None:
    """All that somebody wishes, in place of what they last saved; None where that is the same. base: the number of what
    was shown when they began to write.

    Raises Refused: ``wish-closed``, ``wishes-changed``, and what is to be mended, with keys as ``wish[#2].day``.
    """
    locked = SavedProblem.objects.select_for_update(of=("self",)).get(pk=staff.wishing(link).pk)
    newest = kept.newest(locked)
    roster = rosters.opened(newest)[0]
    who, closes = staff.in_file(roster, link.who), wishing.closes(roster)
    if clock.today() > closes:
        refuse("wish-closed", last=closes.isoformat())
    before, number = staff.wished(locked, roster, who)
    if base != number:
        refuse("wishes-changed")
    if found := list(wishing.check(newest.text, roster, who, wishes)):
        raise Refused(*found)
    if tuple(wishes) == before:
        return None
    at = clock.now()
    events.record(locked.key, "write-wishes", at=at)
    return StaffWishes.objects.create(
        problem=locked,
        who=who.id,
        first=roster.first,
        number=number + 1,
        wishes=staff.rows_of(wishes),
        link=link,
        at=at,
    )


@transaction.atomic
def take_in(problem: SavedProblem, who: Collection[str], note: str, person: Person) -> ProblemVersion | None:
    """What these persons last wished, as the wishes of the problem's next version; None where it has them already.

    Raises Refused as :func:`overens.planner.actions.problems.save`.
    """
    locked, _mandate = _locked(problem, person, "save-problem")
    newest = kept.newest(locked)
    wished = {each.who: each.after for each in staff.waiting(locked, rosters.opened(newest)[0]) if each.who in who}
    return problems.save(locked, wishing.put_in(newest.text, wished), locked.number, person, note=note)


def _locked(problem: SavedProblem, person: Person, act: str) -> tuple[SavedProblem, Mandate]:
    locked = (
        SavedProblem.objects.select_for_update(of=("self",)).select_related("owner", "unit__owner").get(pk=problem.pk)
    )
    return locked, of_problem(locked, person, act)
