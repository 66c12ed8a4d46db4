# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Patients one by one through queues for what is scarce: the compiled part of the simulation. Needs the extra
``planning``.

There is one queue for each step and priority, first come first served. A resource is a number of units that are free.
What lasts (a server, a bed) is given back after a while; what does not (minutes) is used up, and what is left of it
when a week's working periods end is lost. Time stands still between events, which are: somebody comes, somebody's hold
of a resource ends, somebody becomes ready for the next step, and a period begins with what it brings. After each event
those first in their queues begin who can, the most urgent first: by priority, then those whom the plan has counted on,
then by the share of their limit that they have waited, then the longest wait.

A patient has a number of the source and the place in it, and under it a chance for each event of each visit
(:mod:`overens.planning.chance`): a plan changes who waits and not the luck. Time is in units of the caller's.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from overens.planning.chance import chance, key, lean
from overens.planning.exponential import exponential
from overens.planning.production.flow import Floats
from overens.planning.production.heap import EVENT, down, put
from overens.planning.production.network import FLOWS, Counts, Network, Records, empty

# A patient fills one line of the processor's cache. ``behind``: who is next in the queue, or the next vacant place.
_PATIENT = np.dtype(
    [("key", "u8"), ("since", "f8"), ("until", "f8"), ("begun", "f8"), ("factor", "f8"), ("need", "u4"),
     ("behind", "u4"), ("queue", "u4"), ("visit", "u4"), ("spare", "u8")]
)  # fmt: skip
_QUEUE = np.dtype(
    [("head", "u4"), ("tail", "u4"), ("step", "u4"), ("rank", "u4"), ("planned", "f8"), ("owed", "f8"), ("limit", "f8"),
     ("urgency", "f8"), ("source", "u8"), ("next", "u8"), ("number", "u4"), *FLOWS.descr]
)  # fmt: skip
_RESOURCE = np.dtype(
    [("free", "f8"), ("busy", "f8"), ("used", "f8"), ("to_come", "f8"), ("closed", "u4"),
     ("lasts", "u4"), ("first", "u4"), ("last", "u4"), ("least", "f8")]
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
        np.empty(most + 1, EVENT),
        np.empty(queues, EVENT),
        np.empty(len(network.needs) * (queues // len(network.steps)) + resources + 1 + queues, np.uint32),
    )
    if under_way < 0:
        raise RuntimeError("more patients than there is room for")
    return counts, under_way, trace[:written]


@lean
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


@lean
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


@lean
def _join(patients: Records, queue: Any, who: int, now: float, leaving: float) -> None:
    """The last in a queue."""
    patient = patients[who]
    patient.since, patient.behind, patient.until = now, NOBODY, math.inf
    if leaving > 0:
        patient.until = max(now, 0.0) + exponential(patient.key, PATIENCE + EACH * patient.visit) / leaving
    if queue.head == NOBODY:
        queue.head = who
    else:
        patients[queue.tail].behind = who
    queue.tail = who


@lean
def _leave(patients: Records, queue: Any, now: float, vacant: int) -> int:
    """Those first in a queue who have given up, away from it. The first vacant place."""
    while queue.head != NOBODY and patients[queue.head].until <= now:
        who = queue.head
        queue.head = patients[who].behind
        patients[who].behind = vacant
        vacant = who
        queue.left += 1
    return vacant


@lean
def _users(net: Network, resources: Records, priorities: int, users: Any) -> int:
    """The queues that need each resource: first … last, with a place before them. Where there is place for all."""
    n = 0
    for r in range(len(resources)):
        n += 1
        resources[r].first, resources[r].least = n, math.inf
        for step in range(len(net.steps)):
            for at in range(net.steps[step].first, net.steps[step].last):
                if net.needs[at].resource == r:
                    resources[r].least = min(resources[r].least, net.needs[at].amount - EPSILON)
                    for k in range(priorities):
                        users[n] = step * priorities + k
                        n += 1
        resources[r].last = n
    return n + 1


@lean
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
            counts.used[turn - 1, r] = resource.used + resource.busy * week_long
        resource.used = 0.0
    return vacant


@lean
def _can(net: Network, resources: Records, queue: Any) -> bool:
    """Whether there is what a step needs, for those of a queue."""
    if queue.owed >= 1 - EPSILON:
        return True
    step = net.steps[queue.step]
    for at in range(step.first, step.last):
        resource = resources[net.needs[at].resource]
        if resource.free < net.needs[at].amount - EPSILON or queue.rank >= resource.closed:
            return False
    return True


@lean
def _keep(net: Network, resources: Records, step: Any, k: int) -> None:
    """Whom a later day of the week will be enough for is not overtaken by the less urgent until then."""
    for at in range(step.first, step.last):
        resource, amount = resources[net.needs[at].resource], net.needs[at].amount - EPSILON
        if resource.lasts and (resource.free < amount or k >= resource.closed):
            return
    for at in range(step.first, step.last):
        resource, amount = resources[net.needs[at].resource], net.needs[at].amount - EPSILON
        if resource.free < amount <= resource.free + resource.to_come:
            resource.closed = min(resource.closed, k)


@lean
def _run(
    net: Network,
    stream: np.uint64,
    patients: Records,
    queues: Records,
    resources: Records,
    counts: Counts,
    trace: Floats,
    events: Records,
    coming: Records,
    users: Any,
) -> tuple[int, int]:
    """Who is under way in the end, −1 when there is no room for so many; and how much of the trace is written.

    ``events`` are a heap of patients' places, ``coming`` of the queues that somebody comes to from outside; ``users``:
    :func:`_users`.
    """
    steps, bins = len(net.steps), counts.waited.shape[2]
    priorities, week_long = len(queues) // steps, net.period * net.per_week
    idle = _users(net, resources, priorities, users)
    taken, vacant, under_way, written, n, week, period, opening = 0, NOBODY, 0, 0, 0, 0, 0, False

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
        put(coming, q, False, _coming(net.rate, q, week_long, 0.0, exponential(queue.next, GAP)), q)

    moment, until, monday = 0.0, 0.0, 0.0
    events[0].time = math.inf
    while True:
        joining, freed, begins, instead = NOBODY, -1, False, False
        # What happens at the moment when a period begins does so in it, and before anybody begins.
        if coming[0].time < until and coming[0].time < events[0].time:
            now, q = coming[0].time, coming[0].thing
            queue = queues[q]
            if vacant != NOBODY:
                joining = vacant
                vacant = patients[vacant].behind
            elif taken < len(patients):
                joining = taken
                taken += 1
            else:
                return -1, written
            patient = patients[joining]
            patient.key, patient.visit, patient.queue = queue.next, 0, q
            under_way += 1
            queue.referred += 1
            queue.number += 1
            queue.next = key(queue.source, queue.number)
            down(coming, len(queues), _coming(net.rate, q, week_long, now, exponential(queue.next, GAP)), q)
        elif events[0].time < until:
            now, thing, instead = events[0].time, events[0].thing, True
            patient = patients[thing]
            if patient.need == COMING:
                joining = thing
            else:
                step = net.steps[queues[patient.queue].step]
                need = patient.need
                if need < step.last:
                    freed = net.needs[need].resource
                    resource, amount = resources[freed], net.needs[need].amount
                    resource.used += amount * (now - monday)
                    resource.busy -= amount
                    resource.free += amount
                    need += 1
                    patient.need = need
                if need < step.last:
                    when = patient.begun + patient.factor * net.needs[need].hold
                    n = put(events, n, instead, when, thing)
                    instead = False
                else:
                    at = step.onward
                    if at < step.end and net.nexts[at].share < 1:
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
            moment = until = period * net.period
        else:
            now, opening = moment, True
            until = np.nextafter(moment, math.inf)
            if period % net.per_week == 0:
                week = period // net.per_week
                vacant = _turn(patients, queues, resources, now, week_long, week, vacant, counts)
                monday = now
                if week == len(net.rate):
                    break
                for q in range(len(queues)):
                    queues[q].planned += net.planned[week, q]
                    queues[q].owed += net.bought[week, q]
                for r in range(len(resources)):
                    resources[r].to_come = net.supply[period : period + net.per_week, r].sum()
            for r in range(len(resources)):
                if period % net.per_week == net.working % net.per_week and not resources[r].lasts:
                    resources[r].free = 0.0
                resources[r].free += net.supply[period, r]
                resources[r].to_come -= net.supply[period, r]
                resources[r].closed = priorities

        # Who may begin: first … last of users.
        first, last = idle, idle
        if freed >= 0:
            first, last = resources[freed].first, resources[freed].last
        if joining != NOBODY:
            q = patients[joining].queue
            queue = queues[q]
            under_way -= 1
            vacant = _leave(patients, queue, now, vacant)
            _join(patients, queue, joining, now, net.steps[queue.step].leaving)
            queue.joined += 1
            if queue.head == joining and _can(net, resources, queue):
                first -= 1
                users[first] = q
        if begins:
            last = idle
            for q in range(len(queues)):
                if queues[q].head != NOBODY:
                    users[last] = q
                    last += 1
        if opening:
            last = first

        while first < last:
            best, k, counted, share, since = -1, 0, False, 0.0, 0.0
            for at in range(first, last):
                queue = queues[users[at]]
                vacant = _leave(patients, queue, now, vacant)
                if queue.head == NOBODY or not (begins or _can(net, resources, queue)):
                    continue
                from_when = patients[queue.head].since
                its = queue.rank, queue.planned >= 0.5, (now - from_when) * queue.urgency, from_when
                if best < 0 or _before(*its, k, counted, share, since):
                    best = at
                    k, counted, share, since = its
            if best < 0:
                break
            q = users[best]
            queue = queues[q]
            who, step, buys = queue.head, net.steps[queue.step], queue.owed >= 1 - EPSILON
            if begins and not _can(net, resources, queue):
                _keep(net, resources, step, k)
                last -= 1
                users[best] = users[last]
                continue
            patient = patients[who]
            queue.head = patient.behind
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
                    if resource.lasts:
                        resource.used -= amount * (now - monday)
                        resource.busy += amount
                    else:
                        resource.used += amount
                if step.held < step.last:
                    if step.drawn:
                        patient.factor = exponential(patient.key, HOLD + EACH * patient.visit)
                    when += patient.factor * net.needs[step.held].hold
            n = put(events, n, instead, when, who)
            instead = False
            under_way += 1
            waited = now - since
            queue.begun += 1
            queue.time += waited
            queue.within += waited < queue.limit
            counts.waited[np.uint32(week), q, np.uint32(min(int(waited / week_long), bins - 1))] += 1
            if written < len(trace):
                trace[written, 0], trace[written, 1], trace[written, 2] = now, q, since
                trace[written, 3], trace[written, 4] = patient.factor, buys
                written += 1
            # Where nobody else can.
            if not begins and (
                freed < 0 or (first == resources[freed].first and resources[freed].free < resources[freed].least)
            ):
                break
        if instead:
            n -= 1
            down(events, n, events[n].time, events[n].thing)
            if n == 0:
                events[0].time = math.inf

    return under_way, written
