# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Can figures carry a conclusion at all? Rules as sentences: tests/cases/effects/carrying.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from overens.rules.effects import permuting
from overens.rules.effects.carrying import carries
from overens.rules.effects.panel import Panel, panel_of
from overens.rules.findings import wording

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "effects" / "carrying.toml").read_text(encoding="utf-8"))


def panel(starts: dict[str, int], years: tuple[int, int], untreated: int, noisy: float = 1.0) -> Panel:
    """Regions that vary by chance, alike but for those with a start, which vary ``noisy`` times as much."""
    begin = [int(year) for year, many in starts.items() for _ in range(many)]
    units = [f"{at:02}" for at in range(len(begin) + untreated)]
    rng = np.random.default_rng(1)
    spread = [noisy] * len(begin) + [1.0] * untreated
    span = range(years[0], years[1] + 1)
    values = {(unit, year): float(rng.normal(0, s)) for unit, s in zip(units, spread, strict=True) for year in span}
    return panel_of(values, dict(zip(units, [*begin, *[None] * untreated], strict=True)), units, span)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES["case"]])
def test_sentence(case):
    found = panel(case["starts"], tuple(case["years"]), case["untreated"], case.get("noisy", 1.0))
    verdict = carries(found, permuting.orders(len(found.units), 1, 499), case.get("matters"))
    assert verdict.answer == case["answer"]
    assert [each.code for each in verdict.reasons] == case["reasons"]
    assert (verdict.smallest_found is None) == (verdict.answer == "nothing")
    for each in verdict.reasons:
        for language in ("sv", "en"):
            assert "{" not in wording(each, language)
            assert each.code not in wording(each, language)


def test_who_is_left_out_is_said_and_why():
    years = range(2010, 2020)
    values = {(unit, year): 1.0 for unit in "abcd" for year in years} | {("b", 2012): None}
    found = panel_of(values, {"a": 2015, "b": 2015, "c": 2010}, "abcd", years)
    assert found.units == ("a",)
    assert {(each.unit, each.reason, each.years) for each in found.left_out} == {
        ("b", "gap", (2012,)),
        ("c", "already", (2010,)),
        ("d", "unknown", ()),
    }


def test_a_start_after_the_last_year_is_no_start():
    found = panel_of({("a", 2010): 1, ("a", 2011): 2}, {"a": 2015}, "a", (2010, 2011))
    assert found.starts == (None,)
