# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How each kind of rule is written as constraints: by how much too much, of one person's shifts.

Days before the period are constants, so that nothing needs to be said of them apart. A run of days is told by the
windows that it would fill, rest by where in a window it could lie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from overens.planning.constraints import LinearExpr, Literal
from overens.planning.roster.formulation import Chain, Excess, Form
from overens.planning.roster.rules import DAY, SATURDAY, Case, Kind, Rule

WEEK = 7
EACH_HOUR = 60
Found = Iterator[Chain]
Duty = tuple[int, int]


def _one(expr: LinearExpr, most: int) -> Chain:
    return (Excess((expr,), most),)


def _spans(case: Case, rule: Rule) -> list[range]:
    if not rule.days or rule.days >= case.days:
        return [range(case.before, case.last)]
    return [range(at, at + rule.days) for at in range(case.before, case.last - rule.days + 1)]


def _minutes(form: Form, who: int, days: Iterable[int], shifts: Iterable[int]) -> LinearExpr:
    duties = [(day, shift) for day in days for shift in shifts]
    on = [form.on[who][day][shift] for day, shift in duties]
    return LinearExpr.weighted_sum(on, [int(form.case.minutes[duty]) for duty in duties])


def most_shifts(form: Form, rule: Rule, who: int) -> Found:
    case = form.case
    works = {day: form.works(who, day, rule.shifts) for day in range(case.before, case.last)}
    yield from _too_many(case, rule, works, works)


def _too_many(case: Case, rule: Rule, ends: Iterable[int], works: Mapping[int, LinearExpr]) -> Found:
    """Each that is worked by how many are too many in the days that end with it; without windows, all at once."""
    if not 0 < rule.days < case.days:
        yield _one(LinearExpr.sum([*works.values()]) - rule.value, len(works) - rule.value)
        return
    for day, end in zip(works, ends, strict=True):
        within = [works[each] for each in works if end - rule.days < each <= day]
        most = len(within) - rule.value
        # Where the day itself is off, nothing.
        yield _one(LinearExpr.sum(within) - rule.value - most * (1 - works[day]), most)


def least_shifts(form: Form, rule: Rule, who: int) -> Found:
    """With a supervisor there, where the person has any: a shift that is counted needs one."""
    counted: list[LinearExpr] = []
    for day in range(form.case.before, rule.until):
        if not form.case.supervisors[who]:
            counted.append(form.works(who, day, rule.shifts))
            continue
        for shift in sorted(rule.shifts):
            with_one = form.model.new_bool_var("")
            form.model.add_implication(with_one, form.on[who][day][shift])
            form.model.add(with_one <= LinearExpr.sum(_supervisors(form, who, day, shift)))
            counted.append(with_one)
    yield _one(rule.value - LinearExpr.sum(counted), rule.value)


def _every(form: Form, who: int) -> LinearExpr:
    return _minutes(form, who, range(form.case.before, form.case.last), range(len(form.case.shifts)))


def _most_worked(form: Form) -> int:
    return int(form.case.minutes.max(axis=1, initial=0).sum())


def most_minutes(form: Form, rule: Rule, who: int) -> Found:
    yield _one(_every(form, who) - rule.value, _most_worked(form) - rule.value)


def least_minutes(form: Form, rule: Rule, who: int) -> Found:
    yield _one(rule.value - _every(form, who), rule.value)


def least_shift_minutes(form: Form, rule: Rule, who: int) -> Found:
    days = range(form.case.before, form.case.last)
    yield _one(rule.value - _minutes(form, who, days, sorted(rule.shifts)), rule.value)


def shift_minutes(form: Form, rule: Rule, who: int) -> Found:
    for day in range(form.case.before, form.case.last):
        too_long = (form.case.ends[day] - form.case.begins[day] - rule.value).clip(0).tolist()
        if any(too_long):
            yield _one(LinearExpr.weighted_sum(form.on[who][day], too_long), max(too_long))


def average_minutes(form: Form, rule: Rule, who: int) -> Found:
    chain = []
    for span in _spans(form.case, rule):
        days = len(span) - int(form.case.off[who, span[0] : span[-1] + 1].sum())
        value = rule.value * days // WEEK
        there = _minutes(form, who, span, range(len(form.case.shifts)))
        chain.append(Excess((there - value,), _most_worked(form) - value))
    yield chain


def _all_of(literals: list[LinearExpr], amount: int) -> Chain:
    """So much where all of them are 1."""
    return _one(amount * (LinearExpr.sum(literals) - (len(literals) - 1)), amount)


