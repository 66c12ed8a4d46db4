# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What keeps the portal as its sources are. Safe to run at any time."""

from __future__ import annotations

from overens.portal import sources
from overens.portal.actions import publishing
from overens.records import runs
from overens.records.models import Run


def tick() -> list[Run]:
    """Publish anew when something may have changed, once for each such state of things."""
    key = f"publish-grants/{sources.fingerprint()}"
    return [runs.once("publish-grants", key, lambda run: publishing.refresh())]
