# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a worker does for the letters: the day's, once it is the hour."""

from __future__ import annotations

from django_tasks import task

from overens.records import clock
from overens.reminders import letters


@task()
def digests() -> None:
    """Today's letters, from the morning on. In the demo each step of the clock has its own."""
    if not clock.is_stepped() and clock.now().astimezone(clock.STOCKHOLM).hour >= letters.FROM_HOUR:
        letters.daily(clock.today())
