# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mix in the chain of plans: volumes from a production plan, minutes back to it, and changes of what is needed.

Competences are the same in two problems when their ids are. The mean week of a plan stands for all of them (assumed).
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from overens.planning.mix.plan import Plan
from overens.planning.mix.problem import Mix
from overens.planning.production.flow import Flow
from overens.planning.production.flow import Plan as Produced
from overens.planning.supply.scenario import Change
from overens.rules.findings import refuse

# Numbers and minutes are written with so many decimals; a share with these.
WRITTEN, SHARE = Decimal("0.0001"), Decimal("0.000001")


def with_volumes(mix: Mix, flow: Flow, produced: Produced, first: int = 0, weeks: int | None = None) -> Mix:
    """The problem with the number of each task that belongs to a step taken from a production plan: those who begin
    the step in a mean week of [first, first + weeks) and are not bought from others, each ``times``.

    Raises Refused (``mix-unknown``) at ``task[…].step`` where the plan has no such step.
    """
    own = (produced.begun - produced.bought)[first : None if weeks is None else first + weeks]
    volumes = dict(zip((f"{each.service}/{each.step}" for each in flow.steps), own.sum(2).mean(0), strict=True))
    for task in mix.tasks:
        if task.step and task.step not in volumes:
            refuse("mix-unknown", f"task[{task.id}].step", name=task.step, known=sorted(volumes))
    tasks = tuple(
        each.model_copy(update={"number": (Decimal(float(volumes[each.step])) * each.times).quantize(WRITTEN)})
        if each.step
        else each
        for each in mix.tasks
    )
    return mix.model_copy(update={"tasks": tasks})


def minutes(mix: Mix, plan: Plan) -> dict[str, dict[str, Decimal]]:
    """By step ("service/step"), minutes of each competence for one patient: what ``Step.minutes`` of a production
    problem takes. Supervision is among them; what is missing is nobody's.
    """
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for task in mix.tasks:
        patients = task.number / task.times
        if not task.step or not patients:
            continue
        for done in plan.done:
            if done.task == task.id:
                found[task.step][done.competence] += _minutes(done.time) / patients
                if done.supervised_by:
                    found[task.step][done.supervised_by] += _minutes(done.supervision) / patients
    return {step: {who: each.quantize(WRITTEN) for who, each in of.items()} for step, of in found.items()}


def _minutes(hours: float) -> Decimal:
    return Decimal(str(hours)) * 60


def changes(mix: Mix, plan: Plan, first: int, last: int) -> tuple[Change, ...]:
    """Shifts of tasks for a scenario of supply, each beginning in ``first`` and whole in ``last``: the share of a
    competence's time today that another takes over, and its hours for each hour. Competences without an occupation
    there, and two of the same occupation, are left out.
    """
    occupation = {each.id: each.occupation for each in mix.competences}
    hours = {each.competence: each.used_today for each in plan.staff}
    freed: dict[tuple[str, str], float] = defaultdict(float)
    taken: dict[tuple[str, str], float] = defaultdict(float)
    for moved in plan.moved:
        pair = (moved.giver, moved.taker)
        if moved.taker and occupation[moved.giver] and occupation[moved.taker]:
            freed[pair] += moved.freed
            taken[pair] += moved.taken
    return tuple(
        Change(
            id=f"{giver}-{taker}",
            title=f"{giver} → {taker}",
            kind="task-shift",
            occupations=(occupation[giver],),
            to=occupation[taker],
            share=Decimal(hours_freed / hours[giver]).quantize(SHARE),
            factor=Decimal(taken[giver, taker] / hours_freed).quantize(SHARE),
            first=first,
            last=last,
            source=mix.id,
        )
        for (giver, taker), hours_freed in freed.items()
        if occupation[giver] != occupation[taker]
    )
