# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bank of examples: measures that their regions let stand there for all to read (2019 agreement, section 5: good
examples are spread). Only by consent, which can be withdrawn; what was copied meanwhile cannot be.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from overens.followup.actions.performing import mandate_at
from overens.followup.models import ExampleConsent, MeasureYear, Submission
from overens.people.models import Mandate, Organisation, Person
from overens.records import clock, events
from overens.rules.findings import refuse
from overens.rules.followup.process import LEADERS

# Texts of a measure that a search looks in.
SEARCHED = ("name", "purpose", "goal", "results", "success_factors", "challenges", "worked_less_well")


def public() -> QuerySet[MeasureYear]:
    """The examples, newest year first."""
    given = ExampleConsent.objects.given().values("measure_year")
    found = MeasureYear.objects.filter(pk__in=given).select_related("submission__organisation", "measure__organisation")
    return found.order_by("-submission__year", "name", "pk")


def search(text: str = "", region: str = "", area: str = "", status: str = "") -> QuerySet[MeasureYear]:
    """Examples that have every word of a text somewhere, of a region, in an area (agreement/area), with a status."""
    found = public()
    for each in text.split()[:10]:
        found = found.filter(Q(*[(f"{field}__icontains", each) for field in SEARCHED], _connector=Q.OR))
    if region:
        found = found.filter(submission__organisation__code=region)
    if area:
        agreement, _, id = area.partition("/")
        found = found.filter(submission__agreement=agreement, area=id)
    return found.filter(status=status) if status else found


def offered(organisation: Organisation) -> list[tuple[MeasureYear, ExampleConsent | None]]:
    """An organisation's measures as they stand in what it has handed in, each with its consent."""
    rows = MeasureYear.objects.filter(
        submission__organisation=organisation, submission__superseded=False, submission__report__isnull=False
    ).select_related("submission__report", "measure__organisation")
    given = {
        each.measure_year_id: each
        for each in ExampleConsent.objects.given().filter(measure_year__in=rows).select_related("given_by__person")
    }
    return [(row, given.get(row.pk)) for row in rows.order_by("-submission__year", "measure__number")]


@transaction.atomic
def give(measure: MeasureYear, person: Person) -> ExampleConsent:
    """Let a measure that has been handed in stand among the examples. Again: what stands already.

    Raises Refused: ``no-mandate``; ``example-not-handed-in`` for one of the reference follow-up, or that was corrected.
    """
    submission = measure.submission
    if submission.report_id is None or submission.superseded or submission.organisation is None:
        refuse("example-not-handed-in")
    mandate = _authority("give-example", submission.organisation, submission.agreement, person)
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
    mandate = _authority("withdraw-example", organisation, measure.submission.agreement, person)
    found = ExampleConsent.objects.select_for_update().filter(measure_year=measure, ended_at=None).first()
    if found is not None:
        found.ended_at, found.ended_by = clock.now(), mandate
        found.save(update_fields=["ended_at", "ended_by"])
        events.record(_subject(measure), "withdraw-example", mandate)


def given_in_report(submission: Submission, mandate: Mandate) -> int:
    """The consents that a report states when it is handed in (``consent`` of a measure); how many. Within the act that
    hands it in, by the mandate of the person who signs it. One that was withdrawn from the same report before is not
    given anew by a correction of something else: the respondent's page of examples does that.
    """
    assert submission.version is not None
    stated = submission.version.data.get("measures", {})
    numbers = [int(number) for number, fields in stated.items() if fields.get("consent") == "yes"]
    told = submission.measures.filter(measure__number__in=numbers).exclude(measure__in=_taken_out(submission))
    made = ExampleConsent.objects.bulk_create(
        ExampleConsent(measure_year=measure, given_by=mandate, at=clock.now()) for measure in told
    )
    return len(made)


def _taken_out(submission: Submission) -> list[int]:
    """The measures whose last consent in the same report was withdrawn."""
    last: dict[int, bool] = {}
    told = ExampleConsent.objects.filter(measure_year__submission__report=submission.report_id)
    for measure, ended in told.order_by("at", "pk").values_list("measure_year__measure", "ended_at"):
        last[measure] = ended is not None
    return [measure for measure, is_out in last.items() if is_out]


def _authority(act: str, organisation: Organisation, agreement: str, person: Person) -> Mandate:
    found = mandate_at(organisation, person, LEADERS, agreement)
    if found is None:
        today = clock.today()
        refuse(
            "no-mandate", act=act, roles=list(LEADERS), organisation=organisation.name_on(today), day=today.isoformat()
        )
    return found


def _subject(measure: MeasureYear) -> str:
    return f"measure/{measure.measure}"
