# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Last year's measures in this year's report: each goes on, has ended, or is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from overens.agreements.reading import agreement_of
from overens.followup import last_year
from overens.followup.actions import rows, writing
from overens.followup.models import Report
from overens.followup.reading import asked
from overens.people.models import Person
from overens.rules.findings import refuse
from overens.rules.followup.measures import ENDED
from overens.rules.followup.parts import MEASURE
from overens.rules.followup.structured_fields import measure_fields

GOES_ON, HAS_ENDED, LEAVE = "continues", "ended", "leave"
WAYS = (GOES_ON, HAS_ENDED, LEAVE)


@dataclass(frozen=True)
class Carried:
    """How many measures were taken over, and how many were left."""

    taken: int
    left: int


@transaction.atomic
def carry(report: Report, ways: Mapping[int, str], person: Person) -> Carried:
    """Take last year's measures over by their numbers, all or none. One that is left is kept among those taken away, so
    that it can be brought back; one that is in the report already stays as it is.

    Raises Refused: ``measure-not-last-years``, ``choice-unknown``, and those of ``writing.save``.
    """
    earlier = last_year.measures(report)
    there = set(report.parts.filter(key__startswith=f"{MEASURE}/").values_list("key", flat=True))
    fields = {field.name: field for field in measure_fields(agreement_of(report.round.agreement), asked(report.round))}
    taken = left = 0
    for number, way in sorted(ways.items()):
        if number not in earlier:
            refuse("measure-not-last-years", number=number)
        if way not in WAYS:
            refuse("choice-unknown", f"way-{number}", raw=way[:40])
        key = f"{MEASURE}/{number}"
        if key in there:
            continue
        # What this agreement does not know (a use, an area) is not taken over.
        content = {
            name: text
            for name, text in earlier[number].content.items()
            if (field := fields.get(name)) and (field.kind != "choice" or text in field.choices)
        }
        if way == HAS_ENDED:
            content["status"] = ENDED
        writing.save(report, key, content, 0, person, prefilled=True)
        if way == LEAVE:
            rows.take_away(report, key, person)
            left += 1
        else:
            taken += 1
    return Carried(taken, left)
