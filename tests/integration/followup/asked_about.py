# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Something at every address of the asker's that tests/cases/access.toml has a number in."""

from __future__ import annotations

from overens.demo.people import person
from overens.followup.actions import commissioning, rounds, talking, undertaking
from overens.followup.models import Report, Round, Talk
from overens.people.models import Organisation
from overens.records import clock
from overens.rules.process import Role
from tests.integration.chain.life import SCAN


def numbers() -> dict[str, int]:
    """The rounds of 2019 are open; Jämtland has handed in, and been asked; a commission has delivered something."""
    rounds.prepare("2019")
    for each in Round.objects.filter(agreement="2019", state="preparing"):
        rounds.open_round(each)
    Report.objects.filter(key="2019/redogorelse/23", state="writing").update(
        state="submitted", submitted_at=clock.now()
    )
    analyst = person("SOS", Role.ANALYST)
    report = Report.objects.with_parties().get(key="2019/redogorelse/23")
    thread = talking.open_thread(report, "answer/1.1", "", Talk.QUESTION, "Hur märks det?", analyst)
    typed = {"title": "Följa upp", "text": "", "registration_number": "", "decided_by": "", "decided_on": None}
    commission = commissioning.record_commission(Organisation.objects.get(code="SOS"), "2017-2018", typed, analyst)
    given = {"what": "Rapport", "form": "report", "to_whom": "", "due": None, "delivered_on": None, "note": ""}
    deliverable = commissioning.record_deliverable(commission, None, given, (SCAN, "rapport.png"), analyst)
    skl = Organisation.objects.get(code="SKL")
    step = undertaking.record(
        "2019", "exempel", skl, "under-way", "Två konferenser.", (SCAN, "bild.png"), person("SKL", Role.PREPARER)
    )
    return {
        "thread": thread.pk,
        "commission": commission.pk,
        "deliverable": deliverable.pk,
        "undertaking_step": step.pk,
    }
