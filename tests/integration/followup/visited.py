# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A visit to Region Jämtland Härjedalen with its memo sent, an interview, and a document with a file."""

from __future__ import annotations

import datetime as dt

from overens.demo.people import person
from overens.followup.actions import collecting, fact_checking, interviewing, visiting
from overens.followup.actions.visiting import Choosing
from overens.followup.models import Visit
from overens.people.models import Organisation
from overens.records import clock
from overens.rules.followup.spreading import WEIGHTS
from overens.rules.process import Role
from tests.integration.chain.life import SCAN


def numbers() -> dict[str, int]:
    """What stands in the addresses of these pages."""
    agency, region = (Organisation.objects.get(code=code) for code in ("SOS", "23"))
    analyst, today = person("SOS", Role.ANALYST), clock.today()
    visiting.decide_plan(agency, Choosing("2019", 2019, 1, WEIGHTS, include=("23",)), ["23"], "", "", analyst)
    visit = Visit.objects.get(key="visit/2019/2019/23")
    visiting.held(visit, today, "", "", analyst)
    interview = interviewing.record(agency, "2019", 2019, region, "group", today, "", "", analyst, visit)
    fact_checking.write_memo(visit, "Ledningen stödjer arbetet.", 0, analyst)
    fact_checking.send(visit, today + dt.timedelta(days=14), analyst)
    about = collecting.About("2019", 2019, region, "action-plan", "Handlingsplan", visit)
    asked = collecting.ask(agency, about, "Planen som gäller.", today + dt.timedelta(days=14), analyst)
    collecting.deliver(asked, "", "", [(SCAN, "plan.png")], person("23", Role.PREPARER))
    return {"interview": interview.pk, "collected": asked.pk, "collected_file": asked.files.get().file_id}
