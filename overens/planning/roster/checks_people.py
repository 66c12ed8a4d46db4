# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold of each person of a rota problem, and of all of them together against what must be covered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from overens.planning.roster.building import can, counts, covered, due, length, on_leave
from overens.planning.roster.problem import AWAY, Duty, Person, Roster
from overens.planning.roster.strange import strange
from overens.planning.roster.words import named
from overens.rules.findings import Finding, error

DAY = 24 * 60


def check(roster: Roster) -> Iterator[Finding]:
    new = {
        who.id for who in roster.persons
        if who.introduction_until is not None and who.introduction_until > roster.first
    }  # fmt: skip
    for who in roster.persons:
        at = f"person[{who.id}]"
        yield from strange(roster, f"{at}.day_break", who.day_break)
        yield from _leave(who, at)
        yield from _duties(roster, who, at)
        yield from _wishes(who, at)
        if who.id in new and not who.supervisors:
            yield error("roster-introduced", f"{at}.introduction_until", person=who.title)
        if who.id in who.supervisors:
            yield error("roster-itself", f"{at}.supervisors", person=who.title)
        for other in roster.persons:
            if other.id in new & {*who.supervisors} - {who.id}:
                yield error("roster-supervisor-new", f"{at}.supervisors", person=other.title)
        yield from _contract(roster, who, at)


def _leave(who: Person, at: str) -> Iterator[Finding]:
    for row, leave in enumerate(who.leave, start=1):
        if leave.last >= leave.first:
            continue
        said = {"first": f"{leave.first}", "last": f"{leave.last}"}
        # A leave over New Year with the old year at both ends; 29 February is not within a month of one.
        if leave.first.month > leave.last.month and leave.first.year == leave.last.year:
            perhaps = f"{leave.last.year + 1}{leave.last:-%m-%d}"
            yield error("roster-leave-year", f"{at}.leave[#{row}].last", **said, perhaps=perhaps)
        else:
            yield error("roster-leave-order", f"{at}.leave[#{row}].last", **said)


def _duties(roster: Roster, who: Person, at: str) -> Iterator[Finding]:
    """What is given, with the last days before the period: on leave, twice, overlapping, beyond one's competence."""
    shifts = {each.id: each for each in roster.shifts}
    days: dict[date, Duty] = {}
    keyed = [(f"{at}.before[#{row}]", duty) for row, duty in enumerate(who.before, start=1)]
    keyed += [(f"{at}.duty[#{row}]", duty) for row, duty in enumerate(who.duties, start=1)]
    for key, duty in sorted(keyed, key=lambda each: each[1].day):
        shift, said = shifts[duty.shift], {"person": who.title, "day": f"{duty.day}"}
        yesterday = days.get(duty.day - timedelta(days=1))
        if on_leave(who, duty.day):
            yield error("roster-on-leave", f"{key}.day", **said, shift=duty.shift)
        if duty.day in days:
            yield error("roster-duty-twice", f"{key}.day", **said)
        elif yesterday is not None:
            earlier = shifts[yesterday.shift]
            start, begun = (each.hour * 60 + each.minute for each in (shift.start, earlier.start))
            if begun + length(earlier) > DAY + start:
                yield error("roster-duty-overlap", f"{key}.day", **said, shift=duty.shift, before=yesterday.shift)
        if not can(who, shift):
            needed = list(shift.competences)
            yield error("roster-duty-able", f"{key}.shift", person=who.title, shift=duty.shift, needed=needed)
        days[duty.day] = duty


def _wishes(who: Person, at: str) -> Iterator[Finding]:
    working = {wish.day for wish in who.wishes if wish.want == "on"}
    for row, wish in enumerate(who.wishes, start=1):
        said = {"person": who.title, "day": f"{wish.day}"}
        if wish.want == "on" and on_leave(who, wish.day):
            yield error("roster-wish-on-leave", f"{at}.wish[#{row}].day", **said)
        same = {each.shift for each in who.wishes if each.day == wish.day and each.want == "on"}
        if wish.want == "off" and wish.day in working and (not wish.shift or wish.shift in same):
            yield error("roster-wishes-clash", f"{at}.wish[#{row}].day", **said)


