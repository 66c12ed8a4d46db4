# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scenarios of a region's planner, and one that is shown at a secret address."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np

from overens.demo.people import SINCE, person
from overens.people.actions import mandates
from overens.people.actions.mandates import Terms
from overens.people.models import Organisation, Person
from overens.planner import reading, standing, valuations
from overens.planner.actions import scenarios
from overens.planner.models import Projected, SavedScenario
from overens.planning.supply.building import build
from overens.planning.supply.engines import project
from overens.planning.supply.files import pack
from overens.planning.supply.projection import summed_up, together
from overens.records import clock
from overens.records.models import Run
from overens.records.models.run import RunState
from overens.rules.process import Role

OWNER = "23"
TEXT = """format = 1
kind = "supply"
id = "prov"
title = "Fler som stannar"
base = "reference"
first_year = 2019
years = 3
regions = ["23"]
runs = 2

# Beslutat i regionstyrelsen.
[[measure]]
id = "stanna"
title = "Bättre scheman"
kind = "retain"
factor = 0.9
first = 2019
last = 2021
"""


def scenario(text: str = TEXT, owner: str = OWNER) -> SavedScenario:
    """Just saved."""
    return scenarios.create(text, Organisation.objects.get(code=owner), planner(owner))


def planner(owner: str = OWNER) -> Person:
    return person(owner, Role.PLANNER)


def computed(saved: SavedScenario, runs: int = 2) -> Projected:
    """The newest version as if it had been computed: its expectation, with more hours in each run than in the last."""
    version = reading.newest(saved)
    scenario, _findings = standing.read(version.text, saved.owner)
    assert scenario is not None
    data = standing.data(scenario, saved.owner)
    expected, problem = project(scenario, data, runs=0), build(scenario, data)
    one = summed_up(problem, expected.expected)
    by_run = together([replace(one, hours=one.hours * np.float32(1 + run / 100)) for run in range(runs)])
    packed = pack(replace(expected, facts=replace(expected.facts, runs=runs), by_run=by_run))
    return Projected.objects.create(
        version=version,
        seed=scenario.seed,
        runs=runs,
        basis=standing.digest(scenario, saved.owner),
        run=Run.objects.create(kind="supply", key=f"{reading.run_keys(version)}made", state=RunState.DONE),
        packed=packed,
        sha256=hashlib.sha256(packed).hexdigest(),
        finished_at=clock.now(),
    )


def numbers() -> dict[str, str | int]:
    """A scenario with its result and a run of it, and somebody of the region who plans beside what else they do."""
    region, terms = Organisation.objects.get(code=OWNER), Terms(Role.PLANNER, SINCE, "Delegation")
    mandates.give(region, person(OWNER, Role.AUTHORISED_SIGNATORY), terms, person(OWNER, Role.ADMINISTRATOR))
    saved = scenario()
    made = computed(saved)
    worth = Run.objects.create(
        kind=valuations.KIND,
        key=f"{valuations.keys(made.version)}made",
        state=RunState.DONE,
        arguments={"version": made.version_id},
    )
    return {
        "scenario": saved.code,
        "shared_scenario": scenarios.share(saved, planner()),
        "supply_run": made.run_id,
        "worth_run": worth.pk,
    }
