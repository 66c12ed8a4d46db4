# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small flows made by hand: a visit and, for half of those who have had it, an operation in whole sessions."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from overens.planning.production.flow import Flow, StepOf


def flow(weeks: int = 8, **changed: Any) -> Flow:
    """Ten are referred a week and twenty wait; a doctor sees one in 60 minutes, and with a nurse operates in 120."""
    said: dict[str, Any] = {
        "first": date(2026, 8, 31),
        "steps": (StepOf("ortopedi", "besok", 0, "visit"), StepOf("ortopedi", "operation", 0, "procedure")),
        "priorities": ("alla",),
        "competences": ("lakare", "sjukskoterska"),
        "rooms": ("sal",),
        "beds": ("vard",),
        "by": 2,
        "referred": np.stack([np.full((weeks, 1), 10.0), np.zeros((weeks, 1))], 1),
        "waiting": np.array([[[5, 5, 5, 5]], [[0, 2, 0, 0]]]),
        "limit": np.array([[3.0], [4.0]]),
        "minutes": np.array([[60.0, 0.0], [120.0, 120.0]]),
        "room_minutes": np.array([[0.0], [120.0]]),
        "bed_days": np.array([[0.0], [1.0]]),
        "onward": np.array([[0.0, 0.5], [0.0, 0.0]]),
        "after": np.array([[0, 1], [0, 0]]),
        "leaving": np.zeros(2),
        "hours": np.full((weeks, 2), 30.0),
        "overtime": np.full((weeks, 2), 3.0),
        "hired": np.zeros((weeks, 2)),
        "room_hours": np.full((weeks, 1), 17.0),
        "session": np.array([4.0]),
        "bed_days_there": np.full((weeks, 1), 31.0),
        "bought": np.zeros((weeks, 2)),
        "cost": np.array([600.0, 400.0]),
        "overtime_cost": np.array([900.0, 600.0]),
        "hired_cost": np.zeros(2),
        "price": np.array([0.0, 30_000.0]),
    }
    return Flow(**said | changed)
