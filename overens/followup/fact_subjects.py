# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be asked of the facts: counts, measures, introduction programmes, maturity, answers by choice."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreements_of
from overens.followup import reading
from overens.followup.models import ChoiceFact, CountFact, Introduction, Maturity, MeasureYear, Round, Submission
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.rules import agreement as agreements
from overens.rules import reading as shipped
from overens.rules.findings import refuse, word
from overens.rules.followup.asked import Break, Count
from overens.rules.followup.facts_table import LOST, REGION, UNASSIGNED, YEAR
from overens.rules.followup.measures import LEGIBILITY, NATURES, SPREADS, STATUSES
from overens.rules.values import Table as Described

COUNT, MEASURES, INTRODUCTIONS, MATURITY, CHOICE = "count", "measures", "introductions", "maturity", "choice"
YES_NO = ("yes", "no")
# Of what is not a count: dimensions beside region and year, with their values in order.
SPLITS: dict[str, dict[str, tuple[str, ...]]] = {
    MEASURES: {"area": (), "status": STATUSES, "nature": NATURES, "spread": SPREADS, "legibility": LEGIBILITY},
    INTRODUCTIONS: {"offered": Introduction.OFFERED, "compulsory": YES_NO, "mentor": YES_NO},
    MATURITY: {"element": Maturity.ELEMENTS, "level": tuple(str(level) for level in Maturity.LEVELS)},
}
TERMS, SEXES = ("vt", "ht"), ("women", "men")


@dataclass(frozen=True)
class Subject:
    """Something that can be asked about. ``at_year_end``: years are not added. ``splits``: dimensions beside region and
    year, with their values. ``about`` is the count, or the question of choice, that it is of.
    """

    id: str
    kind: str
    splits: Mapping[str, tuple[str, ...]]
    at_year_end: bool = True
    count: Count | None = None
    about: Described | None = None
    breaks: tuple[Break, ...] = ()

    @property
    def apart(self) -> frozenset[str]:
        """Dimensions over which nothing may be added: a service stands in each element of its planning."""
        return frozenset(("element",) if self.kind == MATURITY else ()) | frozenset((YEAR,) if self.at_year_end else ())

    @property
    def dimensions(self) -> tuple[str, ...]:
        return (YEAR, REGION, *self.splits)

    def title(self, language: str = "sv") -> str:
        if self.about is not None:
            return agreements.said(self.about, "title" if self.count else "text", language)
        return word(f"facts-{self.id}", language)

    def meaning(self, language: str = "sv") -> str:
        return (
            agreements.said(self.count, "meaning", language)
            if self.count
            else word(f"facts-{self.kind}-meaning", language)
        )


def subjects() -> dict[str, Subject]:
    """Everything that can be asked about, by id: counts first, in the order of the newest agreement that has them."""
    found: dict[str, Subject] = {}
    for count in _counts():
        splits = {"term": TERMS, "sex": SEXES, "speciality": tuple(each.id for each in count.specialities)}
        found[count.id] = Subject(
            count.id,
            COUNT,
            {each: values for each, values in splits.items() if each in count.dimensions},
            count.at_year_end,
            count,
            count,
            count.breaks,
        )
    for kind, splits in SPLITS.items():
        found[kind] = Subject(kind, kind, splits)
    for round in Round.objects.order_by("about_from"):
        for question in reading.asked(round).questions:
            if question.type == "choice":
                id = f"{CHOICE}-{question.id}"
                choices = tuple(each.id for each in question.choices)
                found[id] = Subject(id, CHOICE, {CHOICE: choices}, about=question)
    return found


def subject(id: str) -> Subject:
    """Raises Refused (``no-such-facts``), which says what there is, and what may have been meant."""
    known = subjects()
    if id not in known:
        near = difflib.get_close_matches(id, known, 1)
        if near:
            refuse("no-such-facts-but", "subject", subject=id[:60], near=near[0], known=list(known))
        refuse("no-such-facts", "subject", subject=id[:60], known=list(known))
    return known[id]


