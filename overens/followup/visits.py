# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is read of visits: what regions are chosen by, where one was before, and what waits."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.db.models import Sum

from overens.agreements.models import AgreementVersion, DecisionRow
from overens.agreements.reading import agreement_of, followed
from overens.followup.models import InterviewGuide, Round, Visit, VisitPlan
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.rules.followup.spreading import Region
from overens.rules.followup.visiting import VisitState

VISITED, NOT_INTERVIEWED = "visited", "not-interviewed"


@dataclass(frozen=True)
class Past:
    """What a printed follow-up says of a region: ``visited`` or ``not-interviewed``, and where it stands."""

    year: int
    what: str
    region: str
    citation: str


@cache
def past() -> tuple[Past, ...]:
    """The visits of the follow-ups before Överens, as they are shipped (2018 report, pp. 8-9)."""
    rows = _shipped("visits.csv")
    return tuple(Past(int(row["year"]), row["what"], row["region"], row["citation"]) for row in rows)


@cache
def parts_of_the_country() -> dict[str, str]:
    """The health care region of each region, by its code. General knowledge (assumed); Halland is in two and stands
    in the southern, where its council is a member.
    """
    return {row["code"]: row["part"] for row in _shipped("health_care_regions.csv")}


def _shipped(name: str) -> Iterator[dict[str, str]]:
    with resources.files("overens.reference").joinpath("followup", name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def visited(year: int, asker: Organisation) -> dict[str, str]:
    """Which regions were visited for a year's follow-up, by code: the citation, or empty where it is known here."""
    found = {each.region: each.citation for each in past() if each.year == year and each.what == VISITED}
    own = Visit.objects.by(asker).filter(year=year).exclude(state=VisitState.CANCELLED)
    return {**found, **dict.fromkeys(own.values_list("respondent__code", flat=True), "")}


def basis(agreement: str) -> list[Region]:
    """What the regions of an agreement are chosen by. Population: the agreement's own weights. Grant: what the
    government decided, over all lines, else what the annex prints; None of all where neither is known for all.

    Raises AgreementVersion.DoesNotExist.
    """
    parts = parts_of_the_country()
    people = {
        recipient.organisation: int(recipient.weight)
        for group in agreement_of(agreement).groups
        for recipient in group.recipients
        if recipient.weight is not None and recipient.organisation in parts
    }
    rows = DecisionRow.objects.filter(decision__agreement=agreement, recipient__code__in=people)
    decided = dict(rows.order_by().values_list("recipient__code").annotate(kronor=Sum("kronor")))
    annex = agreement_of(agreement).annex
    printed = {row.code: row.sum or sum(row.amounts.values()) for row in annex.rows} if annex else {}
    known: dict[str, int] = next((each for each in (decided, printed) if set(each) >= set(people)), {})
    return [Region(code, parts[code], people[code], known.get(code)) for code in sorted(people)]


def regions() -> dict[str, Organisation]:
    """The regions by code, in the order of their names."""
    return {each.code: each for each in Organisation.objects.filter(kind=Kind.REGION)}


def followed_up(asker: Organisation) -> list[tuple[str, int]]:
    """(agreement, year) of what an organisation asks about or has planned visits for, newest first; and of the
    agreements that are followed, so that visits can be planned before any round is prepared.
    """
    rounds = {(each.agreement, each.year) for each in Round.objects.asked_by(asker)}
    rounds |= {(code, agreement_of(code).period.last_day.year) for code in followed()}
    plans = set(VisitPlan.objects.filter(asker=asker).values_list("agreement", "year"))
    return sorted(rounds | plans, key=lambda each: (-each[1], each[0]))


def is_known(agreement: str) -> bool:
    return AgreementVersion.objects.filter(code=agreement).exists()


def plan_of(asker: Organisation, agreement: str, year: int) -> VisitPlan | None:
    """The choice of regions that counts."""
    return VisitPlan.objects.filter(asker=asker, agreement=agreement, year=year).last()


def guide_of(asker: Organisation, agreement: str, year: int) -> InterviewGuide | None:
    """The interview questions that count."""
    return InterviewGuide.objects.filter(asker=asker, agreement=agreement, year=year).last()


def memo_place(visit: Visit, number: int) -> str:
    """Where a passage of a checked memo stands among the texts: memo/agreement/year/respondent/number."""
    return f"memo/{visit.key.removeprefix('visit/')}/{number}"
