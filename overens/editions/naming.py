# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the regions were called in the year that an edition reports on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from overens.editions.values.register import Register
from overens.people.models import Organisation
from overens.people.models.organisation import Kind


def region_names(register: Register) -> Mapping[str, str]:
    """By code, in the order of the codes: the name on the last day of the edition's year."""
    day = dt.date(register.about.year, 12, 31)
    regions = Organisation.objects.filter(kind=Kind.REGION).prefetch_related("names").order_by("code")
    return register.once("region-names", lambda: {each.code: _name_on(each, day) for each in regions})


def _name_on(organisation: Organisation, day: dt.date) -> str:
    """As :meth:`Organisation.name_on`, of names that are fetched already."""
    dated = [
        each.name for each in organisation.names.all()
        if each.valid_from <= day and (each.valid_to is None or each.valid_to >= day)
    ]  # fmt: skip
    return dated[0] if dated else organisation.name