def _counts() -> list[Count]:
    """Every count by its newest definition; those of shipped agreements too, for facts from before any was stored."""
    codes = AgreementVersion.objects.order_by().values_list("code", flat=True).distinct()
    stored = sorted(agreements_of(codes).values(), key=lambda each: each.period.first_day, reverse=True)
    newest: dict[str, Count] = {}
    for each in (*stored, *_shipped()):
        for count in each.counts:
            newest.setdefault(count.id, count)
    return list(newest.values())


@cache
def _shipped() -> tuple[agreements.Agreement, ...]:
    found = [shipped.shipped(code) for code in shipped.shipped_ids()]
    return tuple(sorted(found, key=lambda each: each.period.first_day, reverse=True))


def agreement_codes() -> list[str]:
    """The agreements that there are facts of."""
    return sorted(Submission.objects.standing().order_by().values_list("agreement", flat=True).distinct())


def values_of(subject: Subject) -> dict[str, tuple[str, ...]]:
    """The values of every dimension that can be asked for, in the order to show them."""
    found = dict(subject.splits)
    if "area" in found:
        pairs = MeasureYear.objects.filter(submission__superseded=False).exclude(area="")
        found["area"] = tuple(
            f"{code}/{area}"
            for code, area in pairs.order_by("submission__agreement", "area")
            .values_list("submission__agreement", "area")
            .distinct()
        )
    found[REGION] = tuple(region_names())
    found[YEAR] = tuple(str(year) for year in sorted(_years(subject)))
    return found


def region_names() -> dict[str, str]:
    """Whom the facts are of: regions, by code, with their names."""
    return dict(Organisation.objects.filter(kind=Kind.REGION).order_by("code").values_list("code", "name"))


def _years(subject: Subject) -> set[int]:
    standing = {"submission__superseded": False}
    if subject.kind == COUNT:
        return set(
            CountFact.objects.filter(count=subject.id, **standing).order_by().values_list("year", flat=True).distinct()
        )
    models = {MEASURES: MeasureYear, INTRODUCTIONS: Introduction, MATURITY: Maturity, CHOICE: ChoiceFact}
    rows = models[subject.kind]._default_manager.filter(**standing)
    if subject.kind == CHOICE:
        rows = rows.filter(question=subject.id.removeprefix(f"{CHOICE}-"))
    return set(rows.order_by().values_list("submission__year", flat=True).distinct())


def label(
    subject: Subject, dimension: str, value: str, language: str = "sv", names: Mapping[str, str] | None = None
) -> str:
    """A value in words. names: of regions by code, where they are known already."""
    if value == "":
        return word("facts-not-stated" if subject.kind != COUNT else "facts-undistributed", language)
    if dimension == REGION:
        if value in (UNASSIGNED, LOST):
            return word(f"facts-{value}", language)
        return (names if names is not None else region_names()).get(value, value)
    if dimension == YEAR:
        return value
    if dimension == "speciality" and subject.count:
        return next(
            (agreements.said(each, "label", language) for each in subject.count.specialities if each.id == value), value
        )
    if dimension == CHOICE and subject.about is not None:
        choices = getattr(subject.about, "choices", ())
        return next((agreements.said(each, "label", language) for each in choices if each.id == value), value)
    if dimension == "area":
        return area_label(value, language)
    return word(f"facts-{dimension}-{value}", language)


def area_label(value: str, language: str) -> str:
    """An area (agreement/area) in words, what tells areas apart first, since a picture may cut the rest: 4.1.2 Title
    (2019). As it is where no agreement knows it.
    """
    return area_labels([value], language)[value]


def area_labels(values: Iterable[str], language: str) -> dict[str, str]:
    """The same for many, in one query: by the value."""
    places = {value: value.partition("/") for value in values}
    known = {each.id: each for each in _shipped()} | agreements_of(code for code, _, _ in places.values())
    found = dict(zip(places, places, strict=True))
    for value, (code, _, area) in places.items():
        each = next((each for each in known[code].areas if each.id == area), None) if code in known else None
        if each is not None:
            found[value] = f"{area} {agreements.said(each, 'title', language)} ({code})"
    return found
