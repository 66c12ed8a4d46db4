# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The shipped mix as a unit of a region keeps it, with its head's decision, a plan, and a week as it became."""

from __future__ import annotations

from overens.people.models import Organisation
from overens.planner import mixes, reading
from overens.planner.actions import deciding, entries, local, mixing, problems
from overens.planner.models import Computed, DecisionKind, ProblemKind, SavedProblem, Unit
from overens.planning.mix import by_hand
from overens.planning.mix import reading as mix
from overens.records import clock, runs
from overens.rules.process import Role
from tests.integration.planner.heads import head
from tests.integration.planner.scenarios import OWNER, planner

TEXT = mix.find("exempel").read_text(encoding="utf-8")


def problem(text: str = TEXT, *, unit: str = "Barnkliniken") -> SavedProblem:
    """Of a unit with a head of operations; without a unit: of the whole region."""
    owner, of = Organisation.objects.get(code=OWNER), None
    if unit:
        of = Unit.objects.filter(owner=owner, title=unit).first() or entries.add_unit(owner, unit, planner())
        has_head = of.owner.mandates.filter(role=Role.HEAD_OF_OPERATIONS).exists()
        if of.code == "barnkliniken" and not has_head:
            head(of.code)
    return problems.create(ProblemKind.MIX, text, owner, planner(), unit=of)


def terms(number: str = "VC 1", **changed: object) -> local.Terms:
    found: dict[str, object] = {
        "number": number, "ground": "competence", "tasks": ("lakemedelsforrad",), "competence": "service",
        "first": clock.today(),
    }  # fmt: skip
    return local.Terms(**{**found, **changed})  # type: ignore[arg-type]


def computed(saved: SavedProblem) -> Computed:
    """As a worker does it."""
    run = mixing.ask(reading.newest(saved), "cost", 60, 1, planner())
    runs.carry_out.call(run.pk)
    found = mixes.last(saved)
    assert found is not None
    return found


def reported(saved: SavedProblem) -> str:
    """As planned."""
    found = mixes.last(saved)
    assert found is not None
    _mix, plan, _prices = mixes.opened(found)
    return by_hand.as_table({(each.task, each.competence): each.time for each in plan.done})


def numbers() -> dict[str, str | int]:
    saved = problem()
    decision = local.decide(
        saved, terms(), saved.owner.mandates.get(role=Role.HEAD_OF_OPERATIONS, unit="barnkliniken").person
    )
    found = computed(saved)
    deciding.decide(
        found.of, DecisionKind.PLAN, "Prövas.", "Verksamhetschefen", clock.today(), planner(), computed=found
    )
    saved.refresh_from_db()
    mixing.save_reported(saved, reported(saved), clock.today(), saved.number, planner())
    return {
        "mix": saved.code,
        "mix_run": found.run_id,
        "mix_decision": decision.pk,
        "mix_day": clock.today().isoformat(),
    }
