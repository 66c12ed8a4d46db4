# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a round's respondents stand: who has handed in, when, and who is late. Of what is only being written it says
nothing but what the respondent has chosen to show.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Max

from overens.followup.models import Report, Round, Talk, Thread
from overens.followup.reading import last_days_of, respondents
from overens.followup.written import progress_shown_of
from overens.people.models import Organisation
from overens.records import clock
from overens.rules.deadlines import is_by
from overens.rules.followup.process import HANDED_IN, ReportState


@dataclass(frozen=True)
class Standing:
    """One respondent's row. ``report`` is None before the round opens. ``reminded_on``: the last time, if ever.
    ``percent``: how far it has come, where the respondent has chosen to show that and has not handed in. ``now``: when
    this was asked.
    """

    organisation: Organisation
    report: Report | None
    last_day: dt.date | None
    reminded_on: dt.date | None = None
    open_questions: int = 0
    percent: int | None = None
    now: dt.datetime = field(default_factory=clock.now)

    @property
    def state(self) -> str:
        return self.report.state if self.report else ""

    @property
    def handed_in_at(self) -> dt.datetime | None:
        return self.report.submitted_at if self.report else None

    @property
    def is_late(self) -> bool:
        """Handed in after its last day, or not handed in though that is past."""
        if self.report is None:
            return False
        return not is_by(self.handed_in_at or self.now, self.last_day)


def standings(round: Round) -> list[Standing]:
    """Every respondent of a round, by name, in a number of queries that does not grow with them."""
    reports = {each.respondent_id: each for each in round.reports.select_related("respondent")}
    for each in reports.values():
        each.round = round
    whom = [each.respondent for each in reports.values()] or respondents(round)
    days = last_days_of(round, [each.pk for each in whom])
    reminded = dict(
        Report.objects.filter(round=round).order_by().values_list("pk").annotate(last=Max("reminders__day"))
    )
    open_questions = open_by_report(round)
    shown = progress_shown_of([each for each in reports.values() if each.state == ReportState.WRITING])
    found, now = [], clock.now()
    for organisation in sorted(whom, key=lambda each: each.sort_key):
        report = reports.get(organisation.pk)
        found.append(
            Standing(
                organisation,
                report,
                days[organisation.pk],
                reminded.get(report.pk) if report else None,
                open_questions.get(report.pk, 0) if report else 0,
                shown[report.pk].percent if report and report.pk in shown else None,
                now,
            )
        )
    return found


def open_by_report(round: Round) -> dict[int, int]:
    """How many questions to the respondent are open, by report."""
    found = Thread.objects.open().filter(report__round=round, kind=Talk.QUESTION)
    return dict(found.order_by().values_list("report").annotate(n=Count("pk")))


def answered(rounds: list[Round]) -> dict[int, tuple[int, int]]:
    """By round how many reports have come in, and how many there are to come."""
    found: dict[int, tuple[int, int]] = {}
    rows = Report.objects.filter(round__in=rounds).order_by().values_list("round", "state").annotate(n=Count("pk"))
    for round, state, n in rows:
        come, all_ = found.get(round, (0, 0))
        found[round] = (come + (n if ReportState(state) in HANDED_IN else 0), all_ + n)
    return found
