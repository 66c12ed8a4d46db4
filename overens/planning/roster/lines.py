# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The line of one person, the shifts of all days: what it must keep to, what it costs, and the least that any costs.

A line is a path through the days of a small automaton (:class:`Own`), which knows what was worked yesterday and for how
many days in a row. What is counted over the whole period, such as minutes and weekends, are totals, each with a table
of what a total costs at the end. Prices on the totals (Lagrange) let a pass backwards over the automaton alone say the
least that the rest of a line can cost (:mod:`labels` finds lines with that).

In here 0 is off and a shift is its number + 1.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overens.planning.chance import compiled
from overens.planning.roster.instance import Real, Truth, Whole

FAR = np.inf
NEAR = 1e-7
NEVER = -(10**9)


class Own(NamedTuple):
    """What a person's line must keep to and what it costs by itself; S counts off.

    ``follow[Q, S]``: the state after a shift, from 0 at the start; ``running[Q, S]``: what it costs (infinity: may not
    be); ``context[Q]``: the row of ``pair[D + 1, C, S]``, what a shift costs after those of the days before (at D: what
    the end costs); ``worked[Q]``: 1 where yesterday was worked. ``own[D, S]``: wishes and what may not be.

    Totals K: ``adds[K, D, 2, S]``, by ``worked``; ``final[K, T]`` of which ``spans[K]`` are real; ``order[K]``: 1
    where less is never worse, −1 where more is never, else 0, and then ``coarse[K]`` is how far apart two may be and be
    taken for one; ``floors[K]``: the least that may be; ``fewest`` and ``most[K, D + 1, H, Q]``: to come.

    Windows J: at most ``values[J]`` of ``events[J, D, 2, S]`` in the ``lengths[J]`` days that end with one of them;
    each above costs ``weights[J]``.

    Rests R: the longest within each window is to be ``rests[R]`` minutes; each begun hour below costs
    ``rest_weights[R]``. ``closes[D + 1]``: the minute a window ends, and the next begins, −1 on other days;
    ``opened``: the first one's; ``ended``: of the last shift before the period. ``begins``, ``ends[D, S]``.
    ``need``: the longest rest that must be, 0 where none must; ``long[D + 1, C, S]``: whether a rest that a shift, or a
    window, ends may be so long.

    ``work`` and ``weekends``: the totals that pull each other the most, −1 where there are not both: one with a floor,
    and that of the weekends. ``room[D + 1, Q, N + 1]``: how much work there is yet to come with N weekends more.
    """

    follow: Whole
    running: Real
    context: Whole
    worked: Whole
    pair: Real
    own: Real
    adds: Whole
    final: Real
    spans: Whole
    order: Whole
    coarse: Whole
    floors: Whole
    fewest: Whole
    most: Whole
    events: Truth
    lengths: Whole
    values: Whole
    weights: Real
    rests: Whole
    rest_weights: Real
    closes: Whole
    opened: int
    ended: int
    begins: Whole
    ends: Whole
    need: int
    long: Truth
    work: int
    weekends: int
    room: Whole


@compiled
def possible(cost: Real) -> Whole:
    """[D, 2]: the first shift of each day that may be, and one past the last: only one where it is given."""
    days, shifts = cost.shape
    found = np.zeros((days, 2), dtype=np.int64)
    for day in range(days):
        for shift in range(shifts):
            if cost[day, shift] < FAR:
                if found[day, 1] == 0:
                    found[day, 0] = shift
                found[day, 1] = shift + 1
    return found


