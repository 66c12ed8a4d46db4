# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a paper may be disposed of: the sentences of tests/cases/trust/retention.toml."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.retention import Rule, standing, verdict

CASES = tomllib.loads((Path(__file__).parents[2] / "cases/trust/retention.toml").read_text(encoding="utf-8"))["case"]
DAY = dt.date.fromisoformat


def rule(row: list[Any]) -> Rule:
    kind, years, valid_from = row
    return Rule(kind, years or None, "DEMO", DAY(valid_from))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_paper_goes_when_all_who_keep_it_have_decided(case: dict[str, Any]) -> None:
    today = DAY(case["today"])
    keepers = [standing([rule(row) for row in rows], case["kind"], today) for rows in case["keepers"]]
    found = verdict(DAY(case["closed"]) if case["closed"] else None, keepers, today)
    assert found.why == case["why"]
    assert found.on == (DAY(case["on"]) if "on" in case else None)


rules = st.none() | st.builds(
    Rule, st.just(""), st.none() | st.integers(1, 100), st.just("DEMO"), st.just(DAY("2019-01-01"))
)
days = st.dates(dt.date(2019, 1, 1), dt.date(2150, 1, 1))


@given(keepers=st.lists(rules, max_size=4), more=rules, closed=days, today=days)
def test_another_keeper_never_makes_a_paper_go_sooner(
    keepers: list[Rule | None], more: Rule | None, closed: dt.date, today: dt.date
) -> None:
    before, after = verdict(closed, keepers, today), verdict(closed, [*keepers, more], today)
    if after.is_due and keepers:
        assert before.is_due
    if after.is_due:
        assert closed < today
