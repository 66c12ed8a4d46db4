# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The facts of a subject, from the rows that standing submissions left: what the pure tables are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q, Sum

from overens.followup import reading
from overens.followup.fact_subjects import CHOICE, COUNT, INTRODUCTIONS, MEASURES, SPLITS, Subject
from overens.followup.models import (
    Certainty,
    ChoiceFact,
    CountFact,
    Introduction,
    Maturity,
    MeasureYear,
    Round,
    Submission,
)
from overens.people.models.organisation import Kind
from overens.rules.followup import disclosure
from overens.rules.followup.facts_table import LOST, REGION, UNASSIGNED, YEAR, Fact

Facts = tuple[list[Fact], frozenset[tuple[str, str]]]
# Facts of subjects that other rooms hold, by kind: (used dimensions, agreement) -> facts and what is known whole. Coded
# themes go here, with the values of their dimensions in SPLITS.


def facts_of(subject: Subject, used: Sequence[str], agreement: str) -> Facts:
    if subject.kind == COUNT:
        return _count_facts(subject, used, agreement), frozenset()
    if subject.kind == MEASURES:
        return _measure_facts(used, agreement)
    if subject.kind == CHOICE:
        return _choice_facts(subject, agreement)
    return _structured_facts(subject.kind, used, agreement)


def _standing(agreement: str) -> Q:
    """Rows of regions' standing submissions, and of those without a region."""
    ours = Q(submission__organisation=None) | Q(submission__organisation__kind=Kind.REGION)
    narrowed = Q(submission__agreement=agreement) if agreement else Q()
    return Q(submission__superseded=False) & ours & narrowed


def _count_facts(subject: Subject, used: Sequence[str], agreement: str) -> list[Fact]:
    """Added up as far as the table needs it; as reported where small counts may have to be held back."""
    splits = [each for each in subject.splits if each in used or disclosure.SEX in used]
    rows = (
        CountFact.objects.filter(_standing(agreement), count=subject.id)
        .exclude(certainty=Certainty.PRINTED_TOTAL)
        .order_by()
        .values_list(
            "submission__organisation__code", "submission", "submission__year", "year", "answered", "certainty",
            "candidates", *splits,
        )
        .annotate(sum=Sum("number"))
    )  # fmt: skip
    facts = []
    for code, source, told, year, answered, certainty, candidates, *more in rows:
        *place, number = more
        region = code or (LOST if answered == "lost" else UNASSIGNED)
        facts.append(
            Fact(
                {REGION: region, YEAR: str(year), **dict(zip(splits, place, strict=True))},
                answered,
                number,
                certainty,
                source,
                told * 1_000_000_000 + source,
                frozenset(candidates.split()),
            )
        )
    return facts


def _measure_facts(used: Sequence[str], agreement: str) -> Facts:
    fields = [each for each in SPLITS[MEASURES] if each in used]
    rows = MeasureYear.objects.filter(_standing(agreement), submission__organisation__isnull=False)
    facts = [
        Fact(
            {
                REGION: code,
                YEAR: str(year),
                **{
                    each: f"{under}/{value}" if each == "area" and value else value
                    for each, value in zip(fields, more, strict=True)
                },
            },
            "number",
            1,
            "certain" if cited else "reported",
            source,
            source,
        )
        for code, year, under, cited, source, *more in rows.values_list(
            "submission__organisation__code", "submission__year", "submission__agreement", "submission__citation",
            "submission", *fields,
        )
    ]  # fmt: skip
    return facts, _whole("measures", agreement) | {fact.slot for fact in facts}


def _choice_facts(subject: Subject, agreement: str) -> Facts:
    rows = ChoiceFact.objects.filter(_standing(agreement), question=subject.id.removeprefix(f"{CHOICE}-"))
    facts = [
        Fact({REGION: code, YEAR: str(year), CHOICE: choice}, "number", 1, source=source, newer=source)
        for code, year, source, choice in rows.values_list(
            "submission__organisation__code", "submission__year", "submission", "choice"
        )
    ]
    return facts, frozenset(fact.slot for fact in facts)


def _structured_facts(kind: str, used: Sequence[str], agreement: str) -> Facts:
    facts: list[Fact] = []
    model = Introduction if kind == INTRODUCTIONS else Maturity
    rows = model._default_manager.filter(_standing(agreement)).select_related("submission__organisation")
    for row in rows:
        organisation = row.submission.organisation
        assert organisation is not None
        at = {REGION: organisation.code, YEAR: str(row.submission.year)}
        places: list[dict[str, str]] = [{}]  # a service, whichever its elements and levels
        if kind == INTRODUCTIONS:
            places = [{each: _coded(getattr(row, each)) for each in SPLITS[kind]}]
        elif "element" in used or "level" in used:
            places = [{"element": each, "level": _coded(getattr(row, each))} for each in Maturity.ELEMENTS]
        facts += [
            Fact({**at, **place}, "number", 1, source=row.submission_id, newer=row.submission_id) for place in places
        ]
    return facts, _whole(kind, agreement) | {fact.slot for fact in facts}


def _coded(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _whole(type_: str, agreement: str) -> frozenset[tuple[str, str]]:
    """(region, year) that were asked for rows of a type and have handed in: what they do not have is none."""
    rounds = {
        round.pk
        for round in Round.objects.exclude(reports=None).distinct()
        if any(question.type == type_ for question in reading.asked(round).questions)
    }
    found = Submission.objects.standing().filter(report__round__in=rounds)
    if agreement:
        found = found.filter(agreement=agreement)
    return frozenset((code, str(year)) for code, year in found.values_list("organisation__code", "year"))


def printed_totals(subject: Subject, agreement: str, years: Iterable[str]) -> dict[str, int]:
    if subject.kind != COUNT:
        return {}
    rows = CountFact.objects.filter(_standing(agreement), count=subject.id, certainty=Certainty.PRINTED_TOTAL)
    return {str(year): number for year, number in rows.values_list("year", "number") if number and str(year) in years}