@compiled
def backwards(own: Own, cost: Real, prices: Real, least: Real) -> float:
    """``least[D + 1, H, Q]``: the least that the rest of a line costs, from each day and state and by whether the week
    has had the rest that must be, with the totals' prices in place of what they cost. And a bound for the whole line.
    """
    days, shifts = cost.shape
    states = own.follow.shape[0]
    first = 0 if own.need else 1
    for state in range(states):
        for had in range(first, 2):
            may = had or own.closes[days] < 0 or own.long[days, own.context[state], 0]
            least[days, had, state] = own.pair[days, own.context[state], 0] if may else FAR
    priced = np.empty((2, shifts))
    may_be = possible(cost)
    for day in range(days - 1, -1, -1):
        closing = own.closes[day] >= 0
        low, high = may_be[day]
        for worked in range(2):
            for shift in range(low, high):
                value = cost[day, shift]
                for total in range(prices.size):
                    value += prices[total] * own.adds[total, day, worked, shift]
                priced[worked, shift] = value
        for state in range(states):
            best, without = FAR, FAR
            context, worked = own.context[state], own.worked[state]
            for shift in range(low, high):
                value = priced[worked, shift] + own.running[state, shift] + own.pair[day, context, shift]
                if value == FAR:
                    continue
                follow = own.follow[state, shift]
                if not first:
                    long = own.long[day, context, shift]
                    best = min(best, value + least[day + 1, 0 if closing else 1, follow])
                    if closing:
                        without = min(without, value + least[day + 1, 0, follow]) if long else without
                    else:
                        without = min(without, value + least[day + 1, 1 if long else 0, follow])
                else:
                    best = min(best, value + least[day + 1, 1, follow])
            least[day, 1, state] = best
            if not first:
                least[day, 0, state] = without
    return float(least[0, begun(own), 0] + rest_of(own, prices))


@compiled
def begun(own: Own) -> int:
    """Whether the first window has had its rest: 0 or 1, 1 also where none must be."""
    return 0 if own.need else 1


@compiled
def then(own: Own, day: int, context: int, shift: int, had: int) -> int:
    """The same after a day; −1 where a window ended without."""
    if not own.need:
        return 1
    had = 1 if had or own.long[day, context, shift] else 0
    if own.closes[day] >= 0:
        return 0 if had else -1
    return had


@compiled
def rest_of(own: Own, prices: Real) -> float:
    """The least of what the totals cost above their prices."""
    found = 0.0
    for total in range(prices.size):
        best = FAR
        for count in range(own.spans[total]):
            value = own.final[total, count] - prices[total] * count
            if value < best:
                best = value
        found += best
    return found


@compiled
def slopes(own: Own, cost: Real, prices: Real, least: Real, line: Whole, out: Real) -> None:
    """The relaxed line, and of each total how far above what its price asks for it is."""
    days = cost.shape[0]
    state, had = 0, begun(own)
    out[:] = 0
    may_be = possible(cost)
    for day in range(days):
        worked, context = own.worked[state], own.context[state]
        best, chosen, after = FAR, 0, had
        for shift in range(may_be[day, 0], may_be[day, 1]):
            value = cost[day, shift]
            if value == FAR:
                continue
            for total in range(prices.size):
                value += prices[total] * own.adds[total, day, worked, shift]
            value += own.running[state, shift] + own.pair[day, context, shift]
            next_had = then(own, day, context, shift, had)
            if value == FAR or next_had < 0:
                continue
            value += least[day + 1, next_had, own.follow[state, shift]]
            if value < best:
                best, chosen, after = value, shift, next_had
        line[day] = chosen
        for total in range(prices.size):
            out[total] += own.adds[total, day, worked, chosen]
        state, had = own.follow[state, chosen], after
    for total in range(prices.size):
        best, at = FAR, 0
        for count in range(own.spans[total]):
            value = own.final[total, count] - prices[total] * count
            if value < best - NEAR or (value < best + NEAR and abs(count - out[total]) < abs(at - out[total])):
                best, at = value, count
        out[total] -= at


@compiled
def room_of(own: Own, work: int, weekends: int, room: Whole) -> None:
    """Fills ``room``."""
    days, shifts = own.own.shape
    for state in range(own.follow.shape[0]):
        room[days, state] = 0 if own.pair[days, own.context[state], 0] < FAR else NEVER
    for day in range(days - 1, -1, -1):
        for state in range(own.follow.shape[0]):
            worked, context = own.worked[state], own.context[state]
            room[day, state] = NEVER
            for shift in range(shifts):
                if own.own[day, shift] + own.running[state, shift] + own.pair[day, context, shift] == FAR:
                    continue
                follow = own.follow[state, shift]
                more, takes = own.adds[work, day, worked, shift], own.adds[weekends, day, worked, shift]
                for left in range(takes, room.shape[2]):
                    room[day, state, left] = max(room[day, state, left], room[day + 1, follow, left - takes] + more)


