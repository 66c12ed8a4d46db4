# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Choosing which regions to visit, and the visits: planned, changed, held, cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from overens.followup import visits
from overens.followup.actions.visit_acts import analyst, performing
from overens.followup.models import Visit, VisitPlan
from overens.people.models import Organisation, Person
from overens.records import clock, events
from overens.records.canonical import canonical, digest
from overens.records.locks import hold
from overens.rules.findings import refuse
from overens.rules.followup import spreading
from overens.rules.followup.spreading import Balance, Proposal


@dataclass(frozen=True)
class Choosing:
    """What a choice of regions is made by. ``exclude``: why, by region code; ``seed`` draws among equals."""

    agreement: str
    year: int
    wanted: int
    criteria: Mapping[str, int]
    include: tuple[str, ...] = ()
    exclude: Mapping[str, str] | None = None
    seed: str = ""

    def propose(self) -> Proposal:
        """The balanced choice. Raises Refused as :func:`overens.rules.followup.spreading.propose` does."""
        return spreading.propose(
            visits.basis(self.agreement), self.wanted, self.criteria, self.include, self.exclude or {}, self.seed
        )

    def assess(self, chosen: Collection[str]) -> Balance:
        return spreading.assess(visits.basis(self.agreement), chosen, self.criteria, self.seed)


@transaction.atomic
def decide_plan(
    asker: Organisation, choosing: Choosing, chosen: Collection[str], reason: str, note: str, person: Person
) -> VisitPlan:
    """Record which regions are visited, as proposed or otherwise for a reason, and plan a visit to each that has none.

    A visit that is planned already to a region that is no longer chosen stays: it is cancelled by itself.

    Raises Refused: ``reason-missing`` (other regions than proposed), ``exclusion-without-reason``, ``no-mandate``,
    ``agreement-unknown`` and those of :meth:`Choosing.propose`.
    """
    mandate = analyst(asker, person, "decide-visits", choosing.agreement)
    if not visits.is_known(choosing.agreement):
        refuse("agreement-unknown", key="agreement", agreement=choosing.agreement)
    if unreasoned := [code for code, why in (choosing.exclude or {}).items() if not why.strip()]:
        refuse("exclusion-without-reason", key="excluded_because", regions=sorted(unreasoned))
    proposal = choosing.propose()
    picked = sorted(set(chosen))
    if list(proposal.chosen) != picked and not reason.strip():
        refuse("other-than-proposed", key="reason")
    own = choosing.assess(picked)
    subject = f"visits/{choosing.agreement}/{choosing.year}"
    hold(f"visit-plan/{asker.code}/{choosing.agreement}/{choosing.year}")
    last = visits.plan_of(asker, choosing.agreement, choosing.year)
    plan = VisitPlan(
        agreement=choosing.agreement,
        year=choosing.year,
        number=last.number + 1 if last else 1,
        asker=asker,
        wanted=choosing.wanted,
        criteria=dict(choosing.criteria),
        included=list(choosing.include),
        excluded={code: why.strip() for code, why in (choosing.exclude or {}).items()},
        seed=choosing.seed,
        basis={
            each.code: {"part": each.part, "population": each.population, "grant": each.grant}
            for each in visits.basis(choosing.agreement)
        },
        proposed=list(proposal.chosen),
        chosen=picked,
        figures={"proposed": figures(proposal.balance), "chosen": figures(own)},
        reason=reason.strip() if list(proposal.chosen) != picked else "",
        note=note.strip(),
        mandate=mandate,
        at=clock.now(),
    )
    plan.save(force_insert=True)
    events.record(subject, "decide-visits", mandate, papers=[_digest(plan)], at=plan.at)
    there = set(_of(plan).values_list("respondent__code", flat=True))
    organisations = visits.regions()
    for code in picked:
        if code not in there:
            plan_visit(plan, organisations[code], person)
    return plan


def _of(plan: VisitPlan) -> Any:
    return Visit.objects.by(plan.asker).filter(agreement=plan.agreement, year=plan.year)


def _digest(plan: VisitPlan) -> str:
    names = ("wanted", "criteria", "included", "excluded", "seed", "basis", "proposed", "chosen", "reason", "note")
    return digest(canonical({name: getattr(plan, name) for name in names}))


def figures(balance: Balance) -> dict[str, Any]:
    """A balance as plain values, as a plan keeps it. The deviation is a fraction in text."""
    return {
        "deviation": str(balance.deviation),
        "compared": balance.compared,
        "better": balance.better,
        "equal": balance.equal,
        "exact": balance.exact,
        "shares": [[each.criterion, each.group, each.all, each.chosen] for each in balance.shares],
    }


@transaction.atomic
def plan_visit(plan: VisitPlan, respondent: Organisation, person: Person) -> Visit:
    """Plan a visit to a region; the day is settled later. Raises Refused: ``no-mandate``, ``visit-there-already``."""
    mandate = analyst(plan.asker, person, "plan-visit", plan.agreement)
    if _of(plan).filter(respondent=respondent).exists():
        refuse("visit-there-already", region=respondent.name)
    moment = clock.now()
    visit = Visit.objects.create(
        key=f"visit/{plan.agreement}/{plan.year}/{respondent.code}",
        agreement=plan.agreement,
        year=plan.year,
        asker=plan.asker,
        respondent=respondent,
        plan=plan,
        changed_at=moment,
    )
    events.record(visit.key, "plan-visit", mandate, at=moment)
    return visit


def change(visit: Visit, planned_on: dt.date | None, visitors: str, met: str, person: Person) -> None:
    """Settle or move the day and who takes part; the region is told of the day.

    Raises Refused: ``day-missing``, ``due-in-the-past``.
    """
    with performing("change-visit", visit, person) as p:
        if planned_on is None:
            refuse("day-missing", key="planned_on")
        if planned_on < clock.today():
            refuse("due-in-the-past", key="planned_on", day=planned_on.isoformat())
        p.visit.planned_on, p.visit.visitors, p.visit.met = planned_on, visitors.strip(), met.strip()
        p.said["day"] = planned_on.isoformat()


def held(visit: Visit, held_on: dt.date | None, visitors: str, met: str, person: Person) -> None:
    """The visit was made. Raises Refused: ``day-missing``, ``day-to-come``."""
    with performing("hold-visit", visit, person) as p:
        if held_on is None:
            refuse("day-missing", key="held_on")
        if held_on > clock.today():
            refuse("day-to-come", key="held_on", day=held_on.isoformat())
        p.visit.held_on, p.visit.visitors, p.visit.met = held_on, visitors.strip(), met.strip()


def cancel(visit: Visit, reason: str, person: Person) -> None:
    """No visit is made. Raises Refused: ``reason-missing``."""
    with performing("cancel-visit", visit, person) as p:
        if not reason.strip():
            refuse("reason-missing", key="reason")
        p.visit.cancelled_because = reason.strip()
