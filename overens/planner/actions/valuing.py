# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Working out in the background where the next krona is worth most, and putting a proposal from it into a scenario."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import tomlkit
from django.db import transaction

from overens.followup.actions.authority import mandate_of
from overens.people.models import Organisation, Person
from overens.planner import allocations, standing, valuations
from overens.planner.actions.scenarios import PLANNERS, checked, save
from overens.planner.models import SavedScenario, ScenarioVersion, Valuation
from overens.planner.valuations import KIND
from overens.planning.supply import reference
from overens.planning.supply.scenario import Measure
from overens.records import clock, events, runs
from overens.records.models import Run
from overens.records.models.run import RunState
from overens.rules.findings import refuse
from overens.rules.process import Role

MOST_DRAWS = 50
# A draw for the whole country takes some twenty times as long as one for a region and the rest.
NATIONAL_DRAWS = 3
# Who may have the scenario that ships computed.
NATIONAL_ROLES = (*PLANNERS, Role.NEGOTIATOR, Role.MINISTRY_OFFICER, Role.ANALYST)


@transaction.atomic
def ask(version: ScenarioVersion, year: int, draws: int, person: Person) -> Run:
    """Have it worked out for posts that begin in a year, on so many draws. The same is worked out once only.

    Raises Refused: ``supply-worth-draws`` (at ``draws``), ``supply-worth-year`` (at ``year``), what is to be mended in
    the file, ``no-mandate``.
    """
    owner = version.scenario.owner
    mandate = mandate_of(owner, person, PLANNERS, "value-scenario", "")
    scenario = checked(version.text, owner)
    if not 0 <= draws <= MOST_DRAWS:
        refuse("supply-worth-draws", "draws", most=MOST_DRAWS)
    if not scenario.first_year <= year <= scenario.last_year:
        refuse("supply-worth-year", "year", first=scenario.first_year, last=scenario.last_year)
    key = f"{valuations.keys(version)}{year}/{draws}/{standing.digest(scenario, owner)}"
    run, is_new = _start(key, person, version=version.pk, year=year, draws=draws)
    if is_new:
        events.record(version.scenario.key, "value-scenario", mandate)
    return run


@transaction.atomic
def ask_national(organisation: Organisation, person: Person) -> Run:
    """Have the scenario that ships worked out. Raises Refused: ``no-mandate``."""
    mandate = mandate_of(organisation, person, NATIONAL_ROLES, "value-scenario", "")
    scenario = valuations.national()
    key = f"{valuations.keys(None)}{valuations.national_basis()}"
    run, is_new = _start(key, person, version=None, year=scenario.first_year, draws=NATIONAL_DRAWS)
    if is_new:
        events.record(f"scenario/{scenario.id}", "value-scenario", mandate)
    return run


def _start(key: str, person: Person, **arguments: int | None) -> tuple[Run, bool]:
    known = Run.objects.filter(key=key).first()
    if known is not None and known.state in (RunState.FAILED, RunState.CANCELLED):
        runs.retry(known)
        known.refresh_from_db()
        return known, False
    return runs.start(KIND, key, compute, asked_by=person, **arguments), known is None


def compute(run: Run, version: int | None, year: int, draws: int) -> None:
    """A worker's part."""
    from overens.planning.supply import worth

    if version is None:
        found, scenario, basis = None, valuations.national(), valuations.national_basis()
        data = reference.data(scenario.data.workforce)
        paid = {each.programme for each in scenario.measures}
        among = [each for each in worth.candidates(data) if each.thing in paid]
    else:
        found = ScenarioVersion.objects.select_related("scenario__owner").get(pk=version)
        owner = found.scenario.owner
        scenario = checked(found.text, owner)
        basis, data, among = standing.digest(scenario, owner), standing.data(scenario, owner), None
    packed = worth.pack(
        worth.valued(
            scenario,
            data,
            year=year,
            draws=draws,
            among=among,
            within={id: (given.first, given.last) for id, given in allocations.sums(scenario)[0].items()},
            progress=lambda done, of: runs.report_progress(run, 100 * done // of),
        )
    )
    Valuation.objects.create(
        version=found,
        basis=basis,
        year=year,
        draws=draws,
        run=run,
        packed=packed,
        sha256=hashlib.sha256(packed).hexdigest(),
        finished_at=clock.now(),
    )


def cancel(scenario: SavedScenario, run: Run, person: Person) -> None:
    """End what is being worked out of a scenario. Raises Refused: ``no-mandate``."""
    mandate_of(scenario.owner, person, PLANNERS, "value-scenario", "")
    runs.cancel(run)


def add(scenario: SavedScenario, measures: Sequence[Measure], base: int, person: Person) -> ScenarioVersion | None:
    """A new version of a scenario with these measures last in its file, written over version ``base``.

    Raises Refused as :func:`overens.planner.actions.scenarios.save`.
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
