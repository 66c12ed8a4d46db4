# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mix board: hours by task and competence as they are typed and moved, with every step kept to be undone.

What is sent is the hours in the cells and, hidden, how they were before; so it works by sending the page.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from overens.planning.mix.problem import Mix
from overens.rules.findings import refuse

# How a cell is named: this, then task/competence.
CELL = "h:"
# So many steps can be undone; no cell holds more.
STEPS, LARGEST = 50, 1e6

Hours = dict[tuple[str, str], float]


@dataclass
class Board:
    """``undo``: for each step, how the cells that it changed were before."""

    hours: Hours
    undo: list[Hours] = field(default_factory=list)

    def change(self, new: Mapping[tuple[str, str], float]) -> None:
        """One step."""
        before = {pair: self.hours.get(pair, 0.0) for pair, to in new.items() if self.hours.get(pair, 0.0) != to}
        if before:
            self.undo = [*self.undo, before][-STEPS:]
            self.hours = {**self.hours, **{pair: new[pair] for pair in before}}

    def undone(self) -> None:
        if self.undo:
            self.hours = {**self.hours, **self.undo[-1]}
            self.undo = self.undo[:-1]

    def move(self, task: str, giver: str, taker: str, amount: float) -> None:
        """Raises Refused: ``mix-move-same``, ``mix-move-hours`` where the giver has not so many."""
        there = self.hours.get((task, giver), 0.0)
        if giver == taker:
            refuse("mix-move-same", "taker")
        if not 0 < amount <= there + 1e-6:
            refuse("mix-move-hours", "amount", there=shown(there))
        taken = self.hours.get((task, taker), 0.0) + amount
        self.change({(task, giver): max(0.0, there - amount), (task, taker): taken})

    @property
    def kept(self) -> str:
        """Hidden in the page; read by :func:`sent`."""
        return json.dumps({"now": _plain(self.hours), "undo": [_plain(each) for each in self.undo]})


def shown(hours: float) -> str:
    """As a cell holds it: two decimals at most, with a point, which a number field takes."""
    return f"{hours:.2f}".rstrip("0").rstrip(".")


def sent(raw: str, mix: Mix, start: Hours) -> Board:
    """The board as it was before what is typed now; the start where nothing that can be read was sent."""
    pairs = {(task.id, who.id) for task in mix.tasks for who in mix.competences}

    def read(found: Any) -> Hours:
        return {
            (task, who): float(value)
            for key, value in found.items()
            for task, _, who in [key.partition("/")]
            if (task, who) in pairs and isinstance(value, int | float) and 0 <= value <= LARGEST
        }

    try:
        kept = json.loads(raw)
        return Board(read(kept["now"]), [read(each) for each in kept["undo"]][-STEPS:])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Board(start)


def typed(posted: Mapping[str, str], board: Board, mix: Mix) -> tuple[dict[tuple[str, str], float], dict[str, str]]:
    """The cells that somebody has typed in, and by name what is no number of hours. A cell that shows what the board
    holds, rounded, is as it was.
    """
    new: dict[tuple[str, str], float] = {}
    wrong: dict[str, str] = {}
    for task in mix.tasks:
        for who in mix.competences:
            raw = posted.get(name := f"{CELL}{task.id}/{who.id}")
            if raw is None or raw.strip() == shown(board.hours.get((task.id, who.id), 0.0)):
                continue
            found = number(raw)
            if found is None:
                wrong[name] = raw
            else:
                new[task.id, who.id] = found
    return new, wrong


def number(raw: str) -> float | None:
    """Hours that somebody has typed; nothing is nought."""
    try:
        found = float(Decimal(raw.strip().replace(" ", "").replace(",", ".") or "0"))
    except InvalidOperation:
        return None
    return found if math.isfinite(found) and 0 <= found <= LARGEST else None


def _plain(hours: Hours) -> dict[str, float]:
    return {f"{task}/{who}": round(value, 6) for (task, who), value in hours.items()}
