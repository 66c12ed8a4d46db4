# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A handed-in report's content as rows of facts, and what they replace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from overens.followup.models import (
    ChoiceFact,
    CountFact,
    Introduction,
    Maturity,
    Measure,
    MeasureMoney,
    MeasureParty,
    MeasureYear,
    Report,
    Submission,
    Text,
)
from overens.followup.reading import asked_in
from overens.people.models import Organisation
from overens.records.models import DocumentVersion
from overens.rules.followup import facts
from overens.rules.followup.facts import Facts, MeasureRow
from overens.rules.followup.handed_in import GROUPS, Content


def facts_in(version: DocumentVersion) -> Facts:
    """The facts that a frozen version states, derived from its content alone."""
    found, _unreadable = facts.facts_of(asked_in(version), groups(version))
    return found


def groups(version: DocumentVersion) -> Content:
    """What is answered in a frozen version, by kind of part."""
    data = version.data
    return {group: data.get(group, {}) for group in GROUPS.values()}


def project(report: Report, version: DocumentVersion, received_at: dt.datetime) -> Submission:
    """Within the act that hands a version in: its facts count from now on, and those of the one before no more."""
    report.submissions.standing().update(superseded=True)
    submission = Submission.objects.create(
        report=report,
        version=version,
        organisation=report.respondent,
        agreement=report.round.agreement,
        year=report.round.year,
        received_at=received_at,
    )
    insert(submission, facts_in(version), report.respondent)
    return submission


def insert(submission: Submission, found: Facts, organisation: Organisation) -> None:
    """The rows of a submission; many are put in at once."""
    CountFact.objects.bulk_create(CountFact(submission=submission, **vars(each)) for each in found.figures)
    ChoiceFact.objects.bulk_create(ChoiceFact(submission=submission, **vars(each)) for each in found.choices)
    Introduction.objects.bulk_create(Introduction(submission=submission, **vars(each)) for each in found.introductions)
    Maturity.objects.bulk_create(
        Maturity(
            submission=submission,
            number=each.number,
            service=each.service,
            text=each.text,
            **dict(zip(Maturity.ELEMENTS, each.levels, strict=True)),
        )
        for each in found.maturities
    )
    Text.objects.bulk_create(Text(submission=submission, **vars(each)) for each in found.texts)
    _measures(submission, found.measures, organisation)


def _measures(submission: Submission, rows: Iterable[MeasureRow], organisation: Organisation) -> None:
    told = list(rows)
    numbers = {row.number for row in told}
    Measure.objects.bulk_create(
        (Measure(organisation=organisation, number=number) for number in sorted(numbers)), ignore_conflicts=True
    )
    known = {each.number: each for each in Measure.objects.filter(organisation=organisation, number__in=numbers)}
    years = MeasureYear.objects.bulk_create(
        MeasureYear(
            submission=submission,
            measure=known[row.number],
            areas=list(row.areas),
            **dict(row.texts),
            **{name: getattr(row, name) for name in PLAIN},
        )
        for row in told
    )
    both = list(zip(told, years, strict=True))
    MeasureMoney.objects.bulk_create(
        MeasureMoney(measure=year, pot=pot, kronor=kronor) for row, year in both for pot, kronor in row.money
    )
    MeasureParty.objects.bulk_create(
        MeasureParty(measure=year, party=party, how=how) for row, year in both for party, how in row.parties
    )


PLAIN = (
    "name", "area", "use", "nature", "status", "began_on", "ended_on", "units_number", "spread", "worth_spreading",
)  # fmt: skip


def stored(submission: Submission) -> Facts:
    """A submission's rows as they stand, in the form that a content gives."""
    return Facts(
        figures=tuple(
            facts.Figure(e.count, e.year, e.term, e.sex, e.speciality, e.answered, e.number, e.reason)
            for e in submission.counts.all()
        ),
        measures=tuple(_told(each) for each in submission.measures.select_related("measure")),
        choices=tuple(facts.ChoiceRow(each.question, each.choice) for each in submission.choices.all()),
        introductions=tuple(
            facts.IntroductionRow(**{name: getattr(each, name) for name in facts.IntroductionRow.__dataclass_fields__})
            for each in submission.introductions.all()
        ),
        maturities=tuple(
            facts.MaturityRow(each.number, each.service, (each.need, each.capacity, each.schedule, each.followup),
                              each.text)
            for each in submission.maturities.all()
        ),
        texts=tuple(
            facts.TextRow(each.place, each.heading, each.body, each.area) for each in submission.texts.all()
        ),
    )  # fmt: skip


def _told(row: MeasureYear) -> MeasureRow:
    return MeasureRow(
        number=row.measure.number,
        areas=tuple(row.areas),
        texts=tuple((name, text) for name in facts.TEXTS if (text := getattr(row, name))),
        money=tuple(sorted((each.pot, each.kronor) for each in row.money.all())),
        parties=tuple(sorted((each.party, each.how) for each in row.parties.all())),
        **{name: getattr(row, name) for name in PLAIN},
    )
