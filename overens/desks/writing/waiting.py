# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports that wait for an organisation, for its start page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from overens.desks.writing.shared import at, title_of
from overens.followup.actions import handing_in
from overens.followup.models import Report
from overens.followup.reading import closes_on
from overens.followup.written import progress_of
from overens.people.models import Organisation
from overens.records import clock
from overens.rules.followup.process import ReportState, RoundState


@dataclass(frozen=True)
class Waits:
    """As components/tasks.html shows it."""

    title: str
    text: str
    url: str
    due: dt.date | None


def reports_waiting(organisation: Organisation) -> Iterator[Waits]:
    """Reports to be written or completed in rounds that are open."""
    waiting = Report.objects.of(organisation).filter(
        round__state=RoundState.OPEN, state__in=[ReportState.WRITING, ReportState.RETURNED]
    )
    for report in waiting.with_parties().prefetch_related("parts", "round__extensions")[:20]:
        made = progress_of(report, {part.key: part.content for part in report.parts.all() if not part.removed})
        if report.state == ReportState.RETURNED:
            text = _("%(who)s har lämnat tillbaka den.") % {"who": report.round.asker.name_on(clock.today())}
        elif handing_in.unsigned(report) is not None:
            # Locked: what remains is the signature, or to send it where none is asked for.
            text = _("En version är låst och väntar på att lämnas in.")
            yield Waits(title_of(report), text, at("writing-sign", report), closes_on(report))
            continue
        else:
            text = _("%(answered)d av %(asked)d frågor är besvarade.") % {
                "answered": made.answered,
                "asked": made.asked,
            }
        yield Waits(title_of(report), text, at("writing-report", report), closes_on(report))
