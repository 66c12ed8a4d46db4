# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the facts tell of each region's row in a table of counts, beside the figures: what its footnotes are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from overens.editions.making.common import say
from overens.editions.values import facts
from overens.editions.values.register import Register
from overens.followup import fact_subjects, reading
from overens.followup.exploring import Answer
from overens.followup.fact_subjects import Subject
from overens.followup.models import ChoiceFact, CountFact, Round
from overens.followup.models.counted import Answered, Certainty
from overens.rules.edition.notes import Said, Told, Why
from overens.rules.edition.tables import SEX, TERM
from overens.rules.followup.facts_table import NUMBER, REGION, YEAR

# The two supports for nurses in specialist training, each beside the other (2018 report, p. 29).
OTHER = {"training-posts": "study-pay", "study-pay": "training-posts"}


@dataclass(frozen=True)
class Answers:
    """The facts of a subject for a table: by year, and by year, term and sex where it can be split so far."""

    subject: Subject
    years: tuple[str, ...]
    by_year: Answer
    by_place: Answer | None = None
    other: Answer | None = None
    after: Answer | None = None
    printed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    offers: Mapping[str, str] = field(default_factory=dict)


def answers(register: Register, subject: Subject, years: Sequence[int], split: bool) -> Answers:
    """``years``: those that there are facts of; at least one."""
    wanted = tuple(str(year) for year in years)
    known = fact_subjects.values_of(subject)[YEAR]
    after = [year for year in known if year > wanted[-1]]
    other = OTHER.get(subject.id)
    return Answers(
        subject,
        wanted,
        _answer(register, subject.id, wanted),
        _answer(register, subject.id, wanted, TERM, SEX) if split else None,
        _other(register, other, wanted) if other else None,
        _answer(register, subject.id, after) if after else None,
        _printed(subject.id, wanted) if register.about.language == "sv" else {},
        _offers(register, subject.id),
    )


def _answer(register: Register, subject: str, years: Sequence[str], *columns: str) -> Answer:
    return facts.answered(register, subject, (REGION,), (YEAR, *columns), {YEAR: tuple(years)})


def _other(register: Register, subject: str, years: Sequence[str]) -> Answer | None:
    known = fact_subjects.values_of(facts.subject_of(register, subject))[YEAR]
    there = [year for year in years if year in known]
    return _answer(register, subject, there) if there else None


def _printed(subject: str, years: Sequence[str]) -> dict[tuple[str, str], str]:
    """By region and year the note that a printed source has where there is no number."""
    rows = CountFact.objects.filter(
        count=subject, year__in=years, number=None, submission__superseded=False, submission__organisation__isnull=False
    ).exclude(submission__citation="")
    return {
        (code, str(year)): note
        for code, year, note in rows.order_by("pk").values_list("submission__organisation__code", "year", "note")
        if note
    }


def printed_lines(subject: str, years: Sequence[str]) -> str:
    """The lines of print whose figures are tied to no region, as they were read."""
    rows = CountFact.objects.filter(
        count=subject, year__in=years, certainty=Certainty.UNASSIGNED, answered=Answered.NUMBER,
        submission__superseded=False, submission__organisation=None,
    )  # fmt: skip
    return "; ".join(dict.fromkeys(raw for raw in rows.order_by("pk").values_list("raw", flat=True) if raw))


def _offers(register: Register, subject: str) -> dict[str, str]:
    """By region its answer to the question that comes before the count: whether it offers what is counted."""
    asked = {
        question.when.question
        for round in Round.objects.filter(agreement__in=register.about.agreements)
        for question in reading.asked(round).questions
        if question.count == subject and question.when
    }
    rows = ChoiceFact.objects.filter(
        question__in=asked, submission__superseded=False, submission__year=register.about.year
    )
    return dict(rows.values_list("submission__organisation__code", "choice"))


def told(found: Answers, region: str) -> Told:
    """What the notes of a region's row are made of."""
    return Told(
        {int(year): _said(found, region, year) for year in found.years},
        {int(year): _status(found.other, region, year) for year in found.years} if found.other else {},
        found.offers.get(region, ""),
        _later(found.after, region),
    )


def _said(found: Answers, region: str, year: str) -> Said:
    cell = found.by_year.table.cells[(region,), (year,)]
    unsplit: set[str] = set()
    if found.by_place and cell.number is not None:
        table = found.by_place.table
        for key in table.column_keys:
            if key[0] == year and table.cells[(region,), key].number is not None:
                unsplit |= {name for name, value in zip((TERM, SEX), key[1:], strict=True) if not value}
    return Said(cell.status, cell.certainty, frozenset(unsplit), found.printed.get((region, year), ""))


def _status(answer: Answer, region: str, year: str) -> str:
    found = answer.table.cells.get(((region,), (year,)))
    return found.status if found else ""


def _later(answer: Answer | None, region: str) -> int | None:
    """The first year after the table that a region has a number for."""
    if answer is None:
        return None
    years = [key[0] for key in answer.table.column_keys if _status(answer, region, key[0]) == NUMBER]
    return int(min(years)) if years else None


def worded(register: Register, subject: Subject, why: Why) -> str:
    """A footnote in the edition's language."""
    if why.code == "edition-note-printed":
        return str(why.values["text"])
    things = {
        "thing": say(register, f"edition-thing-{subject.id}"),
        "other": say(register, f"edition-thing-{OTHER.get(subject.id, subject.id)}"),
    }
    return say(register, why.code, **{**why.values, **things})
