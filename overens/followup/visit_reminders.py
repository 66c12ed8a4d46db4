# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Regions that have a memo to check, or documents to send, are reminded by rule. Safe to run at any time."""

from __future__ import annotations

from collections.abc import Iterable

from overens.followup.actions import collecting, fact_checking
from overens.followup.last_days import reminder_key
from overens.followup.models import Collected, Visit
from overens.records import clock, runs
from overens.records.models import Run
from overens.rules.followup.visiting import REMINDERS


def tick() -> list[Run]:
    """Remind of what is due at the domain's time, each thing once a day of REMINDERS. Returns the runs tried."""
    return [*_checks(), *_documents()]


def _checks() -> Iterable[Run]:
    today = clock.today()
    for visit in Visit.objects.being_checked().select_related("fact_check"):
        if key := reminder_key(f"remind/check/{visit.key}", visit.fact_check.due_on, today, REMINDERS):
            yield runs.once("remind", key, lambda run, visit=visit, key=key: fact_checking.remind(visit, key))  # type: ignore[misc]


def _documents() -> Iterable[Run]:
    today = clock.today()
    for each in Collected.objects.open():
        if each.due_on and (key := reminder_key(f"remind/documents/{each.pk}", each.due_on, today, REMINDERS)):
            yield runs.once("remind", key, lambda run, each=each, key=key: collecting.remind(each, key))  # type: ignore[misc]
