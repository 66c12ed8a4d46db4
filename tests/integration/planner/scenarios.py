# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scenarios of a region's planner, and one that is shown at a secret address."""

from __future__ import annotations

from overens.demo.people import person
from overens.people.models import Organisation, Person
from overens.planner.actions import scenarios
from overens.planner.models import SavedScenario
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


def numbers() -> dict[str, str]:
    saved = scenario()
    return {"scenario": saved.code, "shared_scenario": scenarios.share(saved, planner())}
