# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of a computed plan, as rows for a page and as files. Every row says whether it is made up."""

from __future__ import annotations

from collections.abc import Sequence

from overens.planning.mix.plan import Done, Moved, Plan, Staff, Undone
from overens.planning.mix.priced import Hour, NewDecision, Pays, Permission, Prices, Reserved, Shortage
from overens.planning.mix.problem import Mix
from overens.rules.values import Table

# By name, what their rows are.
OF_PLAN: dict[str, type[Table]] = {"done": Done, "moved": Moved, "staff": Staff, "undone": Undone}
OF_PRICES: dict[str, type[Table]] = {
    "hours": Hour,
    "permissions": Permission,
    "decisions": NewDecision,
    "reservations": Reserved,
    "shortages": Shortage,
    "posts": Pays,
    "trainings": Pays,
}
NAMES = (*OF_PLAN, *OF_PRICES)


def rows(name: str, mix: Mix, plan: Plan, prices: Prices) -> tuple[list[str], list[list[object]]]:
    """Header and rows of one table."""
    of = {**OF_PLAN, **OF_PRICES}[name]
    found: Sequence[Table] = getattr(plan if name in OF_PLAN else prices, name)
    header = [*of.model_fields, "synthetic"]
    made_up = "yes" if mix.synthetic else "no"
    return header, [[*(_plain(each) for each in row.model_dump().values()), made_up] for row in found]


def _plain(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else value
