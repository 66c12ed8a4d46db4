# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's regions that chose to measure how long their writing took. All of it is made up."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping

from overens.demo.people import person
from overens.demo.script import Step, at
from overens.followup.actions import measuring
from overens.followup.models import Report
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.rules.process import Role

# How many measure, and about how many minutes each section takes them, by round.
MEASURING = 9
MINUTES: Mapping[str, tuple[dt.date, Mapping[str, int]]] = {
    "2019/lagesrapport": (dt.date(2019, 10, 4), {"1": 190}),
    "2019/redogorelse": (
        dt.date(2020, 2, 28),
        {"1": 140, "2": 620, "3": 260, "4": 70, "5": 60, "6": 25, "7": 80},
    ),
}
SITTING = 60


def steps(seed: int) -> list[Step]:
    """In order of time; each region measures all sections of a report in one step."""
    codes = Organisation.objects.filter(kind=Kind.REGION).order_by("code").values_list("code", flat=True)
    dice = random.Random(seed)  # noqa: S311 - a made-up life, not a secret
    found = []
    for number, code in enumerate(sorted(dice.sample(list(codes), MEASURING))):
        for round, (day, sections) in MINUTES.items():
            key = f"{round}/{code}"
            spent = {section: int(minutes * dice.uniform(0.6, 1.6)) for section, minutes in sections.items()}
            found.append(
                Step(at(day, 16, number), f"{key}/measure", "measure-minutes",
                     lambda key=key, spent=spent: _measure(key, spent))  # type: ignore[misc]
            )  # fmt: skip
    return sorted(found, key=lambda step: (step.at, step.key))


def _measure(key: str, spent: Mapping[str, int]) -> None:
    """Sitting by sitting, as a page tells it."""
    report = Report.objects.get(key=key)
    writer = person(report.respondent.code, Role.PREPARER)
    for section, minutes in spent.items():
        for begun in range(0, minutes, SITTING):
            measuring.add_minutes(report, section, min(SITTING, minutes - begun), True, writer)
