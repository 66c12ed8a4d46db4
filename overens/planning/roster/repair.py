# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody is away from a published roster: proposals for who works instead, with as few changes for others as can be.

Nothing is broken that was not broken before, but that there may be fewer on a shift than must be: then nobody replaces
who is away, and it is said. What a change weighs is in :class:`Weights`, assumed. Needs the extra ``planning``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from time import monotonic
from typing import Literal as OneOf

import numpy as np

from overens.planning.constraints import LinearExpr, Literal, solved
from overens.planning.roster.breaches import KINDS
from overens.planning.roster.formulation import Form
from overens.planning.roster.instance import OFF, Truth, Whole
from overens.planning.roster.judged import Judged, judge
from overens.planning.roster.plain import formulate
from overens.planning.roster.problem import Roster
from overens.planning.roster.rules import SATURDAY, Case, Cover, Rule
from overens.planning.roster.words import day_of, named
from overens.rules.findings import Finding, Where

# Days before and after the absence in which others may change, and at most so many proposals beside nobody's replacing.
AROUND, MOST = 3, 6
# Looked for as if each one fewer on a shift weighed so much, so that shifts are filled; ranked by the weights.
FILL = 1000
# Points are finer when proposals are looked for: among those that weigh the same, what gives up least comes first.
FINE = 1000
SHORT = ("roster-least", "roster-under")
Why = OneOf["called-in", "changed", "let-off", "short-notice", "free-weekend", "night", "wish"]


@dataclass(frozen=True)
class Weights:
    """What a change of somebody's published day weighs, in points: each, and more where it is known ``soon`` days ahead
    or less, takes a free weekend, or puts a night there; ``wish`` for each unit of a wish that is given up; ``short``
    for each one fewer on a shift than must be, ``wanted`` than there were, up to what is wanted.
    """

    each: int = 100
    called_in: int = 20
    soon: int = 2
    short_notice: int = 40
    free_weekend: int = 80
    night: int = 50
    wish: int = 30
    short: int = 2000
    wanted: int = 150


@dataclass(frozen=True)
class Change:
    """A person's day (of the period) that becomes another; ``points``: what it weighs, ``why`` so much."""

    person: int
    day: int
    was: int
    becomes: int
    points: int
    why: tuple[Why, ...]


@dataclass(frozen=True)
class Repair:
    """``roster[P, D]``, with the ``changes`` of those who are not away. ``minutes``: of work in the period of each of
    them, before and after. ``short``: what is now below what must be or is wanted on a shift, ``given_up``: what else
    is now given up, both as the checker says it. ``points`` of the changes and of what is short of what must be;
    ``cost``: how much more the roster costs than the published one with its gap.
    """

    roster: Whole
    changes: tuple[Change, ...]
    minutes: Mapping[int, tuple[int, int]]
    short: tuple[Finding, ...]
    given_up: tuple[Finding, ...]
    points: int
    cost: int


def repairs(
    case: Case,
    roster: Whole,
    absences: Collection[tuple[int, int]],
    seconds: float,
    weights: Weights = Weights(),
    seed: int = 0,
    earliest: int = 0,
) -> tuple[Repair, ...]:
    """Ranked, the best first; the last resort, that nobody replaces them, is always among them. ``absences``: (person,
    day of the period). ``earliest``: the first day that may be changed, but for those of the absences: what is before
    it has been worked. Proposals differ in whose days they change.
    """
    end = monotonic() + seconds
    left = roster.copy()
    for who, day in absences:
        left[who, day] = OFF
    before = judge(case, left)
    standing = _standing(case, roster)
    opened = [each for each in standing if _there(case, each, left) < each.least]
    days = [day for _, day in absences]
    near = [
        day for day in range(max(min(days) - AROUND, 0), min(max(days) + AROUND + 1, case.days))
        if day >= earliest or day in days
    ]  # fmt: skip
    asked = _asked(case, opened, left, {who for who, _ in absences}, near, before)
    found = [_told(case, roster, left, left, before, absences, weights)]
    for made in _proposals(case, asked, standing, left, absences, weights, end, seed) if opened else ():
        # What only moves the gap to another shift is no help.
        if _missing(case, standing, made) >= _missing(case, standing, left):
            break
        if not _anew(before, judge(case, made)):
            found.append(_told(case, roster, left, made, before, absences, weights))
    return tuple(sorted(found, key=lambda each: (each.points, each.cost, len(each.changes))))


