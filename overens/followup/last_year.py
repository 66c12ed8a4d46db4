# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a respondent has said before, as the parts of a report say it: last year's measures, and counts of other years.

Read from the facts that stand, whether they were signed here or printed in the reference follow-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from overens.followup.models import Answered, CountFact, MeasureYear, Report
from overens.rules.followup.areas import same_area
from overens.rules.followup.count_cells import Cell

TEXTS = (
    "name", "use", "nature", "status", "purpose", "goal", "units", "results", "success_factors", "challenges",
    "worked_less_well", "spread", "worth_spreading",
)  # fmt: skip


@dataclass(frozen=True)
class Earlier:
    """A measure as it was told last time. ``content``: fields of its part, as they may be taken over. ``source`` is the
    printed page, or empty where it was signed here. ``sure``: false for a name that print made hard to read.
    """

    number: int
    year: int
    content: dict[str, str]
    source: str
    sure: bool = True

    @property
    def name(self) -> str:
        return self.content.get("name", "")


@dataclass(frozen=True)
class Figure:
    """A count of an earlier year. ``number`` is None where there was none, and ``reason`` says why if it was said."""

    cell: Cell
    number: int | None
    reason: str
    certain: bool


def measures(report: Report) -> dict[int, Earlier]:
    """The respondent's measures of the latest year before the report's, by number."""
    found = (
        MeasureYear.objects.filter(
            submission__organisation=report.respondent_id,
            submission__superseded=False,
            submission__year__lt=report.round.year,
        )
        .select_related("submission", "measure")
        .prefetch_related("parties")
        .order_by("-submission__year", "measure__number", "-submission")
    )
    latest: dict[int, Earlier] = {}
    for each in found:
        if latest and each.submission.year < next(iter(latest.values())).year:
            break
        latest.setdefault(each.measure.number, _earlier(each, report.round.agreement))
    return latest


def _earlier(measure: MeasureYear, agreement: str) -> Earlier:
    content = {name: getattr(measure, name) for name in TEXTS}
    told = measure.submission.agreement
    main = same_area(told, measure.area, agreement)
    further = [same_area(told, area, agreement) for area in measure.areas]
    content |= {"area": main, **{f"area.{area}": "yes" for area in further if area and area != main}}
    content |= {name: day.isoformat() for name in ("began_on", "ended_on") if (day := getattr(measure, name))}
    if measure.units_number is not None:
        content["units_number"] = str(measure.units_number)
    for party in measure.parties.all():
        content |= {f"party.{party.party}": "yes", f"party.{party.party}.how": party.how}
    return Earlier(
        measure.measure.number,
        measure.submission.year,
        {name: text for name, text in content.items() if text != ""},
        measure.submission.citation,
        measure.legibility in ("", "ok"),
    )


def figures(report: Report, count: str) -> dict[Cell, Figure]:
    """The respondent's figures of a count as they stand from other reports, by cell. Each year is taken from the latest
    report that tells of it: two may have split it differently.
    """
    found: dict[Cell, Figure] = {}
    teller: dict[int, int] = {}
    for fact in _facts(report, count):
        if teller.setdefault(fact.year, fact.submission_id) != fact.submission_id or fact.answered == Answered.LOST:
            continue
        cell = Cell(fact.year, fact.term, fact.sex, fact.speciality)
        number = 0 if fact.answered == Answered.NOT_OFFERED else fact.number
        found[cell] = Figure(cell, number, fact.reason, fact.certainty in ("reported", "certain"))
    return found


def told(figures: Mapping[Cell, Figure], of: Cell) -> Figure | None:
    """What figures come to for a cell: the sum of those within it, since facts never hold a total beside its parts.
    None where nothing is told; without a number where a part of it could not be reported.
    """
    parts = [each for cell, each in sorted(figures.items()) if _is_within(cell, of)]
    if not parts:
        return None
    reason = next((each.reason for each in parts if each.number is None), "")
    numbers = [each.number for each in parts if each.number is not None]
    number = sum(numbers) if len(numbers) == len(parts) else None
    return Figure(of, number, reason, all(each.certain for each in parts))


def _is_within(cell: Cell, of: Cell) -> bool:
    return cell.year == of.year and all(wanted in ("", given) for given, wanted in zip(cell[1:], of[1:], strict=True))


def _facts(report: Report, count: str) -> Iterable[CountFact]:
    return (
        CountFact.objects.filter(
            submission__organisation=report.respondent_id, submission__superseded=False, count=count
        )
        .exclude(submission__report=report)
        .order_by("-submission__year", "-submission", "year", "term", "sex", "speciality")
    )
