# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from overens.demo.people import person
from overens.followup.actions import talking
from overens.followup.models import Report, Talk, Thread
from overens.people.models import Organisation
from overens.records import clock
from overens.records.models import Event
from overens.rules.findings import Refused
from overens.rules.followup.process import ReportState
from overens.rules.process import Role

WRITER, SIGNATORY, ANALYST = ("23", Role.CONTRIBUTOR), ("23", Role.AUTHORISED_SIGNATORY), ("SOS", Role.ANALYST)


def test_what_is_said_within_the_region_stays_there(report: Report) -> None:
    thread = talking.open_thread(report, "answer/1.1", "stödjer", Talk.INTERNAL, "Hur då?\u200b", person(*WRITER))
    talking.say(thread, "Se bilagan.", person(*SIGNATORY))
    region, asker, other = (Organisation.objects.get(code=code) for code in ("23", "SOS", "12"))
    assert [each.text for each in Thread.objects.visible_to(region).get().messages.all()] == ["Hur då?", "Se bilagan."]
    assert not Thread.objects.visible_to(asker).exists()
    assert not Thread.objects.visible_to(other).exists()
    with pytest.raises(Refused, match="no-mandate"):
        talking.say(thread, "Jag med", person(*ANALYST))
    talking.close(thread, person(*WRITER))
    assert not Thread.objects.open().exists()
    assert not Event.objects.filter(subject=report.key).exists()


def test_a_question_goes_to_the_respondent_and_back(report: Report) -> None:
    with pytest.raises(Refused, match="wrong-report-state"):
        talking.open_thread(report, "answer/1.1", "", Talk.QUESTION, "Vilken ledning?", person(*ANALYST))
    Report.objects.filter(pk=report.pk).update(state=ReportState.SUBMITTED, submitted_at=clock.now())
    thread = talking.open_thread(report, "answer/1.1", "", Talk.QUESTION, "Vilken ledning?", person(*ANALYST))
    talking.say(thread, "Regiondirektören.", person(*WRITER))
    talking.close(thread, person(*ANALYST))
    talking.close(thread, person(*ANALYST))
    acts = [each.act for each in Event.objects.filter(subject=report.key).order_by("number")]
    assert acts == ["ask-respondent", "answer-asker", "close-question"]
    talking.say(thread, "En sak till.", person(*WRITER))
    assert Thread.objects.open().get() == thread


@pytest.mark.parametrize(("text", "code"), [(" \u200b ", "message-missing"), ("x" * 4001, "message-too-long")])
def test_nothing_and_too_much_are_refused(report: Report, text: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        talking.open_thread(report, "answer/1.1", "", Talk.INTERNAL, text, person(*WRITER))
