# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens to rounds and reports as time passes: rounds are prepared and opened, respondents reminded, regions too
of memos to check and documents to send. Safe to run at any time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from overens.agreements.models import AgreementVersion
from overens.followup import visit_reminders
from overens.followup.actions import following, rounds
from overens.followup.actions.performing import performing
from overens.followup.last_days import reminder_key
from overens.followup.models import Report, Round
from overens.followup.reading import asked, last_days_of
from overens.people.models import Notice
from overens.records import clock, runs
from overens.records.models import Run
from overens.rules.followup.process import ReportState, RoundState

# Days before (−) and after (+) the last day on which a respondent is reminded. Assumed: the sources state none.
REMINDERS = (-30, -14, -3, 1, 14)


def tick() -> list[Run]:
    """Do everything that is due at the domain's time, each piece once. Returns the runs that were tried."""
    return [*_prepared(), *_opened(), *_reminded(), *visit_reminders.tick()]


def _prepared() -> Iterator[Run]:
    """The rounds of each agreement that are not there yet; those that are follow an amendment that came into force."""
    for code, number in AgreementVersion.objects.current().order_by("code").values_list("code", "number"):
        yield runs.once("prepare-rounds", f"prepare-rounds/{code}/{number}", _preparing(code))


def _preparing(code: str) -> Callable[[Run], object]:
    return lambda run: (rounds.prepare(code), following.follow(code))


def _opened() -> Iterator[Run]:
    for round in Round.objects.filter(state=RoundState.PREPARING, opens_on__lte=clock.today()):
        yield runs.once("open-round", f"open-round/{round.key}", lambda run, round=round: rounds.open_round(round))  # type: ignore[misc]


def _reminded() -> Iterator[Run]:
    """Reminders before the last day, and once it has passed while nothing has come."""
    today = clock.today()
    for round in Round.objects.open().prefetch_related("extensions"):
        waiting = list(round.reports.filter(state=ReportState.WRITING).with_parties())
        days = last_days_of(round, [report.respondent_id for report in waiting]) if waiting else {}
        due = {
            # One who was not reminded before, since the round opened late, is told of the nearest day only.
            reminder_key(f"remind/activity-report/{report.key}", last, today, REMINDERS): (report, last)
            for report in waiting
            if (last := days[report.respondent_id])
        }
        done = runs.done(due)
        for key, (report, last) in due.items():
            if key and key not in done:
                yield runs.once("remind", key, _reminder(report, key, last, late=last < today))


def _reminder(report: Report, key: str, last: dt.date, late: bool) -> Callable[[Run], None]:
    def send(run: Run) -> None:
        with performing("remind-respondent-by-rule", report) as p:
            Notice.objects.create(
                organisation=p.report.respondent,
                key=key,
                code="overdue-activity-report" if late else "remind-activity-report",
                values={
                    "round": asked(p.report.round).title,
                    "deadline": last.isoformat(),
                    "days": abs((last - clock.today()).days),
                },
                subject=p.report.key,
                at=p.at,
            )

    return send