def most_running(form: Form, rule: Rule, who: int) -> Found:
    """Each window of one day more than may be is a day too many, those too that a longer run had before the period."""
    on = [form.works(who, day, rule.shifts) for day in range(form.case.last)]
    for end in range(max(form.case.before, rule.value), form.case.last):
        yield _all_of(list(on[end - rule.value : end + 1]), 1)
    running = 0
    while running < form.case.before and form.case.past[who, form.case.before - 1 - running] in rule.shifts:
        running += 1
    if running > rule.value:
        yield _all_of([on[form.case.before]], running - rule.value)


def _least(form: Form, rule: Rule, counted: list[LinearExpr]) -> Found:
    """A run that is too short, between two days that are not counted."""
    for length in range(1, rule.value):
        for at in range(1, form.case.last - length):
            if at + length > form.case.before:
                run: list[LinearExpr] = [*counted[at : at + length]]
                yield _all_of([1 - counted[at - 1], *run, 1 - counted[at + length]], rule.value - length)


def least_running(form: Form, rule: Rule, who: int) -> Found:
    return _least(form, rule, [form.works(who, day, rule.shifts) for day in range(form.case.last)])


def least_off(form: Form, rule: Rule, who: int) -> Found:
    return _least(form, rule, [LinearExpr.sum([off]) for off in form.off[who]])


def _saturdays(case: Case, days: range) -> list[int]:
    return [day for day in days if case.weekday(day) == SATURDAY and day + 1 in days]


def _weekends(form: Form, who: int) -> Mapping[int, Literal]:
    """Whether each weekend of the period is worked, by its Saturday."""
    if who not in form.weekends:
        days = range(form.case.before, form.case.last)
        form.weekends[who] = {
            day: form.either([~form.off[who][day], ~form.off[who][day + 1]]) for day in _saturdays(form.case, days)
        }
    return form.weekends[who]


def most_weekends(form: Form, rule: Rule, who: int) -> Found:
    worked = {day: LinearExpr.sum([each]) for day, each in _weekends(form, who).items()}
    yield from _too_many(form.case, rule, [saturday + 1 for saturday in worked], worked)


def split_weekends(form: Form, rule: Rule, who: int) -> Found:
    for day in _saturdays(form.case, range(form.case.before, form.case.last)):
        difference = LinearExpr.sum([form.off[who][day]]) - form.off[who][day + 1]
        yield (Excess((difference, -1 * difference), 1),)


