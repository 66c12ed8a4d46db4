# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens by itself as time passes: lapses, reminders, claims. Safe to run at any time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial

from overens.agreements.reading import agreement_of, deadline_of, last_days
from overens.grants import debts
from overens.grants.actions import accounts, claims, passing, policy, requisition, selecting
from overens.grants.actions.performing import performing
from overens.grants.models import AccountsRequest, Case
from overens.ledger.reading import balances
from overens.people.models import Notice
from overens.records import checkpoints, clock, runs
from overens.records.models import Run
from overens.rules import owing
from overens.rules.process import ACTS, Place, State

# Days before (−) and after (+) a deadline on which the recipient is reminded. Assumed: the sources state none.
REMINDERS = (-14, -3, 1, 14)
ACCOUNTS_REMINDERS = (-3, 1)
WithDay = tuple[Case, dt.date | None]


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
    decided = _with_days(agreement, "requisition", cases.filter(state=State.DECIDED))
    yield from _remind("requisition", decided, overdue=False)
    deadline = deadline_of(agreement, "requisition")
    if deadline is None or deadline.consequence != "lapses":
        return
    # First receipt stands: what came in time is completed, however long it takes.
    for case in _late(decided):
        if case.received_at is not None:
            continue
        yield runs.once("lapse", f"lapse/{case.key}/{case.changed_at.isoformat()}", _on(case, requisition.lapse))
    further = _late(
        _with_days(agreement, "requisition", cases.filter(state__in=ACTS["lapse-remainder"].states).with_parties())
    )
    money = balances([(case.line_id, case.recipient_id) for case in further])
    for case in further:
        if money.get((case.line_id, case.recipient_id), {}).get(Place.ALLOCATED):
            yield runs.once(
                "lapse", f"remainder/{case.key}/{case.changed_at.isoformat()}", _on(case, requisition.lapse)
            )


def _reports(agreement: str) -> Iterable[Run]:
    cases = Case.objects.filter(agreement=agreement, state__in=[State.PAID, State.REPORT_RETURNED], reported_at=None)
    yield from _remind("financial-report", _with_days(agreement, "financial-report", cases))


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


def _with_days(agreement: str, deadline: str, cases: Iterable[Case]) -> list[WithDay]:
    """The cases, each with its recipient's last day."""
    found = list(cases)
    if not found:
        return []
    days = last_days([(agreement, case.recipient_id) for case in found], deadline)
    return [(case, days[agreement, case.recipient_id]) for case in found]


def _late(cases: Iterable[WithDay]) -> list[Case]:
    today = clock.today()
    return [case for case, last in cases if last and last < today]


def _remind(paper: str, cases: Iterable[WithDay], overdue: bool = True) -> Iterable[Run]:
    """overdue: also once the day has passed, where something can still be done."""
    today = clock.today()
    due: dict[str, tuple[Case, Callable[[Case], None]]] = {}
    for case, last in cases:
        if last is None or (last < today and not overdue):
            continue
        if passed := [days for days in REMINDERS if last + dt.timedelta(days=days) <= today]:
            key = f"remind/{paper}/{case.key}/{last}/{passed[-1]:+d}"
            due[key] = (case, _reminder(key, paper, last, late=passed[-1] > 0))
    done = runs.done(due)
    for key, (case, remind) in due.items():
        if key not in done:
            yield runs.once("remind", key, _on(case, remind))


def _accounts(agreement: str) -> Iterable[Run]:
    """Who has been asked for accounts is reminded before the last day, and told when it has passed."""
    today = clock.today()
    asked = AccountsRequest.objects.open().filter(case__agreement=agreement).select_related("case", "asked_by")
    for request in asked:
        due = [days for days in ACCOUNTS_REMINDERS if request.due_on + dt.timedelta(days=days) <= today]
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
    """Claims for what is missing, plans that were not kept, reminders of what is late."""
    today = clock.today()
    cases = list(Case.objects.filter(agreement=agreement, state__in=ACTS["raise-claim"].states).with_parties())
    money = balances((case.line_id, case.recipient_id) for case in cases)
    owing_cases = [case for case in cases if money[case.line_id, case.recipient_id].get(Place.TO_REPAY)]
    if not owing_cases:
        return
    rules = agreement_of(agreement).claims
    happened = debts.happenings(owing_cases)
    missing = {case.pk for case in _late(_with_days(agreement, "repayment", owing_cases))}
    for case in owing_cases:
        debt = owing.standing(happened[case.pk], today)
        # What was decided or reported today is owed today; it is missing from tomorrow.
        if case.pk in missing and debt.unclaimed > 0 and case.changed_at.astimezone(clock.STOCKHOLM).date() < today:
            yield runs.once("claim", f"claim/{case.key}/{case.changed_at.isoformat()}", _on(case, claims.claim))
        if missed := owing.broken_since(debt, rules, today):
            yield runs.once("break-plan", f"break-plan/{case.key}/{missed}/{today}", _on(case, claims.break_plan))
        since = debt.late_since(today)
        if since and (reminder := owing.reminder_due(rules, since, today)):
            key = f"remind-claim/{case.key}/{since}/{reminder.id}"
            yield runs.once("remind-claim", key, _on(case, partial(claims.remind, reminder=reminder)))


def _on(case: Case, work: Callable[[Case], object]) -> Callable[[Run], object]:
    return lambda run: work(case)
