# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of burden: minutes that were measured, what is reported already, what other agreements ask, and how a
round that is over turned out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from overens.followup.burden import Burden, burden
from overens.followup.models import BurdenMinutes, CountFact, Round
from overens.followup.reading import agreement_at
from overens.followup.reading import asked as asked_in
from overens.portal.money import agreements
from overens.records import clock
from overens.rules.agreement import Agreement
from overens.rules.burden import Estimate, Item, asked, minutes_of, of_round
from overens.rules.burden_minutes import Minutes, Observation, assumptions, measured, rows
from overens.rules.followup.asked import Section
from overens.rules.followup.process import RoundState
from overens.statistics import reading as statistics


def minutes() -> Minutes:
    """Minutes for a unit of each kind: as measured by three respondents or more in any round, else as assumed."""
    return measured(_observations(), assumptions())


def _observations() -> Iterator[Observation]:
    spent = BurdenMinutes.objects.filter(minutes__gt=0).select_related("report__round", "report__respondent")
    units: dict[tuple[int, str], Mapping[str, int]] = {}
    for each in spent:
        round = each.report.round
        place = (round.pk, each.section)
        if place not in units:
            units[place] = _units(round, each.section)
        yield Observation(each.report.respondent.code, units[place], each.minutes)


def _units(round: Round, section: str) -> dict[str, int]:
    """How many units of each kind a section asks for."""
    definition = asked_in(round)
    there = next((each for each in definition.sections if each.id == section), None)
    found: dict[str, int] = {}
    for item in of_round(agreement_at(round), definition, {}, rows()):
        if there and any(question.id == item.id for question in there.questions):
            found[item.kind] = found.get(item.kind, 0) + item.times
    return found


def reported(besides: str) -> dict[str, set[int]]:
    """Years by count that are known already: reported under other agreements than this one, or published as a table of
    statistics that has the count's name.
    """
    facts = CountFact.objects.filter(submission__superseded=False).exclude(submission__agreement=besides)
    found: dict[str, set[int]] = {}
    for count, year in facts.order_by().values_list("count", "year").distinct():
        found.setdefault(count, set()).add(year)
    for table in statistics.tables():
        years = {int(time[:4]) for time in table.times if time[:4].isdigit()}
        found.setdefault(table.code, set()).update(years)
    return found


def items_of(agreement: Agreement) -> tuple[Item, ...]:
    """Everything that an agreement (stored, drafted or pasted in) asks, with what is known of it."""
    return asked(agreement, reported(agreement.id), rows())


def items_of_others(agreement: Agreement) -> tuple[Item, ...]:
    """What all other agreements ask that are known here."""
    return tuple(item for id, other in agreements().items() if id != agreement.id for item in asked(other, {}, rows()))


@dataclass(frozen=True)
class SectionAfter:
    """A section as it was estimated for one respondent, and as it was measured: (median minutes, respondents), or None
    where too few measured it.
    """

    section: Section
    estimated: Estimate
    measured: tuple[float, int] | None

    @property
    def likely(self) -> int:
        return round(self.estimated.likely)


@dataclass(frozen=True)
class RoundAfter:
    """A round that is over against what was assumed of it. ``burden`` is None where fewer than three answered."""

    round: Round
    title: str
    title_en: str
    burden: Burden | None
    sections: tuple[SectionAfter, ...]

    @property
    def prefilled(self) -> float | None:
        """The share of what was written that was filled in beforehand, by the medians."""
        return self.burden.prefilled / self.burden.written if self.burden and self.burden.written else None


def after(code: str) -> list[RoundAfter]:
    """The rounds of an agreement whose last day has passed, newest first, against the assumptions as they ship."""
    found = []
    over = Round.objects.filter(agreement=code, closes_on__lt=clock.today()).exclude(state=RoundState.PREPARING)
    for round in over:
        definition, result = asked_in(round), burden(round)
        items = {item.id: item for item in of_round(agreement_at(round), definition, {}, rows())}
        sections = []
        for section in definition.sections:
            total = Estimate()
            for question in section.questions:
                who = next(iter(items[question.id].papers), None)
                total = total.plus(minutes_of(items[question.id], assumptions(), who))
            sections.append(SectionAfter(section, total, result.minutes.get(section.id) if result else None))
        found.append(RoundAfter(round, definition.title, definition.title_en, result, tuple(sections)))
    return found
