# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One process makes plans of every kind, as a worker does, in any order."""

from __future__ import annotations

import pytest

from overens.planning import program
from overens.planning.mix import optimum, reading


def mix() -> float:
    found, _findings = reading.read(reading.find("exempel"))
    assert found is not None
    return optimum.solve(found, 10, 1).kronor


def production() -> float:
    """At least three of something that costs two each."""
    asked = program.Program()
    column = asked.columns(1, cost=2.0)
    asked.enter(asked.rows(1, lower=3.0), column)
    return program.solve(asked, 10).objective


@pytest.mark.parametrize("kinds", [(mix, production), (production, mix)], ids=["mix-first", "production-first"])
def test_plans_of_every_kind_are_made_one_after_the_other(kinds):
    assert all(kind() > 0 for kind in kinds)
    assert production() == pytest.approx(6)
