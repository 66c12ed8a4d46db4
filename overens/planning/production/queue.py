# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Patients one by one through queues for what is scarce: the compiled part of the simulation. Needs the extra
``planning``.

There is one queue for each step and priority, first come first served. A resource is a number of units that are free.
What lasts (a server, a bed) is given back after a while; what does not (minutes) is used up, and what is left of it
when a week ends is lost. Time stands still between events, which are: somebody comes, somebody's hold of a resource
ends, somebody becomes ready for the next step, and a period begins with what it brings. After each event those first
in their queues begin who can, the most urgent first: by priority, then those whom the plan has counted on, then by the
share of their limit that they have waited, then the longest wait.

A patient has a number of the source and the place in it, and under it a chance for each event of each visit
(:mod:`overens.planning.chance`): a plan changes who waits and not the luck. Time is in units of the caller's.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overens.planning.chance import chance, compiled, key
from overens.planning.production.flow import Floats, Whole
from overens.planning.production.waits import Counted


class Network(NamedTuple):
    """Queue q = step · priorities + priority. ``period``: its length; a week has ``per_week`` of them.

    rate[W, Q]: who come from outside, a unit of time. start[Q, L]: on the list, having waited so many weeks.
    limit[Q]; leaving[N]: the rate of giving up. The needs of step n are first[n] … first[n + 1] of resource[J],
    amount[J], hold[J], those from held[n] given back, after ``hold`` (in rising order) or, where drawn[n], that times
    an exponential chance of the patient's. onward[N, N]: the shares of those who go on, summed along the row;
    after[N, N]: not before so long since they began. supply[P, R]: what each period adds; lasts[R].
    planned[W, Q]: how many the plan counts on that begin; bought[W, Q]: that begin without needing anything.
    """

    period: float
    per_week: int
    rate: Floats
    start: Whole
    limit: Floats
    leaving: Floats
    first: Whole
    held: Whole
    resource: Whole
    amount: Floats
    hold: Floats
    drawn: NDArray[np.bool_]
    onward: Floats
    after: Floats
    supply: Floats
    lasts: NDArray[np.bool_]
    planned: Floats
    bought: Floats


class Counts(NamedTuple):
    """As in :class:`overens.planning.production.waits.Waits`, with [Q] for [N, K]; used[W, R]: units used up, or
    units times the time they were held.
    """

    referred: Counted
    joined: Counted
    begun: Counted
    bought: Counted
    left: Counted
    within: Counted
    waited: Counted
    time: Floats
    waiting: Counted
    late: Counted
    done: Counted
    used: Floats


# The columns of a trace, a row for each who begins: when, in which queue, waiting since when, for how many times the
# mean the resources are held, whether bought.
TRACE = ("time", "queue", "since", "factor", "bought")
# Rounding of minutes must not keep anybody out.
EPSILON = 1e-6
# The patient's place in the next queue is still to be taken.
COMING = -1
# Events of a patient's own: the time since the one before, then three for each visit.
GAP, HOLD, PATIENCE, NEXT, EACH = 1, 2, 3, 4, 3


def empty(network: Network, bins: int) -> Counts:
    """Counts at naught. ``bins``: L of what is told by whole weeks waited."""
    weeks, queues = network.rate.shape

    def counted(*shape: int) -> Counted:
        return np.zeros(shape, np.int32)

    return Counts(
        referred=counted(weeks, queues),
        joined=counted(weeks, queues),
        begun=counted(weeks, queues),
        bought=counted(weeks, queues),
        left=counted(weeks, queues),
        within=counted(weeks, queues),
        waited=counted(weeks, queues, bins),
        time=np.zeros((weeks, queues)),
        waiting=counted(weeks + 1, queues, bins),
        late=counted(weeks + 1, queues),
        done=counted(weeks),
        used=np.zeros((weeks, len(network.lasts))),
    )


def most(network: Network) -> int:
    """No more patients than this in a run: ten standard deviations above the mean of who come, and who are here."""
    coming = float(network.rate.sum()) * network.period * network.per_week
    return int(network.start.sum() + coming + 10 * np.sqrt(coming) + 100)


