# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The small ward with a rota that its head has published, and an address of one who works there."""

from __future__ import annotations

from overens.planner import reading, rosters
from overens.planner.actions import problems, rostering, staffing
from overens.planner.models import PlanningDecision, SavedProblem
from overens.planning.roster import building, laying
from overens.planning.roster.instance import OFF
from overens.planning.roster.reading import read
from overens.records import clock
from overens.rules.process import Role
from tests.integration.planner.rotas import head_of, problem
from tests.integration.planner.scenarios import planner

# Two weeks of three persons; D day, N night.
LINES = ("D.D........DD.", "..D....NN.....", ".D.D...D.D.D..")


def tables(text: str, lines: tuple[str, ...] = LINES) -> dict[str, str]:
    """The rota as a version has it beside its text."""
    roster, findings = read(text)
    assert roster is not None, findings
    case = building.case(roster)
    worked = laying.empty(case)
    for at, line in enumerate(lines):
        worked[at] = [case.shifts.index(each) if each != "." else OFF for each in line]
    return {rosters.LAID: laying.as_table(case, worked)}


def laid(saved: SavedProblem, lines: tuple[str, ...] = LINES) -> None:
    """A new version with this rota."""
    saved.refresh_from_db()
    version = reading.newest(saved)
    problems.save(saved, version.text, saved.number, planner(), tables=version.tables | tables(version.text, lines))


def published(saved: SavedProblem, lines: tuple[str, ...] = LINES) -> PlanningDecision:
    laid(saved, lines)
    saved.refresh_from_db()
    return rostering.publish(reading.newest(saved), "", head_of(saved))


def ward() -> tuple[SavedProblem, str]:
    """With the address of the second person."""
    saved = problem()
    published(saved)
    return saved, staffing.give_address(saved, "p2", planner())


def numbers() -> dict[str, str | int]:
    """Of a unit with a head of its own, so that all who are to be refused can be."""
    saved, token = ward()
    assert saved.owner.mandates.filter(role=Role.HEAD_OF_OPERATIONS).exists()
    link = saved.staff_links.get(ended_at=None)
    return {"staffed": saved.code, "own_token": token, "staff_link": link.pk, "staffed_on": clock.today().isoformat()}
