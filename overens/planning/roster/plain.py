# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole problem as one model of constraints, given to CP-SAT as it is: for small units, and to compare with.

What is tried first and how the rules are written: docs/roster-repair.md. Needs the extra ``planning``.
"""

from __future__ import annotations

from time import monotonic

from overens.planning.constraints import CpModel, LinearExpr, Literal, solved
from overens.planning.roster.answer import Answer, Observer, Progress, Stop
from overens.planning.roster.formulating import EACH_HOUR, KINDS
from overens.planning.roster.formulation import Chain, Excess, Form, Ground
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.judged import judge
from overens.planning.roster.rules import TIMED, Case, Rule


def solve(
    case: Case,
    seconds: float,
    seed: int = 0,
    workers: int = 2,
    progress: Observer | None = None,
    stop: Stop | None = None,
    start: Whole | None = None,
) -> Answer:
    """The best roster that is found in so many seconds. Without a ``start`` that may be worked, first one is looked for
    by what must hold alone.
    """
    began = monotonic()
    best, bound, ended = _worked(case, start), 0, False

    def told(objective: int | None, least: int | None) -> bool:
        nonlocal bound, ended
        bound = max(bound, least or 0)
        if progress is not None:
            costs = [each for each in (objective, best[1] if best else None) if each is not None]
            progress(Progress(monotonic() - began, seconds, min(costs, default=None), bound))
        ended = stop is not None and stop()
        return not ended

    for weighed in (False, True):
        if ended or (best is not None and not weighed):
            continue
        form = formulate(case, weighed=weighed)
        if (hint := best[0] if best is not None else start) is not None:
            form.begin_at(hint)
        left = (seconds if weighed else seconds / 2) - (monotonic() - began)
        found = solved(form.model, form.wanted, seconds=left, seed=seed, workers=workers, told=told)
        if found.status == "none":
            return Answer(None, None, bound, False, monotonic() - began)
        if found.values:
            here = _worked(case, form.roster(found.values))
            best = min((each for each in (best, here) if each is not None), key=lambda each: each[1])
        bound = max(bound, found.bound or 0)
    cost = best[1] if best is not None else None
    early = cost is None or cost > bound
    return Answer(best[0] if best is not None else None, cost, bound, early, monotonic() - began)


def _worked(case: Case, roster: Whole | None) -> tuple[Whole, int] | None:
    """A roster that may be worked, and what it costs."""
    judged = None if roster is None else judge(case, roster)
    return None if roster is None or judged is None or judged.broken else (roster, judged.objective)


def formulate(case: Case, weighed: bool = True, marked: bool = False) -> Form:
    """``weighed``: with what is only weighed; without it, only what must hold. ``marked``: what stands on each
    ground holds where its mark is true.
    """
    form = _begun(case, marked)
    for at, rule in enumerate(case.rules):
        if rule.weight is None or (rule.weight and weighed):
            for who in rule.persons:
                for chain in KINDS[rule.kind](form, rule, who):
                    _limit(form, rule, Ground("rule", at, who), chain)
    for at, cover in enumerate(case.cover):
        there = LinearExpr.sum([form.on[who][cover.day][cover.shift] for who in sorted(cover.persons)])
        if cover.least > 0:
            form.must(there >= cover.least, Ground("cover", at))
        if weighed and (cover.under or cover.over):
            under = form.model.new_int_var(0, max(cover.wanted, 0), "")
            over = form.model.new_int_var(0, len(cover.persons), "")
            form.model.add(there + under - over == cover.wanted)
            form.costs += [(cover.under, under), (cover.over, over)]
    if weighed:
        for wish in case.wishes:
            got = form.works(wish.person, wish.day, wish.shifts)
            form.costs.append((wish.weight, 1 - got if wish.on else got))
        form.model.minimize(form.objective)
    return form


def _begun(case: Case, marked: bool) -> Form:
    """One shift a day or none; what no rule needs to say."""
    model = CpModel()
    never, always = model.new_constant(0), model.new_constant(1)
    on: list[list[list[Literal]]] = []
    off: list[list[Literal]] = []
    for who in range(len(case.persons)):
        past = case.past[who].tolist()
        on.append([[always if shift == worked else never for shift in range(len(case.shifts))] for worked in past])
        off.append([always if worked == OFF else never for worked in past])
        for day in range(case.before, case.last):
            given = int(case.fixed[who, day]) if not marked else OFF
            barred = not marked and bool(case.off[who, day])
            may = [bool(can) and not barred and given in (OFF, shift) for shift, can in enumerate(case.able[who])]
            on[who].append([model.new_bool_var("") if each else never for each in may])
            off[who].append(model.new_bool_var(""))
            model.add_exactly_one([*on[who][day], off[who][day]])
    form = Form(case, model, on, off, frozenset({never.index, always.index}), {} if marked else None)
    for who in range(len(case.persons)):
        _given(form, who)
    return form


def _given(form: Form, who: int) -> None:
    """Leave, what is given, and shifts that may not follow each other."""
    case, leave = form.case, 0
    for day in range(case.before, case.last):
        if case.off[who, day]:
            leave = leave if day > case.before and case.off[who, day - 1] else day
            form.must(LinearExpr.sum([form.off[who][day]]) == 1, Ground("off", leave, who))
        if (given := int(case.fixed[who, day])) != OFF:
            form.must(LinearExpr.sum([form.on[who][day][given]]) == 1, Ground("fixed", day, who))
        if day == 0:
            continue
        for shift in range(len(case.shifts)):
            if case.forbidden[shift].any():
                then = [form.on[who][day][each] for each in case.forbidden[shift].nonzero()[0]]
                form.model.add_at_most_one([form.on[who][day - 1][shift], *then])


def _limit(form: Form, rule: Rule, ground: Ground, chain: Chain) -> None:
    """What is too much may not be, or costs; of windows with too much in a row only the worst."""
    above = [each for each in chain if each.most > 0]
    if rule.weight is None:
        for excess in above:
            for expr in excess.exprs:
                form.must(expr <= 0, ground)
        return
    unit = EACH_HOUR if rule.kind in TIMED else 1
    if len(chain) == 1:
        for excess in above:
            form.costs.append((rule.weight, _amount(form, excess, unit)))
    elif above:
        _worst(form, rule.weight, chain, unit)


def _amount(form: Form, excess: Excess, unit: int) -> LinearExpr:
    amount = form.model.new_int_var(0, -(-excess.most // unit), "")
    for expr in excess.exprs:
        form.model.add(unit * amount >= expr)
    return amount


def _worst(form: Form, weight: int, chain: Chain, unit: int) -> None:
    """The worst so far of windows in a row with too much costs by as much as it rises."""
    last = LinearExpr.sum([])
    for excess in chain:
        if excess.most <= 0:
            last = LinearExpr.sum([])
            continue
        worst, rise = _amount(form, excess, unit), form.model.new_int_var(0, -(-excess.most // unit), "")
        any_over = form.model.new_bool_var("")
        for expr in excess.exprs:
            form.model.add(expr >= 1).only_enforce_if(any_over)
            form.model.add(expr <= 0).only_enforce_if(~any_over)
        form.model.add(worst == 0).only_enforce_if(~any_over)
        form.model.add(rise >= worst - last)
        form.costs.append((weight, rise))
        last = worst
