# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Grants that pay for results: what a plan earns of them, and what it would take to earn the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from overens.planning.production.flow import Floats, Flow, Missing, Plan
from overens.planning.production.problem import Production, week_text
from overens.rules import keys
from overens.rules.findings import Finding

# Kronor that no grant reaches, where the problem has no ceiling.
NO_CEILING = 10**12
# Hours or days of which less is not worth a word.
SMALLEST = 0.5


@dataclass(frozen=True)
class Pays:
    """``price`` kronor for each patient begun in the ``steps``[N] from and with week ``first`` through ``last``
    (0 … W - 1), above ``base``, at most ``most`` kronor.
    """

    id: str
    steps: NDArray[np.bool_]
    first: int
    last: int
    base: float
    price: int
    most: int


def pays(problem: Production) -> tuple[Pays, ...]:
    """The grants of a problem whose weeks are, at least in part, among those of the plan."""
    names = [f"{service.id}.{step.id}" for service, step in problem.every_step]
    found = []
    for each in problem.rewards:
        weeks = [at for at, monday in enumerate(problem.mondays) if each.first <= monday <= each.last]
        if weeks:
            steps = np.array([name in each.steps for name in names])
            most = NO_CEILING if each.ceiling is None else each.ceiling
            found.append(Pays(each.id, steps, weeks[0], weeks[-1], float(each.base), each.price, most))
    return tuple(found)


def earned(grant: Pays, begun: Floats) -> int:
    """Kronor for begun[W, N, K], by the rule that agreements pay for results by."""
    results = Fraction(round(float(begun[grant.first : grant.last + 1, grant.steps].sum()), 6))
    column = keys.earned(grant.most, {"": results}, grant.price, {"": Fraction(grant.base)}, {"": grant.most})
    return int(column.numerators[""]) // column.denominator


def findings(grants: Sequence[Pays], plan: Plan) -> Iterator[Finding]:
    """``production-earns``: what the plan earns of each grant."""
    for each in grants:
        values = {"grant": each.id, "earned": earned(each, plan.begun)}
        if each.most == NO_CEILING:
            yield Finding("production-earns-without-ceiling", "note", values)
        else:
            yield Finding("production-earns", "note", {**values, "most": each.most})


def lacking(flow: Flow, missing: Missing, why: str) -> Iterator[Finding]:
    """Of what there is too little, how much of it and in which weeks. why: ``limits`` or ``grants``, that all of them
    are to be kept or earned.
    """
    for kind, names, amounts in (
        ("hours", flow.competences, missing.hours),
        ("room-hours", flow.rooms, missing.room_hours),
        ("bed-days", flow.beds, missing.bed_days),
    ):
        for column, name in enumerate(names):
            weeks = np.flatnonzero(amounts[:, column] > 1e-3)
            if amounts[:, column].sum() >= SMALLEST:
                yield Finding(
                    f"production-lacks-{kind}",
                    "warning" if why == "limits" else "note",
                    {
                        "what": name, "much": round(float(amounts[:, column].sum())) or 1, "count": len(weeks),
                        "first": week_text(flow.monday(int(weeks[0]))), "last": week_text(flow.monday(int(weeks[-1]))),
                        "why": f"production-for-{why}",
                    },
                )  # fmt: skip
