# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts as a report that was handed in leaves them, for tests that do not write and sign one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from overens.demo.people import person
from overens.followup.actions import consenting, handing_in
from overens.followup.models import CountFact, Measure, MeasureYear, Report, Round, RoundVersion, Submission
from overens.people.models import Organisation
from overens.records import clock
from overens.records.canonical import canonical, digest
from overens.records.models import Document, DocumentVersion
from overens.rules.process import Role

Rows = Iterable[tuple[int, str, str, str, int]]


def hand_in(
    code: str,
    counts: Mapping[str, Rows] | None = None,
    measures: Iterable[Mapping[str, object]] = (),
    year: int = 2019,
    corrects: Submission | None = None,
    content: Mapping[str, object] | None = None,
) -> Submission:
    """A region's submission for a year with counts (year, term, sex, speciality, number) and measures (fields)."""
    organisation = Organisation.objects.get(code=code)
    report = corrects.report if corrects else _report(organisation, year)
    assert report is not None
    if corrects:
        Submission.objects.filter(pk=corrects.pk).update(superseded=True)
    frozen = paper(report, number=str(Submission.objects.count()), **(content or {}))
    document, _made = Document.objects.get_or_create(
        kind="activity-report", subject=report.key, organisation=organisation
    )
    version = DocumentVersion.objects.create(
        document=document,
        kind="activity-report",
        number=document.versions.count() + 1,
        content=frozen,
        sha256=digest(frozen),
        effective_at=clock.now(),
    )
    submission = Submission.objects.create(
        report=report,
        version=version,
        organisation=organisation,
        agreement="2019",
        year=year,
        received_at=clock.now(),
    )
    CountFact.objects.bulk_create(
        CountFact(
            submission=submission,
            count=count,
            year=of,
            term=term,
            sex=sex,
            speciality=speciality,
            answered="number",
            number=number,
        )
        for count, rows in (counts or {}).items()
        for of, term, sex, speciality, number in rows
    )
    taken = Measure.objects.filter(organisation=organisation).count()
    for number, fields in enumerate(measures, start=taken + 1):
        measure = Measure.objects.create(organisation=organisation, number=number)
        MeasureYear.objects.create(submission=submission, measure=measure, **fields)
    return submission


def paper(report: Report, **more: object) -> str:
    """The content of a version in which no question is answered, as it is frozen, and ``more``."""
    found = handing_in.standing(report, report.parts.all())
    return canonical({**handing_in._frozen(report, found, ""), **more})


def _report(organisation: Organisation, year: int) -> Report:
    key = f"2019/facts-{year}"
    round, made = Round.objects.get_or_create(
        key=key,
        defaults={
            "agreement": "2019",
            "code": f"facts-{year}",
            "kind": "activity-report",
            "asker": Organisation.objects.get(code="SOS"),
            "about_from": dt.date(year, 1, 1),
            "about_to": dt.date(year, 12, 31),
        },
    )
    if made:
        from overens.agreements.reading import agreement_of
        from overens.followup.reading import content_of

        content = canonical(content_of(agreement_of("2019").rounds[0]))
        RoundVersion.objects.create(round=round, number=1, content=content, sha256=digest(content), at=clock.now())
    report, _made = Report.objects.get_or_create(
        key=f"{key}/{organisation.code}",
        defaults={
            "round": round,
            "respondent": organisation,
            "state": "submitted",
            "submitted_at": clock.now(),
            "changed_at": clock.now(),
        },
    )
    return report


def numbers() -> dict[str, int]:
    """A submission and an example, at whose addresses there is something."""
    submission = hand_in("23", measures=[{"name": "Sommarens schema", "area": "4.1.2", "status": "pilot"}])
    measure = submission.measures.get()
    consenting.give(measure, person("23", Role.PREPARER))
    return {"facts_source": submission.pk, "example": measure.pk}