@compiled
def push(times: Floats, things: Whole, n: int, time: float, thing: int) -> int:
    """A thing that happens at a time, into a heap of n. How many there are then."""
    at = n
    while at > 0:
        above = (at - 1) >> 1
        if times[above] <= time:
            break
        times[at], things[at] = times[above], things[above]
        at = above
    times[at], things[at] = time, thing
    return n + 1


@compiled
def pop(times: Floats, things: Whole, n: int) -> int:
    """The first thing away from a heap of n. How many are left."""
    n -= 1
    time, thing, at = times[n], things[n], 0
    while True:
        below = 2 * at + 1
        if below >= n:
            break
        if below + 1 < n and times[below + 1] < times[below]:
            below += 1
        if times[below] >= time:
            break
        times[at], things[at] = times[below], things[below]
        at = below
    times[at], things[at] = time, thing
    return n


@compiled
def exponential(stream: np.uint64, event: int) -> float:
    """Of mean 1."""
    return -math.log(1.0 - chance(stream, event))


@compiled
def coming(rate: Floats, q: int, week: float, now: float, gap: float) -> float:
    """When the next one comes to a queue, if it takes ``gap`` at a rate of 1; never: infinity."""
    w = int(now / week)
    while w < len(rate):
        end = (w + 1) * week
        if gap < rate[w, q] * (end - now):
            return now + gap / float(rate[w, q])
        gap -= rate[w, q] * (end - now)
        now, w = end, w + 1
    return math.inf


@compiled
def sooner(
    k: int,
    counted: bool,
    share: float,
    since: float,
    other_k: int,
    other_counted: bool,
    other_share: float,
    other: float,
) -> bool:
    """Whether one who is first in a queue goes before another who is."""
    if k != other_k:
        return k < other_k
    if counted != other_counted:
        return counted
    if share != other_share:
        return share > other_share
    return since < other


