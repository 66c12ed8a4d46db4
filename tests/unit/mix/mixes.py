# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Problems of the competence mix to try things on: the sound one, and any number of made-up ones."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

from overens.planning.mix.checks import check
from overens.planning.mix.problem import Mix
from overens.planning.mix.reading import read
from overens.rules.values import Table

CASES = Path(__file__).parents[2] / "cases" / "mix"
SOUND = (CASES / "sound.toml").read_text("utf-8")


def mix_of(text: str) -> Mix:
    mix, findings = read(text)
    assert mix is not None, findings
    return mix


def made(seed: int, tasks: int = 6, competences: int = 4) -> Mix:
    """Each task by two to all of the competences, some supervised; hours that do or do not suffice."""
    luck = random.Random(seed)
    names = [f"c{at}" for at in range(competences)]
    may: list[dict[str, Any]] = []
    shares = []
    for at in range(tasks):
        able = luck.sample(names, luck.randint(2, competences))
        for place, name in enumerate(able):
            row: dict[str, Any] = {"tasks": [f"t{at}"], "competence": name, "ground": "occupation"}
            row |= {"factor": luck.choice([0.9, 1, 1.1, 1.3]), "up_to": luck.choice([0.3, 0.6, 1])}
            if place and luck.random() < 0.4:
                row |= {"supervision": luck.choice([0.05, 0.2]), "supervised_by": able[0]}
            may.append(row)
        half = luck.choice([0.5, 0.25, 1])
        shares.append({able[0]: half, able[1]: 1 - half})
    values = {
        "format": 1, "kind": "mix", "id": f"made-{seed}", "title": "Made", "synthetic": True, "on": date(2027, 2, 1),
        "missing": luck.choice([600, 1500]), "may": may,
        "competence": [
            {"id": name, "hours": luck.randint(0, 60) + 1, "cost": luck.randint(200, 900),
             "more": luck.choice([0, 0, 10, 40]), "more_cost": luck.randint(200, 1000)}
            for name in names
        ],
        "task": [
            {"id": f"t{at}", "kind": luck.choice(["care", "service", "administration"]), "minutes": luck.randint(5, 60),
             "number": luck.randint(0, 80), "at_patient": luck.random() < 0.5, "today": shares[at]}
            for at in range(tasks)
        ],
    }  # fmt: skip
    mix = Mix.model_validate(_exact(values))
    assert check(mix) == ()
    return mix


def _exact(value: Any) -> Any:
    """As a file's reader gives it: tuples and decimals."""
    from decimal import Decimal

    if isinstance(value, dict):
        return {key: _exact(each) for key, each in value.items()}
    if isinstance(value, list):
        return tuple(map(_exact, value))
    return Decimal(str(value)) if isinstance(value, float) else value


def with_(table: Table, **values: Any) -> Any:
    return table.model_copy(update=values)
