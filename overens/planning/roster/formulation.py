# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole :class:`Case` as constraints in whole numbers: a true-or-false for each person, day and shift.

What a roster costs here is what the checker says that it costs. Rules that must hold can be marked, so that it can be
asked which of them clash. Each kind of rule is written in :mod:`formulating`, all together in :mod:`plain`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal as OneOf
from typing import NamedTuple, TypeAlias

import numpy as np

from overens.planning.constraints import BoundedLinearExpression, CpModel, LinearExpr, Literal, begin_at
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.rules import Case, Rule


class Ground(NamedTuple):
    """Why something must hold: a rule (``at``: its place) for a person, a row of cover (its place), or a person's leave
    or given shift (the first day of it, as column).
    """

    sort: OneOf["rule", "cover", "off", "fixed"]
    at: int
    person: int | None = None


class Excess(NamedTuple):
    """How much too much: the greatest of some expressions, and at most ``most``; not above nought is nothing."""

    exprs: tuple[LinearExpr, ...]
    most: int


# Windows that overlap, in order: of those in a row with any excess only the worst counts. Mostly there is but one.
Chain: TypeAlias = Sequence[Excess]


@dataclass
class Form:
    """``on[P][B + D][S]``: works the shift; ``off[P][B + D]``: works none. ``constants``: the places of those that are
    never or always true. ``marks``: those that, when they are true, make what stands on a ground hold; without them, it
    always holds. ``costs``: weights and what they are for.
    """

    case: Case
    model: CpModel
    on: list[list[list[Literal]]]
    off: list[list[Literal]]
    constants: frozenset[int]
    marks: dict[Ground, Literal] | None = None
    costs: list[tuple[int, LinearExpr]] = field(default_factory=list)
    options: dict[tuple[int, int, int, int], list[tuple[int, frozenset[tuple[int, int]]]]] = field(default_factory=dict)
    weekends: dict[int, dict[int, Literal]] = field(default_factory=dict)
    carried: dict[Rule, dict[int, LinearExpr]] = field(default_factory=dict)

    def must(self, holds: BoundedLinearExpression | bool | np.bool_, ground: Ground) -> None:
        constraint = self.model.add(holds)
        if self.marks is not None:
            if ground not in self.marks:
                self.marks[ground] = self.model.new_bool_var("")
            constraint.only_enforce_if(self.marks[ground])

    def either(self, literals: Sequence[Literal]) -> Literal:
        """Whether any of them is true."""
        if len(literals) == 1:
            return literals[0]
        any_of = self.model.new_bool_var("")
        self.model.add_max_equality(any_of, literals)
        return any_of

    def works(self, who: int, day: int, shifts: frozenset[int]) -> LinearExpr:
        """1 where one of the shifts is worked that day, else 0."""
        if len(shifts) == len(self.case.shifts):
            return 1 - LinearExpr.sum([self.off[who][day]])
        return LinearExpr.sum([self.on[who][day][shift] for shift in sorted(shifts)])

    @property
    def objective(self) -> LinearExpr:
        return LinearExpr.weighted_sum([cost for _, cost in self.costs], [weight for weight, _ in self.costs])

    def roster(self, values: Sequence[int]) -> Whole:
        """From the values of :attr:`wanted`."""
        shape = (len(self.case.persons), self.case.days, len(self.case.shifts))
        on = np.array(values, dtype=np.bool_).reshape(shape)
        return np.where(on.any(axis=2), on.argmax(axis=2), OFF).astype(np.int64)

    @property
    def wanted(self) -> list[Literal]:
        return [each for row in self.on for day in row[self.case.before :] for each in day]

    def begin_at(self, roster: Whole) -> None:
        """Where to begin."""
        values: dict[int, bool] = {}
        for who, line in enumerate(roster.tolist()):
            for day, worked in enumerate(line, start=self.case.before):
                for shift, literal in enumerate(self.on[who][day]):
                    values[literal.index] = shift == worked
                values[self.off[who][day].index] = worked == OFF
        begin_at(self.model, {place: value for place, value in values.items() if place not in self.constants})
