# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The payer's start: what waits, by kind of work, and the table of cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from overens.agreements.reading import deadline_of
from overens.desks import words
from overens.desks.access import ActingRequest, for_desk
from overens.desks.exports import csv_response
from overens.desks.payer.examining import decided_sums, findings_of
from overens.desks.payer.forms import WAITING, QueueFilter
from overens.grants.models import BankRow, Batch, Case, Claim
from overens.grants.models.case import CaseQuerySet
from overens.ledger.models import Line
from overens.people.models.organisation import Kind
from overens.rules.deadlines import falls
from overens.rules.process import Role, State

PAGE = 50
OFFICER, PAYER, SECOND = Role.CASE_OFFICER, Role.PAYER, Role.SECOND_PAYER
# What a recipient has to do in a state, and by which of the agreement's days.
DAY_OF = {
    State.DECIDED: "requisition",
    State.PAID: "financial-report",
    State.REPORT_RETURNED: "financial-report",
    State.SETTLED: "repayment",
}


@require_GET
@for_desk(Kind.PAYER)
def queue(request: ActingRequest) -> HttpResponse:
    agreements = sorted(set(Line.objects.values_list("agreement", flat=True)), reverse=True)
    form = QueueFilter(request.GET or {"lage": ""}, agreements)
    cases = _filtered(form)
    if request.GET.get("format") == "csv":
        return _csv(cases)
    page = Paginator(cases, PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    mine, others = _work(request.acting.roles)
    return render(
        request,
        "payer/queue.html",
        {
            "tasks": mine,
            "others": others,
            "fields": form.shown,
            "page": page,
            "rows": _rows(shown),
            "waiting_only": not form.chosen("lage"),
            "result_text": ngettext("%(count)s ärende", "%(count)s ärenden", page.paginator.count)
            % {"count": page.paginator.count},
        },
    )


def _filtered(form: QueueFilter) -> CaseQuerySet:
    cases = Case.objects.with_parties()
    state = form.chosen("lage")
    if state == "":
        cases = cases.filter(state__in=WAITING)
    elif state != "alla":
        cases = cases.filter(state=state)
    if agreement := form.chosen("overenskommelse"):
        cases = cases.filter(agreement=agreement)
    if text := form.chosen("sok").strip():
        cases = cases.filter(Q(recipient__name__icontains=text) | Q(recipient__code__iexact=text))
    # When a case last changed is shown, and sorted by, only where the recipient has nothing under way in it.
    return cases.order_by("changed_at", "pk") if state == "" or state in WAITING else cases.order_by("pk")


def _rows(cases: Sequence[Case]) -> Iterator[dict[str, Any]]:
    found = findings_of(cases)
    decided = decided_sums(cases)
    days = {
        (code, name): falls(deadline_of(code, name))
        for code in {case.agreement for case in cases}
        for name in set(DAY_OF.values())
    }
    for case in cases:
        findings = found.get(case.pk, ())
        warnings = sum(finding.level == "warning" for finding in findings)
        yield {
            "case": case,
            "decided": decided[case.pk],
            "received": case.reported_at or case.received_at,
            "due": days.get((case.agreement, DAY_OF.get(State(case.state), ""))),
            "checked": case.pk in found,
            "warnings": warnings,
            "notes": len(findings) - warnings,
        }


def _csv(cases: CaseQuerySet) -> HttpResponse:
    everything = list(cases)
    decided = decided_sums(everything)
    return csv_response(
        "arenden",
        [say("Ärende"), say("Mottagare"), say("Läge"), say("Beslutat"), say("Inkom")],
        (
            [
                case.key,
                case.recipient.name,
                str(words.STATES[case.state]),
                decided[case.pk],
                _iso(received) if (received := case.reported_at or case.received_at) else "",
            ]
            for case in everything
        ),
    )


def _work(roles: frozenset[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What waits, by kind of work: what the person may do (with the oldest first in words), and what others do."""
    states = {
        row["state"]: row
        for row in Case.objects.filter(state__in=WAITING)
        .order_by()
        .values("state")
        .annotate(count=Count("pk"), oldest=Min("changed_at"))
    }
    unreleased = Batch.objects.filter(released_at=None, dissolved_at=None)
    open_rows = BankRow.objects.filter(case=None).aggregate(count=Count("pk"), oldest=Min("booked_on"))
    claims = Claim.objects.filter(ended_at=None).aggregate(count=Count("pk"), oldest=Min("due_on"))
    batches = unreleased.aggregate(count=Count("pk"), oldest=Min("prepared_at"))
    queue, bank = reverse("payer-queue"), reverse("payer-bank")
    kinds: tuple[tuple[Promise, dict[str, Any], str, tuple[Role, ...], Promise], ...] = (
        (_("Rekvisitioner att granska"), states.get("requisitioned", {}), f"{queue}?lage=requisitioned", (OFFICER,),
         _("den äldsta kom in %(day)s")),
        (_("Ekonomiska berättelser att granska"), states.get("reported", {}), f"{queue}?lage=reported", (OFFICER,),
         _("den äldsta kom in %(day)s")),
        (_("Godkända rekvisitioner att betala"), states.get("approved", {}), reverse("payer-batches"), (PAYER,),
         _("den äldsta godkändes %(day)s")),
        (_("Betalningsfiler att släppa"), batches, reverse("payer-batches"), (SECOND,),
         _("den äldsta förbereddes %(day)s")),
        (_("Inbetalningar att pricka av"), open_rows, bank, (OFFICER, PAYER), _("den äldsta bokfördes %(day)s")),
        (_("Skulder som inte kommit in i tid"), claims, reverse("payer-debts"), (OFFICER,),
         _("den första förfaller %(day)s")),
    )  # fmt: skip
    mine: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for title, counted, url, who, oldest in kinds:
        count = counted.get("count", 0)
        if roles & set(who):
            if count:
                text = str(oldest) % {"day": _iso(counted["oldest"])}
                mine.append({"url": url, "title": f"{count} · {title}", "text": text})
        else:
            role = ", ".join(str(words.ROLES[each]) for each in who)
            others.append({"label": title, "value": count, "kind": "number", "note": role, "url": url})
    return mine, others


def _iso(value: dt.date | dt.datetime) -> str:
    return (timezone.localdate(value) if isinstance(value, dt.datetime) else value).isoformat()
