# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scenarios of a region's planner, and one that is shown at a secret address."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from overens.demo.people import SINCE, person
from overens.people.actions import mandates
from overens.people.actions.mandates import Terms
from overens.people.models import Organisation, Person
from overens.planner import reading, standing
from overens.planner.actions import computing, problems, running
from overens.planner.models import Computed, ProblemKind, ProblemVersion, SavedProblem
from overens.planning.supply.building import build
from overens.planning.supply.engines import project
from overens.planning.supply.files import pack
from overens.planning.supply.projection import summed_up, together
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


def scenario(text: str = TEXT, owner: str = OWNER) -> SavedProblem:
    """Just saved."""
    return problems.create(ProblemKind.SUPPLY, text, Organisation.objects.get(code=owner), planner(owner))


def planner(owner: str = OWNER) -> Person:
    return person(owner, Role.PLANNER)


def computed(saved: SavedProblem, runs: int = 2) -> Computed:
    """The newest version as if it had been computed: its expectation, with more hours in each run than in the last."""
    version = reading.newest(saved)
    scenario, _findings = standing.read(version.text, saved.owner)
    assert scenario is not None
    data = standing.data(scenario, saved.owner)
    expected, problem = project(scenario, data, runs=0), build(scenario, data)
    one = summed_up(problem, expected.expected)
    by_run = together([replace(one, hours=one.hours * np.float32(1 + run / 100)) for run in range(runs)])
    packed = pack(replace(expected, facts=replace(expected.facts, runs=runs), by_run=by_run))
    basis = standing.digest(scenario, saved.owner)
    return kept(version, basis, packed, seed=scenario.seed, runs=runs)


def kept(version: ProblemVersion, basis: str, packed: bytes, kind: str = reading.KIND, **asked: int) -> Computed:
    """As a worker keeps what it has computed."""
    run, _is_new = computing.start(kind, version, running.compute, basis, planner(), **asked)
    made = computing.keep(run, packed)
    Run.objects.filter(pk=run.pk).update(state=RunState.DONE)
    return made


def numbers() -> dict[str, str | int]:
    """A scenario with its result and a run of it, and somebody of the region who plans beside what else they do."""
    region, terms = Organisation.objects.get(code=OWNER), Terms(Role.PLANNER, SINCE, "Delegation")
    mandates.give(region, person(OWNER, Role.AUTHORISED_SIGNATORY), terms, person(OWNER, Role.ADMINISTRATOR))
    saved = scenario()
    made = computed(saved)
    return {
        "scenario": saved.code,
        "shared_scenario": problems.share(saved, planner()),
        "supply_run": made.run_id,
    }
