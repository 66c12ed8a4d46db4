# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``changes/<how>``: how many measures are new since an earlier year, go on, have ended, or are no longer told of.

A measure that goes on is one that the region has told of for both years as the same, by its number in the region.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from overens.editions.values import facts
from overens.editions.values.asking import Bindable, check, names, said, unknown
from overens.editions.values.register import Register
from overens.followup.models import MeasureYear
from overens.rules.edition.keys import Question
from overens.rules.edition.values import NUMBER, Definition, Value
from overens.rules.followup.facts_table import NOT_REPORTED
from overens.rules.followup.measures import ENDED

FAMILY = "changes"
NEW, GOES_ON, HAS_ENDED, NOT_TOLD = "new", "goes-on", "ended", "not-told-of"
HOW = (NEW, GOES_ON, HAS_ENDED, NOT_TOLD)


@dataclass(frozen=True)
class Change:
    """``submissions``: those that tell of the measure, the newest last."""

    region: str
    how: str
    submissions: tuple[int, ...]


def value(register: Register, question: Question) -> Value:
    """``changes/ended,region=23,since=2017,year=2019``. Without ``since``: the year before that measures are known of.

    Raises Refused as :mod:`overens.editions.values.asking`.
    """
    if question.subject not in HOW:
        unknown(question, HOW)
    years = [str(year) for year in known_years(register)]
    check(question, {"region": list(names(register)), "since": years, "year": years})
    year = int(question.at.get("year", register.about.year))
    since = int(question.at.get("since", since_of(register, year)))
    region = question.at.get("region")
    every = [each for each in changes(register, since, year) if region in (None, each.region)]
    told = {each.region for each in every if each.how != NOT_TOLD}
    found = [each for each in every if each.how == question.subject and each.region in told]
    sources = facts.sources_of(register, {number for each in found for number in each.submissions})
    title = said(register, f"edition-changes-{question.subject}")
    return Value(
        key=str(question),
        title=title,
        unit="measures",
        number=len(found) if told else None,
        status=NUMBER if told else NOT_REPORTED,
        regions=tuple(sorted({each.region for each in found})),
        sources=tuple(register.source(each) for each in sources),
        definition=register.define(
            Definition(
                id=f"{FAMILY}/{question.subject}",
                title=title,
                text=said(register, "edition-changes-meaning", what=title, since=since, year=year),
            )
        ),
    )


def changes(register: Register, since: int, year: int) -> list[Change]:
    """Every measure of either year, found once."""
    return register.once((FAMILY, since, year), lambda: _changes(since, year))


def _changes(since: int, year: int) -> list[Change]:
    rows = MeasureYear.objects.filter(submission__year__in=(since, year), submission__superseded=False)
    told: dict[tuple[str, int], dict[int, tuple[int, str]]] = {}
    for code, measure, of_year, submission, status in rows.order_by("submission__year", "pk").values_list(
        "submission__organisation__code", "measure", "submission__year", "submission", "status"
    ):
        told.setdefault((code, measure), {})[of_year] = (submission, status)
    found = []
    for (code, _measure), by_year in told.items():
        if year not in by_year:
            how = NOT_TOLD
        elif by_year[year][1] == ENDED:
            how = HAS_ENDED
        else:
            how = GOES_ON if since in by_year else NEW
        found.append(Change(code, how, tuple(submission for submission, _status in by_year.values())))
    return found


def known_years(register: Register) -> list[int]:
    """The years that measures are known of."""
    rows = (
        MeasureYear.objects.filter(submission__superseded=False).order_by().values_list("submission__year", flat=True)
    )
    return register.once((FAMILY, "years"), lambda: sorted(set(rows.distinct())))


def since_of(register: Register, year: int) -> int:
    """The last year before that measures are known of; the year itself where there is none."""
    return max((each for each in known_years(register) if each < year), default=year)


def known(register: Register) -> Iterator[Bindable]:
    years = tuple(str(year) for year in known_years(register))
    at = {"region": tuple(names(register)), "since": years, "year": years}
    for how in HOW:
        yield Bindable(FAMILY, how, said(register, f"edition-changes-{how}"), at)
