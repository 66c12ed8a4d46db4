# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Decisions about what is planned from, recorded as papers that never change."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from overens.people.models import Person
from overens.planner.authority import of_problem
from overens.planner.models import Computed, DecisionKind, PlanningDecision, ProblemVersion
from overens.records import clock, documents, events, registrations
from overens.rules.findings import refuse

PAPER = "planning-decision"


@transaction.atomic
def decide(
    version: ProblemVersion,
    kind: DecisionKind,
    text: str,
    body: str,
    decided_on: dt.date,
    person: Person,
    *,
    computed: Computed | None = None,
    registration_number: str = "",
) -> PlanningDecision:
    """Record what was decided of a version, and what had been computed of it. A new decision leaves the earlier ones.

    Raises Refused: ``decision-text`` (at ``text``), ``plan-body``, ``plan-decided-later``, ``no-mandate``.
    """
    problem, number = version.problem, registration_number.strip()[:60]
    mandate = of_problem(problem, person, "decide-planning")
    if not text.strip():
        refuse("decision-text", "text")
    body, at = checked_body(body, decided_on), clock.now()
    paper = documents.add_version(
        documents.open_document(PAPER, problem.key, problem.owner),
        {
            "kind": kind,
            "text": text.strip(),
            "body": body,
            "decided_on": decided_on,
            "version": version.number,
            "sha256": version.sha256,
            "computed": computed.sha256 if computed else None,
        },
        person=person,
        mandate=mandate,
        registration_number=number,
        effective_at=at,
    )
    if number:
        registrations.register(problem.key, problem.owner, number, mandate)
    events.record(problem.key, "decide-planning", mandate, at=at, papers=[paper.sha256])
    return PlanningDecision.objects.create(
        version=version,
        computed=computed,
        kind=kind,
        text=text.strip(),
        paper=paper,
        body=body,
        decided_on=decided_on,
        registration_number=number,
        mandate=mandate,
        at=at,
    )


def checked_body(body: str, decided_on: dt.date) -> str:
    """Who decided, as it is kept. Raises Refused: ``plan-body``, ``plan-decided-later``."""
    found = " ".join(body.split())[:200]
    if not found:
        refuse("plan-body", "body")
    if decided_on > clock.today():
        refuse("plan-decided-later", "decided_on")
    return found
