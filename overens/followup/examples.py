# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bank of examples: measures that their regions let stand there for all to read (2019 agreement, section 5: good
examples are spread). Only by consent (:mod:`overens.followup.actions.consenting`).
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from overens.followup.models import ExampleConsent, MeasureYear
from overens.people.models import Organisation

# Texts of a measure that a search looks in.
SEARCHED = ("name", "purpose", "goal", "results", "success_factors", "challenges", "worked_less_well")


def public() -> QuerySet[MeasureYear]:
    """The examples, newest year first."""
    given = ExampleConsent.objects.given().values("measure_year")
    found = MeasureYear.objects.filter(pk__in=given).select_related("submission__organisation", "measure__organisation")
    return found.order_by("-submission__year", "name", "pk")


def search(text: str = "", region: str = "", area: str = "", status: str = "") -> QuerySet[MeasureYear]:
    """Examples that have every word of a text somewhere, of a region, in an area (agreement/area), with a status."""
    found = public()
    for each in text.split()[:10]:
        found = found.filter(Q(*[(f"{field}__icontains", each) for field in SEARCHED], _connector=Q.OR))
    if region:
        found = found.filter(submission__organisation__code=region)
    if area:
        agreement, _, id = area.partition("/")
        found = found.filter(submission__agreement=agreement, area=id)
    return found.filter(status=status) if status else found


def offered(organisation: Organisation) -> list[tuple[MeasureYear, ExampleConsent | None]]:
    """An organisation's measures as they stand in what it has handed in, each with its consent."""
    rows = MeasureYear.objects.filter(
        submission__organisation=organisation, submission__superseded=False, submission__report__isnull=False
    ).select_related("submission__report", "measure__organisation")
    given = {
        each.measure_year_id: each
        for each in ExampleConsent.objects.given().filter(measure_year__in=rows).select_related("given_by__person")
    }
    return [(row, given.get(row.pk)) for row in rows.order_by("-submission__year", "measure__number")]
