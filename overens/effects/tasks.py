# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a worker does for effects. May run at any time, anywhere, in several places."""

from __future__ import annotations

from django_tasks import task

from overens.effects import tick as ticking
from overens.records import clock


@task(priority=10)
def tick() -> None:
    """What is due by now. In the demo time stands still between steps, and each step ticks by itself."""
    if not clock.is_stepped():
        ticking.tick()
