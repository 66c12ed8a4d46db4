# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a plan can be carried out and is as it says: reckoned anew, week by week, by nothing that made the plan."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import fields

import numpy as np

from overens.planning.production.earning import Pays, earned
from overens.planning.production.flow import Floats, Flow, Plan
from overens.planning.production.problem import week_text
from overens.rules.findings import Finding, Level, Where

# So much of a patient, an hour or a day is nought; and so much of a sum of money.
SMALL = 1e-4
SMALL_SHARE = 1e-6
# A part of a patient that is not worth a warning.
SMALL_PATIENT = 0.05


def verdict(flow: Flow, plan: Plan, pays: Sequence[Pays] = ()) -> tuple[Finding, ...]:
    """Errors where the plan cannot be carried out or says what is not so; warnings of limits that it does not keep and
    of lists that grow. Each says where it is worst, by how much, and in how many weeks.
    """
    shapes = tuple(_shapes(flow, plan))
    if shapes:
        return shapes
    waiting, late, grown = recount(flow, plan.begun)
    return (
        *_signs(plan),
        *_patients(flow, plan, waiting, late),
        *_hours(flow, plan),
        *_rooms(flow, plan),
        *_sums(flow, plan, pays, waiting, late, grown),
        *_limits(flow, late, grown),
    )


def is_sound(findings: Sequence[Finding]) -> bool:
    return not any(each.level == "error" for each in findings)


def recount(flow: Flow, begun: Floats) -> tuple[Floats, Floats, Floats]:
    """What comes of begun[W, N, K]: waiting and late[W, N, K] at the end of each week, nobody leaving the list, and
    grown[N, K], those who have joined before the last week and outnumber all that are begun. Waiting below nought:
    more were begun than there were.
    """
    longest = flow.waiting.shape[2]
    weeks, steps, kinds = begun.shape
    joined = np.array(flow.referred, float)
    for week in range(weeks):
        for source in range(steps):
            for target in range(steps):
                if flow.onward[source, target] and week + flow.after[source, target] < weeks:
                    ready = week + flow.after[source, target]
                    joined[ready, target] += begun[week, source] * flow.onward[source, target]
    waiting, late = np.zeros_like(begun), np.zeros_like(begun)
    for step in range(steps):
        for kind in range(kinds):
            at_start = flow.waiting[step, kind][::-1]
            # Those who came so many weeks before the first one, the last of them just before it, and then the others.
            came = np.concatenate([at_start, joined[:, step, kind]])
            for week in range(weeks):
                gone = begun[: week + 1, step, kind].sum()
                waiting[week, step, kind] = came[: longest + week + 1].sum() - gone
                if np.isfinite(flow.limit[step, kind]):
                    due = longest + week + 1 - int(flow.limit[step, kind])
                    late[week, step, kind] = max(came[: max(due, 0)].sum() - gone, 0.0)
    grown = joined[:-1].sum(0) - begun.sum(0)
    return waiting, late, np.maximum(grown, 0.0)


def _shapes(flow: Flow, plan: Plan) -> Iterator[Finding]:
    weeks, steps, kinds = flow.referred.shape
    services = max(each.number for each in flow.steps) + 1
    patients, hours = (weeks, steps, kinds), (weeks, len(flow.competences))
    wanted = {
        "begun": patients, "bought": patients, "late": patients, "ordinary": hours, "overtime": hours, "hired": hours,
        "opened": (weeks, len(flow.rooms), services), "worth": hours, "room_worth": (weeks, len(flow.rooms)),
        "bed_worth": (weeks, len(flow.beds)),
    }  # fmt: skip
    for each in fields(plan):
        value = np.asarray(getattr(plan, each.name), float)
        if value.shape != wanted.get(each.name, ()) or np.isnan(value).any():
            yield _error("shape", each.name, name=each.name)


def _signs(plan: Plan) -> Iterator[Finding]:
    for each in fields(plan):
        value = np.asarray(getattr(plan, each.name), float)
        if each.name not in ("objective", "lower_bound") and value.min(initial=0.0) < -SMALL:
            yield _error("negative", each.name, name=each.name, much=_told(-value.min()))


