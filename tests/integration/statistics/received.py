# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table that waits to be looked through, and a file that waits for its turn."""

from __future__ import annotations

from overens.demo.people import person
from overens.rules.process import Role
from overens.rules.statistics.asked import Asked
from overens.statistics import actions
from overens.statistics.fetching import Question
from overens.statistics.models import StoredTable
from tests.unit.statistics.made import SCB, data

FILE = Question("jsonstat", (), "", Asked(measure="persons"))


def table(content: bytes | None = None) -> StoredTable:
    """The population of 2018, or another reply, received by the analyst."""
    return actions.receive(FILE, [("", content or data(SCB))], person("SOS", Role.ANALYST), name="tabell.json")


def numbers() -> dict[str, int]:
    table()
    return {"statistics_arrival": actions.wait(FILE, person("SOS", Role.ANALYST), data(SCB), "stor.json").pk}
