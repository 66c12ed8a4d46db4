# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A production problem as arrays: what the simulation, the optimiser and the checker all start from.

Axes, always in this order: ``W`` week, ``N`` step (the steps of all services, one service after the other), ``K``
priority (the first goes first), then ``C`` competence, ``M`` kind of room, ``B`` kind of bed, or ``L`` whole weeks
waited. Patients are counted, expected ones as floats.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]


WEEK, WORKING = 7, 5


@dataclass(frozen=True)
class StepOf:
    """Which step a row is: the ids of service and step, the service's number, and the step's kind."""

    service: str
    step: str
    number: int
    kind: str


@dataclass(frozen=True)
class Flow:
    """first: the Monday at whose beginning the list is as it is. referred[W, N, K]: patients referred from outside.
    waiting[N, K, L]: whole patients on the list at the start, who have waited l whole weeks for the step.
    limit[N, K]: whole weeks within which a step shall have begun after it was decided on (inf: no limit);
    by: from the beginning of which week (0 … W) all limits shall be kept.
    minutes[N, C], room_minutes[N, M], bed_days[N, B]: for one patient. onward[N, N]: the share of those who have had
    a step that goes on to another, ready after[N, N] whole weeks. leaving[N]: the probability a week of leaving the
    list.
    hours[W, C], overtime[W, C], hired[W, C]: ordinary hours there are, and at most of the others. room_hours[W, M];
    session[M]: hours of one session (0: opened by the minute); bed_days_there[W, B]. bought[W, N]: at most from
    others. Prices in kronor: cost[C], overtime_cost[C] and hired_cost[C] an hour, price[N] a bought patient.
    margin: the share of all hours that a plan leaves for what varies.
    """

    first: date
    steps: tuple[StepOf, ...]
    priorities: tuple[str, ...]
    competences: tuple[str, ...]
    rooms: tuple[str, ...]
    beds: tuple[str, ...]
    by: int
    referred: Floats
    waiting: Whole
    limit: Floats
    minutes: Floats
    room_minutes: Floats
    bed_days: Floats
    onward: Floats
    after: Whole
    leaving: Floats
    hours: Floats
    overtime: Floats
    hired: Floats
    room_hours: Floats
    session: Floats
    bed_days_there: Floats
    bought: Floats
    cost: Floats
    overtime_cost: Floats
    hired_cost: Floats
    price: Floats
    margin: float = 0.0

    @property
    def planned_minutes(self) -> Floats:
        """[N, C]: what a plan has hours for, for one patient: the minutes, and the margin that goes with them."""
        return np.asarray(self.minutes / (1 - self.margin))

    @property
    def planned_room_minutes(self) -> Floats:
        """[N, M]: in the same way."""
        return np.asarray(self.room_minutes / (1 - self.margin))

    @property
    def planned_bed_days(self) -> Floats:
        """[N, B]: what one patient takes of a week's bed-days: seven times the chance of being in the bed on Friday
        when work begins, if the patient begins on any of Monday to Friday and stays for exponential days.

        Hours come evenly over the working days, so that beds fill up from Monday, and who leaves one on Saturday has
        nobody after them until Monday: the fullest morning says how many can begin.
        """
        uses = self.bed_days > 0
        rate = 1 / np.where(uses, self.bed_days, 1.0)
        still = np.exp(-rate[..., None] * np.arange(WORKING)).sum(-1) / (1 - np.exp(-rate * WEEK))
        return np.asarray(uses * still * WEEK / WORKING / (1 - self.margin))

    @property
    def weeks(self) -> int:
        return len(self.referred)

    def monday(self, week: int) -> date:
        return self.first + timedelta(weeks=week)


@dataclass(frozen=True)
class Plan:
    """What is to be done each week, and with what. begun[W, N, K] and of them bought[W, N, K]: patients;
    ordinary[W, C], overtime[W, C], hired[W, C]: hours; opened[W, M, S]: whole sessions for each service (0 where rooms
    are opened by the minute); late[W, N, K]: patients who by the end of the week have waited longer than their limit,
    where not all can be seen. earned: kronor of grants that pay for results.

    objective: kronor, and what a week of waiting and a week too late are counted as (``late_price``), less what is
    earned: docs/production-plan.md. lower_bound: no plan has a lower one (equal to it: proven optimal).
    worth[W, C], room_worth[W, M], bed_worth[W, B]: what one more hour, or day of a bed, would take off the objective,
    of the plan with its whole sessions fixed.
    """

    begun: Floats
    bought: Floats
    ordinary: Floats
    overtime: Floats
    hired: Floats
    opened: Floats
    late: Floats
    earned: float
    objective: float
    lower_bound: float
    late_price: float
    worth: Floats
    room_worth: Floats
    bed_worth: Floats
    stopped_early: bool = False

    @property
    def sessions(self) -> Floats:
        """[W, M]: of all services."""
        return np.asarray(self.opened.sum(2))


@dataclass(frozen=True)
class Missing:
    """What there is not, and what it would take for all limits to be kept and all grants to be earned as far as there
    are patients: hours[W, C], room_hours[W, M], bed_days[W, B]. The cheapest such set, or one of them. late[W, N, K]:
    patients too late whom nothing of it helps.
    """

    hours: Floats
    room_hours: Floats
    bed_days: Floats
    late: Floats
