# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's patients one by one, from the list as it is: what becomes of it, with a plan or as things are.

The unit of time is the day. A week's hours come in fifths, Monday to Friday; what is left on Friday is lost. A bed is
held day and night, for days that are exponential. All of this is assumed, and with the rest in docs/production.md.
Needs the extra ``planning``.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from overens.planning.chance import chance, key
from overens.planning.production import network as arrays
from overens.planning.production import queue
from overens.planning.production.days import DAYS, WORKING_DAYS
from overens.planning.production.flow import Floats, Flow, Plan
from overens.planning.production.waits import Runs, Waits

MINUTES = 60
# A share a week that nobody outlasts has no rate.
CERTAIN = 1 - 1e-12
# Called with how many runs are done, of how many. It may raise, which ends the work.
Progress: TypeAlias = Callable[[int, int], object]
# Of what a run is counted by, what is kept of each; ``waited`` and ``waiting`` are added up.
KEPT = (
    "referred", "joined", "begun", "bought", "left", "within", "days", "late", "done",
    "used", "room_used", "bed_days_used",
)  # fmt: skip
THERE = ("there", "room_there", "bed_days_there")


def simulate(flow: Flow, seed: int, run: int, plan: Plan | None = None, unsure: Floats | None = None) -> Waits:
    """One run: the same for the same flow, plan, seed and run. With another plan the patients meet the same chances.

    unsure[W, N]: the standard deviation of ``referred`` that is not that of counting, as a share of it (None: sure).
    What the surest week has of it is each week's own; what the others have beside it is of the level, and the same
    number of deviations in all weeks of a run.

    The ordinary hours are there whatever a plan needs of them; with it come its overtime, its hired and its bought, and
    no more than its sessions. With none, all sessions that there is time for are opened, and nothing is bought.
    """
    return _counted(flow, network(flow, plan), seed, run, unsure)


