# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the regions are called in an edition: as they were named at the end of the year that it reports on."""

from __future__ import annotations

import datetime as dt

from overens.editions.values.register import Register
from overens.followup import fact_subjects
from overens.people.models import OrganisationName


def region_names(register: Register) -> dict[str, str]:
    """Names by code, in the order of the codes."""
    return register.once("region-names", lambda: _named(dt.date(register.about.year, 12, 31)))


def _named(day: dt.date) -> dict[str, str]:
    names = fact_subjects.region_names()
    dated = OrganisationName.objects.filter(valid_from__lte=day, organisation__code__in=names)
    then = dated.exclude(valid_to__lt=day).values_list("organisation__code", "name")
    return {**names, **dict(then)}
