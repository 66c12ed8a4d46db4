# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is owed and has not come: claimed, reminded of, deferred, paid in parts, written off or remitted; and its
interest.

After förordningen (1993:1138) om hantering av statliga fordringar: an authority sees to that it is paid, reminds, and
may grant a deferral, beyond a year from the due day only where the state gains by it or there are exceptional reasons
(14 §). A write-off ends the collection and not the debt; a remission ends the debt. They are decisions of their own,
with reasons.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from overens.grants import debts, references
from overens.grants.actions.debt import close_when_settled
from overens.grants.actions.ending import end_claims
from overens.grants.actions.performing import Performance, performing
from overens.grants.models import Case, Claim, InterestClaim, PaymentPlan, PlanRow
from overens.grants.models.claim import ClaimReason, PlanKind
from overens.people.models import Notice, Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.records.models import DocumentVersion
from overens.rules import interest, owing
from overens.rules.agreement import Reminder
from overens.rules.deadlines import next_working_day
from overens.rules.findings import Refused, refuse
from overens.rules.interest import Stretch
from overens.rules.owing import Instalment
from overens.rules.process import Place, State


def claim(case: Case) -> Claim:
    """Claim what is owed and nobody has claimed: by rule the day after it was due, or at once when the government has
    reclaimed it. Raises Refused (``nothing-owed``).
    """
    with performing("raise-claim", case) as p:
        unclaimed = debts.standing(p.case).unclaimed
        if unclaimed <= 0:
            refuse("nothing-owed", case=p.case.key)
        rules = debts.rules_of(p.case)
        reason = ClaimReason.CLAWBACK if p.case.state == State.CLAWED_BACK else ClaimReason.UNUSED
        basis = _basis(p.case)
        due_on = next_working_day(clock.today() + dt.timedelta(days=rules.days_to_pay))
        number = p.case.claims.count() + 1
        paper = p.write(
            {
                **_how_to_pay(p.case),
                "number": number,
                "claim_reason": reason,
                "kronor": unclaimed,
                "issued_on": clock.today(),
                "due_on": due_on,
                "interest_rule": rules.interest,
                "basis": basis.sha256 if basis else "",
                "basis_kind": basis.kind if basis else "",
            }
        )
        _tell(p, "claim-raised", kronor=unclaimed, due_on=due_on.isoformat())
        return Claim.objects.create(
            case=p.case,
            number=number,
            reason=reason,
            kronor=unclaimed,
            due_on=due_on,
            raised_at=p.at,
            version=paper,
        )


def remind(case: Case, reminder: Reminder) -> DocumentVersion:
    """Remind the recipient of what is late, as sternly as the agreement's file says. Raises Refused
    (``nothing-late``).
    """
    with performing("remind-claim", case) as p:
        today = clock.today()
        happened = debts.happenings_of(p.case)
        debt = owing.standing(happened, today)
        since = debt.late_since(today)
        if since is None:
            refuse("nothing-late", case=p.case.key)
        late = debt.overdue(today)
        so_far = _interest_so_far(p.case)
        paper = p.write(
            {
                **_how_to_pay(p.case),
                "level": reminder.level,
                "kronor": late,
                "issued_on": today,
                "due_on": since,
                "interest_rule": debts.rules_of(p.case).interest,
                "interest_so_far": "" if so_far is None else so_far,
            }
        )
        _tell(p, f"claim-{reminder.level}", kronor=late, due_on=since.isoformat())
        return paper


def defer(case: Case, due_on: dt.date, reason: str, person: Person, *, exceptional: bool = False) -> PaymentPlan:
    """Let the whole debt be paid on a later day. Raises Refused as :func:`agree` does."""
    with performing("defer", case, person) as p:
        rows = [Instalment(due_on, debts.standing(p.case).owed)]
        return _planned(p, PlanKind.DEFERRAL, rows, reason, exceptional)


def agree(
    case: Case, rows: Sequence[Instalment], reason: str, person: Person, *, exceptional: bool = False
) -> PaymentPlan:
    """Let the debt be paid in parts; what was decided of it before is replaced.

    exceptional: the state gains by days beyond a year from the due day, or there are exceptional reasons for them.
    Raises Refused: ``nothing-owed``, ``reason-missing``, ``plan-beyond-year``, and what the rules say of the rows.
    """
    with performing("agree-instalments", case, person) as p:
        return _planned(p, PlanKind.INSTALMENTS, rows, reason, exceptional)


