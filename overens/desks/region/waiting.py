# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for a recipient, case by case: what to do, until when, and who can."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from overens.agreements.reading import last_day
from overens.grants.actions import report
from overens.grants.models import Case
from overens.people.models import Organisation
from overens.rules.amounts import format_amount
from overens.rules.process import Place, State


@dataclass(frozen=True)
class Task:
    title: str
    text: str
    url: str
    due: dt.date | None = None


def tasks(organisation: Organisation) -> list[Task]:
    """Everything that waits, the nearest day first."""
    cases = Case.objects.of(organisation).open().with_parties()
    found = [task for case in cases for task in tasks_of(case)]
    return sorted(found, key=lambda task: (task.due or dt.date.max, task.title))


def tasks_of(case: Case) -> Iterable[Task]:
    """What the recipient may or must do next with a case."""
    where = [case.recipient.code, case.agreement, case.line.code]

    def to(name: str) -> str:
        return reverse(name, args=where)

    money = case.money
    state = State(case.state)
    agreement = case.agreement
    if state is State.DECIDED:
        sum_ = format_amount(money.get(Place.ALLOCATED, 0))
        yield Task(
            _("Rekvirera %(sum)s") % {"sum": sum_},
            _("%(line)s. Rätten till bidraget förfaller om rekvisitionen inte har kommit in i tid.")
            % {"line": case.line.title},
            to("region-requisition"),
            last_day(agreement, "requisition"),
        )
    if state is State.RETURNED:
        reason = case.examinations.filter(outcome="returned").last()
        yield Task(
            _("Komplettera rekvisitionen"), reason.reason if reason else case.line.title, to("region-requisition")
        )
    if state in (State.PAID, State.REPORT_RETURNED):
        yield _report_task(case, to, last_day(agreement, "financial-report"))
    if money.get(Place.TO_REPAY) and state in (State.REPORTED, State.REPORT_RETURNED, State.SETTLED, State.CLAWED_BACK):
        claim = case.claims.filter(ended_at=None).first()
        yield Task(
            _("Återbetala %(sum)s") % {"sum": format_amount(money[Place.TO_REPAY])},
            _("%(line)s. Betala till Kammarkollegiet och ange %(key)s som meddelande.")
            % {"line": case.line.title, "key": case.key},
            to("region-case"),
            claim.due_on if claim else last_day(agreement, "repayment"),
        )
    for proposal in case.clawbacks.filter(state="proposed", commented_at=None):
        yield Task(
            _("Yttra er över förslaget om återkrav"), proposal.reasons, to("region-comment"), proposal.comment_by
        )
    for asked in case.accounts_requests.filter(answer=None):
        yield Task(
            _("Lämna räkenskaper till %(who)s") % {"who": asked.asked_by.name},
            asked.wanted,
            reverse("region-accounts", args=[*where, asked.pk]),
            asked.due_on,
        )


def _report_task(case: Case, to, due: dt.date | None) -> Task:  # type: ignore[no-untyped-def]
    version = report.reviewable(case)
    if version is None:
        title = (
            _("Komplettera den ekonomiska berättelsen")
            if case.state == State.REPORT_RETURNED
            else _("Skriv den ekonomiska berättelsen")
        )
        reason = case.examinations.filter(outcome="returned").last() if case.state == State.REPORT_RETURNED else None
        return Task(title, reason.reason if reason else case.line.title, to("region-report"), due)
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
