# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counting the minutes of those who chose to measure them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from overens.followup.actions.performing import authority
from overens.followup.models import BurdenMinutes, Report
from overens.followup.reading import asked
from overens.people.models import Person
from overens.rules.findings import refuse
from overens.rules.followup.process import REPORT_ACTS

# Minutes that a page tells at a time.
MOST_AT_ONCE = 120


@transaction.atomic
def add_minutes(report: Report, section: str, minutes: int, sat_down: bool, person: Person) -> None:
    """Somebody who chose to measure was active in a section for so many minutes. Nothing of who or when is kept.

    Raises Refused: ``section-unknown``, ``no-mandate``. What is not between 1 and 120 minutes is not counted.
    """
    authority(person, REPORT_ACTS["discuss-part"], report)
    if all(each.id != section for each in asked(report.round).sections):
        refuse("section-unknown", section=section)
    if not 1 <= minutes <= MOST_AT_ONCE:
        return
    BurdenMinutes.objects.bulk_create([BurdenMinutes(report=report, section=section)], ignore_conflicts=True)
    BurdenMinutes.objects.filter(report=report, section=section, minutes__lte=900_000).update(
        minutes=F("minutes") + minutes, sittings=F("sittings") + int(sat_down)
    )