def _planned(
    p: Performance, kind: PlanKind, asked: Sequence[Instalment], reason: str, exceptional: bool
) -> PaymentPlan:
    today = clock.today()
    debt = debts.standing(p.case)
    if debt.owed <= 0:
        refuse("nothing-owed", case=p.case.key)
    if not reason.strip():
        refuse("reason-missing", key="reason")
    rows = owing.plan(asked, debt.owed, today)
    first_due = min((due.due_on for due in debt.open), default=p.case.due_on or today)
    limit = _a_year_after(first_due)
    if rows[-1].due_on > limit and not exceptional:
        refuse("plan-beyond-year", key="exceptional", day=rows[-1].due_on.isoformat(), limit=limit.isoformat())
    paper = p.write(
        {
            **_how_to_pay(p.case),
            "kronor": debt.owed,
            "interest_rule": "deferral" if debts.rules_of(p.case).interest != "none" else "none",
            "interest_after": max(today, first_due),
            "schedule": [{"due_on": row.due_on, "kronor": row.kronor} for row in rows],
            "reason": reason,
            **({"exceptional": "yes"} if exceptional else {}),
        }
    )
    p.case.plans.filter(ended_at=None).update(ended_at=p.at)
    plan = PaymentPlan.objects.create(
        case=p.case, kind=kind, version=paper, interest_after=max(today, first_due), decided_at=p.at
    )
    PlanRow.objects.bulk_create(PlanRow(plan=plan, due_on=row.due_on, kronor=row.kronor) for row in rows)
    end_claims(p.case)
    _tell(p, f"debt-{kind}", kronor=debt.owed, due_on=rows[0].due_on.isoformat())
    return plan


def break_plan(case: Case) -> None:
    """A part of the plan has not come in time: the whole rest is due today. Raises Refused (``plan-kept``)."""
    with performing("break-plan", case) as p:
        missed = owing.broken_since(debts.standing(p.case), debts.rules_of(p.case), clock.today())
        plan = p.case.plans.filter(ended_at=None).first()
        if missed is None or plan is None:
            refuse("plan-kept", case=p.case.key)
        plan.broken_on, plan.ended_at = clock.today(), p.at
        plan.save(update_fields=["broken_on", "ended_at"])
        _tell(p, "plan-broken", plan.pk, kronor=debts.standing(p.case).owed, due_on=missed.isoformat())


@transaction.atomic
def write_off(case: Case, reason: str, person: Person) -> None:
    """Stop collecting what is owed, by decision. The debt remains; see :func:`reverse_write_off`."""
    with performing("write-off", case, person) as p:
        owed = _owed(p)
        if not reason.strip():
            refuse("reason-missing", key="reason")
        p.write({"kronor": owed, "reason": reason})
        p.move(Place.TO_REPAY, Place.WRITTEN_OFF, owed)
    close_when_settled(case)


@transaction.atomic
def reverse_write_off(case: Case, reason: str, person: Person) -> None:
    """Collect again what was written off: the debtor can pay after all, or has. Its days and interest are what they
    were.

    Raises Refused: ``nothing-written-off``, ``reason-missing``.
    """
    with performing("reverse-write-off", case, person) as p:
        kronor = p.case.money.get(Place.WRITTEN_OFF, 0)
        if not kronor:
            refuse("nothing-written-off", case=p.case.key)
        if not reason.strip():
            refuse("reason-missing", key="reason")
        p.write({"kronor": kronor, "reason": reason})
        p.move(Place.WRITTEN_OFF, Place.TO_REPAY, kronor)
        was_closed = p.case.state == State.CLOSED
    if was_closed:
        with performing("reopen", p.case):
            pass
    end_claims(p.case)


@transaction.atomic
def remit(case: Case, kronor: int, decider: str, reason: str, person: Person) -> None:
    """Release the debtor from so many kronor, by decision: they are not owed any more.

    decider: who decided it; the ground for it stands in the reason. Raises Refused: ``nothing-owed``, ``above-owed``,
    ``reason-missing``, ``decision-field-missing``.
    """
    with performing("remit", case, person) as p:
        owed = _owed(p)
        if not 0 < kronor <= owed:
            refuse("above-owed", key="kronor", asked=kronor, owed=owed)
        if not decider.strip():
            refuse("decision-field-missing", key="decider", field="decider")
        if not reason.strip():
            refuse("reason-missing", key="reason")
        p.write({"kronor": kronor, "decider": decider, "reason": reason})
        p.move(Place.TO_REPAY, Place.REMITTED, kronor)
        _tell(p, "debt-remitted", kronor=kronor)
    close_when_settled(case)


