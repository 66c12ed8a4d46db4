# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Working out in the background where the next krona is worth most, and putting a proposal from it into a scenario."""

from __future__ import annotations

from collections.abc import Sequence

import tomlkit
from django.db import transaction

from overens.followup.actions.authority import mandate_of
from overens.people.models import Organisation, Person
from overens.planner import allocations, standing, valuations
from overens.planner.actions import computing
from overens.planner.actions.problems import save
from overens.planner.authority import PLANNERS
from overens.planner.models import ProblemKind, ProblemVersion, SavedProblem
from overens.planner.valuations import KIND
from overens.planning.supply import reference
from overens.planning.supply.scenario import Measure
from overens.records import events, runs
from overens.records.models import Run
from overens.rules.findings import refuse
from overens.rules.process import Role

MOST_DRAWS = 50
# A draw for the whole country takes some twenty times as long as one for a region and the rest.
NATIONAL_DRAWS = 3
# Who may have the scenario that ships computed.
NATIONAL_ROLES = (*PLANNERS, Role.NEGOTIATOR, Role.MINISTRY_OFFICER, Role.ANALYST)


def ask(version: ProblemVersion, year: int, draws: int, person: Person) -> Run:
    """Have it worked out for posts that begin in a year, on so many draws. The same is worked out once only.

    Raises Refused: ``supply-worth-draws`` (at ``draws``), ``supply-worth-year`` (at ``year``), what is to be mended in
    the file, ``no-mandate``.
    """
    stands = standing.stand(version)
    scenario = stands.scenario
    if not 0 <= draws <= MOST_DRAWS:
        refuse("supply-worth-draws", "draws", most=MOST_DRAWS)
    if not scenario.first_year <= year <= scenario.last_year:
        refuse("supply-worth-year", "year", first=scenario.first_year, last=scenario.last_year)
    return computing.ask(KIND, version, compute, stands.digest, person, "value-scenario", year=year, draws=draws)


@transaction.atomic
def ask_national(organisation: Organisation, person: Person) -> Run:
    """Have the scenario that ships worked out. Raises Refused: ``no-mandate``."""
    mandate = mandate_of(organisation, person, NATIONAL_ROLES, "value-scenario", "")
    scenario = valuations.national()
    asked = {"year": scenario.first_year, "draws": NATIONAL_DRAWS}
    run, is_new = computing.start(KIND, None, compute, valuations.national_basis(), person, **asked)
    if is_new:
        events.record(f"{ProblemKind.SUPPLY}/{scenario.id}", "value-scenario", mandate)
    return run


def compute(run: Run, version: int | None, basis: str, **asked: int) -> None:
    """A worker's part. asked: ``year``, ``draws``."""
    from overens.planning.supply import worth

    if version is None:
        scenario = valuations.national()
        data = reference.data(scenario.data.workforce)
        paid = {each.programme for each in scenario.measures}
        among = [each for each in worth.candidates(data) if each.thing in paid]
    else:
        stands = standing.still(version, basis)
        scenario, data, among = stands.scenario, stands.data, None
    valued = worth.valued(
        scenario,
        data,
        year=asked["year"],
        draws=asked["draws"],
        among=among,
        within={id: (given.first, given.last) for id, given in allocations.sums(scenario)[0].items()},
        progress=lambda done, of: runs.report_progress(run, 100 * done // of),
    )
    computing.keep(run, worth.pack(valued))


def add(scenario: SavedProblem, measures: Sequence[Measure], base: int, person: Person) -> ProblemVersion | None:
    """A new version of a scenario with these measures last in its file, written over version ``base``.

    Raises Refused as :func:`overens.planner.actions.problems.save`.
    """
    text = scenario.versions.get(number=base).text
    return save(scenario, f"{text.rstrip()}\n\n{as_text(measures)}", base, person)


def as_text(measures: Sequence[Measure]) -> str:
    """Measures as they stand in a file."""
    rows = tomlkit.aot()
    for each in measures:
        row = tomlkit.table()
        for name, value in each.model_dump(exclude_unset=True).items():
            row.add(name, int(value) if name == "amount" else list(value) if isinstance(value, tuple) else value)
        rows.append(row)
    document = tomlkit.document()
    document.add("measure", rows)
    return tomlkit.dumps(document)
