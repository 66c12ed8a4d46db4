# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where no roster can keep all that must hold: some demands that clash, none of which can be left out of them, and what
would mend it. Needs the extra ``planning``.

A demand is a rule for some persons, the least number on a shift a day, a leave, or a given shift. That who works has
the competence, one shift a day, and that shifts do not overlap are not put in question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from overens.planning.constraints import solved
from overens.planning.roster.formulation import Ground
from overens.planning.roster.instance import OFF
from overens.planning.roster.judged import judge
from overens.planning.roster.plain import formulate
from overens.planning.roster.rules import Case, Cover, Rule, Wish

# Of the time that is left, at most so much is for a single question; so much of all is for finding what clashes.
PART = 4
FINDING = 0.6
WEEK = 7
OF_PERIOD = {"least-shifts", "least-minutes", "least-shift-minutes", "average-minutes", "fair"}
# Several ways to look at once: one of them mostly sees at once what another never does.
WORKERS = 2


@dataclass(frozen=True)
class Mended:
    """Whether there is a roster without the demand (None: time ended first), and how much too much or too little of it
    is then enough: persons, shifts, days or minutes. ``least``: that less is not enough is proven.
    """

    alone: bool | None
    amount: int = 0
    least: bool = False


@dataclass(frozen=True)
class Demand:
    grounds: tuple[Ground, ...]
    mended: Mended = Mended(None)


@dataclass(frozen=True)
class Clash:
    """``demands``: none where some roster keeps everything, or where time ended first (``known``: which). ``whole``:
    without any one of their grounds the others go together; else time ended before that was tried of all.
    """

    demands: tuple[Demand, ...]
    known: bool
    whole: bool = True


def clash(case: Case, seconds: float, seed: int = 0) -> Clash:
    """Irreducible, and the smallest of those that were found: that there is no smaller is not proven."""
    began = monotonic()
    first = solved(formulate(case, weighed=False).model, seconds=seconds / PART, seed=seed, workers=WORKERS)
    if first.status == "best":
        return Clash((), True)
    end = began + FINDING * seconds
    grounds = list(_grounds(case))
    some = _narrowed(case, end, seed) or grounds
    near = [each for each in grounds if each in some]
    found = [_core(case, order, end, seed) for order in (near, near[::-1])]
    cores = [each for each in found if each is not None]
    if not cores:
        return Clash((), False)
    core, whole = min(cores, key=lambda each: (not each[1], len(_together(case, each[0])), len(each[0])))
    together = _together(case, [each for each in grounds if each in core])
    demands = []
    for tried, each in enumerate(together):
        left = (began + seconds - monotonic()) / (len(together) - tried)
        demands.append(Demand(each, _mended(case, each, left, seed)))
    return Clash(tuple(demands), True, whole)


def _grounds(case: Case) -> Iterator[Ground]:
    """All that must hold and can be put in question."""
    for at, rule in enumerate(case.rules):
        if rule.weight is None:
            yield from (Ground("rule", at, who) for who in rule.persons)
    yield from (Ground("cover", at) for at, cover in enumerate(case.cover) if cover.least > 0)
    for who in range(len(case.persons)):
        for day in range(case.before, case.last):
            if case.off[who, day] and (day == case.before or not case.off[who, day - 1]):
                yield Ground("off", day, who)
            if case.fixed[who, day] != OFF:
                yield Ground("fixed", day, who)


def _narrowed(case: Case, end: float, seed: int) -> list[Ground]:
    """Most clashes are seen in some two weeks by themselves: what clashes in the first such; none where none does."""
    for first in range(0, case.days - WEEK, WEEK):
        part = _weeks(case, first)
        left = (end - monotonic()) / PART
        if solved(formulate(part, weighed=False).model, seconds=left, seed=seed, workers=WORKERS).status == "none":
            seen = needed(part, list(_grounds(part)), (end - monotonic()) / PART, seed) or []
            return [_of_whole(case, each, first) for each in seen]
    return []


def _weeks(case: Case, first: int) -> Case:
    """Two weeks of the period, as if nothing were known before: whatever must hold in them must hold in the whole. What
    is asked for of all of the period, such as hours, is left out.
    """
    at, last = case.before + first, min(case.before + first + 2 * WEEK, case.last)
    rules = (
        replace(rule, until=max(rule.until - at, 0), persons=() if rule.kind in OF_PERIOD else rule.persons)
        for rule in case.rules
    )
    cover = (
        replace(each, day=each.day - at) if at <= each.day < last else replace(each, day=0, least=0)
        for each in case.cover
    )
    return replace(
        case, before=0, begins=case.begins[at:last], ends=case.ends[at:last], minutes=case.minutes[at:last],
        midnights=case.midnights[at:], opens=case.opens[:, at:], past=case.past[:, :0], off=case.off[:, at:last],
        fixed=case.fixed[:, at:last],
        rules=tuple(rules), cover=tuple(cover), wishes=(),
    )  # fmt: skip


