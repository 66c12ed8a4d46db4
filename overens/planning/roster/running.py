# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A search for a roster and its time: what is best so far, what none can be better than, and who is told."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from overens.planning.roster import crew as crews
from overens.planning.roster.answer import Answer, Observer, Progress, Stop
from overens.planning.roster.instance import Whole
from overens.planning.roster.judged import judge
from overens.planning.roster.rules import Case
from overens.planning.roster.search import Found

# How often it is told, seconds.
OFTEN = 0.5
NEAR = 1e-4
# Costs of rosters are whole numbers.
HALF = 0.5


@dataclass
class Run:
    """A search and its time: what is best so far, and who is told."""

    case: Case
    seconds: float
    progress: Observer | None
    stop: Stop | None
    began: float = field(default_factory=time.monotonic)
    told: float = 0.0
    roster: Whole | None = None
    objective: int | None = None
    bound: int = 0
    refused: bytes = b""
    stopped: bool = False

    @property
    def passed(self) -> float:
        return time.monotonic() - self.began

    def over(self) -> bool:
        """Whether to end; tells how it goes."""
        if self.passed - self.told >= OFTEN:
            self.tell()
            self.stopped = self.stopped or (self.stop is not None and self.stop())
        return self.stopped or self.passed >= self.seconds or self.done()

    def late(self, seconds: float) -> Stop:
        """Whether so long has passed from now on, or it is over."""
        until = self.passed + seconds
        return lambda: self.over() or self.passed > until

    def bounded(self, bound: float) -> None:
        """What no roster costs less than."""
        if bound > self.bound + NEAR:
            self.bound = math.ceil(bound - NEAR)

    def enough(self, until: float) -> Callable[[float], bool]:
        """Takes a bound, and says whether a time is reached."""

        def each(bound: float) -> bool:
            self.bounded(bound)
            return self.over() or self.passed > until

        return each

    def done(self) -> bool:
        """Whether nothing better can be."""
        return self.objective is not None and self.objective <= self.bound

    def tell(self) -> None:
        self.told = self.passed
        if self.progress is not None:
            self.progress(Progress(self.passed, self.seconds, self.objective, self.bound))

    def offer(self, found: Found) -> None:
        """Kept if it is better, and the judge has nothing against it; what was refused last is not shown again."""
        if self.objective is not None and found.cost > self.objective - HALF:
            return
        key = found.lines.tobytes()
        if key == self.refused:
            return
        roster = crews.as_roster(found.lines)
        judged = judge(self.case, roster)
        if not judged.feasible:
            self.refused = key
        elif self.objective is None or judged.objective < self.objective:
            self.roster, self.objective = roster, judged.objective
            self.tell()

    def answer(self) -> Answer:
        return Answer(self.roster, self.objective, self.bound, not self.done(), self.passed)