def _asked(
    case: Case, opened: list[Cover], left: Whole, away: set[int], near: list[int], before: Judged
) -> tuple[Case, Truth]:
    """What is left to decide, and for whom on which days: those who could take one of the open shifts, some days before
    and after; all else stays. Too few on a shift is weighed. Who breaks a rule already is not held to it.
    """
    shifts = sorted({cover.shift for cover in opened})
    takers: Truth = np.asarray(case.able[:, shifts].any(axis=1))
    takers &= np.isin(np.arange(len(case.persons)), sorted({who for cover in opened for who in cover.persons}))
    takers[list(away)] = False
    free: Truth = np.zeros(left.shape, dtype=np.bool_)
    free[:, near] = takers[:, None]
    off, fixed = case.off.copy(), case.fixed.copy()
    period = slice(case.before, case.last)
    off[:, period] |= ~free & (left == OFF)
    fixed[:, period] = np.where(free, fixed[:, period], left)
    broken = {(each.values["person"], each.values["rule"] or each.code) for each in before.broken}

    def held(rule: Rule, who: int) -> bool:
        return bool(takers[who]) and (case.persons[who], rule.name or f"roster-{rule.kind}") not in broken

    rules = tuple(
        replace(rule, persons=persons)
        for rule in case.rules
        # Days that stay off are none of leave; that average is left to the checker.
        if rule.weight is None and rule.kind not in ("average-minutes", "fair")
        if (persons := tuple(who for who in rule.persons if held(rule, who)))
    )
    return replace(case, off=off, fixed=fixed, rules=rules, wishes=()), free


def _standing(case: Case, roster: Whole) -> list[Cover]:
    """How many there are on each shift of those that are wanted, as what should stand."""
    found = []
    for cover in case.cover:
        there = min(_there(case, cover, roster), cover.wanted)
        found.append(replace(cover, least=there, wanted=there))
    return found


def _there(case: Case, cover: Cover, roster: Whole) -> int:
    return int((roster[sorted(cover.persons), cover.day - case.before] == cover.shift).sum())


def _missing(case: Case, standing: Iterable[Cover], made: Whole) -> int:
    return sum(max(cover.least - _there(case, cover, made), 0) for cover in standing)


def _proposals(
    whole: Case,
    asked: tuple[Case, Truth],
    standing: list[Cover],
    left: Whole,
    absences: Collection[tuple[int, int]],
    weights: Weights,
    end: float,
    seed: int,
) -> Iterator[Whole]:
    """One after another the best that does not change the days of all those whose days one before it did."""
    case, free = asked
    form = formulate(replace(case, cover=()))
    first = min(day for _, day in absences)
    to_fill = {(each.day - case.before, each.shift) for each in standing if _there(case, each, left) < each.least}
    touched = {who: form.model.new_bool_var("") for who in np.flatnonzero(free.any(axis=1)).tolist()}
    for who, day in np.argwhere(free).tolist():
        was = int(left[who, day])
        for becomes in (OFF, *range(len(case.shifts))):
            if becomes != was:
                literal = _literal(form, who, case.before + day, becomes)
                points, _ = _weighed(whole, left, (who, day, becomes), first, weights)
                if (day, becomes) in to_fill:
                    points = points * FINE + _dearer(whole, left, who, day, becomes)
                else:
                    points *= FINE
                form.costs.append((points, literal))
                form.model.add_implication(literal, touched[who])
    _short(form, case.cover, weights.short * FINE)
    _short(form, standing, FILL * FINE)
    form.model.add_bool_or(list(touched.values()))
    form.model.minimize(form.objective)
    for _ in range(MOST):
        if (time := end - monotonic()) <= 0:
            return
        found = solved(form.model, form.wanted, seconds=time / 2, seed=seed, workers=2)
        if not found.values:
            return
        made = form.roster(found.values)
        changed = np.flatnonzero((made != left).any(axis=1)).tolist()
        yield made
        form.model.add(LinearExpr.sum([touched[who] for who in changed]) <= len(changed) - 1)


def _dearer(case: Case, left: Whole, who: int, day: int, shift: int) -> int:
    """How much more the person's own line costs by the rules with this shift; 0 to less than FINE."""
    lines = np.concatenate([case.past, left], axis=1).tolist()
    before = _costs(case, lines, who)
    lines[who][case.before + day] = shift
    return min(max(_costs(case, lines, who) - before, 0), FINE - 1)


def _costs(case: Case, lines: list[list[int]], who: int) -> int:
    weighed = (rule for rule in case.rules if rule.weight and rule.kind != "fair" and who in rule.persons)
    return sum(breach.cost for rule in weighed for breach in KINDS[rule.kind](case, rule, who, lines))


def _literal(form: Form, who: int, day: int, shift: int) -> Literal:
    return form.off[who][day] if shift == OFF else form.on[who][day][shift]


def _short(form: Form, covers: Iterable[Cover], weight: int) -> None:
    for cover in covers:
        if cover.least > 0:
            there = LinearExpr.sum([form.on[who][cover.day][cover.shift] for who in sorted(cover.persons)])
            short = form.model.new_int_var(0, cover.least, "")
            form.model.add(there + short >= cover.least)
            form.costs.append((weight, short))