def claim_interest(case: Case, person: Person) -> InterestClaim:
    """Claim the interest through today, less what of it has been claimed before.

    Raises Refused: ``no-interest`` for less than a krona, ``rate-unknown``.
    """
    with performing("claim-interest", case, person) as p:
        today = clock.today()
        rules = debts.rules_of(p.case)
        rows = debts.interest(rules, debts.happenings_of(p.case), today)
        before = list(p.case.interest_claims.order_by("number"))
        kronor = interest.demanded(rows) - sum(each.kronor for each in before)
        after = before[-1].through if before else rows[0].first_day - interest.DAY if rows else today
        if kronor < 1 or after >= today:
            refuse("no-interest", case=p.case.key)
        due_on = next_working_day(today + dt.timedelta(days=rules.days_to_pay))
        number = len(before) + 1
        paper = p.write(
            {
                **_how_to_pay(p.case),
                "ocr": references.of_interest(p.case, number),
                "number": number,
                "kronor": kronor,
                "issued_on": today,
                "due_on": due_on,
                "through": today,
                "claimed_before": sum(each.kronor for each in before),
                "stretches": [_written(each) for each in rows],
            }
        )
        _tell(p, "interest-claimed", kronor=kronor, due_on=due_on.isoformat())
        return InterestClaim.objects.create(
            case=p.case,
            number=number,
            kronor=kronor,
            after=after,
            through=today,
            due_on=due_on,
            raised_at=p.at,
            version=paper,
        )


def remit_interest(row: InterestClaim, decider: str, reason: str, person: Person) -> None:
    """Release the debtor from what is left of an interest claim. Raises Refused: ``interest-ended``, and as remit()."""
    with performing("remit-interest", row.case, person) as p:
        locked = InterestClaim.objects.select_for_update().get(pk=row.pk)
        if not locked.left:
            refuse("interest-ended", number=locked.number)
        if not decider.strip():
            refuse("decision-field-missing", key="decider", field="decider")
        if not reason.strip():
            refuse("reason-missing", key="reason")
        p.write({"number": locked.number, "kronor": locked.left, "decider": decider, "reason": reason})
        locked.remitted = locked.left
        locked.save(update_fields=["remitted"])


def _owed(p: Performance) -> int:
    owed = p.case.money.get(Place.TO_REPAY, 0)
    if not owed:
        refuse("nothing-owed", case=p.case.key)
    return owed


def _basis(case: Case) -> DocumentVersion | None:
    """The paper that the debt rests on: the government's decision, or else the report that stands."""
    if case.state == State.CLAWED_BACK and (decided := case.clawbacks.filter(decision__isnull=False).first()):
        return decided.decision
    report = case.reports.filter(superseded=False).select_related("version").first()
    return report.version if report else None


def _how_to_pay(case: Case) -> dict[str, str]:
    payer = Organisation.objects.get(kind=Kind.PAYER)
    return {
        "payee": payer.name_on(clock.today()),
        "giro": payer.giro,
        "ocr": references.of_debt(case),
        "contact": ", ".join(each for each in (payer.email, payer.telephone) if each),
    }


def _interest_so_far(case: Case) -> int | None:
    """Whole kronor of interest through today; None where a rate is not known, which stops no reminder."""
    try:
        rows = debts.interest(debts.rules_of(case), debts.happenings_of(case), clock.today())
    except Refused:
        return None
    return interest.demanded(rows)


def _written(row: Stretch) -> dict[str, object]:
    """A row of an interest table as the paper keeps it: its terms and its exact outcome as a fraction."""
    return {
        "rule": row.rule,
        "first_day": row.first_day,
        "last_day": row.last_day,
        "kronor": row.kronor,
        "percent": str(row.percent),
        "days": row.days,
        "interest": str(row.interest),
    }


def _a_year_after(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def _tell(p: Performance, code: str, row: int | None = None, /, **values: object) -> None:
    """Tell the recipient, once for the act's paper, or for a row where it makes none."""
    Notice.objects.create(
        organisation=p.case.recipient,
        key=f"{code}/{p.case.key}/{p.paper.pk if p.paper else row}",
        code=code,
        values=values,
        subject=p.case.key,
        at=p.at,
    )
