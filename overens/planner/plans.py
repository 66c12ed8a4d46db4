# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plans as they are asked for: what the units have entered, and a plan's facts of now."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.conf import settings
from django.db.models import QuerySet

from overens.people.models import Organisation
from overens.planner import reading, standing
from overens.planner.models import Adopted, Answer, AnswerState, Entry, EntryKind, Plan, Unit
from overens.planning.supply import reference
from overens.planning.supply.bottomup import entries
from overens.planning.supply.bottomup.entries import UnitEntry
from overens.planning.supply.bottomup.facts import PlanFacts, Standing, facts
from overens.planning.supply.bottomup.table import Versions
from overens.records import clock

# The fields of a plan that the region writes itself, both of them text.
TEXTS = ("abstract", "conclusions")


def plans(organisation: Organisation) -> QuerySet[Plan]:
    return Plan.objects.filter(owner=organisation).select_related("owner", "scenario__problem__owner")


def answers(plan: Plan) -> QuerySet[Answer]:
    """Of the units that are asked, in order."""
    return plan.answers.filter(unit__removed=False).select_related("unit", "plan__owner")


def is_within(plan: Plan) -> bool:
    """Whether its units may enter today."""
    return plan.opens_on <= clock.today() <= plan.closes_on


def may_write(answer: Answer) -> bool:
    """An answer that was returned may be mended after the last day too."""
    return answer.state == AnswerState.RETURNED or (answer.is_open and is_within(answer.plan))


def waiting(organisation: Organisation, only: Collection[str] | None = None) -> list[tuple[Plan, int, int]]:
    """The years of which something waits: how many answers wait for the planner and, while units may enter, how many
    units have not answered. only: the codes of the units that count, else all.
    """
    found = []
    for plan in plans(organisation):
        asked = answers(plan) if only is None else answers(plan).filter(unit__code__in=only)
        states = list(asked.values_list("state", flat=True))
        sent = states.count(AnswerState.SENT)
        silent = len(states) - sent - states.count(AnswerState.APPROVED) if is_within(plan) else 0
        if sent or silent:
            found.append((plan, sent, silent))
    return found


def unit_entry(answer: Answer, written: Iterable[Entry] | None = None) -> UnitEntry:
    """What a unit has entered, without what was taken away."""
    there = [each for each in (answer.entries.all() if written is None else written) if not each.removed]
    return UnitEntry(
        unit=answer.unit.code,
        title=answer.unit.title,
        state=answer.state,
        needs=tuple(entries.need(e.code, e.content) for e in there if e.kind == EntryKind.NEED and e.content),
        actions=tuple(entries.action(e.code, e.content) for e in there if e.kind == EntryKind.ACTION),
    )


def unit_entries(plan: Plan) -> list[UnitEntry]:
    return [unit_entry(each, each.entries.all()) for each in answers(plan).prefetch_related("entries")]


def versions(found: Iterable[Answer]) -> Versions:
    """The revision of each entry, so that a file tells what it was written over."""
    rows = Entry.objects.filter(answer__in=list(found)).values_list("answer__unit__code", "kind", "code", "revision")
    listed = list(rows)
    needs = {(unit, code): revision for unit, kind, code, revision in listed if kind == EntryKind.NEED}
    actions = {(unit, code): revision for unit, kind, code, revision in listed if kind == EntryKind.ACTION}
    return Versions(needs, actions)


def plan_facts(plan: Plan) -> PlanFacts:
    """All that the plan says, as it is now."""
    texts = (plan.content.get("abstract", ""), plan.content.get("conclusions", ""))
    version, found, scenario, data = plan.scenario, None, None, reference.data()
    if version is not None:
        scenario, _findings = standing.read(version.text, plan.owner)
        if scenario is not None:
            data, found = standing.data(scenario, plan.owner), reading.projected(version)
    return facts(
        plan.owner.name,
        plan.owner.code,
        plan.year,
        unit_entries(plan),
        data,
        texts=texts,
        standing=Standing(title=version.problem.title, version=version.number) if version else None,
        scenario=scenario,
        projection=found,
        made_up=settings.DEMO,
    )


def adopted(organisation: Organisation) -> QuerySet[Adopted]:
    """The newest decision first."""
    found = Adopted.objects.filter(plan__owner=organisation)
    return found.select_related("plan__owner", "paper", "mandate__person")


def adopted_before(plan: Plan) -> Adopted | None:
    """The one that a plan is held against: the newest that is adopted, of its own year or an earlier one."""
    return adopted(plan.owner).filter(plan__year__lte=plan.year).first()


def facts_of(found: Adopted) -> PlanFacts:
    return PlanFacts.model_validate(found.facts)


def units(organisation: Organisation) -> QuerySet[Unit]:
    return Unit.objects.of(organisation).filter(removed=False)