def simulate_many(
    flow: Flow,
    seed: int,
    runs: int,
    plan: Plan | None = None,
    unsure: Floats | None = None,
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> Runs:
    """The runs 0, 1, 2 …, on so many threads (the compiled part lets go of the interpreter), which changes nothing in
    what comes out. Raises whatever ``progress`` does, when the runs that have begun are done.
    """
    net = network(flow, plan)
    taken = _Taken(flow, runs)
    with ThreadPoolExecutor(max(1, workers)) as pool:
        left = iter(range(runs))
        asked: dict[Future[Waits], int] = {}
        while True:
            while len(asked) < 2 * workers and (run := next(left, None)) is not None:
                asked[pool.submit(_counted, flow, net, seed, run, unsure)] = run
            if not asked:
                return taken.runs()
            for each in wait(asked, return_when=FIRST_COMPLETED).done:
                taken.take(asked.pop(each), each.result())
                if progress:
                    progress(taken.done, runs)


def network(flow: Flow, plan: Plan | None = None) -> arrays.Network:
    """A flow as queues and resources: competences and rooms in minutes, then beds."""
    steps, priorities = len(flow.steps), len(flow.priorities)
    queues = steps * priorities
    needs = [_needs(flow, step) for step in range(steps)]
    nexts = [_nexts(flow, step) for step in range(steps)]
    ends = np.cumsum([len(each) for each in needs])
    held = [end - sum(hold > 0 for *_, hold in each) for end, each in zip(ends, needs, strict=True)]
    needed = [0, *ends[:-1]], held, ends
    onward = np.cumsum([0, *(len(each) for each in nexts)])
    leaving = -np.log1p(-np.minimum(flow.leaving, CERTAIN)) / DAYS
    hours, rooms, beds = there(flow, plan)
    minutes = np.hstack((hours, rooms)) * MINUTES / WORKING_DAYS
    by_day = np.zeros((flow.weeks, DAYS, minutes.shape[1] + beds.shape[1]))
    by_day[:, :WORKING_DAYS, : minutes.shape[1]] = minutes[:, None]
    by_day[:, 0, minutes.shape[1] :] = np.diff(beds / DAYS, axis=0, prepend=0)
    shape = flow.weeks, queues
    own, bought = (np.zeros(shape), np.zeros(shape)) if plan is None else (plan.begun - plan.bought, plan.bought)
    return arrays.Network(
        period=1.0,
        per_week=DAYS,
        working=WORKING_DAYS,
        rate=_plain(flow.referred.reshape(shape) / DAYS),
        start=np.ascontiguousarray(flow.waiting.reshape(queues, -1), np.int64),
        limit=_plain(flow.limit.reshape(-1) * DAYS),
        steps=np.array([*zip(*needed, [1] * steps, onward[:-1], onward[1:], leaving, strict=True)], arrays.STEP),
        needs=np.array([need for each in needs for need in each], arrays.NEED),
        nexts=np.array([each for step in nexts for each in step], arrays.NEXT),
        supply=_plain(by_day.reshape(flow.weeks * DAYS, -1)),
        lasts=np.arange(by_day.shape[2]) >= minutes.shape[1],
        planned=_plain(own.reshape(shape)),
        bought=_plain(bought.reshape(shape)),
    )


def there(flow: Flow, plan: Plan | None = None) -> tuple[Floats, Floats, Floats]:
    """Hours[W, C] and room hours[W, M] that can be used, and bed-days[W, B], of beds that are whole ones: what is over
    of a bed is kept until it makes one.
    """
    in_sessions = flow.session > 0
    sessions = np.floor(flow.room_hours / np.where(in_sessions, flow.session, 1) + queue.EPSILON)
    if plan is not None:
        sessions = plan.sessions
    hours = flow.hours if plan is None else flow.hours + plan.overtime + plan.hired
    beds = np.floor((flow.bed_days_there / DAYS).cumsum(0) + queue.EPSILON)
    return (
        hours,
        np.where(in_sessions, sessions * flow.session, flow.room_hours),
        np.diff(beds, axis=0, prepend=0) * DAYS,
    )


def _needs(flow: Flow, step: int) -> list[tuple[int, float, float]]:
    """Of one patient's step: the resource, how much of it, and for how many days if it is given back."""
    minutes = np.concatenate((flow.minutes[step], flow.room_minutes[step]))
    used = [(int(at), float(minutes[at]), 0.0) for at in np.flatnonzero(minutes)]
    beds = [(len(minutes) + int(at), 1.0, float(flow.bed_days[step, at])) for at in np.flatnonzero(flow.bed_days[step])]
    return used + sorted(beds, key=lambda bed: bed[2])


def _nexts(flow: Flow, step: int) -> list[tuple[int, float, float]]:
    """The steps that one's patients go on to, with the shares of it and those before it, and the days until then."""
    onto = np.flatnonzero(flow.onward[step])
    shares = flow.onward[step, onto].cumsum()
    return [
        (int(next_one), float(share), float(flow.after[step, next_one] * DAYS))
        for next_one, share in zip(onto, shares, strict=True)
    ]


def _plain(array: NDArray[Any]) -> Floats:
    return np.ascontiguousarray(array, np.float64)


def _off(flow: Flow, stream: np.uint64, unsure: Floats) -> Floats:
    """By what the referrals to each step are multiplied in each week of a run, [W, N]: normal, and not negative."""
    weeks, steps = unsure.shape
    normal = np.zeros((weeks + 1, steps))
    for step in np.flatnonzero(unsure.any(0)):
        its = np.uint64(key(stream, 2 * steps * len(flow.priorities) + int(step)))
        first, second = np.array([[chance(its, 2 * at + part) for at in range(weeks + 1)] for part in (1, 2)])
        normal[:, step] = np.sqrt(-2 * np.log1p(-first)) * np.cos(2 * np.pi * second)
    own = unsure.min(0)
    off: Floats = np.maximum(1 + own * normal[1:] + np.sqrt(unsure**2 - own**2) * normal[0], 0)
    return off


def _counted(flow: Flow, net: arrays.Network, seed: int, run: int, unsure: Floats | None) -> Waits:
    weeks = len(net.rate)
    stream = np.uint64(key(np.uint64(key(np.uint64(0), seed)), run))
    if unsure is not None:
        net = net._replace(rate=_plain(net.rate * np.repeat(_off(flow, stream, unsure), len(flow.priorities), axis=1)))
    counts, under_way, _ = queue.run(net, stream, net.start.shape[1] + weeks)
    flows = {name: np.ascontiguousarray(counts.flows[name]) for name in arrays.FLOWS.names or ()}
    shape = len(flow.steps), len(flow.priorities)
    competences, rooms = len(flow.competences), len(flow.rooms)
    used = counts.used / MINUTES
    available = net.supply.reshape(weeks, DAYS, -1).sum(1)
    beds = net.supply[::DAYS, competences + rooms :].cumsum(0) * DAYS
    return Waits(
        referred=flows["referred"].reshape(weeks, *shape),
        joined=flows["joined"].reshape(weeks, *shape),
        begun=flows["begun"].reshape(weeks, *shape),
        bought=flows["bought"].reshape(weeks, *shape),
        left=flows["left"].reshape(weeks, *shape),
        within=flows["within"].reshape(weeks, *shape),
        waited=counts.waited.reshape(weeks, *shape, -1),
        days=flows["time"].reshape(weeks, *shape),
        waiting=counts.waiting.reshape(weeks + 1, *shape, -1),
        late=counts.late.reshape(weeks + 1, *shape),
        done=counts.done,
        used=used[:, :competences],
        there=available[:, :competences] / MINUTES,
        room_used=used[:, competences : competences + rooms],
        room_there=available[:, competences : competences + rooms] / MINUTES,
        bed_days_used=counts.used[:, competences + rooms :],
        bed_days_there=beds,
        under_way=under_way,
    )


class _Taken:
    """Runs, as they are done, in any order."""

    def __init__(self, flow: Flow, runs: int) -> None:
        self.flow, self.of, self.done = flow, runs, 0
        self.kept: dict[str, Any] = {}

    def take(self, run: int, waits: Waits) -> None:
        for name in KEPT:
            self._into(name, run, getattr(waits, name))
        self._into("on_list", run, waits.waiting.sum(-1))
        for name in ("waited", "waiting"):
            self.kept[name] = self.kept.get(name, np.int64(0)) + getattr(waits, name)
        for name in THERE:
            self.kept[name] = getattr(waits, name)
        self.done += 1

    def _into(self, name: str, run: int, one: NDArray[Any]) -> None:
        if name not in self.kept:
            self.kept[name] = np.zeros((self.of, *one.shape), one.dtype)
        self.kept[name][run] = one

    def runs(self) -> Runs:
        means = {name: self.kept.pop(name) / self.of for name in ("waited", "waiting")}
        return Runs(**self.kept, **means)
