# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom the notices of the follow-up are told to, and whom those of money."""

from __future__ import annotations

import pytest

from overens.rules.followup.visiting import VISIT_ACTS
from overens.rules.notices import FOLLOWUP_READERS, READERS, TOLD, is_of_followup, readers_of
from overens.rules.process import ACTS, Role

FOLLOWUP = ["round-opened", "report-reminder", "report-reminder-without-day", "remind-activity-report",
            "overdue-activity-report", "documents-asked", "fact-check-overdue", "told-answer-asker",
            "told-return-activity-report"]  # fmt: skip


@pytest.mark.parametrize("code", [*FOLLOWUP, *(act.told for act in VISIT_ACTS.values() if act.told)])
def test_writers_and_askers_read_of_the_follow_up(code: str) -> None:
    assert readers_of(code) == FOLLOWUP_READERS
    assert {Role.CONTRIBUTOR, Role.ANALYST} <= readers_of(code)
    assert Role.HEAD_OF_FINANCE not in readers_of(code)


@pytest.mark.parametrize(
    "code",
    [
        "remind-requisition",
        "overdue-financial-report",
        "claim-reminder",
        *(f"told-{act}" for act in TOLD if act in ACTS),
    ],
)
def test_nobody_who_only_writes_reads_of_money(code: str) -> None:
    assert not is_of_followup(code)
    assert readers_of(code) == READERS
    assert not {Role.CONTRIBUTOR, Role.ANALYST} & readers_of(code)
