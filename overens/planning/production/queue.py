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
from typing import Any

import numpy as np

from overens.planning.chance import chance, compiled, key
from overens.planning.production.flow import Floats, Whole
from overens.planning.production.heap import EVENT, down, put
from overens.planning.production.network import FLOWS, Counts, Network, Records, empty

# A patient fills one line of the processor's cache. ``behind``: who is next in the queue, or the next vacant place.
_PATIENT = np.dtype(
    [("key", "u8"), ("since", "f8"), ("until", "f8"), ("begun", "f8"), ("factor", "f8"), ("need", "u4"),
     ("behind", "u4"), ("queue", "u4"), ("visit", "u4")]
)  # fmt: skip
_QUEUE = np.dtype(
    [("head", "u4"), ("tail", "u4"), ("step", "u4"), ("rank", "u4"), ("planned", "f8"), ("owed", "f8"), ("limit", "f8"),
     ("urgency", "f8"), ("source", "u8"), ("next", "u8"), ("number", "u4"), *FLOWS.descr]
)  # fmt: skip
_RESOURCE = np.dtype(
    [("free", "f8"), ("busy", "f8"), ("seen", "f8"), ("used", "f8"), ("to_come", "f8"), ("closed", "u4"),
     ("lasts", "u4"), ("users", "u4")]
)  # fmt: skip


# The columns of a trace, a row for each who begins: when, in which queue, waiting since when, for how many times the
# mean the resources are held, whether bought.
TRACE = ("time", "queue", "since", "factor", "bought")
# Rounding of minutes must not keep anybody out.
EPSILON = 1e-6
NOBODY = 2**32 - 1
# Instead of a need that is held: the patient's place in the next queue is still to be taken.
COMING = NOBODY
# Events of a patient's own: the time since the one before, then three for each visit.
GAP, HOLD, PATIENCE, ONWARD, EACH = 1, 2, 3, 4, 3


def run(network: Network, stream: np.uint64, bins: int, begins: int = 0) -> tuple[Counts, int, Floats]:
    """One run under a key: counts, how many are under way in the end (neither waiting, nor done, nor gone), and a trace
    of the first so many who begin.
    """
    counts, trace = empty(network, bins), np.empty((begins, len(TRACE)))
    coming = float(network.rate.sum()) * network.period * network.per_week
    # Ten standard deviations above the mean of who come, and who are here.
    most = int(network.start.sum() + coming + 10 * math.sqrt(coming) + 100)
    queues, resources = network.rate.shape[1], len(network.lasts)
    under_way, written = _run(
        network,
        stream,
        np.empty(most, _PATIENT),
        np.zeros(queues, _QUEUE),
        np.zeros(resources, _RESOURCE),
        counts,
        trace,
    )
    if under_way < 0:
        raise RuntimeError("more patients than there is room for")
    return counts, under_way, trace[:written]


@compiled
def _exponential(stream: np.uint64, event: int) -> float:
    """Of mean 1."""
    return -math.log(1.0 - chance(stream, event))


