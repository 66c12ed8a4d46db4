# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens to editions as time passes: regions are reminded of what they have to check, and what comes in after an
edition stands is noted for the next. Safe to run at any time.
"""

from __future__ import annotations

from collections.abc import Iterator

from overens.editions import reference
from overens.editions.actions import proposing
from overens.editions.actions.stepping import checks_now
from overens.editions.models import Check, Edition
from overens.followup.last_days import reminder_key
from overens.followup.models import Submission
from overens.people.models import Notice
from overens.records import clock, runs
from overens.records.models import Run
from overens.rules.edition.process import REMINDERS, EditionState


def tick() -> list[Run]:
    """Do everything that is due at the domain's time, each piece once. Returns the runs that were tried."""
    return [*_recreated(), *_reminded(), *_proposed()]


def _recreated() -> Iterator[Run]:
    """The edition of the years before, once there are facts to compile it of."""
    if Submission.objects.exclude(citation="").exists():
        yield runs.once("edition-reference", f"edition-reference/{reference.CODE}", lambda run: reference.load())


def _reminded() -> Iterator[Run]:
    today = clock.today()
    for edition in Edition.objects.filter(state=EditionState.FACT_CHECK).select_related("owner"):
        for check in checks_now(edition):
            if check.answered_at is None and (
                key := reminder_key(f"remind/edition-check/{check.pk}", check.due_on, today, REMINDERS)
            ):
                yield runs.once("remind", key, lambda run, check=check, key=key: _remind(check, key))  # type: ignore[misc]


def _remind(check: Check, key: str) -> None:
    Notice.objects.create(
        organisation=check.organisation,
        key=key,
        code="edition-check-overdue" if clock.today() > check.due_on else "edition-check-remind",
        values={
            "title": check.edition.title, "who": check.edition.owner.name, "day": check.due_on.isoformat(),
        },
        subject=check.edition.key,
        at=clock.now(),
    )  # fmt: skip


def _proposed() -> Iterator[Run]:
    for edition in Edition.objects.public().exclude(agreements=[]).select_related("owner", "version"):
        for submission in proposing.newer(edition):
            yield runs.once(
                "open-edition-proposal",
                f"open-edition-proposal/{edition.code}/{submission.pk}",
                lambda run, edition=edition, submission=submission: proposing.open_for(edition, submission),  # type: ignore[misc]
            )
