# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Something at every address of national reports, for the table of expected access."""

from __future__ import annotations

import datetime as dt

from overens.demo.people import person, second_analyst
from overens.editions import filing
from overens.editions.actions import stepping
from overens.editions.models import Edition, Proposal
from overens.followup.models import Submission
from overens.records import clock
from overens.records.models import Run
from overens.rules.process import Role
from tests.integration.editions import made

TEXTS = {"satsningar": ("Satsningar", "Region Jämtland Härjedalen har infört vårdnära service.")}


def numbers() -> dict[str, int]:
    """An edition ("prov") that its regions check, with files; and what has come in since the reference stands."""
    edition = made.edition("prov", TEXTS)
    stepping.send_to_review(edition, person("SOS", Role.ANALYST))
    stepping.send_checks(edition, clock.today() + dt.timedelta(days=14), second_analyst())
    filing.make(Run.objects.create(kind=filing.KIND, key=f"{filing.KIND}/prov/draft-1"), edition.pk)
    reference = Edition.objects.get(code="reference-2017")
    standing = Submission.objects.standing().filter(report__isnull=False).order_by("pk")[0]
    proposal = Proposal.objects.create(edition=reference, submission=standing, opened_at=clock.now())
    return {"edition_file": filing.latest(edition)[0].pk, "edition_proposal": proposal.pk}
