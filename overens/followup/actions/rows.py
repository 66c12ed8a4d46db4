# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Adding rows to a report and taking them away: measures, introduction programmes, services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from overens.followup.actions import writing
from overens.followup.models import Measure, Part, Report
from overens.people.models import Organisation, Person
from overens.records.locks import hold
from overens.rules.findings import refuse
from overens.rules.followup.parts import MEASURE, PartKey


@transaction.atomic
def add(
    report: Report, kind: str, typed: Mapping[str, str], person: Person, *, prefilled: bool = False
) -> writing.SavedPart:
    """A new row part of a kind, with the next free number. Raises Refused as :func:`writing.save` does."""
    hold(f"numbers/{kind}/{report.respondent_id if kind == MEASURE else report.pk}")
    number = next_measure(report.respondent) if kind == MEASURE else _next(_numbers([report.pk], kind))
    return writing.save(report, str(PartKey(kind, str(number))), typed, 0, person, prefilled=prefilled)


def next_measure(organisation: Organisation) -> int:
    """The organisation's next free number of a measure: never given twice, not even to one that was taken away."""
    told = Measure.objects.filter(organisation=organisation).values_list("number", flat=True)
    written = _numbers(Report.objects.of(organisation).values_list("pk", flat=True), MEASURE)
    return _next((*told, *written))


def _numbers(reports: Iterable[int], kind: str) -> list[int]:
    keys = Part.objects.filter(report__in=reports, key__startswith=f"{kind}/").values_list("key", flat=True)
    return [int(number) for key in keys if (number := key.partition("/")[2]).isdigit()]


def _next(numbers: Iterable[int]) -> int:
    return max(numbers, default=0) + 1


def take_away(report: Report, key: str, person: Person) -> Part:
    """Take a row out of the report. It is kept and can be brought back. Raises Refused (``part-unknown``)."""
    _there(report, key)
    return writing.remove(report, key, person)


def bring_back(report: Report, key: str, person: Person) -> Part:
    """The row is part of the report again, as it was. Raises Refused (``part-unknown``)."""
    part = _there(report, key)
    return writing.save(report, key, part.content, part.revision, person).part


def _there(report: Report, key: str) -> Part:
    part = report.parts.filter(key=key).first()
    if part is None:
        refuse("part-unknown", key=key)
    return part
