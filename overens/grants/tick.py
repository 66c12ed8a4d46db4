# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens by itself as time passes: lapses, reminders, claims. Safe to run at any time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from overens.agreements.reading import deadline_of, in_time, last_day
from overens.grants.actions import accounts, debt, passing, policy, requisition, selecting
from overens.grants.actions.performing import performing
from overens.grants.models import AccountsRequest, Case
from overens.people.models import Notice
from overens.records import checkpoints, clock, runs
from overens.records.models import Run
from overens.rules.process import ACTS, Place, State

# Days before (−) and after (+) a deadline on which the recipient is reminded. Assumed: the sources state none.
REMINDERS = (-14, -3, 1, 14)
ACCOUNTS_REMINDERS = (-3, 1)


def tick() -> list[Run]:
    """Do everything that is due at the domain's time, each piece once. Returns the runs that were tried."""
    tried: list[Run] = []
    for agreement in sorted(set(Case.objects.open().values_list("agreement", flat=True))):
        tried += _requisitions(agreement)
        tried += _reports(agreement)
        tried += _examination(agreement)
        tried += _accounts(agreement)
        tried += _claims(agreement)
    tried.append(runs.once("checkpoint", f"checkpoint/{clock.today()}", lambda run: checkpoints.take()))
    return tried


def _requisitions(agreement: str) -> Iterable[Run]:
    cases = Case.objects.filter(agreement=agreement)
    if in_time(agreement, "requisition", clock.now()):
        yield from _remind(agreement, "requisition", cases.filter(state=State.DECIDED))
        return
    deadline = deadline_of(agreement, "requisition")
    if deadline is None or deadline.consequence != "lapses":
        return
    # First receipt stands: what came in time is completed, however long it takes.
    for case in cases.filter(state=State.DECIDED, received_at=None):
        yield runs.once("lapse", f"lapse/{case.key}/{case.changed_at.isoformat()}", _on(case, requisition.lapse))
    for case in cases.filter(state__in=ACTS["lapse-remainder"].states).with_parties():
        if case.money.get(Place.ALLOCATED):
            yield runs.once(
                "lapse", f"remainder/{case.key}/{case.changed_at.isoformat()}", _on(case, requisition.lapse)
            )


def _reports(agreement: str) -> Iterable[Run]:
    cases = Case.objects.filter(agreement=agreement, state__in=[State.PAID, State.REPORT_RETURNED], reported_at=None)
    yield from _remind(agreement, "financial-report", cases)


def _examination(agreement: str) -> Iterable[Run]:
    """What came after the draw is sorted; what nothing chose passes when its time is over."""
    decision = policy.standing(agreement)
    if decision is None:
        return
    if decision.draws.exists() and (late := selecting.waiting(agreement)):
        key = f"draw/{agreement}/{max(report.pk for report in late)}"
        yield runs.once("draw", key, lambda run: selecting.draw_late(agreement))
    for selection in passing.due(agreement):
        yield runs.once("pass", f"pass/{selection.pk}", _on(selection.report.case, passing.accept))


def _remind(agreement: str, paper: str, cases: Iterable[Case]) -> Iterable[Run]:
    last = last_day(agreement, paper)
    if last is None:
        return
    due = [days for days in REMINDERS if last + dt.timedelta(days=days) <= clock.today()]
    if not due:
        return
    for case in cases:
        key = f"remind/{paper}/{case.key}/{due[-1]:+d}"
        yield runs.once("remind", key, _on(case, _reminder(key, paper, last, late=due[-1] > 0)))


def _accounts(agreement: str) -> Iterable[Run]:
    """Who has been asked for accounts is reminded before the last day, and told when it has passed."""
    asked = AccountsRequest.objects.open().filter(case__agreement=agreement).select_related("case", "asked_by")
    for request in asked:
        due = [days for days in ACCOUNTS_REMINDERS if request.due_on + dt.timedelta(days=days) <= clock.today()]
        if due:
            key = f"remind/accounts/{request.pk}/{request.due_on}/{due[-1]:+d}"
            yield runs.once("remind", key, lambda run, request=request, key=key: accounts.remind(request, key))  # type: ignore[misc]


def _reminder(key: str, paper: str, last: dt.date, late: bool) -> Callable[[Case], None]:
    def send(case: Case) -> None:
        with performing("remind", case) as p:
            Notice.objects.create(
                organisation=p.case.recipient,
                key=key,
                code=f"overdue-{paper}" if late else f"remind-{paper}",
                values={"deadline": last.isoformat(), "days": abs((last - clock.today()).days)},
                subject=p.case.key,
                at=p.at,
            )

    return send


def _claims(agreement: str) -> Iterable[Run]:
    if in_time(agreement, "repayment", clock.now()):
        return
    for case in Case.objects.filter(agreement=agreement, state__in=ACTS["raise-claim"].states).with_parties():
        # What was decided or reported today is owed today; it is missing from tomorrow.
        if case.changed_at.astimezone(clock.STOCKHOLM).date() < clock.today() and case.money.get(Place.TO_REPAY):
            if not case.claims.filter(ended_at=None).exists():
                yield runs.once("claim", f"claim/{case.key}/{case.changed_at.isoformat()}", _on(case, debt.claim))


def _on(case: Case, work: Callable[[Case], object]) -> Callable[[Run], object]:
    return lambda run: work(case)
