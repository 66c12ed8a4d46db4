# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Days of a week, and which of them are worked."""

from __future__ import annotations

from datetime import date, timedelta

from overens.rules.deadlines import is_working_day

# All of a week's, and the working days of one that has no holiday.
DAYS, WORKING_DAYS = 7, 5


def working_days(monday: date) -> int:
    """Of the week: Monday to Friday without public holidays and the eves that are as free."""
    return sum(is_working_day(monday + timedelta(days=day)) for day in range(DAYS))
