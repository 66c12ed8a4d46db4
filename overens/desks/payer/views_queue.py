# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The payer's start: what waits, by kind of work, and the table of cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from overens.agreements.reading import last_days
from overens.bank.models import AccountProof
from overens.desks import words
from overens.desks.access import ActingRequest, for_desk, note_reading
from overens.desks.exports import csv_response
from overens.desks.payer import selected
from overens.desks.payer.forms import WAITING, QueueFilter
from overens.grants.examining import decided_sums, findings_of
from overens.grants.models import AccountsRequest, Batch, Case, Claim, Match, Selection
from overens.grants.models.case import CaseQuerySet
from overens.grants.suggesting import open_rows
from overens.ledger.models import Line
from overens.people.models.organisation import Kind
from overens.rules.process import Role, State

PAGE = 50
NONE = {"count": 0}
# What is counted, where it is done, by whom, what it is called, and what is said of the oldest.
Waiting = tuple[Mapping[str, Any], str, tuple[Role, ...], Callable[[int], str], Promise]
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
    agreements = list(Line.objects.order_by("-agreement").values_list("agreement", flat=True).distinct())
    form = QueueFilter(request.GET or {"lage": ""}, agreements)
    cases = _filtered(form)
    if request.GET.get("format") == "csv":
        note_reading(request, "queue")
        return _csv(cases)
    page = Paginator(cases, PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    rows = list(_rows(shown))
    mine, others = _work(request.acting.roles)
    return render(
        request,
        "payer/queue.html",
        {
            "tasks": mine,
            "others": others,
            "fields": form.shown,
            "page": page,
            "rows": rows,
            "any_selected": any(row["selected"] for row in rows),
            "waiting_only": not form.chosen("lage"),
            "narrowed": any(form.chosen(name) for name in ("overenskommelse", "urval", "sok")),
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
    if way := form.chosen("urval"):
        cases = cases.filter(state=State.REPORTED)
        standing = Selection.objects.filter(report__superseded=False)
        if way == "ovald":
            cases = cases.exclude(pk__in=standing.values("report__case"))
        else:
            cases = cases.filter(pk__in=standing.filter(selected.FILTERS[way]).values("report__case"))
    if text := form.chosen("sok").strip():
        cases = cases.filter(Q(recipient__name__icontains=text) | Q(recipient__code__iexact=text))
    # When a case last changed is shown, and sorted by, only where the recipient has nothing under way in it.
    return cases.order_by("changed_at", "pk") if state == "" or state in WAITING else cases.order_by("pk")


def _rows(cases: Sequence[Case]) -> Iterator[dict[str, Any]]:
    found = findings_of(cases)
    sorted_ = selected.of_cases([case for case in cases if case.state == State.REPORTED])
    decided = decided_sums(cases)
    due = {
        state: last_days(((c.agreement, c.recipient_id) for c in cases if c.state == state), name)
        for state, name in DAY_OF.items()
    }
    for case in cases:
        findings = found.get(case.pk, ())
        warnings = sum(finding.level == "warning" for finding in findings)
        yield {
            "case": case,
            "decided": decided[case.pk],
            "received": case.reported_at or case.received_at,
            "due": due.get(State(case.state), {}).get((case.agreement, case.recipient_id)),
            "checked": case.pk in found,
            "selected": sorted_.get(case.pk),
            "warnings": warnings,
            "notes": len(findings) - warnings,
        }


def _csv(cases: CaseQuerySet) -> HttpResponse:
    everything = list(cases)
    decided = decided_sums(everything)
    return csv_response(
        "arenden",
        [gettext("Ärende"), gettext("Mottagare"), gettext("Läge"), gettext("Beslutat"), gettext("Inkom")],
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
    rows = open_rows().aggregate(count=Count("pk"), oldest=Min("booked_on"))
    refunds = Match.objects.owed_back().aggregate(count=Count("pk"), oldest=Min("row__booked_on"))
    claims = Claim.objects.filter(ended_at=None).aggregate(count=Count("pk"), oldest=Min("due_on"))
    ours = AccountsRequest.objects.filter(asked_by__kind=Kind.PAYER)
    asked = ours.open().aggregate(count=Count("pk"), oldest=Min("due_on"))
    answered = ours.answered().aggregate(count=Count("pk"), oldest=Min("answer__effective_at"))
    unjudged = AccountProof.objects.filter(accepted=None, case__in=_unproven())
    proofs = unjudged.aggregate(count=Count("pk"), oldest=Min("sent_at"))

    def batches(**which: Any) -> Mapping[str, Any]:
        found = Batch.objects.filter(released_at=None, dissolved_at=None, **which)
        return found.aggregate(count=Count("pk"), oldest=Min("prepared_at"))

    queue, batch_list = reverse("payer-queue"), reverse("payer-batches")
    waiting: tuple[Waiting, ...] = (
        (states.get("requisitioned", NONE), f"{queue}?lage=requisitioned", (OFFICER,),
         lambda n: ngettext("%(n)s rekvisition att granska", "%(n)s rekvisitioner att granska", n),
         _("Den äldsta kom in %(day)s.")),
        (proofs, f"{queue}?lage=account-unproven", (OFFICER,),
         lambda n: ngettext("%(n)s kontobevis att bedöma", "%(n)s kontobevis att bedöma", n),
         _("Det äldsta kom in %(day)s.")),
        (states.get("reported", NONE), f"{queue}?lage=reported", (OFFICER,),
         lambda n: ngettext("%(n)s ekonomisk berättelse att granska", "%(n)s ekonomiska berättelser att granska", n),
         _("Den äldsta kom in %(day)s.")),
        (states.get("approved", NONE), batch_list, (PAYER,),
         lambda n: ngettext("%(n)s godkänd rekvisition att betala", "%(n)s godkända rekvisitioner att betala", n),
         _("Den äldsta godkändes %(day)s.")),
        (batches(first_by=None), batch_list, (PAYER,),
         lambda n: ngettext("%(n)s betalningsfil att attestera först", "%(n)s betalningsfiler att attestera först", n),
         _("Den äldsta förbereddes %(day)s.")),
        (batches(first_by__isnull=False), batch_list, (SECOND,),
         lambda n: ngettext("%(n)s betalningsfil att attestera och släppa",
                            "%(n)s betalningsfiler att attestera och släppa", n),
         _("Den äldsta förbereddes %(day)s.")),
        (rows, reverse("payer-bank"), (OFFICER, PAYER),
         lambda n: ngettext("%(n)s bankrad att pricka av", "%(n)s bankrader att pricka av", n),
         _("Den äldsta bokfördes %(day)s.")),
        (refunds, reverse("payer-bank-refunds"), (OFFICER, PAYER),
         lambda n: ngettext("%(n)s inbetalning att betala tillbaka", "%(n)s inbetalningar att betala tillbaka", n),
         _("Den äldsta bokfördes %(day)s.")),
        (claims, reverse("payer-debts"), (OFFICER,),
         lambda n: ngettext("%(n)s krav att bevaka", "%(n)s krav att bevaka", n),
         _("Det första ska betalas %(day)s.")),
        (asked, reverse("payer-accounts"), (OFFICER,),
         lambda n: ngettext("%(n)s begäran om räkenskaper utan svar", "%(n)s begäranden om räkenskaper utan svar", n),
         _("Den första ska besvaras %(day)s.")),
        (answered, reverse("payer-accounts"), (OFFICER,),
         lambda n: ngettext("%(n)s svar med räkenskaper att gå igenom", "%(n)s svar med räkenskaper att gå igenom", n),
         _("Det äldsta kom in %(day)s.")),
    )  # fmt: skip
    mine: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for counted, url, who, title, oldest in waiting:
        count = counted["count"]
        if not count:
            continue
        task = {"url": url, "title": title(count) % {"n": count}}
        if roles & set(who):
            mine.append({**task, "text": str(oldest) % {"day": _said(counted["oldest"])}})
        else:
            others.append({**task, "text": ", ".join(str(words.ROLES[each]) for each in who)})
    return mine, others


def _unproven() -> QuerySet[Any]:
    return Case.objects.filter(state=State.ACCOUNT_UNPROVEN).order_by().values("key")


def _said(value: dt.date | dt.datetime) -> str:
    return date_format(timezone.localtime(value) if isinstance(value, dt.datetime) else value, "DATE_FORMAT")


def _iso(value: dt.date | dt.datetime) -> str:
    return (timezone.localdate(value) if isinstance(value, dt.datetime) else value).isoformat()
