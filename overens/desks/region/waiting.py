# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for a recipient, case by case: what to do, until when, and who can."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from overens.desks.editions.views_check import checks_waiting
from overens.desks.negotiator.waiting import to_sign
from overens.desks.writing.visit_waiting import visits_waiting
from overens.desks.writing.waiting import reports_waiting
from overens.grants import references
from overens.grants.actions import account, report
from overens.grants.models import Case
from overens.ledger.reading import balances
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.records.models import Document
from overens.rules.amounts import format_amount
from overens.rules.process import Place, State


@dataclass(frozen=True)
class Task:
    title: str
    text: str
    url: str
    due: dt.date | None = None


# More than this nobody reads; the nearest days come first.
MOST = 50


def tasks(organisation: Organisation) -> list[Task]:
    """What waits, the nearest day first, of the fifty most urgent cases."""
    waiting = (
        Case.objects.of(organisation)
        .open()
        .filter(
            Q(due_on__isnull=False)
            | Q(state__in=[State.RETURNED, State.ACCOUNT_UNPROVEN])
            | Q(clawbacks__state="proposed")
            | Q(accounts_requests__answer=None, accounts_requests__closed_at=None, accounts_requests__isnull=False)
        )
    )
    urgent = waiting.distinct().order_by(F("due_on").asc(nulls_first=True), "pk").with_parties()[:MOST]
    cases = list(
        urgent.prefetch_related("clawbacks", "accounts_requests__asked_by", "claims", "plans__rows", "examinations")
    )
    money = balances((case.line_id, case.recipient_id) for case in cases)
    drafted = set(
        Document.objects.filter(
            kind=report.FORM, subject__in=[case.key for case in cases], draft__isnull=False
        ).values_list("subject", flat=True)
    )
    found = [
        task for case in cases for task in tasks_of(case, money[case.line_id, case.recipient_id], case.key in drafted)
    ]
    waiting_there = [*reports_waiting(organisation), *visits_waiting(organisation), *checks_waiting(organisation)]
    found += [Task(each.title, each.text, each.url, each.due) for each in waiting_there]
    if organisation.kind == Kind.ASSOCIATION:
        found += [Task(each.title, each.text, each.url) for each in to_sign(organisation)]
    return sorted(found, key=lambda task: (task.due or dt.date.max, task.title))


def tasks_of(case: Case, money: Mapping[Place, int], drafted: bool) -> Iterable[Task]:
    """What the recipient may or must do next with a case. drafted: it has a draft of its financial report."""
    where = [case.recipient.code, case.agreement, case.line.code]

    def to(name: str) -> str:
        return reverse(name, args=where)

    state = State(case.state)
    returned = next((e.reason for e in reversed(case.examinations.all()) if e.outcome == "returned"), case.line.title)
    if state is State.DECIDED:
        sum_ = format_amount(money.get(Place.ALLOCATED, 0))
        yield Task(
            _("Rekvirera %(sum)s") % {"sum": sum_},
            _("%(line)s. Rätten till bidraget förfaller om rekvisitionen inte har kommit in i tid.")
            % {"line": case.line.title},
            to("region-requisition"),
            case.due_on,
        )
    if state is State.RETURNED:
        yield Task(_("Komplettera rekvisitionen"), returned, to("region-requisition"))
    if state is State.ACCOUNT_UNPROVEN and account.waiting_proof(case) is None:
        text = _("Kontot i rekvisitionen är inte känt som ert. Lämna ett intyg från banken.")
        yield Task(_("Styrk kontot"), text, to("region-account"))
    if state in (State.PAID, State.REPORT_RETURNED):
        yield _report_task(case, to, returned, drafted)
    if money.get(Place.TO_REPAY) and state in (State.REPORTED, State.REPORT_RETURNED, State.SETTLED, State.CLAWED_BACK):
        yield Task(
            _("Återbetala %(sum)s") % {"sum": format_amount(money[Place.TO_REPAY])},
            _("%(line)s. Betala till Kammarkollegiet med OCR-nummer %(ocr)s.")
            % {"line": case.line.title, "ocr": references.of_debt(case)},
            to("region-case"),
            _to_be_paid(case),
        )
    for proposal in (c for c in case.clawbacks.all() if c.state == "proposed" and c.commented_at is None):
        yield Task(
            _("Yttra er över förslaget om återkrav"), proposal.reasons, to("region-comment"), proposal.comment_by
        )
    for asked in (r for r in case.accounts_requests.all() if not r.answer_id and not r.closed_at):
        yield Task(
            _("Lämna räkenskaper till %(who)s") % {"who": asked.asked_by.name},
            asked.wanted,
            reverse("region-accounts", args=[*where, asked.pk]),
            asked.due_on,
        )


def _to_be_paid(case: Case) -> dt.date | None:
    """The first day that holds: of a plan, of a claim, else the agreement's own."""
    plan = next((plan for plan in case.plans.all() if plan.ended_at is None), None)
    claimed = [claim.due_on for claim in case.claims.all() if claim.ended_at is None]
    if plan is not None:
        today = clock.today()
        claimed += [row.due_on for row in plan.rows.all() if row.due_on >= today]
    return min(claimed, default=case.due_on)


def _report_task(case: Case, to: Callable[[str], str], returned: str, drafted: bool) -> Task:
    due = case.due_on
    version = report.reviewable(case) if drafted else None
    if version is None:
        if case.state == State.REPORT_RETURNED:
            return Task(_("Komplettera den ekonomiska berättelsen"), returned, to("region-report"), due)
        return Task(_("Skriv den ekonomiska berättelsen"), case.line.title, to("region-report"), due)
    if not version.attestations.exists():
        return Task(
            _("Granska den ekonomiska berättelsen"),
            _("Ekonomichefen eller verksamhetschefen granskar den."),
            to("region-report-review"),
            due,
        )
    return Task(
        _("Skriv under den ekonomiska berättelsen"),
        _("Den är granskad och väntar på behörig företrädare."),
        to("region-report-sign"),
        due,
    )
