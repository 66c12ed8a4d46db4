# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""For a table of addresses: a report that is written in, with a clash to choose about, a comment and a file."""

from __future__ import annotations

from overens.demo.people import person
from overens.followup.actions import rounds
from overens.followup.models import Message, Part, PartRevision, Report, ReportFile, Round, Thread
from overens.records import clock, files
from overens.rules.followup.process import RoundState
from overens.rules.process import Role
from tests.integration.chain.life import SCAN

KEY = "answer/1.1"


def numbers(key: str) -> dict[str, int]:
    """Written past the actions, whatever state the demo has brought the report to."""
    rounds.prepare(key.split("/", 1)[0])
    for each in Round.objects.filter(state=RoundState.PREPARING):
        rounds.open_round(each)
    report = Report.objects.get(key=key)
    writer = person(report.respondent.code, Role.PREPARER)
    mandate, now = writer.mandates.get(), clock.now()
    part, _ = Part.objects.get_or_create(report=report, key=KEY, defaults={"content": {"text": "A"}, "revision": 1})
    revision = PartRevision.objects.create(
        part=part, number=part.revision + 1, base=part.revision, content=part.content, typed={"text": "B"},
        set_aside={"text": "B"}, person=writer, at=now,
    )  # fmt: skip
    Part.objects.filter(pk=part.pk).update(revision=revision.number)
    thread = Thread.objects.create(report=report, part_key=KEY, kind="internal", opened_by=mandate, opened_at=now)
    Message.objects.create(thread=thread, text="Stämmer det?", mandate=mandate, at=now)
    stored = files.store(SCAN, "image/png", "plan.png", mandate)
    attached = ReportFile.objects.create(report=report, file=stored, title="Plan", added_by=mandate, added_at=now)
    return {"part_revision": revision.number, "part_thread": thread.pk, "report_file": attached.pk}
