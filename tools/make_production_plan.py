# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The plan of the production problem that ships, packed for the demo, which has no time to make it.

python tools/make_production_plan.py
"""

from __future__ import annotations

from pathlib import Path

from overens.planning.production import packing
from overens.planning.production.answer import answer
from overens.planning.production.building import unsure
from overens.planning.production.reading import find, read
from overens.planning.production.simulation import simulate_many

MADE = Path(__file__).parents[1] / "overens/demo/production-plan.npz"
SECONDS, RUNS = 60, 50

if __name__ == "__main__":
    given, _findings = read(find("exempel"))
    assert given is not None
    seed = given.problem.seed
    found = answer(given, SECONDS, seed, RUNS)
    without = simulate_many(found.flow, seed, RUNS, None, unsure(given, found.forecasts))
    MADE.write_bytes(packing.pack(packing.kept(found, without)))