def _weighed(
    case: Case, left: Whole, change: tuple[int, int, int], first: int, weights: Weights
) -> tuple[int, tuple[Why, ...]]:
    """What a change (person, day, shift) weighs, and why."""
    who, day, becomes = change
    was, column = int(left[who, day]), case.before + day
    why: list[tuple[int, Why]] = [(weights.each, "changed")]
    if was == OFF:
        why = [(weights.each + weights.called_in, "called-in")]
    elif becomes == OFF:
        why = [(weights.each, "let-off")]
    if day - first <= weights.soon:
        why.append((weights.short_notice, "short-notice"))
    saturday = day - max(case.weekday(column) - SATURDAY, 0) if case.weekday(column) >= SATURDAY else None
    if saturday is not None and becomes != OFF and (left[who, saturday : saturday + 2] == OFF).all():
        why.append((weights.free_weekend, "free-weekend"))
    night = max(case.order.max(initial=-1), 2)
    if becomes != OFF and case.order[becomes] == night and (was == OFF or case.order[was] != night):
        why.append((weights.night, "night"))
    for wish in case.wishes:
        if (wish.person, wish.day) == (who, column) and (becomes in wish.shifts) != wish.on:
            if (was in wish.shifts) == wish.on:
                why.append((weights.wish * wish.weight, "wish"))
    return sum(points for points, _ in why), tuple(each for _, each in why)


def _anew(before: Judged, after: Judged) -> list[Finding]:
    """What is broken now and was not, or less so; too few on a shift is told apart."""
    known = {_same(each): int(str(each.values["amount"])) for each in before.broken}
    return [each for each in after.broken if int(str(each.values["amount"])) > known.get(_same(each), 0)]


def _same(found: Finding) -> tuple[str, ...]:
    said = ("person", "day", "rule", "shifts", "competence")
    return (found.code, *(str(found.values.get(name)) for name in said))


def _told(
    case: Case,
    roster: Whole,
    left: Whole,
    made: Whole,
    before: Judged,
    absences: Collection[tuple[int, int]],
    weights: Weights,
) -> Repair:
    judged, published = judge(case, made), judge(case, roster)
    first = min(day for _, day in absences)
    changes = []
    for who, day in np.argwhere(made != left).tolist():
        points, why = _weighed(case, left, (who, day, int(made[who, day])), first, weights)
        changes.append(Change(who, day, int(left[who, day]), int(made[who, day]), points, why))
    told = {
        id(of): {(_same(each), each.values["amount"]) for each in (*of.broken, *of.given_up)}
        for of in (before, published)
    }
    new = [
        each
        for each in (*judged.broken, *judged.given_up)
        if (_same(each), each.values["amount"]) not in told[id(published if each.code in SHORT else before)]
    ]
    short = tuple(each for each in new if each.code in SHORT)
    missing = sum(int(str(each.values["amount"])) for each in short if each.code == "roster-least")
    fewer = _missing(case, _standing(case, roster), made)
    given_up = tuple(each for each in new if each.level == "note" and each.code not in (*SHORT, "roster-over"))
    minutes = {each.person: (_minutes(case, left, each.person), _minutes(case, made, each.person)) for each in changes}
    points = sum(each.points for each in changes) + weights.short * missing + weights.wanted * fewer
    return Repair(made, tuple(changes), minutes, short, given_up, points, judged.objective - before.objective)


def _minutes(case: Case, roster: Whole, who: int) -> int:
    line = roster[who].tolist()
    return sum(int(case.minutes[case.before + day, shift]) for day, shift in enumerate(line) if shift != OFF)


def explained(case: Case, repair: Repair, roster: Roster | None = None) -> tuple[Finding, ...]:
    """A proposal in words: first why it stands where it does (``roster-repair`` or ``roster-repair-nobody``), then each
    change with why it weighs so much, each one's hours, what is short and what is given up. ``roster``: for titles.
    """
    persons = [named(each) for each in roster.persons] if roster else list(case.persons)
    shifts = [named(each) for each in roster.shifts] if roster else list(case.shifts)
    people = len(repair.minutes)
    said = {"changes": len(repair.changes), "persons": people, "points": repair.points, "cost": repair.cost}
    found = [Finding("roster-repair" if repair.changes else "roster-repair-nobody", "note", said)]
    for each in repair.changes:
        on, where = day_of(case, case.before + each.day), f"roster[{case.persons[each.person]}]"
        values: dict[str, object] = {"person": persons[each.person], "day": on, "points": each.points}
        values |= {"why": [f"roster-repair-why-{one}" for one in each.why]}
        values |= {name: shifts[at] for name, at in (("was", each.was), ("becomes", each.becomes)) if at != OFF}
        found.append(Finding(f"roster-repair-{each.why[0]}", "note", values, Where(key=f"{where}.{on}")))
    for who, (was, becomes) in repair.minutes.items():
        hours = {"was": round(was / 60, 2), "hours": round(becomes / 60, 2), "more": round((becomes - was) / 60, 2)}
        found.append(Finding("roster-repair-hours", "note", {"person": persons[who], **hours}))
    return (*found, *repair.short, *repair.given_up)
