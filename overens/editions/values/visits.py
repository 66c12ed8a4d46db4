# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``visits/<what>``: which regions were visited and interviewed for a year's follow-up, and how many workshops there
were; by what was registered here, and for earlier years by the printed report (pp. 8-9).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from overens.editions.values import printed
from overens.editions.values.asking import Bindable, check, names, said, unknown
from overens.editions.values.register import Register
from overens.followup import visits
from overens.followup.models import Interview, Visit
from overens.rules.edition.keys import Question
from overens.rules.edition.values import NUMBER, Definition, Source, Value
from overens.rules.followup.facts_table import NOT_REPORTED
from overens.rules.followup.visiting import VisitState

FAMILY = "visits"
VISITED, INTERVIEWED, INTERVIEWS, WORKSHOPS = "visited", "interviewed", "interviews", "workshops"
WORKSHOP = "workshop"
UNITS = {VISITED: "regions", INTERVIEWED: "regions", INTERVIEWS: "interviews", WORKSHOPS: "workshops"}


def value(register: Register, question: Question) -> Value:
    """``visits/visited,year=2017``. Nothing registered and nothing printed is not reported. Raises Refused."""
    if question.subject not in UNITS:
        unknown(question, UNITS)
    check(question, {"year": _years(register)})
    year = int(question.at.get("year", register.about.year))
    question = question.where(year=str(year))
    number, regions, sources = _printed(register, question.subject, year) or _own(register, question.subject, year)
    title = said(register, f"edition-values-visits-{question.subject}", year=year)
    return Value(
        key=str(question),
        title=title,
        unit=UNITS[question.subject],
        number=number if sources else None,
        status=NUMBER if sources else NOT_REPORTED,
        of=len(names(register)) if UNITS[question.subject] == "regions" else None,
        regions=tuple(sorted(regions)),
        sources=tuple(register.source(each) for each in sources),
        definition=register.define(
            Definition(
                id=f"{FAMILY}/{question.subject}", title=title, text=said(register, "edition-values-visits-meaning")
            )
        ),
    )


def known(register: Register) -> Iterator[Bindable]:
    years = tuple(_years(register))
    for what in UNITS:
        yield Bindable(
            FAMILY, what, said(register, f"edition-values-visits-{what}", year=register.about.year), {"year": years}
        )


Found = tuple[int, Sequence[str], Sequence[Source]]


def _printed(register: Register, what: str, year: int) -> Found | None:
    """What the printed report says of a year; None where it says nothing of it."""
    past = [each for each in visits.past() if each.year == year]
    if what == VISITED:
        regions = [each.region for each in past if each.what == visits.VISITED]
        return (len(regions), regions, [printed.printed_page("9")]) if regions else None
    if year != printed.YEAR:
        return None
    if what == WORKSHOPS:
        return printed.statements()["workshops"].number or 0, [], [printed.printed_page("9")]
    left_out = {each.region for each in past if each.what == visits.NOT_INTERVIEWED}
    regions = [code for code in names(register) if code not in left_out]
    return len(regions), regions, [printed.printed_page("8")]


def _own(register: Register, what: str, year: int) -> Found:
    owner = register.about.owner
    if what == VISITED:
        held = Visit.objects.by(owner).filter(year=year, state=VisitState.DONE).order_by("held_on")
        rows = list(held.values_list("respondent__code", "held_on"))
    else:
        talks = Interview.objects.filter(asker=owner, year=year, held_on__isnull=False).order_by("held_on")
        talks = talks.filter(form=WORKSHOP) if what == WORKSHOPS else talks.exclude(form=WORKSHOP)
        rows = list(talks.values_list("respondent__code", "held_on"))
    regions = {code for code, _ in rows if code}
    number = len(regions) if UNITS[what] == "regions" else len(rows)
    last = max((day for _, day in rows if day), default=None)
    return number, sorted(regions), [_source(register, year, last)] if last else []


def _source(register: Register, year: int, last: dt.date) -> Source:
    return Source(
        id=f"visits-{year}",
        kind="decision",
        title=said(register, "edition-values-visits-registered", year=year),
        organisation=register.about.owner.name,
        at=last.isoformat(),
    )


def _years(register: Register) -> list[str]:
    followed = {year for _agreement, year in visits.followed_up(register.about.owner)}
    past = {each.year for each in visits.past()}
    return [str(year) for year in sorted({*past, *followed, *register.about.years, register.about.year})]
