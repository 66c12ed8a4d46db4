# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A head of operations decides who may do which tasks: recorded as papers that never change, and written into the mix.

What is decided is for a unit, so the problem is one's. The decision becomes a row of the file's ``may``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from overens.people.models import Mandate, Person
from overens.planner.actions import problems
from overens.planner.authority import head_of
from overens.planner.models import Ground, LocalDecision, SavedProblem
from overens.records import clock, documents, events, kept, registrations
from overens.records.models import DocumentVersion
from overens.rules.diff import Change
from overens.rules.findings import Refused, refuse
from overens.rules.studio.editing import changed, data_of
from overens.rules.studio.writing import block

PAPER = "local-decision"
DECIDE, WITHDRAW = "decide-competence", "withdraw-competence"


@dataclass(frozen=True)
class Terms:
    """As :class:`LocalDecision` keeps them. ``number``: the decision's own."""

    number: str
    ground: str
    tasks: tuple[str, ...]
    competence: str
    first: dt.date
    last: dt.date | None = None
    factor: Decimal = Decimal(1)
    supervision: Decimal = Decimal(0)
    supervised_by: str = ""
    up_to: Decimal = Decimal(1)
    text: str = ""


@transaction.atomic
def decide(problem: SavedProblem, terms: Terms, person: Person) -> LocalDecision:
    """Record it and write it into the problem, as a new version.

    Raises Refused: ``not-head-of-unit``, ``local-no-unit``, ``local-number``, ``local-number-taken``, ``local-tasks``,
    ``local-last-day``; what stands against it in the problem, such as a reservation.
    """
    locked, mandate = _locked(problem, person, DECIDE)
    number = " ".join(terms.number.split())[:60]
    if not number:
        refuse("local-number", "number")
    if locked.local_decisions.filter(registration_number=number).exists():
        refuse("local-number-taken", "number", number=number)
    if not terms.tasks:
        refuse("local-tasks", "tasks")
    if terms.last is None and terms.ground == Ground.DELEGATION:
        refuse("local-last-day", "last")
    if terms.last is not None and terms.last < terms.first:
        refuse("mix-decision-order", "last", first=terms.first.isoformat(), last=terms.last.isoformat())
    kept_terms = {**asdict(terms), "tasks": list(terms.tasks), "text": terms.text.strip()}
    kept_terms.pop("number")
    body = _body(mandate)
    text = kept.newest(locked).text
    row = block(("may",), _may(terms, number, body), listed=True)
    problems.save(locked, f"{text.rstrip()}\n\n{row}", locked.number, person, note=number)
    at = clock.now()
    content = {name: str(value) if isinstance(value, Decimal) else value for name, value in kept_terms.items()}
    paper = _paper(locked, {**content, "number": number, "body": body}, mandate, number, at)
    events.record(locked.key, DECIDE, mandate, at=at, papers=[paper.sha256])
    return LocalDecision.objects.create(
        problem=locked, paper=paper, body=body, decided_on=clock.today(), registration_number=number,
        mandate=mandate, at=at, **kept_terms,
    )  # fmt: skip


@transaction.atomic
def withdraw(decision: LocalDecision, text: str, person: Person) -> LocalDecision:
    """It holds no longer, from today. Its row is taken out of the problem where what is left can be planned from; else
    it stays there, and the checker refuses what stands on it.

    Raises Refused: ``not-head-of-unit``, ``local-withdrawn``, ``decision-text``.
    """
    locked, mandate = _locked(decision.problem, person, WITHDRAW)
    if LocalDecision.objects.filter(withdraws=decision).exists():
        refuse("local-withdrawn", number=decision.registration_number)
    if not text.strip():
        refuse("decision-text", "text")
    number, at = decision.registration_number, clock.now()
    content = {"withdraws": number, "text": text.strip(), "body": _body(mandate)}
    paper = _paper(locked, content, mandate, number, at)
    events.record(locked.key, WITHDRAW, mandate, at=at, papers=[paper.sha256])
    made = LocalDecision.objects.create(
        problem=locked, withdraws=decision, paper=paper, body=_body(mandate), decided_on=clock.today(),
        registration_number=number, mandate=mandate, at=at, ground=decision.ground, tasks=decision.tasks,
        competence=decision.competence, first=clock.today(), text=text.strip(),
    )  # fmt: skip
    with suppress(Refused), transaction.atomic():
        problems.save(locked, _without(kept.newest(locked).text, number), locked.number, person, note=number)
    return made


def _locked(problem: SavedProblem, person: Person, act: str) -> tuple[SavedProblem, Mandate]:
    locked = (
        SavedProblem.objects.select_for_update(of=("self",)).select_related("owner", "unit__owner").get(pk=problem.pk)
    )
    if locked.unit is None:
        refuse("local-no-unit")
    return locked, head_of(locked.unit, person, act)


def _body(mandate: Mandate) -> str:
    return mandate.person.title or mandate.person.name


def _paper(
    problem: SavedProblem, content: Mapping[str, Any], mandate: Mandate, number: str, at: dt.datetime
) -> DocumentVersion:
    document = documents.open_document(PAPER, problem.key, problem.owner)
    paper = documents.add_version(
        document, {"problem": problem.code, **content}, person=mandate.person, mandate=mandate,
        registration_number=number, effective_at=at,
    )  # fmt: skip
    registrations.register(problem.key, problem.owner, number, mandate)
    return paper


def _may(terms: Terms, number: str, body: str) -> dict[str, Any]:
    """As a row of the file; what is as it is by default is left out."""
    found = {
        "tasks": list(terms.tasks),
        "competence": terms.competence,
        "ground": terms.ground,
        "factor": terms.factor if terms.factor != 1 else None,
        "up_to": terms.up_to if terms.up_to != 1 else None,
        "supervision": terms.supervision or None,
        "supervised_by": terms.supervised_by or None,
        "decision": number,
        "decided_by": body,
        "decided_on": terms.first,
        "valid_until": terms.last,
        "source": number,
        "status": "verified",
    }
    return {name: value for name, value in found.items() if value is not None}


def _without(text: str, number: str) -> str:
    """The file without the rows that stand on a decision."""
    rows = data_of(text).get("may", [])
    changes = [
        Change(("may", (f"#{at}",)), "removed") for at, row in enumerate(rows, 1) if row.get("decision") == number
    ]
    for change in reversed(changes):
        text = changed(text, [change])
    return text
