# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's money of planning: what the pot for specialist training does in the country is asked for, and computed by
the worker.
"""

from __future__ import annotations

import datetime as dt

from overens.demo.people import person
from overens.demo.script import Step, at
from overens.people.models import Organisation
from overens.planner.actions import valuing
from overens.rules.process import Role

ASKS, DAY = "SKL", dt.date(2019, 11, 25)


def steps() -> list[Step]:
    """In order of time."""
    return [Step(at(DAY, 10), "scenario/specialist-training-2019", "value-scenario", _ask)]


def _ask() -> None:
    valuing.ask_national(Organisation.objects.get(code=ASKS), person(ASKS, Role.PLANNER))
