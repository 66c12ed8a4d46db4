# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scenario begins as."""

from __future__ import annotations

from django.utils.translation import gettext as _

from overens.desks.access import ActingRequest
from overens.desks.planner.access import own, own_scenario
from overens.people.models.organisation import Kind
from overens.planner import reading
from overens.planning.supply import reference
from overens.rules.studio.writing import value

SHIPPED = "referens"
# No address of a scenario, so that it gets one from its title.
PLACE = "nytt"


def begun(request: ActingRequest, name: str) -> str:
    """The text of an own scenario by its code; else a short file that builds on the one that ships, for the own region,
    or for all 21 where the organisation is no region. Raises Http404.
    """
    if name and name != SHIPPED:
        return reading.newest(own_scenario(request, name)).text
    base, organisation = reference.base(), own(request)
    regions = (organisation.code,) if organisation.kind == Kind.REGION else ()
    table = {
        "format": 1,
        "kind": "supply",
        "id": PLACE,
        "title": organisation.name if regions else _("Hela landet"),
        "base": base.id,
        "first_year": base.first_year,
        "years": base.years,
        "step": base.step,
        "regions": regions,
        "runs": base.runs,
        "seed": base.seed,
    }
    return "".join(f"{key} = {value(found)}\n" for key, found in table.items())