def _duties(case: Case, begin: int, end: int) -> list[tuple[int, int, Duty]]:
    """(begins, ends, (day, shift)) of all that reach into a window."""
    first = max((begin - int(case.midnights[0])) // DAY - 2, 0)
    return [
        (int(case.begins[day, shift]), int(case.ends[day, shift]), (day, shift))
        for day in range(first, min(first + (end - begin) // DAY + 5, case.last))
        for shift in range(len(case.shifts))
        if case.begins[day, shift] < end and case.ends[day, shift] > begin
    ]


def _options(case: Case, begin: int, end: int, value: int, most: int) -> list[tuple[int, frozenset[Duty]]]:
    """Where in a window rest could lie: (minutes too few, in whole hours and at most ``most``; what may not be worked
    then). Only those that no other is as good as with less that may not be worked. Nowhere is always one of them.
    """
    duties = _duties(case, begin, end)
    found: dict[frozenset[Duty], int] = {frozenset(): -(-value // EACH_HOUR) * EACH_HOUR}
    for start in {begin, *(ends for _, ends, _ in duties if ends < end)}:
        stops = {min(end, start + value), *(begins for begins, _, _ in duties if start < begins < start + value)}
        for stop in stops:
            short = -(-max(value - (stop - start), 0) // EACH_HOUR) * EACH_HOUR
            if value - (stop - start) <= most:
                barred = frozenset(duty for begins, ends, duty in duties if begins < stop and ends > start)
                found[barred] = min(found.get(barred, short), short)
    return [
        (short, barred)
        for barred, short in sorted(found.items(), key=lambda each: (each[1], sorted(each[0])))
        if not any(other < barred and found[other] <= short for other in found)
    ]


def _rest(form: Form, rule: Rule, who: int, first: int, days: int) -> Found:
    """In each window one of the places is chosen, and nothing that would lie in it is worked. How much too little it
    can be is known where there must be some.
    """
    case = form.case
    musts = [
        each.value for each in case.rules if each.kind == rule.kind and each.weight is None and who in each.persons
    ]
    most = max(rule.value - max(musts, default=0), 0)
    for day in range(first, case.last - days + 1, days):
        begin, end = case.own_days(who, day, days)
        key = (begin, end, rule.value, most)
        if key not in form.options:
            form.options[key] = _options(case, begin, end, rule.value, most)
        options = form.options[key]
        if options[0][1]:
            chosen = [form.model.new_bool_var("") for _ in options]
            form.model.add_exactly_one(chosen)
            for duty in {each for _, barred in options for each in barred}:
                against = [one for one, (_, barred) in zip(chosen, options, strict=True) if duty in barred]
                form.model.add_at_most_one([form.on[who][duty[0]][duty[1]], *against])
            short = [each for each, _ in options]
            yield _one(LinearExpr.weighted_sum(chosen, short), max(short))


def daily_rest(form: Form, rule: Rule, who: int) -> Found:
    return _rest(form, rule, who, max(form.case.before - 1, 0), 1)


def weekly_rest(form: Form, rule: Rule, who: int) -> Found:
    return _rest(form, rule, who, form.case.before, WEEK)


def rest_between(form: Form, rule: Rule, who: int) -> Found:
    """A shift, and one of those that begin too soon after it, with only days off between."""
    case = form.case
    for before in range(case.last):
        for shift in sorted(rule.shifts):
            ends = int(case.ends[before, shift])
            for day in range(before + 1, min(before + 3 + rule.value // DAY, case.last)):
                soon = {
                    then: rule.value - (int(case.begins[day, then]) - ends)
                    for then in range(len(case.shifts))
                    if case.begins[day, then] - ends < rule.value
                }
                if soon and day >= case.before:
                    yield _follows(form, who, (before, shift), day, soon)


def _follows(form: Form, who: int, duty: Duty, day: int, amounts: Mapping[int, int]) -> Chain:
    """So much where a shift of a day follows on a duty, with only days off between."""
    most = max(amounts.values())
    needed: list[LinearExpr] = [form.on[who][duty[0]][duty[1]], *form.off[who][duty[0] + 1 : day]]
    then = LinearExpr.weighted_sum([form.on[who][day][shift] for shift in amounts], list(amounts.values()))
    return _one(then + most * (LinearExpr.sum(needed) - len(needed)), most)


def forward(form: Form, rule: Rule, who: int) -> Found:
    order = form.case.order.tolist()
    for before, day in pairwise(range(max(form.case.before - 1, 0), form.case.last)):
        for shift, place in enumerate(order):
            if backward := {then: 1 for then, other in enumerate(order) if 0 <= other < place}:
                yield _follows(form, who, (before, shift), day, backward)


def _supervisors(form: Form, who: int, day: int, shift: int) -> list[Literal]:
    return [form.on[other][day][shift] for other in sorted(form.case.supervisors[who])]


def supervised(form: Form, rule: Rule, who: int) -> Found:
    for day in range(form.case.before, min(rule.until, form.case.last)):
        alone = [
            LinearExpr.sum([form.on[who][day][shift]]) - LinearExpr.sum(_supervisors(form, who, day, shift))
            for shift in sorted(rule.shifts)
        ]
        yield (Excess(tuple(alone), 1),)


def fair(form: Form, rule: Rule, who: int) -> Found:
    """One's share is the least whole number that is not less than one's part of what everybody carries."""
    case, carried = form.case, _carried(form, rule)
    shares = max(sum(int(case.share[each]) for each in rule.persons), 1)
    part = int(case.share[who]) * LinearExpr.sum(list(carried.values()))
    share = form.model.new_int_var(0, sum(_most_carried(case, rule, each) for each in rule.persons), "")
    form.model.add(shares * share >= part)
    form.model.add(shares * share <= part + shares - 1)
    yield _one(carried[who] - rule.value - share, _most_carried(case, rule, who) - rule.value)


def _most_carried(case: Case, rule: Rule, who: int) -> int:
    return case.days + int((case.nights if rule.shifts else case.weekends)[who])


def _carried(form: Form, rule: Rule) -> Mapping[int, LinearExpr]:
    """How many nights (or weekends) each person has carried when the period is over."""
    if rule not in form.carried:
        days = range(form.case.before, form.case.last)
        form.carried[rule] = {}
        for who in rule.persons:
            if rule.shifts:
                there = LinearExpr.sum([form.works(who, day, rule.shifts) for day in days]) + int(form.case.nights[who])
            else:
                there = LinearExpr.sum(list(_weekends(form, who).values())) + int(form.case.weekends[who])
            form.carried[rule][who] = form.model.new_int_var(0, _most_carried(form.case, rule, who), "")
            form.model.add(form.carried[rule][who] == there)
    return form.carried[rule]


KINDS: Mapping[Kind, Callable[[Form, Rule, int], Found]] = {
    "most-shifts": most_shifts,
    "least-shifts": least_shifts,
    "most-minutes": most_minutes,
    "least-minutes": least_minutes,
    "shift-minutes": shift_minutes,
    "least-shift-minutes": least_shift_minutes,
    "average-minutes": average_minutes,
    "most-running": most_running,
    "least-running": least_running,
    "least-off": least_off,
    "most-weekends": most_weekends,
    "split-weekends": split_weekends,
    "daily-rest": daily_rest,
    "weekly-rest": weekly_rest,
    "rest-between": rest_between,
    "forward": forward,
    "supervised": supervised,
    "fair": fair,
}
