# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An answer that has been packed says what it said."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from overens.planning.production import optimum, packing
from overens.planning.production.answer import Answer, of_plan
from overens.planning.production.simulation import simulate_many
from overens.rules.findings import Finding, Where
from tests.unit.production.made import flow


@pytest.fixture(scope="module")
def kept() -> packing.Kept:
    model = flow()
    plan = optimum.solve(model)
    more = (
        Finding("production-stopped-early", "warning", {"percent": 1.5}, Where(key="x")),
        *of_plan(model, plan, (), 5, 1),
    )
    runs = simulate_many(model, 1, 4, plan)
    return packing.kept(Answer(model, {}, plan, (), more, runs), simulate_many(model, 1, 4))


def test_it_says_the_same_when_it_is_read_again(kept: packing.Kept) -> None:
    packed = packing.pack(kept)
    found = packing.unpack(packed)
    assert packing.pack(found) == packed
    for before, after in ((kept.flow, found.flow), (kept.plan, found.plan)):
        for each in fields(before):
            one, other = getattr(before, each.name), getattr(after, each.name)
            if isinstance(one, np.ndarray):
                np.testing.assert_array_equal(one, other)
            else:
                assert one == other
    assert found.more == kept.more
    assert found.runs == 4


def test_the_last_row_of_what_is_simulated_is_of_all_steps(kept: packing.Kept) -> None:
    assert kept.planned is not None
    assert kept.planned.on_list.low.shape == (9, 3)
    assert kept.planned.begun.middle.shape == (8, 3)
    assert kept.planned.on_list.middle[0].tolist() == [20, 2, 22]
    assert (kept.planned.within.high[~np.isnan(kept.planned.within.high)] <= 1).all()


def test_what_is_not_simulated_has_none(kept: packing.Kept) -> None:
    found = packing.unpack(packing.pack(packing.kept(Answer(kept.flow, {}, kept.plan, (), (), None), None)))
    assert (found.planned, found.unplanned, found.runs) == (None, None, 0)


def test_another_format_is_refused(kept: packing.Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = packing.pack(kept)
    monkeypatch.setattr(packing, "FORMAT", 2)
    with pytest.raises(ValueError, match="another format"):
        packing.unpack(packed)
