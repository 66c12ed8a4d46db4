# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scenario stands on: its file read, the data that it names, and the SHA-256 of those."""

from __future__ import annotations

import hashlib

from overens.people.models import Organisation
from overens.planning.supply import reading, reference
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario
from overens.rules.findings import Finding


def read(text: str, owner: Organisation) -> tuple[Scenario | None, tuple[Finding, ...]]:
    """What a scenario's file says, or what is to be mended in it."""
    return reading.read(text)


def data(scenario: Scenario, owner: Organisation) -> Data:
    """The data sets that a scenario names."""
    return reference.data(scenario.data.workforce)


def digest(scenario: Scenario, owner: Organisation) -> str:
    """The SHA-256 of the data that a scenario names, as they are now."""
    return hashlib.sha256(repr(data(scenario, owner)).encode()).hexdigest()