def _patients(flow: Flow, plan: Plan, waiting: Floats, late: Floats) -> Iterator[Finding]:
    names = [[_step(flow, step), kind] for step in range(len(flow.steps)) for kind in flow.priorities]
    for code, name, excess in (
        ("nobody-there", "begun", -waiting),
        ("bought-not-begun", "bought", plan.bought - plan.begun),
        ("late-untold", "late", np.abs(late - plan.late)),
    ):
        for column, (step, kind) in enumerate(names):
            yield from _worst(flow, code, name, excess.reshape(len(excess), -1)[:, column], step=step, priority=kind)
    for at in range(len(flow.steps)):
        above = plan.bought[:, at].sum(1) - flow.bought[:, at]
        yield from _worst(flow, "bought-above", "bought", above, step=_step(flow, at))


def _hours(flow: Flow, plan: Plan) -> Iterator[Finding]:
    own = (plan.begun - plan.bought).sum(2)
    for column, competence in enumerate(flow.competences):
        for name in ("ordinary", "overtime", "hired"):
            there = flow.hours if name == "ordinary" else getattr(flow, name)
            above = getattr(plan, name)[:, column] - there[:, column]
            yield from _worst(flow, "hours-above", name, above, kind=f"production-{name}", competence=competence)
        used = own @ flow.minutes[:, column] / 60 / (1 - flow.margin)
        said = plan.ordinary[:, column] + plan.overtime[:, column] + plan.hired[:, column]
        yield from _worst(flow, "hours-short", "begun", used - said, competence=competence)
    for column, bed in enumerate(flow.beds):
        taken = np.array([in_bed(days) for days in flow.bed_days[:, column]])
        above = own @ taken / (1 - flow.margin) - flow.bed_days_there[:, column]
        yield from _worst(flow, "beds-short", "begun", above, bed=bed)


def in_bed(days: float) -> float:
    """What a patient takes of a week's bed-days: seven times the chance of being in the bed on Friday, reckoned from
    each Monday to Friday of the weeks before and of this one, that are a fifth each.
    """
    there, ago = 0.0, 0
    while days > 0 and ago < 60 * (days + 1):
        there += math.exp(-ago / days) / 5 if ago % 7 < 5 else 0.0
        ago += 1
    return 7 * there


def _rooms(flow: Flow, plan: Plan) -> Iterator[Finding]:
    own = (plan.begun - plan.bought).sum(2)
    numbers = np.array([each.number for each in flow.steps])
    for column, room in enumerate(flow.rooms):
        used = own * flow.room_minutes[:, column] / 60 / (1 - flow.margin)
        session, opened = flow.session[column], plan.opened[:, column]
        if not session:
            yield from _worst(flow, "room-short", "begun", used.sum(1) - flow.room_hours[:, column], room=room)
            yield from _worst(flow, "session-part", "opened", opened.sum(1), room=room)
            continue
        yield from _worst(flow, "session-part", "opened", np.abs(opened - np.round(opened)).max(1), room=room)
        yield from _worst(
            flow, "sessions-above", "opened", opened.sum(1) * session - flow.room_hours[:, column], room=room
        )
        for number in range(opened.shape[1]):
            short = used[:, numbers == number].sum(1) - opened[:, number] * session
            service = next((each.service for each in flow.steps if each.number == number), "")
            yield from _worst(flow, "session-short", "begun", short, room=room, service=service)


