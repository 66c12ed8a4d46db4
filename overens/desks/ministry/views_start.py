# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ministry's start, and its lists: late reports and clawbacks."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from overens.agreements.reading import last_days
from overens.desks.access import ActingRequest, for_desk
from overens.desks.accounts import pages as accounts
from overens.desks.casefile import REPORT
from overens.desks.ministry import waiting
from overens.desks.negotiator.waiting import to_sign
from overens.grants.models import Clawback
from overens.ledger.reading import balances
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules.amounts import format_amount
from overens.rules.process import Place

PAGE = 50
# So many clawbacks are named one by one at the start; the rest are in their list.
NAMED = 10


@require_GET
@for_desk(Kind.MINISTRY)
def start(request: ActingRequest) -> HttpResponse:
    assert request.acting.organisation is not None
    return render(request, "ministry/start.html", {"tasks": _tasks(request.acting.organisation)})


def _tasks(organisation: Organisation) -> list[dict[str, Any]]:
    """What waits, by what it is; what has a day is shown with it."""
    tasks: list[dict[str, Any]] = [
        {
            "url": reverse("ministry-approve", args=[version.code]),
            "title": gettext("Godkänn överenskommelse %(code)s") % {"code": version.code}
            if version.number == 1
            else gettext("Godkänn ändringen av överenskommelse %(code)s") % {"code": version.code},
            "text": version.title,
        }
        for version in waiting.unapproved()
    ]
    tasks += [asdict(each) for each in to_sign(organisation)]
    tasks += [
        {
            "url": reverse("ministry-decide", args=[line.agreement, line.code]),
            "title": gettext("Besluta om utbetalning: %(line)s") % {"line": line.title},
            "text": f"{line.agreement} · {format_amount(line.kronor)}",
        }
        for line in waiting.undecided_lines()
    ]
    if late := waiting.late_reports().filter(proposed=False).count():
        tasks.append(
            {
                "url": reverse("ministry-late"),
                "title": ngettext(
                    "%(count)s ekonomisk berättelse är för sen", "%(count)s ekonomiska berättelser är för sena", late
                )
                % {"count": late},
                "text": gettext("Regeringen får besluta om återkrav när berättelsen är för sen."),
            }
        )
    tasks += [_clawback_task(clawback) for clawback in waiting.proposed_clawbacks()[:NAMED]]
    tasks += accounts.tasks(organisation)
    return tasks


def _clawback_task(clawback: Clawback) -> dict[str, Any]:
    title = gettext("Förslag om återkrav: %(name)s") % {"name": clawback.case.recipient.name}
    url = reverse("ministry-clawback", args=[clawback.pk])
    if clawback.commented_at:
        return {"url": url, "title": title, "text": gettext("Mottagaren har yttrat sig. Kan beslutas.")}
    if clawback.comment_by < clock.today():
        return {"url": url, "title": title, "text": gettext("Tiden för yttrande har gått ut. Kan beslutas.")}
    text = gettext("Mottagaren får yttra sig till och med %(day)s.") % {
        "day": date_format(clawback.comment_by, "j F Y")
    }
    return {"url": url, "title": title, "text": text}


@require_GET
@for_desk(Kind.MINISTRY)
def late(request: ActingRequest) -> HttpResponse:
    page = Paginator(waiting.late_reports(), PAGE).get_page(request.GET.get("page"))
    cases = list(page.object_list)
    held = balances((case.line_id, case.recipient_id) for case in cases)
    days = last_days(((case.agreement, case.recipient_id) for case in cases), REPORT)
    rows = [
        {
            "case": case,
            "due": days[case.agreement, case.recipient_id],
            "held": held[case.line_id, case.recipient_id].get(Place.HELD, 0),
        }
        for case in cases
    ]
    return render(request, "ministry/late.html", {"page": page, "rows": rows})


@require_GET
@for_desk(Kind.MINISTRY)
def clawbacks(request: ActingRequest) -> HttpResponse:
    page = Paginator(Clawback.objects.select_related("case__recipient", "case__line"), PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "ministry/clawbacks.html", {"page": page})
