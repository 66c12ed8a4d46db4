# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report of the demo with a version signed in the service, one signed on paper, and one that is out to be signed."""

from __future__ import annotations

from overens.demo.people import person
from overens.followup.actions import attaching, examining, signing_outside
from overens.followup.models import Report
from overens.records import clock
from overens.rules.process import Role
from tests.integration.chain.life import SCAN
from tests.integration.followup.written import freeze, write


def numbers(key: str) -> dict[str, int | str]:
    """By what stands in braces in the table of access."""
    report = Report.objects.with_parties().get(key=key)
    code = report.respondent.code
    signatory, preparer = person(code, Role.AUTHORISED_SIGNATORY), person(code, Role.PREPARER)
    signed = report.submissions.standing().get().version
    assert signed is not None
    if report.state == "submitted":
        examining.accept(report, signed, person("SOS", Role.ANALYST))
    write(report, {"answer/1.2": {"text": "Rättat på papper."}})
    attaching.add(report, SCAN, "schema.png", "Schema för introduktionen", preparer)
    scanned = freeze(report, "Ett fel i texten.")
    signing_outside.send_out(report, scanned, preparer)
    signing_outside.record_paper(
        report, scanned, SCAN, "redogorelse.png", signatory, clock.today(), "Kom med post.", person("SOS", Role.ANALYST)
    )
    examining.accept(report, scanned, person("SOS", Role.ANALYST))
    write(report, {"answer/1.2": {"text": "Rättat en gång till."}})
    frozen = freeze(report, "Ännu ett fel.")
    signing_outside.send_out(report, frozen, preparer)
    return {
        "report_signed": signed.pk,
        "report_scanned": scanned.pk,
        "report_frozen": frozen.pk,
        "report_attached": attaching.files_of(report)[0].file.sha256,
    }
