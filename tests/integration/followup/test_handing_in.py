# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report from writing to acceptance: frozen, signed, handed in, its facts, returned, corrected."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, transaction

from overens.demo.people import person
from overens.followup import verifying
from overens.followup.actions import examining, handing_in, signing_outside, writing
from overens.followup.models import CountFact, MeasureYear, Report, Submission, Text
from overens.people.models import Notice
from overens.records import clock
from overens.records.models import Event
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.chain.life import SCAN
from tests.integration.followup.written import freeze, hand_in, write


def wrong() -> list[tuple[str, str | None]]:
    return [(what, said) for what, said in verifying.own_checks() if said]


def test_nothing_is_a_fact_before_it_is_handed_in(report: Report) -> None:
    write(report)
    version = freeze(report)
    assert not Submission.objects.filter(report=report).exists()
    assert not Text.objects.exists()
    assert {p.name for p in version.preparers.all()} == {person("23", Role.CONTRIBUTOR).name}
    assert [each["of"] for each in version.data["registrations"]] == ["agreement", "decision"]


def test_what_is_signed_is_what_is_counted(report: Report) -> None:
    write(report)
    version = hand_in(report)
    report.refresh_from_db()
    assert (report.state, report.submitted_at is not None) == ("submitted", True)
    submission = report.submissions.get()
    cells = {(f.year, f.term, f.sex): (f.answered, f.number) for f in submission.counts.filter(count="training-posts")}
    assert cells == {
        (2018, "vt", "women"): ("number", 12),
        (2018, "vt", "men"): ("number", 0),
        (2018, "ht", ""): ("number", 9),
        (2019, "vt", "women"): ("number", 7),
        (2019, "vt", "men"): ("cannot-report", None),
        (2019, "", ""): ("number", 23),  # of the 30 that were given for the year
    }
    measure = submission.measures.get()
    assert (measure.measure.number, measure.area, measure.areas) == (1, "4.1.1", ["4.2.4"])
    assert [(m.pot, m.kronor) for m in measure.money.all()] == [("insatser", 1_200_000)]
    assert submission.texts.filter(place="measure/1#results").get().body == "Inhyrningen minskade."
    assert {c.question: c.choice for c in submission.choices.all()} == {"3.0a": "yes", "3.0b": "no", "4.0": "all"}
    assert version.signature.person == person("23", Role.AUTHORISED_SIGNATORY)
    assert Notice.objects.filter(code="told-sign-activity-report", organisation__code="SOS").exists()
    assert wrong() == []


def test_a_correction_replaces_exactly_the_facts_before_it(report: Report) -> None:
    write(report)
    first = hand_in(report)
    analyst = person("SOS", Role.ANALYST)
    with pytest.raises(Refused, match="reason-missing"):
        examining.send_back(report, first, " ", analyst)
    examining.send_back(report, first, "Säg vad som är nytt.", analyst)
    write(report, {"answer/1.2": {"text": "Nu läggs mest på utbildning."}})
    with pytest.raises(Refused, match="correction-reason-missing"):
        freeze(report)
    second = hand_in(report, "Svar på frågan.")
    assert second.predecessor == first.sha256
    assert list(report.submissions.order_by("pk").values_list("version", "superseded")) == [
        (first.pk, True),
        (second.pk, False),
    ]
    with pytest.raises(Refused, match="version-replaced"):
        examining.accept(report, first, analyst)
    examining.accept(report, second, analyst)
    report.refresh_from_db()
    assert report.state == "accepted"
    assert [e.outcome for e in report.examinations.all()] == ["returned", "accepted"]
    acts = list(Event.objects.filter(subject=report.key).order_by("number").values_list("act", flat=True))
    assert acts[-3:] == ["freeze-activity-report", "sign-activity-report", "accept-activity-report"]
    assert wrong() == []


def test_what_is_written_after_it_was_frozen_is_another_version(report: Report) -> None:
    write(report)
    version = freeze(report)
    seen = handing_in.standing(report).revisions
    write(report, {"answer/1.2": {"text": "Ändrat."}})
    with pytest.raises(Refused, match="version-replaced"):
        handing_in.sign(report, version, person("23", Role.AUTHORISED_SIGNATORY))
    with pytest.raises(Refused, match="report-changed"):
        handing_in.freeze(report, seen, person("23", Role.PREPARER))


def test_a_paper_by_post_does_not_replace_what_was_signed_after_it(report: Report) -> None:
    write(report)
    older = freeze(report)
    signing_outside.send_out(report, older, person("23", Role.PREPARER))
    write(report, {"answer/1.2": {"text": "Ändrat."}})
    newer, analyst = hand_in(report), person("SOS", Role.ANALYST)
    examining.send_back(report, newer, "Säg vad som är nytt.", analyst)
    signatory = person("23", Role.AUTHORISED_SIGNATORY)
    with pytest.raises(Refused, match="version-replaced"):
        signing_outside.record_paper(
            report, older, SCAN, "papper.png", signatory, clock.today(), "Kom med post.", analyst
        )  # fmt: skip
    assert report.submissions.standing().get().version == newer


def test_what_is_skipped_is_not_handed_in(report: Report) -> None:
    write(report)
    write(report, {"answer/3.0a": {"choice": "no"}})
    version = hand_in(report)
    assert "3.1" not in version.data["counts"]
    assert not report.submissions.get().counts.filter(count="training-posts").exists()


def test_a_fact_that_nobody_handed_in_is_found(report: Report) -> None:
    write(report)
    hand_in(report)
    CountFact.objects.create(
        submission=report.submissions.get(), count="study-pay", year=2019, answered="number", number=13
    )
    assert "figures" in str(wrong())


def test_a_fact_cannot_be_changed(report: Report) -> None:
    write(report)
    hand_in(report)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        MeasureYear.objects.update(name="Annat")


def test_nobody_else_can_freeze_or_examine(report: Report) -> None:
    write(report)
    for who in (person("12", Role.PREPARER), person("23", Role.CONTRIBUTOR), person("SOS", Role.ANALYST)):
        with pytest.raises(Refused, match="no-mandate"):
            handing_in.freeze(report, {}, who)
    version = hand_in(report)
    with pytest.raises(Refused, match="no-mandate"):
        examining.accept(report, version, person("SOC", Role.MINISTRY_OFFICER))
    with pytest.raises(Refused, match="wrong-report-state"):
        writing.save(report, "answer/1.2", {"text": "Sent"}, 1, person("23", Role.CONTRIBUTOR))