def _of_whole(case: Case, ground: Ground, first: int) -> Ground:
    if ground.sort in ("rule", "cover"):
        return ground
    day = ground.at + case.before + first
    while ground.sort == "off" and day > case.before and case.off[ground.person, day - 1]:
        day -= 1
    return ground._replace(at=day)


def _core(case: Case, grounds: Sequence[Ground], end: float, seed: int) -> tuple[list[Ground], bool] | None:
    """Left out one by one, the first first, as long as what is left clashes; and whether that was tried of all."""
    core = needed(case, grounds, (end - monotonic()) / PART, seed)
    if not core:
        return None
    whole, order = True, {each: at for at, each in enumerate(grounds)}
    for ground in sorted(core, key=order.__getitem__):
        if ground in core:
            if monotonic() > end:
                return core, False
            fewer = needed(case, [each for each in core if each != ground], (end - monotonic()) / PART, seed)
            whole = whole and fewer is not None
            core = fewer or core
    return core, whole


def needed(case: Case, grounds: Collection[Ground], seconds: float, seed: int = 0) -> list[Ground] | None:
    """Of demands that clash, those that were needed to see it; none where they do not; None where time ended first."""
    persons: dict[int, list[int]] = {}
    for sort, at, who in sorted(grounds, key=str):
        if sort == "rule" and who is not None:
            persons.setdefault(at, []).append(who)
    covered = {each.at for each in grounds if each.sort == "cover"}
    asked = replace(
        case,
        rules=tuple(_about(rule, tuple(persons.get(at, ()))) for at, rule in enumerate(case.rules)),
        cover=tuple(each if at in covered else replace(each, least=0) for at, each in enumerate(case.cover)),
    )
    form = formulate(asked, weighed=False, marked=True)
    marks = {literal.index: ground for ground, literal in (form.marks or {}).items() if ground in grounds}
    form.model.add_assumptions([form.model.get_bool_var_from_proto_index(each) for each in marks])
    found = solved(form.model, seconds=seconds, seed=seed, workers=WORKERS)
    if found.status == "none":
        return [marks[each] for each in found.core]
    return [] if found.status == "best" else None


def _about(rule: Rule, persons: tuple[int, ...]) -> Rule:
    """The rule for some of those that it is about; one's fair share is of what everybody carries."""
    return replace(rule, persons=rule.persons if persons and rule.kind == "fair" else persons)


def _together(case: Case, grounds: Collection[Ground]) -> list[tuple[Ground, ...]]:
    """A rule of the file is one demand, whoever it is about."""
    found: dict[object, list[Ground]] = {}
    for ground in grounds:
        rule = case.rules[ground.at] if ground.sort == "rule" else None
        found.setdefault(rule.name if rule is not None and rule.name else ground, []).append(ground)
    return [tuple(each) for each in found.values()]


def _mended(case: Case, demand: tuple[Ground, ...], seconds: float, seed: int) -> Mended:
    """What is asked for without the demand, and how near to it one can come."""
    asked = _weighed(case, demand)
    found = solved((form := formulate(asked)).model, form.wanted, seconds=seconds, seed=seed, workers=WORKERS)
    if not found.values:
        return Mended(False if found.status == "none" else None)
    amounts = [int(str(each.values["amount"])) for each in judge(asked, form.roster(found.values)).given_up]
    return Mended(True, sum(amounts) if demand[0].sort == "off" else max(amounts, default=0), found.status == "best")


def _weighed(case: Case, demand: tuple[Ground, ...]) -> Case:
    """With this demand weighed, and nothing else."""
    off, fixed, wishes = case.off.copy(), case.fixed.copy(), []
    rules: list[Rule] = []
    for at, rule in enumerate(case.rules):
        about = tuple(who for who in rule.persons if Ground("rule", at, who) in demand)
        if rule.weight is None:
            weighed = _about(rule, about)
            rules.append(replace(rule, persons=tuple(who for who in rule.persons if who not in weighed.persons)))
            rules.append(replace(weighed, weight=1))
    cover = [_asked(each, Ground("cover", at) in demand) for at, each in enumerate(case.cover)]
    every = frozenset(range(len(case.shifts)))
    for sort, at, who in demand:
        if sort == "fixed" and who is not None:
            wishes.append(Wish(who, at, frozenset({int(fixed[who, at])}), True, 1))
            fixed[who, at] = OFF
        while sort == "off" and who is not None and at < case.last and off[who, at]:
            wishes.append(Wish(who, at, every, False, 1))
            off[who, at] = False
            at += 1
    return replace(case, off=off, fixed=fixed, rules=tuple(rules), cover=tuple(cover), wishes=tuple(wishes))


def _asked(cover: Cover, weighed: bool) -> Cover:
    least = 0 if weighed else cover.least
    return replace(cover, least=least, wanted=cover.least, under=int(weighed), over=0)
