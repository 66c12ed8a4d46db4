# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Letting a measure stand in the bank of examples, and taking it out again; what was copied meanwhile cannot be."""

from __future__ import annotations

from django.db import transaction

from overens.followup.actions.authority import mandate_of
from overens.followup.models import ExampleConsent, MeasureYear, Submission
from overens.people.models import Mandate, Person
from overens.records import clock, events
from overens.rules.findings import refuse
from overens.rules.followup.process import LEADERS


@transaction.atomic
def give(measure: MeasureYear, person: Person) -> ExampleConsent:
    """Let a measure that has been handed in stand among the examples. Again: what stands already.

    Raises Refused: ``no-mandate``; ``example-not-handed-in`` for one of the reference follow-up, or that was corrected.
    """
    submission = measure.submission
    if submission.report_id is None or submission.superseded or submission.organisation is None:
        refuse("example-not-handed-in")
    mandate = mandate_of(submission.organisation, person, LEADERS, "give-example", submission.agreement)
    made, is_new = ExampleConsent.objects.get_or_create(
        measure_year=measure, ended_at=None, defaults={"given_by": mandate, "at": clock.now()}
    )
    if is_new:
        events.record(_subject(measure), "give-example", mandate)
    return made


@transaction.atomic
def withdraw(measure: MeasureYear, person: Person) -> None:
    """Take a measure out of the examples; nothing where it is not among them. Raises Refused: ``no-mandate``."""
    organisation = measure.submission.organisation
    assert organisation is not None
    mandate = mandate_of(organisation, person, LEADERS, "withdraw-example", measure.submission.agreement)
    found = ExampleConsent.objects.select_for_update().filter(measure_year=measure, ended_at=None).first()
    if found is not None:
        found.ended_at, found.ended_by = clock.now(), mandate
        found.save(update_fields=["ended_at", "ended_by"])
        events.record(_subject(measure), "withdraw-example", mandate)


def given_in_report(submission: Submission, mandate: Mandate) -> int:
    """The consents that a report states when it is handed in (``consent`` of a measure); how many. Within the act that
    hands it in, by the signatory's mandate, or the one by which it was sent.

    A consent that was withdrawn since is not given again by a correction that still holds the old tick.
    """
    assert submission.version is not None
    stated = submission.version.data.get("measures", {})
    numbers = [int(number) for number, fields in stated.items() if fields.get("consent") == "yes"]
    told = ExampleConsent.objects.filter(measure_year__submission__report=submission.report)
    withdrawn = told.exclude(ended_at=None).values("measure_year__measure")
    made = ExampleConsent.objects.bulk_create(
        ExampleConsent(measure_year=measure, given_by=mandate, at=clock.now())
        for measure in submission.measures.filter(measure__number__in=numbers).exclude(measure__in=withdrawn)
    )
    return len(made)


def _subject(measure: MeasureYear) -> str:
    return f"measure/{measure.measure}"