def _sums(
    flow: Flow, plan: Plan, pays: Sequence[Pays], waiting: Floats, late: Floats, grown: Floats
) -> Iterator[Finding]:
    """By docs/production-plan.md, with the price of a late week that the plan says."""
    if abs(gained(pays, plan.begun) - plan.earned) > 1 + SMALL_SHARE * plan.earned:
        yield _error("earned", "earned", stated=round(plan.earned), found=gained(pays, plan.begun))
    weight = np.array([len(flow.priorities) - at for at in range(len(flow.priorities))], float)
    counted = [week for week in range(flow.weeks) if week + 1 >= flow.by]
    before = [week for week in range(flow.weeks) if week + 1 < flow.by]
    objective = (
        cost(flow, plan)
        + left_after(flow, plan.begun, waiting)
        + float((waiting * weight).sum())
        + 10 * float((late[before] * weight).sum())
        + plan.late_price * float((late[counted] * weight).sum() + (grown * weight).sum())
        - plan.earned
    )
    if abs(objective - plan.objective) > 1 + SMALL_SHARE * abs(objective):
        yield _error("objective", "objective", stated=round(plan.objective), found=round(objective))
    if plan.lower_bound > plan.objective + SMALL_SHARE * abs(plan.objective):
        yield _error("bound", "lower_bound", bound=round(plan.lower_bound), objective=round(plan.objective))


def cost(flow: Flow, plan: Plan) -> float:
    """Kronor: hours, and patients bought."""
    hours = plan.ordinary @ flow.cost + plan.overtime @ flow.overtime_cost + plan.hired @ flow.hired_cost
    return float(hours.sum() + (plan.bought.sum(2) @ flow.price).sum())


def gained(pays: Sequence[Pays], begun: Floats) -> int:
    return sum(earned(each, begun) for each in pays)


def left_after(flow: Flow, begun: Floats, waiting: Floats) -> float:
    """Kronor that those have yet to cost who wait after the last week or come to a step after it, at the price of
    ordinary hours, or of others where that is less. What one costs is followed from step to step until nothing is left.
    """
    each = np.zeros(len(flow.steps))
    for step in range(len(flow.steps)):
        own, price = float(flow.minutes[step] @ flow.cost) / 60 / (1 - flow.margin), flow.price[step]
        each[step] = price if flow.bought[:, step].any() and (own <= 0 or price < own) else own
    still = waiting[-1].sum(1)
    for week in range(flow.weeks):
        for source, target in zip(*np.nonzero(flow.onward), strict=True):
            if week + flow.after[source, target] >= flow.weeks:
                still[target] += begun[week, source].sum() * flow.onward[source, target]
    total = 0.0
    while still.sum() > 1e-9:
        total += float(still @ each)
        still = still @ flow.onward
    return total


def _limits(flow: Flow, late: Floats, grown: Floats) -> Iterator[Finding]:
    weeks = slice(max(flow.by - 1, 0), None)
    for step in range(len(flow.steps)):
        for kind, priority in enumerate(flow.priorities):
            short = np.zeros(flow.weeks)
            short[weeks] = late[weeks, step, kind]
            values = {"step": _step(flow, step), "priority": priority}
            yield from _worst(flow, "limit-not-kept", "late", short, "warning", **values)
            if grown[step, kind] > SMALL_PATIENT:
                much = _told(grown[step, kind])
                yield Finding("production-plan-grown", "warning", {**values, "much": much}, Where(key="begun"))


def _worst(
    flow: Flow, code: str, key: str, excess: Floats, level: Level = "error", **values: object
) -> Iterator[Finding]:
    """excess[W]: by how much, where it is above nought."""
    small = SMALL if level == "error" else SMALL_PATIENT
    weeks = np.flatnonzero(excess > small)
    if len(weeks):
        worst = int(excess.argmax())
        said = {
            **values, "week": week_text(flow.monday(worst)), "much": _told(excess[worst]), "count": len(weeks),
            "first": week_text(flow.monday(int(weeks[0]))), "last": week_text(flow.monday(int(weeks[-1]))),
        }  # fmt: skip
        yield Finding(f"production-plan-{code}", level, said, Where(key=key))


def _step(flow: Flow, at: int) -> str:
    return f"{flow.steps[at].service}.{flow.steps[at].step}"


def _told(much: float) -> float:
    return round(float(much), 2 if much < 10 else 1)


def _error(code: str, key: str, **values: object) -> Finding:
    return Finding(f"production-plan-{code}", "error", values, Where(key=key))