@compiled
def run(net: Network, stream: np.uint64, room: int, counts: Counts, trace: Floats) -> int:
    """One run, into ``counts`` and as much of ``trace`` as there is. Who is under way in the end: neither waiting, nor
    done, nor gone; −1 when more than ``room`` patients were there at once.
    """
    weeks, queues = net.rate.shape
    periods, resources = net.supply.shape
    steps = len(net.leaving)
    priorities, bins = queues // steps, counts.waited.shape[2]
    week_long = net.period * net.per_week
    # Patients: places, of which those that somebody has left are taken again.
    keys, since, until = np.empty(room, np.uint64), np.empty(room), np.empty(room)
    begun, factor, behind = np.empty(room), np.empty(room), np.empty(room, np.int64)
    queue, stage, visit = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64)
    vacant, vacated, taken = np.empty(room, np.int64), 0, 0
    # Events: a patient's place, or −1 − the queue that somebody comes to from outside.
    times, things, n = np.empty(room + queues), np.empty(room + queues, np.int64), 0
    sources, number = np.empty(queues, np.uint64), np.zeros(queues, np.int64)
    head, tail = np.full(queues, -1), np.full(queues, -1)
    planned, owed = np.zeros(queues), np.zeros(queues)
    free, busy, seen = np.zeros(resources), np.zeros(resources), np.zeros(resources)
    closed, to_come = np.full(resources, priorities), np.zeros(resources)
    users, first_user = users_of(net, priorities)
    able, week, written, rising = np.empty(queues, np.int64), 0, 0, net.limit + week_long

    for q in range(queues):
        sources[q] = key(stream, q)
        listed, place = key(stream, queues + q), 0
        for waited in range(net.start.shape[1] - 1, -1, -1):
            for _ in range(net.start[q, waited]):
                who, taken = taken, taken + 1
                keys[who], since[who], visit[who] = key(np.uint64(listed), place), -waited * week_long, 0
                queue[who], behind[who], until[who] = q, -1, np.inf
                if net.leaving[q // priorities] > 0:
                    until[who] = exponential(keys[who], PATIENCE) / net.leaving[q // priorities]
                if tail[q] < 0:
                    head[q] = who
                else:
                    behind[tail[q]] = who
                tail[q], place = who, place + 1
        when = coming(net.rate, q, week_long, 0.0, exponential(np.uint64(key(sources[q], 0)), GAP))
        if when < np.inf:
            n = push(times, things, n, when, -1 - q)

    period = 0
    while True:
        able_now, joining, freed, begins = 0, -1, -1, False
        if n > 0 and times[0] <= period * net.period:
            now, thing = times[0], things[0]
            n = pop(times, things, n)
            if thing < 0:
                q = -1 - thing
                if vacated > 0:
                    vacated -= 1
                    joining = vacant[vacated]
                elif taken < room:
                    joining, taken = taken, taken + 1
                else:
                    return -1
                keys[joining], visit[joining], queue[joining] = key(sources[q], number[q]), 0, q
                number[q] += 1
                counts.referred[week, q] += 1
                when = coming(net.rate, q, week_long, now, exponential(np.uint64(key(sources[q], number[q])), GAP))
                if when < np.inf:
                    n = push(times, things, n, when, thing)
            elif stage[thing] == COMING:
                joining = thing
            else:
                step = queue[thing] // priorities
                if stage[thing] < net.first[step + 1]:
                    freed = net.resource[stage[thing]]
                    counts.used[week, freed] += busy[freed] * (now - seen[freed])
                    seen[freed] = now
                    busy[freed] -= net.amount[stage[thing]]
                    free[freed] += net.amount[stage[thing]]
                    stage[thing] += 1
                if stage[thing] < net.first[step + 1]:
                    n = push(times, things, n, begun[thing] + factor[thing] * net.hold[stage[thing]], thing)
                else:
                    share, onto = chance(keys[thing], NEXT + EACH * visit[thing]), 0
                    while onto < steps and share >= net.onward[step, onto]:
                        onto += 1
                    if onto == steps:
                        counts.done[week] += 1
                        vacant[vacated] = thing
                        vacated += 1
                    else:
                        queue[thing] += (onto - step) * priorities
                        visit[thing] += 1
                        ready = begun[thing] + net.after[step, onto]
                        if ready > now:
                            stage[thing] = COMING
                            n = push(times, things, n, ready, thing)
                        else:
                            joining = thing
        else:
            now = period * net.period
            begins = True

        if joining >= 0:
            q = queue[joining]
            since[joining], behind[joining], until[joining] = now, -1, np.inf
            hazard = net.leaving[q // priorities]
            if hazard > 0:
                until[joining] = now + exponential(keys[joining], PATIENCE + EACH * visit[joining]) / hazard
            counts.joined[week, q] += 1
            while head[q] >= 0 and until[head[q]] <= now:
                vacant[vacated] = head[q]
                vacated += 1
                head[q] = behind[head[q]]
                counts.left[week, q] += 1
            if head[q] < 0:
                head[q] = joining
                able[0], able_now = q, 1
            else:
                behind[tail[q]] = joining
            tail[q] = joining

        if freed >= 0:
            for at in range(first_user[freed], first_user[freed + 1]):
                q = users[at]
                if head[q] >= 0 and not (able_now > 0 and able[0] == q):
                    able[able_now] = q
                    able_now += 1

        if begins:
            if period % net.per_week == 0:
                turn = period // net.per_week
                for q in range(queues):
                    before, who = -1, head[q]
                    while who >= 0:
                        onto = behind[who]
                        if until[who] <= now:
                            counts.left[week, q] += 1
                            vacant[vacated] = who
                            vacated += 1
                            if before < 0:
                                head[q] = onto
                            else:
                                behind[before] = onto
                        else:
                            waited = now - since[who]
                            counts.waiting[turn, q, min(int(waited / week_long), bins - 1)] += 1
                            counts.late[turn, q] += waited >= rising[q]
                            before = who
                        who = onto
                    tail[q] = before
                for r in range(resources):
                    if net.lasts[r]:
                        counts.used[week, r] += busy[r] * (now - seen[r])
                        seen[r] = now
                if period == periods:
                    break
                week = turn
                for q in range(queues):
                    planned[q] += net.planned[week, q]
                    owed[q] += net.bought[week, q]
                for r in range(resources):
                    to_come[r] = net.supply[period : period + net.per_week, r].sum()
                    if not net.lasts[r]:
                        free[r] = 0.0
            for r in range(resources):
                free[r] += net.supply[period, r]
                to_come[r] -= net.supply[period, r]
                closed[r] = priorities
            for q in range(queues):
                if head[q] >= 0:
                    able[able_now] = q
                    able_now += 1
            period += 1

        while able_now > 0:
            at, best, best_k, best_counted, best_share, best_since = 0, -1, 0, False, 0.0, 0.0
            while at < able_now:
                q = able[at]
                while head[q] >= 0 and until[head[q]] <= now:
                    vacant[vacated] = head[q]
                    vacated += 1
                    head[q] = behind[head[q]]
                    counts.left[week, q] += 1
                if head[q] < 0:
                    able_now -= 1
                    able[at] = able[able_now]
                    continue
                k, counted, from_when = q % priorities, planned[q] >= 0.5, since[head[q]]
                share = (now - from_when) / rising[q]
                if best < 0 or sooner(k, counted, share, from_when, best_k, best_counted, best_share, best_since):
                    best, best_k, best_counted, best_share, best_since = at, k, counted, share, from_when
                at += 1
            if best < 0:
                break
            q = able[best]
            who, step, buys = head[q], q // priorities, owed[q] >= 1 - EPSILON
            can, hopeless = True, False
            if not buys:
                for at in range(net.first[step], net.first[step + 1]):
                    r = net.resource[at]
                    if free[r] < net.amount[at] - EPSILON or best_k >= closed[r]:
                        can, hopeless = False, hopeless or net.lasts[r]
            if not can:
                # Whom a later day of the week will be enough for is not overtaken by the less urgent until then.
                if begins and not hopeless:
                    for at in range(net.first[step], net.first[step + 1]):
                        r = net.resource[at]
                        if free[r] < net.amount[at] - EPSILON <= free[r] + to_come[r]:
                            closed[r] = min(closed[r], best_k)
                able_now -= 1
                able[best] = able[able_now]
                continue
            head[q] = behind[who]
            if head[q] < 0:
                tail[q] = -1
                able_now -= 1
                able[best] = able[able_now]
            begun[who], factor[who], stage[who] = now, 1.0, net.held[step]
            if buys:
                owed[q] -= 1
                counts.bought[week, q] += 1
                stage[who] = net.first[step + 1]
            else:
                planned[q] -= 1
                for at in range(net.first[step], net.first[step + 1]):
                    r = net.resource[at]
                    free[r] -= net.amount[at]
                    if net.lasts[r]:
                        counts.used[week, r] += busy[r] * (now - seen[r])
                        seen[r] = now
                        busy[r] += net.amount[at]
                    else:
                        counts.used[week, r] += net.amount[at]
            when = now
            if stage[who] < net.first[step + 1]:
                if net.drawn[step]:
                    factor[who] = exponential(keys[who], HOLD + EACH * visit[who])
                when += factor[who] * net.hold[stage[who]]
            n = push(times, things, n, when, who)
            waited = now - since[who]
            counts.begun[week, q] += 1
            counts.time[week, q] += waited
            counts.waited[week, q, min(int(waited / week_long), bins - 1)] += 1
            counts.within[week, q] += waited < rising[q]
            if written < len(trace):
                trace[written, 0], trace[written, 1], trace[written, 2] = now, q, since[who]
                trace[written, 3], trace[written, 4] = factor[who], buys
                written += 1

    waiting = 0
    for q in range(queues):
        waiting += counts.waiting[weeks, q].sum()
    return taken - vacated - waiting


@compiled
def users_of(net: Network, priorities: int) -> tuple[Whole, Whole]:
    """The queues that need each resource, one resource after the other, and where each one's begin."""
    resources = len(net.lasts)
    users, first = np.empty(len(net.resource) * priorities, np.int64), np.zeros(resources + 1, np.int64)
    n = 0
    for r in range(resources):
        for step in range(len(net.leaving)):
            for at in range(net.first[step], net.first[step + 1]):
                if net.resource[at] == r:
                    for k in range(priorities):
                        users[n], n = step * priorities + k, n + 1
        first[r + 1] = n
    return users, first