@compiled
def priced(own: Own, cost: Real, prices: Real, rounds: int, scope: float, least: Real) -> float:
    """Better ``prices``, in place, by some rounds of steps, of ``scope`` at first, up or down with the slope, longer
    while it keeps its sign; the bound that they give, with ``least``.
    """
    totals = prices.size
    kept, slope, steps, before = prices.copy(), np.zeros(totals), np.zeros(totals), np.zeros(totals)
    line = np.zeros(cost.shape[0], dtype=np.int64)
    for total in range(totals):
        steps[total] = scope / max(1, own.adds[total].max())
    bound = backwards(own, cost, prices, least)
    if totals == 0 or bound == FAR:
        return bound
    for _ in range(rounds):
        slopes(own, cost, prices, least, line, slope)
        moved = False
        for total in range(totals):
            sign = np.sign(slope[total])
            if sign * before[total] < 0:
                steps[total] *= 0.4
            elif sign * before[total] > 0:
                steps[total] *= 1.3
            prices[total] += sign * steps[total]
            before[total] = sign
            moved = moved or sign != 0
        if not moved:
            break
        value = backwards(own, cost, prices, least)
        if value > bound + NEAR:
            bound, kept[:] = value, prices
    prices[:] = kept
    return backwards(own, cost, prices, least)


@compiled
def worth(own: Own, cost: Real, line: Whole) -> float:
    """What a line costs: by itself, and for the costs of each day and shift."""
    found = 0.0
    state = 0
    totals = np.zeros(own.spans.size, dtype=np.int64)
    windows = np.zeros(own.lengths.size, dtype=np.uint64)
    opened, ended, longest = own.opened, own.ended, 0
    days = cost.shape[0]
    for day in range(days + 1):
        shift = line[day] if day < days else 0
        if own.rests.size:
            value, opened, ended, longest = rested(own, day, shift, opened, ended, longest)
            found += value
        found += own.pair[day, own.context[state], shift]
        if day == days:
            break
        worked = own.worked[state]
        found += cost[day, shift] + own.running[state, shift]
        for total in range(totals.size):
            totals[total] += own.adds[total, day, worked, shift]
        for window in range(windows.size):
            value, windows[window] = within(own, window, own.events[window, day, worked, shift], windows[window])
            found += value
        state = own.follow[state, shift]
    for total in range(totals.size):
        found += FAR if totals[total] >= own.spans[total] else own.final[total, totals[total]]
    return found


@compiled
def rested(own: Own, day: int, shift: int, opened: int, ended: int, longest: int) -> tuple[float, int, int, int]:
    """What the rest of a window that ends this day costs; and opened, ended, longest after the shift."""
    found = 0.0
    close = own.closes[day]
    begins = own.begins[day, shift] if shift else 0
    if close >= 0:
        until = begins if shift and begins < close else close
        longest = max(longest, until - max(opened, ended))
        for rest in range(own.rests.size):
            short = own.rests[rest] - longest
            if short > 0:
                found += own.rest_weights[rest] * ((short + 59) // 60)
        opened, longest = close, 0
    if shift:
        longest = max(longest, begins - max(opened, ended))
        ended = own.ends[day, shift]
    return found, opened, ended, longest


@compiled
def within(own: Own, window: int, event: bool, seen: np.uint64) -> tuple[float, np.uint64]:
    """What a day costs in a window, and what is seen after it."""
    length = own.lengths[window]
    seen = (seen << np.uint64(1)) | np.uint64(event)
    seen &= (np.uint64(1) << np.uint64(length)) - np.uint64(1)
    over = bits(seen) - own.values[window] if event else 0
    return own.weights[window] * over if over > 0 else 0.0, seen


@compiled
def bits(mask: np.uint64) -> int:
    count = 0
    while mask:
        mask &= mask - np.uint64(1)
        count += 1
    return count
