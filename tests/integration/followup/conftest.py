# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rounds of the 2019 agreement, open to their respondents on 2019-10-01."""

from __future__ import annotations

import datetime as dt

import pytest

from overens.demo.script import at
from overens.followup.actions import rounds
from overens.followup.models import Report, Round
from overens.records import clock

OPENED = dt.date(2019, 10, 1)


@pytest.fixture
def open_rounds(world: None) -> list[Round]:
    """The account of the work, SKL's report and the state report, all opened; forgets what is done."""
    clock.step_to(at(OPENED))
    made = rounds.prepare("2019")
    for each in made:
        rounds.open_round(each)
    return list(Round.objects.filter(agreement="2019"))


@pytest.fixture
def report(open_rounds: list[Round]) -> Report:
    """Region Jämtland Härjedalen's account of the work in 2019, not begun."""
    return Report.objects.with_parties().get(key="2019/redogorelse/23")
