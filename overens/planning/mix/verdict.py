# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a plan may be carried out: a checker that shares nothing with the optimiser but the problem's file.

It adds up what the plan says, row by row, and refuses a shift on a cited reservation, on a competence or decision that
is missing or not in force, on supervision that is not there, or on what is only assumed where figures are somebody's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from overens.planning.mix.plan import Done, Plan
from overens.planning.mix.problem import May, Mix
from overens.rules.findings import Finding, error

# Hours, kronor: what rounding may make of a sum.
HOURS, KRONOR = 1e-3, 1.0


def verdict(mix: Mix, plan: Plan) -> tuple[Finding, ...]:
    """What is wrong with the plan, at ``done[task/competence]`` and the like; nothing: it may be carried out."""
    tasks, competences = {each.id for each in mix.tasks}, {each.id for each in mix.competences}
    named = ({each.task for each in plan.done} | {each.task for each in plan.undone}) - tasks
    named |= ({each.competence for each in plan.done} | {each.competence for each in plan.staff}) - competences
    if named or plan.problem != mix.id or {each.competence for each in plan.staff} != competences:
        return (error("mix-verdict-other", "problem", problem=plan.problem, named=sorted(named)),)
    if plan.synthetic != mix.synthetic:
        return (error("mix-verdict-synthetic", "synthetic"),)
    return (
        *(each for done in plan.done for each in _allowed(mix, done)),
        *_all_done(mix, plan),
        *_hours(mix, plan),
        *_money(mix, plan),
    )


def _allowed(mix: Mix, done: Done) -> Iterator[Finding]:
    at = f"done[{done.task}/{done.competence}]"
    said = {"task": done.task, "competence": done.competence}
    grounds = [may for may in mix.may if done.task in may.tasks and may.competence == done.competence]
    delegated = bool(grounds) and all(may.ground == "delegation" for may in grounds)
    for reservation in mix.reservations:
        if done.task not in reservation.tasks:
            continue
        if done.competence not in reservation.only and not (reservation.delegable and delegated):
            yield error("mix-verdict-reserved", at, **said, law=reservation.law, passage=reservation.passage)
        if reservation.status != "verified" and not mix.synthetic:
            yield error("mix-verdict-assumed", at, **said)
    if not grounds:
        yield error("mix-verdict-may-not", at, **said)
    for may in grounds:
        yield from _on_ground(mix, done, may, at)


def _on_ground(mix: Mix, done: Done, may: May, at: str) -> Iterator[Finding]:
    said = {"task": done.task, "competence": done.competence}
    begun = may.decided_on is None or may.decided_on <= mix.on
    lasts = may.valid_until is None or may.valid_until >= mix.on
    if may.ground != "occupation" and not (may.decision and may.decided_by and may.decided_on):
        yield error("mix-verdict-no-decision", at, **said)
    elif not (begun and lasts):
        yield error("mix-verdict-not-in-force", at, **said, decision=may.decision, on=mix.on.isoformat())
    if may.status == "assumed" and not mix.synthetic:
        yield error("mix-verdict-assumed", at, **said)
    wanted = next(float(each.number * each.minutes) / 60 for each in mix.tasks if each.id == done.task)
    if done.hours > float(may.up_to) * wanted + HOURS:
        yield error(
            "mix-verdict-share", at, **said, hours=round(done.hours, 2), most=round(float(may.up_to) * wanted, 2)
        )
    if done.hours < -HOURS or abs(done.time - done.hours * float(may.factor)) > HOURS:
        yield error("mix-verdict-time", at, **said, hours=round(done.time, 2),
                    right=round(done.hours * float(may.factor), 2))  # fmt: skip
    right = done.hours * float(may.supervision)
    if abs(done.supervision - right) > HOURS or (right > HOURS and done.supervised_by != may.supervised_by):
        yield error("mix-verdict-supervision", at, **said, hours=round(done.supervision, 2), right=round(right, 2),
                    supervisor=may.supervised_by)  # fmt: skip


def _all_done(mix: Mix, plan: Plan) -> Iterator[Finding]:
    """Every hour of every task is done once or missing."""
    sums: dict[str, float] = defaultdict(float)
    for done in plan.done:
        sums[done.task] += done.hours
    for undone in plan.undone:
        sums[undone.task] += undone.hours
        if undone.hours < 0:
            yield error("mix-verdict-sum", f"undone[{undone.task}]", task=undone.task, hours=undone.hours, right=0)
    for task in mix.tasks:
        right = float(task.number * task.minutes) / 60
        if abs(sums[task.id] - right) > HOURS:
            yield error("mix-verdict-sum", f"done[{task.id}]", task=task.id, hours=round(sums[task.id], 2),
                        right=round(right, 2))  # fmt: skip


def _hours(mix: Mix, plan: Plan) -> Iterator[Finding]:
    """Nobody works more than there are hours, and each hour said to be used is one that a task or supervision takes."""
    taken: dict[str, float] = defaultdict(float)
    for done in plan.done:
        taken[done.competence] += done.time
        taken[done.supervised_by] += done.supervision
    for staff in plan.staff:
        at, who = f"staff[{staff.competence}]", next(each for each in mix.competences if each.id == staff.competence)
        if abs(taken[who.id] - staff.used) > HOURS:
            yield error("mix-verdict-used", f"{at}.used", competence=who.id, hours=round(staff.used, 2),
                        right=round(taken[who.id], 2))  # fmt: skip
        if not -HOURS <= staff.added <= float(who.more) + HOURS or staff.for_patients < -HOURS:
            yield error("mix-verdict-added", f"{at}.added", competence=who.id, hours=round(staff.added, 2),
                        most=str(who.more))  # fmt: skip
        if staff.used + staff.for_patients > float(who.hours) + staff.added + HOURS:
            yield error("mix-verdict-hours", f"{at}.used", competence=who.id,
                        hours=round(staff.used + staff.for_patients, 2),
                        most=round(float(who.hours) + staff.added, 2))  # fmt: skip


def _money(mix: Mix, plan: Plan) -> Iterator[Finding]:
    """What it costs is what its hours cost, and what is missing."""
    cost = sum(each.hours for each in plan.undone) * float(mix.missing)
    for staff in plan.staff:
        who = next(each for each in mix.competences if each.id == staff.competence)
        dearer = float(who.cost if who.more_cost is None else who.more_cost)
        cost += (staff.used + staff.for_patients - staff.added) * float(who.cost) + staff.added * dearer
    if abs(cost - plan.kronor) > KRONOR:
        yield error("mix-verdict-kronor", "kronor", kronor=round(plan.kronor), right=round(cost))
    if plan.lower_bound > plan.kronor + KRONOR:
        yield error("mix-verdict-bound", "lower_bound", kronor=round(plan.kronor), bound=round(plan.lower_bound))
