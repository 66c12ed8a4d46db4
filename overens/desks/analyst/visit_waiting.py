# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What visits and collected documents wait for at the follow-up agency."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from overens.followup.models import Collected, Visit
from overens.people.models import Organisation
from overens.records import clock
from overens.rules.followup.visiting import MemoState, VisitState


def tasks(organisation: Organisation, within: int = 366) -> list[dict[str, Any]]:
    """As components/tasks.html shows them: the nearest day first, and what waits now first of all. within: days until
    visits to come that are named.
    """
    today = clock.today()
    found = []
    for visit in Visit.objects.by(organisation).with_parties().select_related("fact_check"):
        values, where = {"name": visit.respondent.name}, visit.where
        check = getattr(visit, "fact_check", None)
        if visit.memo_state == MemoState.ANSWERED:
            title = _("Gå igenom faktagranskningen från %(name)s") % values
            found.append(_task(title, "analyst-memo-close", where, None))
        elif visit.memo_state == MemoState.SENT and check is not None and check.due_on < today:
            title = _("%(name)s har inte svarat på promemorian") % values
            found.append(_task(title, "analyst-memo-close", where, check.due_on))
        elif visit.state == VisitState.PLANNED and visit.planned_on is None:
            found.append(_task(_("Bestäm dag för besöket hos %(name)s") % values, "analyst-visit", where, None))
        elif visit.state == VisitState.PLANNED and visit.planned_on is not None:
            said = {"day": date_format(visit.planned_on, "DATE_FORMAT")}
            if visit.planned_on < today:
                title = _("Ange hur besöket hos %(name)s blev") % values
                found.append(_task(title, "analyst-visit", where, None, _("Det var planerat till den %(day)s.") % said))
            elif visit.planned_on <= today + dt.timedelta(days=within):
                title, text = _("Besök hos %(name)s") % values, _("Besöket är den %(day)s.") % said
                found.append(_task(title, "analyst-visit", where, None, text))
        elif visit.state == VisitState.DONE and visit.memo_state in (MemoState.NONE, MemoState.DRAFTED):
            found.append(_task(_("Skriv promemorian om %(name)s") % values, "analyst-memo", where, None))
    for asked in Collected.objects.by(organisation).open().select_related("respondent").filter(due_on__lt=today):
        title = _("%(name)s har inte lämnat %(title)s") % {"name": asked.respondent.name, "title": asked.title}
        found.append(_task(title, "analyst-document", [asked.pk], asked.due_on))
    return sorted(found, key=lambda task: (task["due"] is not None, task["due"] or today, task["title"]))


def _task(title: str, page: str, where: list[Any], due: Any, text: str = "") -> dict[str, Any]:
    return {"url": reverse(page, args=where), "title": title, "text": text, "due": due}
