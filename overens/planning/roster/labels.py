# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The best line of a person for given costs of each day and shift: labels, each the beginning of a line, are carried
forwards day by day. Those that cannot become good enough are left (:func:`lines.backwards`), and those that another
makes needless.
"""

from __future__ import annotations

import numpy as np

from overens.planning.chance import compiled
from overens.planning.roster.instance import Real, Whole
from overens.planning.roster.lines import FAR, NEAR, Own, bits, possible, priced, rest_of, rested, within

# Labels are put in order by so many steps of their bounds; those that may be alike are found in so many chains, of
# which so much is looked at.
BUCKETS, CHAINS, LOOKED = 1024, 8192, 64


@compiled
def best(
    own: Own, cost: Real, prices: Real, rounds: int, scope: float, most: int, target: float
) -> tuple[float, float, Whole]:
    """What the best line found costs (infinity: none costs less than ``target``), a bound that no line goes below
    (none below ``target``: the target), and the line. At most ``most`` labels a day are kept.
    """
    days = cost.shape[0]
    least = np.empty((days + 1, 2, own.follow.shape[0]))
    bound = priced(own, cost, prices, rounds, scope, least)
    line = np.zeros(days, dtype=np.int64)
    if bound >= target - NEAR:
        return FAR, target, line
    value, low = carried(own, cost, prices, least, max(most // 8, 4), target, line)
    if low < value - NEAR and most > 4:
        again = line.copy()
        second, other = carried(own, cost, prices, least, most, min(value, target), again)
        low = max(low, other)
        if second < value:
            value, line = second, again
    return value, max(low, bound), line


@compiled
def carried(
    own: Own, cost: Real, prices: Real, least: Real, most: int, target: float, line: Whole
) -> tuple[float, float]:
    """As ``best``; ``line`` is where the line goes."""
    days, shifts = cost.shape
    totals, windows, rests = own.spans.size, own.lengths.size, own.rests.size
    width = totals + windows + 2
    seen_at, rest_at = totals, totals + windows
    room = most * shifts
    parents = np.empty((days, most), dtype=np.int32)
    chosen = np.empty((days, most), dtype=np.int8)
    costs, states = np.empty(most), np.zeros(most, dtype=np.int64)
    counts = np.zeros((most, width), dtype=np.int64)
    new_costs, new_bounds, new_states = np.empty(room), np.empty(room), np.empty(room, dtype=np.int32)
    new_counts = np.empty((room, width), dtype=np.int64)
    new_parents, new_chosen = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int8)
    ranks, order = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
    heads = np.full(CHAINS, -1, dtype=np.int32)
    stamps = np.full(CHAINS, -1, dtype=np.int32)
    links = np.empty(most, dtype=np.int32)
    kept = np.empty(most, dtype=np.int32)
    row = np.empty(width, dtype=np.int64)
    over = rest_of(own, prices)
    low = target
    costs[0] = 0.0
    counts[0, rest_at] = own.ended
    longest = 0
    opened = own.opened
    there = 1
    may_be = possible(cost)
    free = 0
    for day in range(days):
        if may_be[day, 1] - may_be[day, 0] != 1:
            free = day + 1
    until = days
    for day in range(days):
        if day >= free and not windows and not rests and alike(states, there):
            until = day
            break
        # Every label, with every shift that may follow.
        born = 0
        first, last = FAR, -FAR
        after = opened
        if rests and own.closes[day] >= 0:
            after = own.closes[day]
        for label in range(there):
            state = states[label]
            worked, context = own.worked[state], own.context[state]
            for shift in range(may_be[day, 0], may_be[day, 1]):
                value = costs[label] + cost[day, shift] + own.running[state, shift] + own.pair[day, context, shift]
                if value >= FAR:
                    continue
                follow = own.follow[state, shift]
                about = value + over
                for total in range(totals):
                    count = counts[label, total] + own.adds[total, day, worked, shift]
                    row[total] = count
                    about += prices[total] * count
                for window in range(windows):
                    event = own.events[window, day, worked, shift]
                    dear, seen = within(own, window, event, np.uint64(counts[label, seen_at + window]))
                    row[seen_at + window] = np.int64(seen)
                    value += dear
                    about += dear
                if rests:
                    dear, _, ended, longest = rested(
                        own, day, shift, opened, counts[label, rest_at], counts[label, rest_at + 1]
                    )
                    row[rest_at], row[rest_at + 1] = ended, longest
                    value += dear
                    about += dear
                had = 1 if not own.need or longest >= own.need else 0
                about += least[day + 1, had, follow]
                if about >= target - NEAR:
                    continue
                may = True
                for total in range(totals):
                    low_end = row[total] + own.fewest[total, day + 1, had, follow]
                    high_end = row[total] + own.most[total, day + 1, had, follow]
                    may = may and low_end < own.spans[total] and high_end >= own.floors[total]
                if may and own.work >= 0:
                    left = own.spans[own.weekends] - 1 - row[own.weekends]
                    may = row[own.work] + own.room[day + 1, follow, left] >= own.floors[own.work]
                if not may:
                    continue
                new_costs[born], new_bounds[born], new_states[born] = value, about, follow
                new_parents[born], new_chosen[born] = label, shift
                for at in range(width):
                    new_counts[born, at] = row[at]
                first, last = min(first, about), max(last, about)
                born += 1
        opened = after
        if born == 0:
            return FAR, low
        # Those with the least bound first, by buckets.
        buckets = min(BUCKETS, 4 * born)
        tally = np.zeros(buckets + 1, dtype=np.int32)
        wide = (last - first) / buckets + 1e-12
        for at in range(born):
            rank = min(int((new_bounds[at] - first) / wide), buckets - 1)
            ranks[at] = rank
            tally[rank + 1] += 1
        for at in range(buckets):
            tally[at + 1] += tally[at]
        for at in range(born):
            order[tally[ranks[at]]] = at
            tally[ranks[at]] += 1
        there = 0
        for place in range(born):
            new = order[place]
            if there == most:
                low = min(low, new_bounds[new])
                continue
            mixed = new_states[new] * 7919
            for total in range(totals):
                if own.order[total] == 0:
                    mixed = mixed * 31 + new_counts[new, total] // own.coarse[total]
            slot = mixed % CHAINS
            dominated = 0
            if stamps[slot] == day:
                other = heads[slot]
                looked = 0
                while other >= 0 and looked < LOOKED:
                    looked += 1
                    dominated = better(own, new_costs, new_states, new_counts, kept[other], new)
                    if dominated:
                        break
                    other = links[other]
            if dominated:
                if dominated == 2:
                    low = min(low, new_bounds[new])
                continue
            if stamps[slot] != day:
                stamps[slot], heads[slot] = day, -1
            links[there] = heads[slot]
            heads[slot] = there
            kept[there] = new
            parents[day, there], chosen[day, there] = new_parents[new], new_chosen[new]
            there += 1
        for at in range(there):
            new = kept[at]
            costs[at], states[at] = new_costs[new], new_states[new]
            for each in range(width):
                counts[at, each] = new_counts[new, each]
    value, which = FAR, -1
    # The days that are given after the last free one are the same for all.
    rest, state = 0.0, states[0]
    row[:totals] = 0
    for day in range(until, days):
        shift, worked = may_be[day, 0], own.worked[state]
        rest += cost[day, shift] + own.running[state, shift] + own.pair[day, own.context[state], shift]
        for total in range(totals):
            row[total] += own.adds[total, day, worked, shift]
        line[day] = shift
        state = own.follow[state, shift]
    for label in range(there):
        found = costs[label] + rest + own.pair[days, own.context[states[label] if until == days else state], 0]
        for total in range(totals):
            count = counts[label, total] + row[total]
            found += own.final[total, count] if count < own.spans[total] else FAR
        if rests:
            dear, _, _, _ = rested(own, days, 0, opened, counts[label, rest_at], counts[label, rest_at + 1])
            found += dear
        if found < value:
            value, which = found, label
    if which < 0 or value >= target - NEAR:
        return FAR, low
    for day in range(until - 1, -1, -1):
        line[day] = chosen[day, which]
        which = parents[day, which]
    return value, min(value, low)


@compiled
def alike(states: Whole, there: int) -> bool:
    """Whether all labels are in one state."""
    for label in range(1, there):  # noqa: SIM110 - as a loop it is compiled
        if states[label] != states[0]:
            return False
    return True


@compiled
def better(own: Own, costs: Real, states: Whole, counts: Whole, one: int, new: int) -> int:
    """Whether one label makes another needless: 1 certainly, 2 most likely, 0 not."""
    if states[one] != states[new]:
        return 0
    totals, windows = own.spans.size, own.lengths.size
    sure = 1
    for total in range(totals):
        order = own.order[total]
        if order == 0:
            mine, its = counts[one, total], counts[new, total]
            if mine // own.coarse[total] != its // own.coarse[total]:
                return 0
            if mine != its:
                sure = 2
        elif order * (counts[one, total] - counts[new, total]) > 0:
            return 0
    spare = costs[new] - costs[one] + NEAR
    if spare < 0:
        return 0
    for window in range(windows):
        seen, other = np.uint64(counts[one, totals + window]), np.uint64(counts[new, totals + window])
        if seen != other:
            sure = 2
            more = bits(seen & ~other)
            if more:
                spare -= own.weights[window] * more
    if own.rests.size:
        rest_at = totals + windows
        if counts[one, rest_at] > counts[new, rest_at] or counts[one, rest_at + 1] < counts[new, rest_at + 1]:
            sure = 2
            for rest in range(own.rests.size):
                lack = own.rests[rest] - counts[one, rest_at + 1]
                more = max(lack, 0) - max(own.rests[rest] - counts[new, rest_at + 1], 0)
                if more > 0:
                    spare -= min(own.rest_weights[rest], 1e6) * ((more + 59) // 60)
    return sure if spare >= 0 else 0
