# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Within the respondent: that a section is ready; and towards the asker: how far the report has come."""

from __future__ import annotations

from overens.followup.actions.performing import performing
from overens.followup.models import Report, Showing, Signoff
from overens.followup.reading import asked
from overens.followup.written import revisions_of
from overens.people.models import Person
from overens.rules.findings import refuse


def sign_off(report: Report, section: str, person: Person) -> Signoff:
    """Somebody finds a section ready as it is now. Raises Refused: ``section-unknown``, and those of ``performing``."""
    with performing("sign-off-section", report, person) as p:
        definition = asked(p.report.round)
        if all(each.id != section for each in definition.sections):
            refuse("section-unknown", section=section)
        return Signoff.objects.create(
            report=p.report, section=section, revisions=revisions_of(p.report, section), mandate=p.by, at=p.at
        )


def show_progress(report: Report, person: Person) -> None:
    """From now on the asker may see how far the report has come, and nothing of what is in it."""
    with performing("show-progress", report, person) as p:
        if not p.report.showings.filter(hidden_at=None).exists():
            Showing.objects.create(report=p.report, mandate=p.by, shown_at=p.at)


def hide_progress(report: Report, person: Person) -> None:
    """The asker no longer sees it."""
    with performing("hide-progress", report, person) as p:
        p.report.showings.filter(hidden_at=None).update(hidden_at=p.at)
