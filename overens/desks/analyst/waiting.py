# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for those who ask and examine: as components/tasks.html shows it, what presses first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from overens.agreements.reading import followed
from overens.desks import talk
from overens.desks.analyst import visit_waiting
from overens.desks.analyst.shared import title_of, where
from overens.desks.editions import waiting as edition_waiting
from overens.followup import agreeing
from overens.followup.models import Deliverable, Report, Round, Sample
from overens.people.models import Organisation, Person
from overens.records import clock
from overens.rules.followup.process import ReportState, RoundState

NAMED = 20
# Days: what is due later than that stands below what waits now.
SOON = 14
# Reports of a round that wait to be read stand one by one up to so many.
MOST_NAMED = 3
Tasks = list[dict[str, Any]]


def tasks(organisation: Organisation, person: Person, rounds: Tasks) -> Tasks:
    """All that waits. rounds: of views_rounds.rows."""
    found = [
        *_to_prepare(rounds),
        *_to_read(organisation),
        *_to_deliver(organisation),
        *_answered(organisation),
        *visit_waiting.tasks(organisation, SOON),
        *_to_code(organisation, person),
        *edition_waiting.tasks(organisation, person),
    ]
    soon = clock.today() + dt.timedelta(days=SOON)

    def place(task: dict[str, Any]) -> tuple[int, dt.date]:
        due = task["due"]
        return (1, soon) if due is None else (0 if due <= soon else 2, due)

    return sorted(found, key=place)


def _task(url: str, title: str, text: str = "", due: dt.date | None = None) -> dict[str, Any]:
    return {"url": url, "title": title, "text": text, "due": due}


def _to_prepare(rounds: Tasks) -> Tasks:
    """Rounds to be opened. Those of an agreement that was over before Överens are only there to be looked at."""
    known = set(followed())
    text = gettext("Frågorna kan ändras till dess att rundan öppnas.")
    return [
        _task(row["url"], gettext("Förbered rundan: %(title)s") % {"title": row["title"]}, text, row["round"].opens_on)
        for row in rounds
        if row["round"].state == RoundState.PREPARING and row["round"].agreement in known
    ]


def _to_read(organisation: Organisation) -> Tasks:
    """What has come in and nobody has examined: each report by itself, or one line for a round with many."""
    waiting: dict[Round, list[Report]] = {}
    submitted = Report.objects.asked_by(organisation).with_parties().filter(state=ReportState.SUBMITTED)
    for report in submitted.order_by("submitted_at"):
        waiting.setdefault(report.round, []).append(report)
    found: Tasks = []
    for round, reports in waiting.items():
        title = title_of(round)
        if len(reports) > MOST_NAMED:
            what = ngettext(
                "%(count)s redogörelse väntar på att läsas: %(title)s",
                "%(count)s redogörelser väntar på att läsas: %(title)s",
                len(reports),
            )
            url = f"{reverse('analyst-respondents', args=where(round))}?lage=att-lasa"
            text = gettext("Den första kom in %(day)s.") % {"day": _came(reports[0])}
            found.append(_task(url, what % {"count": len(reports), "title": title}, text))
            continue
        read = gettext("Läs %(title)s från %(name)s")
        found += [
            _task(
                reverse("analyst-report", args=[*where(round), each.respondent.code]),
                read % {"title": title[:1].lower() + title[1:], "name": each.respondent.name},
                gettext("Inkom %(day)s.") % {"day": _came(each)},
            )
            for each in reports
        ]
    return found


def _came(report: Report) -> str:
    return date_format(report.submitted_at or report.changed_at, "DATE_FORMAT")


def _to_deliver(organisation: Organisation) -> Tasks:
    due = Deliverable.objects.filter(commission__organisation=organisation, delivered_on=None)
    text = gettext("Ska lämnas enligt uppdraget.")
    return [
        _task(reverse("analyst-commission", args=[each.commission_id]), each.what, text, each.due)
        for each in due.select_related("commission")[:NAMED]
    ]


def _answered(organisation: Organisation) -> Tasks:
    """Answers to what was asked back."""
    said = gettext("Läs svaret från %(name)s")
    return [
        _task(
            reverse("analyst-thread", args=[*where(each.thread.report.round), each.thread.pk]),
            said % {"name": each.thread.report.respondent.name},
            each.about,
        )
        for each in talk.shown(talk.questions_of(organisation, closed_at=None))
        if each.is_answered
    ]


def _to_code(organisation: Organisation, person: Person) -> Tasks:
    """A sample that the person codes as the second, and what two coders differ on in one that the person drew."""
    found: Tasks = []
    for sample in Sample.objects.filter(mandate__organisation=organisation).select_related("mandate"):
        url = reverse("analyst-sample", args=[sample.pk])
        if sample.done_at is None:
            if sample.second_id == person.pk:
                left = sample.units.filter(answered_at=None).count()
                text = ngettext("%(count)s stycke återstår.", "%(count)s stycken återstår.", left) % {"count": left}
                found.append(_task(url, gettext("Koda som andra kodare: %(name)s") % {"name": sample.name}, text))
        elif sample.mandate.person_id == person.pk and any(
            one.resolution is None for one in agreeing.disagreements(sample)
        ):
            found.append(_task(url, gettext("Avgör där kodarna skiljer sig: %(name)s") % {"name": sample.name}))
    return found
