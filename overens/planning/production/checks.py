# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold between the parts of a production problem."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from overens.planning.production.limits import before, whole_weeks
from overens.planning.production.problem import Competence, Production, Service, Sourced, Step, week_text
from overens.rules.agreement_checks import duplicates
from overens.rules.findings import Finding, error

# Where fewer than this share come out of a step, nobody does: shares that are rounded.
FEWEST_OUT = Decimal("0.000001")
# A plan that left more than this unused would hardly be one.
MOST_MARGIN = Decimal("0.5")


def check(problem: Production, keys: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything to be mended. Where two things have one name, only that is said; what hangs on more than names is
    looked at when all names are known.
    """
    if found := tuple(duplicates(problem.model_dump(by_alias=True, exclude_none=True))):
        return found
    found = (*_one_name(problem), *_units(problem), *_resources(problem), *_weeks(problem), *_changes(problem))
    for service in problem.services:
        found += tuple(_service(service, problem))
    found += (*_rewards(problem), *_sources(problem))
    return found or tuple(each for service in problem.services for each in _care(service, problem))


def _one_name(problem: Production) -> Iterator[Finding]:
    """Competences, rooms, beds and units are all told apart by their ids alone where a change names them."""
    seen: dict[str, str] = {}
    for kind, things in (
        ("competence", problem.competences),
        ("room", problem.rooms),
        ("bed", problem.beds),
        ("unit", problem.units),
    ):
        for each in things:
            if each.id in seen:
                yield error(
                    "production-one-name", f"{kind}[{each.id}].id", name=each.id, other=f"{seen[each.id]}[{each.id}]"
                )
            seen[each.id] = kind


def _known(names: Iterable[str], key: str, known: Iterable[str]) -> Iterator[Finding]:
    known = list(known)
    for name in names:
        if name not in known:
            yield error("production-unknown", key, name=name, known=known)


def _units(problem: Production) -> Iterator[Finding]:
    above = {each.id: each.part_of for each in problem.units}
    for unit in problem.units:
        at = f"unit[{unit.id}].part_of"
        yield from _known(filter(None, [unit.part_of]), at, above)
        seen, here = {unit.id}, unit.part_of
        while here and here not in seen:
            seen.add(here)
            here = above.get(here, "")
        if here == unit.id:
            yield error("production-unit-in-itself", at, name=unit.title)


def _not_negative(key: str, **values: Decimal | None) -> Iterator[Finding]:
    for name, value in values.items():
        if value is not None and not (value.is_finite() and value >= 0):
            yield error("production-negative", f"{key}.{name}", raw=str(value))


def _share(key: str, value: Decimal) -> Iterator[Finding]:
    if not (value.is_finite() and 0 <= value <= 1):
        yield error("production-share", key, value=str(value))


def _resources(problem: Production) -> Iterator[Finding]:
    if not 0 <= problem.margin <= MOST_MARGIN:
        yield error("production-margin", "margin", value=str(problem.margin))
    units = [each.id for each in problem.units]
    for competence in problem.competences:
        at = f"competence[{competence.id}]"
        yield from _known(filter(None, [competence.unit]), f"{at}.unit", units)
        yield from _not_negative(
            at, hours=competence.hours, cost=competence.cost, overtime_cost=competence.overtime_cost,
            hired=competence.hired, hired_cost=competence.hired_cost,
        )  # fmt: skip
        yield from _share(f"{at}.overtime", competence.overtime)
        for amount, price in (("overtime", "overtime_cost"), ("hired", "hired_cost")):
            if getattr(competence, amount) and getattr(competence, price) is None:
                yield error("production-no-price", f"{at}.{amount}", name=price)
    for room in problem.rooms:
        at = f"room[{room.id}]"
        yield from _known(filter(None, [room.unit]), f"{at}.unit", units)
        yield from _not_negative(at, hours=room.hours)
        if room.session is not None and not 0 < room.session <= room.hours:
            yield error("production-session", f"{at}.session", session=str(room.session), hours=str(room.hours))
    for bed in problem.beds:
        yield from _known(filter(None, [bed.unit]), f"bed[{bed.id}].unit", units)
        yield from _not_negative(f"bed[{bed.id}]", number=bed.number)


def _weeks(problem: Production) -> Iterator[Finding]:
    if problem.by not in problem.mondays:
        first, last = week_text(problem.mondays[0]), week_text(problem.mondays[-1])
        yield error("production-week-outside", "by", raw=week_text(problem.by), first=first, last=last)


def _changes(problem: Production) -> Iterator[Finding]:
    known = [each.id for each in (*problem.competences, *problem.rooms, *problem.beds, *problem.units)]
    for number, change in enumerate(problem.changes, start=1):
        at = f"change[#{number}]"
        yield from _known(change.what, f"{at}.what", known)
        yield from _not_negative(at, share=change.share)
        if change.first > change.last:
            yield error(
                "production-weeks-order", f"{at}.last", first=week_text(change.first), last=week_text(change.last)
            )


def _rewards(problem: Production) -> Iterator[Finding]:
    known = [f"{service.id}.{step.id}" for service, step in problem.every_step]
    for reward in problem.rewards:
        at = f"reward[{reward.id}]"
        yield from _known(reward.steps, f"{at}.steps", known)
        yield from _not_negative(at, base=reward.base)
        if reward.first > reward.last:
            yield error(
                "production-weeks-order", f"{at}.last", first=week_text(reward.first), last=week_text(reward.last)
            )


def _service(service: Service, problem: Production) -> Iterator[Finding]:
    at = f"service[{service.id}]"
    steps = [each.id for each in service.steps]
    if not steps:
        yield error("production-no-steps", f"{at}.step", name=service.title)
    yield from _known(filter(None, [service.unit]), f"{at}.unit", (each.id for each in problem.units))
    yield from _known(filter(None, [service.referred_to]), f"{at}.referred_to", steps)
    yield from _known(service.priorities, f"{at}.priorities", problem.every_priority)
    for name, share in service.priorities.items():
        yield from _share(f"{at}.priorities.{name}", share)
    if (total := sum(service.priorities.values(), Decimal(0))) > 1:
        yield error("production-shares-sum", f"{at}.priorities", total=str(total))
    if not -1 < service.growth <= 1:
        yield error("production-growth", f"{at}.growth", value=str(service.growth))
    for step in service.steps:
        yield from _step(step, f"{at}.step[{step.id}]", steps, problem)


def _step(step: Step, at: str, steps: list[str], problem: Production) -> Iterator[Finding]:
    limits = [each.id for each in problem.limits]
    yield from _known(filter(None, [step.limit]), f"{at}.limit", limits)
    yield from _known(step.limits, f"{at}.limits", problem.every_priority)
    yield from _known(step.limits.values(), f"{at}.limits", limits)
    for key, things, needs in (
        ("minutes", problem.competences, step.minutes),
        ("rooms", problem.rooms, step.rooms),
        ("beds", problem.beds, step.beds),
    ):
        yield from _known(needs, f"{at}.{key}", (each.id for each in things))
        for name, amount in needs.items():
            if not (amount.is_finite() and amount > 0):
                yield error("production-zero-minutes", f"{at}.{key}.{name}", name=name, raw=str(amount))
    if not step.minutes:
        yield error("production-no-minutes", f"{at}.minutes", name=step.title)
    yield from _share(f"{at}.leaving", step.leaving)
    yield from _not_negative(at, bought=step.bought)
    if step.bought and step.price is None:
        yield error("production-no-price", f"{at}.bought", name="price")
    targets = [each.step for each in step.next]
    for number, onward in enumerate(step.next, start=1):
        yield from _known([onward.step], f"{at}.next[#{number}].step", steps)
        yield from _share(f"{at}.next[#{number}].share", onward.share)
        if targets.index(onward.step) < number - 1:
            yield error("production-next-twice", f"{at}.next[#{number}].step", name=onward.step)
    if (total := sum((each.share for each in step.next), Decimal(0))) > 1:
        yield error("production-shares-sum", f"{at}.next", total=str(total))


def _sources(problem: Production) -> Iterator[Finding]:
    """What was read says where; only a made-up problem may stand on what is assumed."""
    sourced: list[tuple[str, Sourced]] = [(f"limit[{each.id}]", each) for each in problem.limits]
    sourced += [(f"competence[{each.id}]", each) for each in problem.competences]
    sourced += [(f"room[{each.id}]", each) for each in problem.rooms]
    sourced += [(f"bed[{each.id}]", each) for each in problem.beds]
    sourced += [(f"service[{service.id}].step[{step.id}]", step) for service, step in problem.every_step]
    sourced += [(f"reward[{each.id}]", each) for each in problem.rewards]
    for at, each in sourced:
        if each.status == "verified" and (each.source == "not stated" or not each.address):
            yield error("production-verified-where", f"{at}.status", name=each.title)
        elif each.status == "assumed" and not problem.synthetic:
            yield error("production-assumed", f"{at}.status", name=each.title)


def _care(service: Service, problem: Production) -> Iterator[Finding]:
    """What hangs on how the steps lead to each other and on who there is."""
    if circle := endless(service):
        yield error("production-endless", f"service[{service.id}].step[{circle[0]}].next", steps=list(circle))
        return
    there = {each.id: _any_time(each, problem) for each in problem.competences}
    space = {each.id: bool(each.hours) for each in problem.rooms} | {
        each.id: bool(each.number) for each in problem.beds
    }
    for step in service.steps:
        at = f"service[{service.id}].step[{step.id}]"
        for name in step.minutes:
            if not there[name] and not step.bought:
                yield error("production-nobody", f"{at}.minutes.{name}", name=name, step=step.title)
        for key, needs in (("rooms", step.rooms), ("beds", step.beds)):
            for name in needs:
                if not space[name] and not step.bought:
                    yield error("production-nowhere", f"{at}.{key}.{name}", name=name, step=step.title)
        yield from _limits(service, step, at, problem)


def _any_time(competence: Competence, problem: Production) -> bool:
    """Whether there is anybody in any week."""
    return bool(competence.hours or competence.hired)


def endless(service: Service) -> tuple[str, ...]:
    """The steps that lead to each other without anybody ever coming out of them; none where care ends."""
    ends = {step.id for step in service.steps if sum((each.share for each in step.next), FEWEST_OUT) < 1}
    while more := [
        step.id
        for step in service.steps
        if step.id not in ends and any(each.share > 0 and each.step in ends for each in step.next)
    ]:
        ends.update(more)
    return tuple(step.id for step in service.steps if step.id not in ends)


def _limits(service: Service, step: Step, at: str, problem: Production) -> Iterator[Finding]:
    """A limit that counts from the referral is shared by the steps on the way, which need limits of their own."""
    limits = {each.id: each for each in problem.limits}
    for priority in problem.every_priority:
        name = step.limits.get(priority, step.limit)
        if not name or limits[name].counted_from == "step":
            continue
        key = f"{at}.limits" if priority in step.limits else f"{at}.limit"
        way = before(service, step)
        if way is None:
            yield error("production-limit-way", key, name=limits[name].title, step=step.title)
        elif without := [each.title for each, _ in way if not each.limits.get(priority, each.limit)]:
            yield error("production-limit-before", key, name=limits[name].title, steps=without)
        elif whole_weeks(service, step, priority, problem) is None:
            yield error("production-limit-short", key, name=limits[name].title, days=limits[name].days)
        else:
            continue
        return
