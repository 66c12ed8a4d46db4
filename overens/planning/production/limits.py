# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Limits in days as whole weeks, in which production is planned."""

from __future__ import annotations

from overens.planning.production.problem import Production, Service, Step


def in_weeks(days: int) -> int:
    """So many weeks after the one in which it was decided on may a step begin, whatever the days of the weeks: from
    Monday to the Friday so many weeks after are no more than these days. 0 also where the days are fewer than that.
    """
    return max(0, (days - 4) // 7)


def before(service: Service, step: Step) -> tuple[tuple[Step, int], ...] | None:
    """The steps that a patient has had before a step, with the weeks from each to the next; None where there are
    several ways to it from the referral, or none.
    """
    first = service.referred_to or service.steps[0].id
    steps = {each.id: each for each in service.steps}
    way: list[tuple[Step, int]] = []
    here = step.id
    while here != first:
        from_ = [
            (each, onward.weeks)
            for each in steps.values()
            for onward in each.next
            if onward.step == here and each.id != here
        ]
        if len(from_) != 1 or any(from_[0][0] is each for each, _ in way):
            return None
        way.insert(0, from_[0])
        here = from_[0][0].id
    return tuple(way)


def whole_weeks(service: Service, step: Step, priority: str, problem: Production) -> int | None:
    """The limit of a step for a priority, from when the step was decided on; None where it has none, or where nothing
    is left of it. Of a limit that counts from the referral, the limits of the steps before and the weeks between them
    are taken away.
    """
    name = step.limits.get(priority, step.limit)
    limit = next((each for each in problem.limits if each.id == name), None)
    if limit is None:
        return None
    weeks = in_weeks(limit.days)
    if limit.counted_from == "referral":
        for earlier, after in before(service, step) or ():
            weeks -= after + (whole_weeks(service, earlier, priority, problem) or 0)
    return weeks if weeks >= 0 else None
