# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The asker reminds those whose report has not come in. The notice is sent on by letter with the day's others."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from overens.followup.actions.performing import performing
from overens.followup.models import Reminder, Report, Round
from overens.followup.reading import asked, closes_on
from overens.people.models import Notice, Person
from overens.records import clock
from overens.rules.findings import refuse
from overens.rules.followup.process import REPORT_ACTS, RoundState

LONGEST = 1000


def remindable(round: Round) -> list[Report]:
    """Those that may be reminded today: their report is not in, and they have not been reminded today already."""
    if round.state != RoundState.OPEN:
        return []
    waiting = round.reports.with_parties().filter(state__in=REPORT_ACTS["remind-respondent"].states)
    return list(waiting.exclude(reminders__day=clock.today()).order_by("respondent__sort_key"))


@transaction.atomic
def remind(round: Round, reports: Iterable[Report], text: str, person: Person) -> list[Reminder]:
    """Remind these of a round's respondents. ``text``: the asker's own words, which may be empty.

    Raises Refused before anybody is reminded: ``nobody-to-remind``, ``wrong-round-state``, ``reminder-too-long``,
    ``reminded-today``, ``no-mandate``, ``wrong-report-state``.
    """
    if round.state != RoundState.OPEN:
        refuse("wrong-round-state", act="remind-respondent", state=round.state)
    own, chosen = text.strip(), list(reports)
    if not chosen:
        refuse("nobody-to-remind", key="whom")
    if len(own) > LONGEST:
        refuse("reminder-too-long", key="text", longest=LONGEST)
    return [_remind(round, each, own, person) for each in chosen]


def _remind(round: Round, report: Report, text: str, person: Person) -> Reminder:
    with performing("remind-respondent", report, person) as p:
        today = clock.today()
        if Reminder.objects.filter(report=p.report, day=today).exists():
            refuse("reminded-today", key="whom", name=p.report.respondent.name)
        made = Reminder.objects.create(report=p.report, day=today, text=text, mandate=p.by, at=p.at)
        last = closes_on(p.report)
        Notice.objects.create(
            organisation=p.report.respondent,
            key=f"report-reminder/{p.report.key}/{made.pk}",
            code="report-reminder" if last else "report-reminder-without-day",
            values={
                "round": asked(round).title,
                "asker": p.report.round.asker.name,
                "last": last.isoformat() if last else "",
                "text": text,
            },
            subject=p.report.key,
            at=p.at,
        )
        return made