def _within(roster: Roster) -> int | None:
    """Minutes that everybody's work may differ from the contract; None where no rule says that it must hold."""
    hard = [rule.value for rule in roster.rules if rule.kind == "contract-hours" and rule.weight is None]
    return int(min(hard) * 60) if hard else None


def _contract(roster: Roster, who: Person, at: str) -> Iterator[Finding]:
    """That whole shifts can add up to what the contract says, in the days that there are."""
    within = _within(roster)
    if within is None:
        return
    hours, lengths = due(roster, who), {length(each) - each.break_ for each in roster.shifts if can(who, each)}
    resting = any(rule.kind == "weekly-rest" and rule.weight is None for rule in roster.rules)
    days, possible = 0, 0
    for week in range(roster.weeks):
        there = sum(not on_leave(who, roster.first + timedelta(days=7 * week + day)) for day in range(7))
        days += there
        possible += min(there, 6 if resting else 7)
    averages = [rule.value for rule in roster.rules if rule.kind == "week-hours" and rule.weight is None]
    most = min([possible * max(lengths, default=0), *(int(each * 60) * days // 7 for each in averages)])
    said = {"person": who.title, "due": round(hours / 60, 2)}
    if hours - within > most:
        yield error("roster-contract-much", f"{at}.share", **said, most=round(most / 60, 2), days=days)
        return
    closest = nearest(lengths, hours)
    if abs(closest - hours) > within:
        near, much = round(closest / 60, 2), round(within / 60, 2)
        yield error("roster-contract-whole", f"{at}.share", **said, within=much, nearest=near)


def nearest(lengths: set[int], wanted: int) -> int:
    """The sum of whole shifts that is nearest. Bit n of ``sums``: n minutes can be had."""
    highest = wanted + max(lengths, default=0)
    sums = 1
    for each in lengths:
        step = each
        while step <= highest:
            sums |= sums << step
            step *= 2
        sums &= (1 << (highest + 1)) - 1
    below = (sums & ((1 << (wanted + 1)) - 1)).bit_length() - 1
    beyond = sums >> wanted
    above = wanted + (beyond & -beyond).bit_length() - 1 if beyond else below
    return min(below, above, key=lambda at: abs(at - wanted))


def demand(roster: Roster) -> Iterator[Finding]:
    """What is needed at least against all who are there. That somebody is away who was to work is a fact that no file
    can mend: what is too little only then is a warning.
    """
    planned = [
        who.model_copy(update={"leave": tuple(each for each in who.leave if each.why != AWAY)})
        for who in roster.persons
    ]  # fmt: skip
    found = list(_demand(roster.model_copy(update={"persons": tuple(planned)})))
    yield from found
    for each in () if found else _demand(roster):
        yield Finding(f"roster-away-{each.code.removeprefix('roster-demand-')}", "warning", each.values, each.where)


def _demand(roster: Roster) -> Iterator[Finding]:
    """Day by day (the first that fails), and in hours in all."""
    shifts = {each.id: each for each in roster.shifts}
    needed: dict[tuple[str, int], int] = defaultdict(int)
    rows: dict[str, int] = {}
    hours: dict[str, int] = defaultdict(int)
    for row, cover in enumerate(roster.cover, start=1):
        for day in covered(roster, cover):
            needed[cover.competence, day] += cover.least
            hours[cover.competence] += cover.least * (length(shifts[cover.shift]) - shifts[cover.shift].break_)
        if cover.least:
            rows.setdefault(cover.competence, row)
    titles = {each.id: named(each) for each in roster.competences}
    for competence, row in rows.items():
        cover = roster.cover[row - 1]
        for day in range(7 * roster.weeks):
            on = roster.first + timedelta(days=day)
            there = sum(counts(who, cover, on) and not on_leave(who, on) for who in roster.persons)
            if needed[competence, day] > there:
                said = {"day": f"{on}", "needed": needed[competence, day], "there": there}
                yield error("roster-demand-day", f"cover[#{row}].least", **said, competence=titles[competence])
                break
        within = _within(roster)
        if within is None:
            continue
        has = sum(due(roster, who) + within for who in roster.persons if competence in who.competences)
        if hours[competence] > has:
            said = {"needed": round(hours[competence] / 60), "there": round(has / 60)}
            yield error("roster-demand-hours", f"cover[#{row}].least", **said, competence=titles[competence])