@compiled
def _coming(rate: Floats, q: int, week: float, now: float, gap: float) -> float:
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
def _before(
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
def _join(patients: Records, queue: Any, who: int, now: float, leaving: float) -> None:
    """The last in a queue."""
    patient = patients[who]
    patient.since, patient.behind, patient.until = now, NOBODY, math.inf
    if leaving > 0:
        patient.until = max(now, 0.0) + _exponential(patient.key, PATIENCE + EACH * patient.visit) / leaving
    if queue.head == NOBODY:
        queue.head = who
    else:
        patients[queue.tail].behind = who
    queue.tail = who


@compiled
def _leave(patients: Records, queue: Any, now: float, vacant: int) -> int:
    """Those first in a queue who have given up, away from it. The first vacant place."""
    while queue.head != NOBODY and patients[queue.head].until <= now:
        who = queue.head
        queue.head = patients[who].behind
        patients[who].behind = vacant
        vacant = who
        queue.left += 1
    return vacant


@compiled
def _users(net: Network, resources: Records, priorities: int) -> Whole:
    """The queues that need each resource, one resource after the other; ``users``: where each one's end."""
    users, n = np.empty(len(net.needs) * priorities, np.int64), 0
    for r in range(len(resources)):
        for step in range(len(net.steps)):
            for at in range(net.steps[step].first, net.steps[step].last):
                if net.needs[at].resource == r:
                    for k in range(priorities):
                        users[n] = step * priorities + k
                        n += 1
        resources[r].users = n
    return users


@compiled
def _turn(
    patients: Records, queues: Records, resources: Records, now: float, week_long: float, turn: int, vacant: int,
    counts: Counts,
) -> int:  # fmt: skip
    """A week ends: those who have given up leave it, the others are counted. The first vacant place."""
    for q in range(len(queues)):
        queue = queues[q]
        before, who = NOBODY, queue.head
        while who != NOBODY:
            behind = patients[who].behind
            if patients[who].until <= now:
                queue.left += 1
                patients[who].behind = vacant
                vacant = who
                if before == NOBODY:
                    queue.head = behind
                else:
                    patients[before].behind = behind
            else:
                waited = now - patients[who].since
                counts.waiting[turn, q, min(int(waited / week_long), counts.waiting.shape[2] - 1)] += 1
                counts.late[turn, q] += waited >= queue.limit
                before = who
            who = behind
        queue.tail = before
        if turn > 0:
            flow = counts.flows[turn - 1, q]
            flow.referred, flow.joined, flow.begun = queue.referred, queue.joined, queue.begun
            flow.bought, flow.left, flow.within, flow.time = queue.bought, queue.left, queue.within, queue.time
        queue.referred = queue.joined = queue.begun = queue.bought = queue.left = queue.within = 0
        queue.time = 0.0
    for r in range(len(resources)):
        resource = resources[r]
        if turn > 0:
            counts.used[turn - 1, r] = resource.used + resource.busy * (now - resource.seen)
        resource.used, resource.seen = 0.0, now
    return vacant


@compiled
def _run(
    net: Network,
    stream: np.uint64,
    patients: Records,
    queues: Records,
    resources: Records,
    counts: Counts,
    trace: Floats,
) -> tuple[int, int]:
    """Who is under way in the end, −1 when there is no room for so many; and how much of the trace is written."""
    steps, bins = len(net.steps), counts.waited.shape[2]
    priorities, week_long = len(queues) // steps, net.period * net.per_week
    users = _users(net, resources, priorities)
    # Events: a patient's place, or −1 − the queue that somebody comes to from outside.
    events, n = np.empty(len(patients) + len(queues), EVENT), 0
    taken, vacant, under_way, written, week, period, opening = 0, NOBODY, 0, 0, 0, 0, False
    able = np.empty(len(queues), np.int64)

    for r in range(len(resources)):
        resources[r].lasts = net.lasts[r]
    for q in range(len(queues)):
        queue = queues[q]
        queue.head, queue.tail, queue.step, queue.rank = NOBODY, NOBODY, q // priorities, q % priorities
        # Whole weeks within the limit: until another one has passed.
        queue.limit = net.limit[q] + week_long
        queue.urgency = 1 / queue.limit
        listed, place = np.uint64(key(stream, len(queues) + q)), 0
        for waited in range(net.start.shape[1] - 1, -1, -1):
            for _ in range(net.start[q, waited]):
                patients[taken].key, patients[taken].queue, patients[taken].visit = key(listed, place), q, 0
                _join(patients, queue, taken, -waited * week_long, net.steps[queue.step].leaving)
                taken, place = taken + 1, place + 1
        queue.source = key(stream, q)
        queue.next = key(queue.source, 0)
        when = _coming(net.rate, q, week_long, 0.0, _exponential(queue.next, GAP))
        if when < math.inf:
            n = put(events, n, False, when, -1 - q)

    while True:
        able_now, joining, freed, begins, instead = 0, NOBODY, -1, False, False
        moment = period * net.period
        # What happens at the moment when a period begins does so in it, and before anybody begins.
        if n > 0 and (events[0].time < moment or (opening and events[0].time == moment)):
            now, thing, instead = events[0].time, events[0].thing, True
            if thing < 0:
                queue = queues[-1 - thing]
                if vacant != NOBODY:
                    joining = vacant
                    vacant = patients[vacant].behind
                elif taken < len(patients):
                    joining = taken
                    taken += 1
                else:
                    return -1, written
                patient = patients[joining]
                patient.key, patient.visit, patient.queue = queue.next, 0, -1 - thing
                under_way += 1
                queue.referred += 1
                queue.number += 1
                queue.next = key(queue.source, queue.number)
                when = _coming(net.rate, -1 - thing, week_long, now, _exponential(queue.next, GAP))
                if when < math.inf:
                    n = put(events, n, instead, when, thing)
                    instead = False
            elif patients[thing].need == COMING:
                joining = thing
            else:
                patient = patients[thing]
                step = net.steps[queues[patient.queue].step]
                if patient.need < step.last:
                    freed = net.needs[patient.need].resource
                    resource = resources[freed]
                    resource.used += resource.busy * (now - resource.seen)
                    resource.seen = now
                    resource.busy -= net.needs[patient.need].amount
                    resource.free += net.needs[patient.need].amount
                    patient.need += 1
                if patient.need < step.last:
                    when = patient.begun + patient.factor * net.needs[patient.need].hold
                    n = put(events, n, instead, when, thing)
                    instead = False
                else:
                    at = step.onward
                    if at < step.end:
                        share = chance(patient.key, ONWARD + EACH * patient.visit)
                        while at < step.end and share >= net.nexts[at].share:
                            at += 1
                    if at == step.end:
                        counts.done[week] += 1
                        under_way -= 1
                        patient.behind = vacant
                        vacant = thing
                    else:
                        patient.queue = net.nexts[at].step * priorities + queues[patient.queue].rank
                        patient.visit += 1
                        when = patient.begun + net.nexts[at].after
                        if when > now:
                            patient.need = COMING
                            n = put(events, n, instead, when, thing)
                            instead = False
                        else:
                            joining = thing
        elif opening:
            now, opening, begins = moment, False, True
            period += 1
        else:
            now, opening = moment, True
            if period % net.per_week == 0:
                week = period // net.per_week
                vacant = _turn(patients, queues, resources, now, week_long, week, vacant, counts)
                if week == len(net.rate):
                    break
                for q in range(len(queues)):
                    queues[q].planned += net.planned[week, q]
                    queues[q].owed += net.bought[week, q]
                for r in range(len(resources)):
                    resources[r].to_come = net.supply[period : period + net.per_week, r].sum()
                    if not resources[r].lasts:
                        resources[r].free = 0.0
            for r in range(len(resources)):
                resources[r].free += net.supply[period, r]
                resources[r].to_come -= net.supply[period, r]
                resources[r].closed = priorities

        if joining != NOBODY:
            q = patients[joining].queue
            queue = queues[q]
            under_way -= 1
            vacant = _leave(patients, queue, now, vacant)
            _join(patients, queue, joining, now, net.steps[queue.step].leaving)
            queue.joined += 1
            if queue.head == joining:
                able[0], able_now = q, 1
        if freed >= 0:
            for at in range(resources[freed - 1].users if freed > 0 else 0, resources[freed].users):
                q = users[at]
                if queues[q].head != NOBODY and not (able_now > 0 and able[0] == q):
                    able[able_now] = q
                    able_now += 1
        if begins:
            for q in range(len(queues)):
                if queues[q].head != NOBODY:
                    able[able_now] = q
                    able_now += 1
        if opening:
            able_now = 0

        while able_now > 0:
            at, best, k, counted, share, since = 0, -1, 0, False, 0.0, 0.0
            while at < able_now:
                q = able[at]
                queue = queues[q]
                vacant = _leave(patients, queue, now, vacant)
                if queue.head == NOBODY:
                    able_now -= 1
                    able[at] = able[able_now]
                    continue
                from_when = patients[queue.head].since
                its = queue.rank, queue.planned >= 0.5, (now - from_when) * queue.urgency, from_when
                if able_now == 1 or best < 0 or _before(*its, k, counted, share, since):
                    best = at
                    k, counted, share, since = its
                at += 1
            if best < 0:
                break
            q = able[best]
            queue = queues[q]
            who, step, buys = queue.head, net.steps[queue.step], queue.owed >= 1 - EPSILON
            can, hopeless = True, False
            if not buys:
                for at in range(step.first, step.last):
                    resource = resources[net.needs[at].resource]
                    if resource.free < net.needs[at].amount - EPSILON or k >= resource.closed:
                        can, hopeless = False, hopeless or resource.lasts > 0
            if not can:
                # Whom a later day of the week will be enough for is not overtaken by the less urgent until then.
                if begins and not hopeless:
                    for at in range(step.first, step.last):
                        resource, amount = resources[net.needs[at].resource], net.needs[at].amount - EPSILON
                        if resource.free < amount <= resource.free + resource.to_come:
                            resource.closed = min(resource.closed, k)
                able_now -= 1
                able[best] = able[able_now]
                continue
            patient = patients[who]
            queue.head, enough = patient.behind, True
            patient.begun, patient.factor, patient.need, when = now, 1.0, step.held, now
            if buys:
                queue.owed -= 1
                queue.bought += 1
                patient.need = step.last
            else:
                queue.planned -= 1
                for at in range(step.first, step.last):
                    resource, amount = resources[net.needs[at].resource], net.needs[at].amount
                    resource.free -= amount
                    enough = enough and (resource.free >= amount - EPSILON or begins)
                    if resource.lasts:
                        resource.used += resource.busy * (now - resource.seen)
                        resource.seen = now
                        resource.busy += amount
                    else:
                        resource.used += amount
                if step.held < step.last:
                    if step.drawn:
                        patient.factor = _exponential(patient.key, HOLD + EACH * patient.visit)
                    when += patient.factor * net.needs[step.held].hold
            n = put(events, n, instead, when, who)
            instead = False
            under_way += 1
            if not enough:
                # Nobody else of this queue can.
                able_now -= 1
                able[best] = able[able_now]
            waited = now - since
            queue.begun += 1
            queue.time += waited
            queue.within += waited < queue.limit
            counts.waited[week, q, min(int(waited / week_long), bins - 1)] += 1
            if written < len(trace):
                trace[written, 0], trace[written, 1], trace[written, 2] = now, q, since
                trace[written, 3], trace[written, 4] = patient.factor, buys
                written += 1
        if instead:
            n -= 1
            down(events, n, events[n].time, events[n].thing)

    return under_way, written
