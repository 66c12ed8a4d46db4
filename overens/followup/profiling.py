# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region over the years: its counts, its measures and which of them live on, and what it says of its planning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from overens.followup import exploring, fact_subjects
from overens.followup.exploring import Answer
from overens.followup.fact_subjects import COUNT, Subject
from overens.followup.models import Introduction, Maturity, MeasureYear, Submission
from overens.people.models import Organisation
from overens.rules.followup.facts_table import REGION, YEAR


@dataclass(frozen=True)
class LivingMeasure:
    """A measure that has been reported for more than one year: its newest name, and its status by year."""

    measure: str
    name: str
    states: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Profile:
    """``counts``: for each count that the region has facts of, an answer by year. ``measures``: answers by year of what
    it has reported of measures, by area and by status.
    """

    organisation: Organisation
    counts: Sequence[Answer]
    measures: Sequence[Answer]
    living: Sequence[LivingMeasure]
    introductions: Sequence[Introduction]
    maturities: Sequence[Maturity]
    choices: Sequence[Answer]
    submissions: Sequence[Submission]


def profile(organisation: Organisation, *, sees_all: bool = False) -> Profile:
    """Everything structured that stands of a region."""
    subjects = fact_subjects.subjects()
    only = {REGION: [organisation.code]}

    def by(subject: Subject, rows: Sequence[str], columns: Sequence[str] = ()) -> Answer:
        return exploring.answer(exploring.ask(subject, rows, columns, only), sees_all=sees_all)

    standing = {"submission__organisation": organisation, "submission__superseded": False}
    introductions = Introduction.objects.filter(**standing).select_related("submission").order_by("-submission__year")
    maturities = Maturity.objects.filter(**standing).select_related("submission").order_by("-submission__year")
    counts = [by(each, [YEAR]) for each in subjects.values() if each.kind == COUNT]
    choices = [by(each, [YEAR], ["choice"]) for each in subjects.values() if each.kind == fact_subjects.CHOICE]
    measures = subjects[fact_subjects.MEASURES]
    return Profile(
        organisation,
        [each for each in counts if _says_something(each)],
        [each for each in (by(measures, ["area"], [YEAR]), by(measures, ["status"], [YEAR])) if _is_stated(each)],
        living_measures(organisation),
        list(introductions),
        list(maturities),
        [each for each in choices if each.table.total.number],
        list(Submission.objects.standing().filter(organisation=organisation).select_related("report", "version")),
    )


def _says_something(answer: Answer) -> bool:
    """Whether the region has given any answer at all, if only that it cannot or does not."""
    total = answer.table.total
    return total.number is not None or bool(total.cannot_report or total.not_offered or total.maybe)


def _is_stated(answer: Answer) -> bool:
    """Whether any measure says what the table is split by."""
    return any(cell.number for row, cell in answer.table.row_totals.items() if row != ("",))


def living_measures(organisation: Organisation) -> list[LivingMeasure]:
    """The measures that have been reported for more than one year, newest year first."""
    rows = (
        MeasureYear.objects.filter(submission__organisation=organisation, submission__superseded=False)
        .filter(measure__in=_more_than_once(organisation))
        .order_by("measure__number", "submission__year")
        .values_list("measure__number", "submission__year", "name", "status")
    )
    found: dict[int, list[tuple[int, str, str]]] = {}
    for number, year, name, status in rows:
        found.setdefault(number, []).append((year, name, status))
    return [
        LivingMeasure(f"{organisation.code}-{number}", years[-1][1], [(year, status) for year, _name, status in years])
        for number, years in found.items()
    ]


def _more_than_once(organisation: Organisation) -> Sequence[int]:
    years = (
        MeasureYear.objects.filter(submission__organisation=organisation, submission__superseded=False)
        .order_by()
        .values("measure")
        .annotate(years=Count("submission__year", distinct=True))
        .filter(years__gt=1)
    )
    return list(years.values_list("measure", flat=True))
