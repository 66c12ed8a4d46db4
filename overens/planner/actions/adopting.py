# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's plan: written, adopted by its board as a sealed paper, and followed up action by action, year by year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from overens.followup.actions.authority import mandate_of
from overens.people.models import Mandate, Person
from overens.planner import plans, reading
from overens.planner.actions.deciding import checked_body
from overens.planner.authority import PLANNERS
from overens.planner.models import (
    ActionFollowUp,
    Adopted,
    AnswerState,
    EntryRevision,
    Plan,
    PlanRevision,
    ProblemVersion,
)
from overens.planning.supply.bottomup.document import document
from overens.planning.supply.bottomup.entries import FIRST_YEAR, LAST_YEAR, STATES
from overens.records import clock, documents, events, registrations, together
from overens.records.together import Saved
from overens.rules.findings import refuse

PAPER = "supply-plan"


def write(plan: Plan, typed: Mapping[str, str], base: int, person: Person) -> Saved[Plan, PlanRevision]:
    """Save the region's own words as typed over revision ``base``. Raises Refused: ``no-mandate``, and those of
    :func:`overens.records.together.save`.
    """
    content, removed = together.cleaned({name: typed.get(name, "") for name in plans.TEXTS})
    with transaction.atomic():
        locked, _mandate = _locked(plan, person, "write-supply-plan")
        return together.save(locked, content, base, person, clock.now(), plans.TEXTS, removed=removed)


def choose(revision: PlanRevision, chosen: Mapping[str, str], person: Person) -> Saved[Plan, PlanRevision]:
    """Decide about what was set aside; a choice that was made stays made. Raises Refused as :func:`write`."""
    with transaction.atomic():
        saved = write(revision.part, together.chosen(revision, chosen), revision.number, person)
        PlanRevision.objects.filter(pk=revision.pk, chosen_at=None).update(chosen_at=clock.now())
    return saved


@transaction.atomic
def stand_on(plan: Plan, version: ProblemVersion | None, person: Person) -> None:
    """Let a version of a scenario stand beside what the units enter. Raises Refused: ``no-mandate``, ``plan-region``
    (its region is not one of the scenario's), ``plan-not-run``.
    """
    locked, mandate = _locked(plan, person, "choose-supply-scenario")
    locked.scenario = version
    if version is not None:
        _require_computed(locked)
    locked.save(update_fields=["scenario"])
    events.record(locked.key, "choose-supply-scenario", mandate, papers=[version.sha256] if version else [])


def adopt(plan: Plan, body: str, decided_on: dt.date, registration_number: str, person: Person) -> Adopted:
    """Record that the region's board has adopted the plan, as it is now: its facts and its document are one paper.

    Raises Refused: ``no-mandate``, ``registration-missing``, ``plan-body``, ``plan-decided-later``,
    ``plan-no-scenario``, ``plan-region``, ``plan-not-run``, ``plan-answers-wait`` (something that was sent is not
    decided on), ``plan-set-aside``.
    """
    number = registration_number.strip()[:60]
    if not number:
        refuse("registration-missing", "registration_number")
    body = checked_body(body, decided_on)
    with transaction.atomic():
        locked, mandate = _locked(plan, person, "adopt-supply-plan")
        if locked.scenario is None:
            refuse("plan-no-scenario")
        _require_computed(locked)
        waits = plans.answers(locked).filter(state=AnswerState.SENT)
        if waits.exists():
            refuse("plan-answers-wait", units=[each.unit.title for each in waits])
        if locked.revisions.waiting().exists() or _set_aside(locked):
            refuse("plan-set-aside")
        facts, at = plans.plan_facts(locked), clock.now()
        printed = document(facts, decided_on, adopted=(body, decided_on), registration=number)
        paper = documents.add_version(
            documents.open_document(PAPER, locked.key, locked.owner),
            {
                "year": locked.year,
                "body": body,
                "decided_on": decided_on.isoformat(),
                "facts": facts.model_dump_json(),
                "document": printed.canonical().decode(),
            },
            person=person,
            mandate=mandate,
            registration_number=number,
            effective_at=at,
        )
        registrations.register(locked.key, locked.owner, number, mandate)
        locked.number += 1
        locked.save(update_fields=["number"])
        events.record(locked.key, "adopt-supply-plan", mandate, at=at, papers=[paper.sha256])
        return Adopted.objects.create(
            plan=locked,
            number=locked.number,
            facts=facts.model_dump(mode="json"),
            paper=paper,
            body=body,
            decided_on=decided_on,
            registration_number=number,
            mandate=mandate,
            at=at,
        )


@transaction.atomic
def follow_up(adopted: Adopted, action: str, year: int, state: str, done: str, person: Person) -> ActionFollowUp:
    """Say what was done of an action in a year. Raises Refused: ``no-mandate``, ``entry-unknown``, ``action-state``,
    ``action-year``, ``follow-up-done``.
    """
    mandate = mandate_of(adopted.plan.owner, person, PLANNERS, "follow-up-action", "")
    if action not in {each.key for each in plans.facts_of(adopted).actions}:
        refuse("entry-unknown", code=action[:60])
    if state not in STATES:
        refuse("action-state", "state", raw=state[:40])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        refuse("action-year", "year", raw=str(year)[:40])
    if not done.strip():
        refuse("follow-up-done", "done")
    events.record(adopted.plan.key, "follow-up-action", mandate)
    return ActionFollowUp.objects.create(
        adopted=adopted, action=action, year=year, state=state, done=done.strip(), mandate=mandate, at=clock.now()
    )


def _require_computed(plan: Plan) -> None:
    found = plans.plan_facts(plan)
    if plan.scenario is not None and found.computed is None:
        projection = reading.projected(plan.scenario)
        refuse("plan-not-run" if projection is None else "plan-region", "scenario", title=plan.scenario.problem.title)


def _set_aside(plan: Plan) -> bool:
    return EntryRevision.objects.filter(part__answer__plan=plan).waiting().exists()


def _locked(plan: Plan, person: Person, act: str) -> tuple[Plan, Mandate]:
    found = Plan.objects.select_for_update(of=("self",)).select_related("owner", "scenario__problem__owner")
    locked = found.get(pk=plan.pk)
    return locked, mandate_of(locked.owner, person, PLANNERS, act, "")
