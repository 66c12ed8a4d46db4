# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saying what a row of the bank is, and that it was not. Money of a case moves by it as by any act on the case.

Each function meets a row, or what is open of it, in one transaction. ``person`` None and ``rule`` say that nobody did
it but a rule. What is done with a row beyond any case is written in the chain of the row's day.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, Subquery, Sum

from overens.bank.actions.authority import authority, subject_of
from overens.bank.actions.incoming import hold_row
from overens.bank.models import BankRow
from overens.grants.actions import payment as paying
from overens.grants.actions.debt import close_when_settled
from overens.grants.actions.ending import end_claims
from overens.grants.actions.performing import Performance, performing
from overens.grants.models import Case, InterestClaim, Match, Payment, Refunded, Undoing, Way
from overens.grants.models.payment import PaymentState
from overens.people.models import Mandate, Person
from overens.records import clock, events
from overens.records.models import DocumentVersion
from overens.rules.findings import refuse, word
from overens.rules.process import Place, State

LANGUAGE = "sv"  # the language of the agency's papers


def open_of(row: BankRow) -> int:
    """What is open of a row, in öre with its sign, held until the transaction ends.

    Raises Refused: ``row-split`` for a sum whose payments are rows themselves; ``row-matched`` when nothing is open.
    """
    hold_row(row)
    met = row.matches.live().order_by().values("row").annotate(ore=Sum("ore")).values("ore")
    held = BankRow.objects.filter(pk=row.pk).annotate(met=Subquery(met), split=Exists(row.parts.all()))
    sum_met, split = held.values_list("met", "split").get()
    if split:
        refuse("row-split", reference=row.bank_reference)
    left = row.ore - (sum_met or 0)
    if not left:
        refuse("row-matched", reference=row.bank_reference)
    return left


@transaction.atomic
def repay(
    row: BankRow,
    case: Case,
    person: Person | None = None,
    *,
    kronor: int | None = None,
    rule: str = "",
    owing: int | None = None,
) -> Match:
    """Meet a case's debt with a row, or with ``kronor`` of it; at most the debt and at most what is open of the row.

    owing: what the case must owe now for the rule to hold. By rule, what is above the debt meets the case's interest
    claim where it is no more than is left of that; where it is more it waits for a person; and without such a claim it
    is owed back to the sender. Where a person matches, the rest stays open, since it may be for another case.
    Raises Refused: ``wrong-state``, ``no-mandate``, ``row-matched``, ``row-split``, ``row-outgoing``,
    ``row-below-a-krona``, ``nothing-owed``, ``match-above`` (at ``kronor``).
    """
    act = performing("match-repayment", case, person) if person else performing("match-by-rule", case)
    with act as p:
        left = _came_in(row)
        owed = p.case.money.get(Place.TO_REPAY, 0)
        if not owed or (owing is not None and owed != owing):
            refuse("nothing-owed", case=p.case.key)
        met = _part(kronor, min(owed, left // 100))
        p.move(Place.TO_REPAY, Place.RETURNED, met)
        match = _met(p, row, Way.REPAYMENT, met, rule)
        above = left - met * 100
        claim = oldest_interest(case) if rule and above >= 100 else None
        if rule and above >= 100 and claim is None:
            _refund(row, above, case, None, rule)
    if met == owed:
        close_when_settled(case)
    else:
        end_claims(case)
    if claim is not None and above // 100 <= claim.left:
        interest(row, claim, rule=rule)
    return match


def oldest_interest(case: Case) -> InterestClaim | None:
    """The oldest interest claim of a case that something is left of."""
    return InterestClaim.objects.unpaid().filter(case=case).order_by("number").first()


@transaction.atomic
def interest(
    row: BankRow, claim: InterestClaim, person: Person | None = None, *, kronor: int | None = None, rule: str = ""
) -> Match:
    """Meet an interest claim with a row, or with ``kronor`` of it. No krona of the agreement moves. What is above the
    claim stays open.

    Raises Refused: ``wrong-state``, ``no-mandate``, ``row-matched``, ``row-split``, ``row-outgoing``,
    ``row-below-a-krona``, ``interest-ended``, ``match-above`` (at ``kronor``).
    """
    case = claim.case
    act = performing("record-interest", case, person) if person else performing("record-interest-by-rule", case)
    with act as p:
        left = _came_in(row)
        locked = InterestClaim.objects.select_for_update().get(pk=claim.pk)
        if not locked.left:
            refuse("interest-ended", number=locked.number)
        met = _part(kronor, min(locked.left, left // 100))
        locked.paid += met
        locked.save(update_fields=["paid"])
        return _met(p, row, Way.INTEREST, met, rule, locked)


def _came_in(row: BankRow) -> int:
    """What is open of a row that came in, in öre; a krona at least."""
    left = open_of(row)
    if left < 0:
        refuse("row-outgoing", reference=row.bank_reference)
    if left < 100:
        refuse("row-below-a-krona", reference=row.bank_reference)
    return left


def _part(kronor: int | None, most: int) -> int:
    if kronor is not None and not 0 < kronor <= most:
        refuse("match-above", key="kronor", asked=kronor, most=most)
    return most if kronor is None else kronor


def _met(p: Performance, row: BankRow, way: Way, kronor: int, rule: str, claim: InterestClaim | None = None) -> Match:
    """So much of the row met something of the case: the paper that says so, and the match."""
    paper = p.write(
        {
            **({"number": claim.number} if claim else {}),
            "bank_row": row.bank_reference,
            "booked_on": row.booked_on,
            "kronor": kronor,
            **({"matched_by": rule} if rule else {}),
        }
    )
    return Match.objects.create(
        row=row,
        way=way,
        ore=kronor * 100,
        case=p.case,
        receipt=paper,
        interest_claim=claim,
        rule=rule,
        mandate=p.mandate,
        at=p.at,
    )


@transaction.atomic
def pay(row: BankRow, payment: Payment, person: Person | None = None, *, rule: str = "") -> Match:
    """The row is a payment of ours that the bank has made: the recipient holds the money.

    Raises Refused: ``payment-not-open``, ``row-matched``, ``row-split``, ``row-other-amount``, ``no-mandate``.
    """
    mandate = authority(person, "match-payment") if person else None
    _require_whole(row, payment, -payment.kronor * 100)
    paper = paying.confirm(payment)
    return _answered(row, Way.PAYMENT, payment, paper, mandate, rule)


@transaction.atomic
def bounce(row: BankRow, payment: Payment, person: Person | None = None, *, rule: str = "") -> Match:
    """The row is a payment of ours that came back: its requisition is returned with the bank's reason.

    Raises Refused: as :func:`pay`; ``payment-not-booked`` before the row that paid it is in; ``wrong-state`` and
    ``payment-not-open`` also where the recipient has accounted for the money or passed it on: then it stays an open
    item, to be found out by people.
    """
    mandate = authority(person, "match-bounce") if person else None
    _require_whole(row, payment, payment.kronor * 100)
    if Payment.objects.get(pk=payment.pk).state == PaymentState.RELEASED:
        refuse("payment-not-booked", payment=payment.end_to_end_id)
    paper = paying.reject(payment, reason(row.return_reason, row.return_text))
    return _answered(row, Way.BOUNCE, payment, paper, mandate, rule)


def _require_whole(row: BankRow, payment: Payment, ore: int) -> None:
    left = open_of(row)
    if left != ore:
        refuse("row-other-amount", reference=row.bank_reference, kronor=payment.kronor)


def _answered(
    row: BankRow, way: Way, payment: Payment, paper: DocumentVersion | None, mandate: Mandate | None, rule: str
) -> Match:
    if paper is None:  # another row, or the bank's report, has said so already
        refuse("payment-not-open", payment=payment.end_to_end_id, state=payment.state)
    if mandate is not None:
        events.record(subject_of(row.booked_on), f"match-{way}", mandate, papers=[paper.sha256])
    return Match.objects.create(
        row=row,
        way=way,
        ore=row.ore,
        case=payment.case,
        payment=payment,
        receipt=paper,
        rule=rule,
        mandate=mandate,
        at=clock.now(),
    )


def reason(code: str, text: str = "") -> str:
    """Why the bank did not pay, in the words of the ISO 20022 code list, with the code and what the bank adds."""
    said = word(f"bank-reason-{code}", LANGUAGE)
    known = said if said != f"bank-reason-{code}" else word("bank-reason-unknown", LANGUAGE)
    return (f"{known} ({code})" + (f": {text}" if text else ""))[:200]


@transaction.atomic
def send_back(row: BankRow, person: Person, case: Case | None = None) -> Match:
    """What is open of the row is not ours: it is to be paid back to the sender.

    Raises Refused: ``no-mandate``, ``row-matched``, ``row-split``, ``row-outgoing``.
    """
    mandate = authority(person, "send-back")
    left = open_of(row)
    if left < 0:
        refuse("row-outgoing", reference=row.bank_reference)
    return _refund(row, left, case, mandate, "")


def _refund(row: BankRow, ore: int, case: Case | None, mandate: Mandate | None, rule: str) -> Match:
    events.record(subject_of(row.booked_on), "send-back", mandate)
    return Match.objects.create(row=row, way=Way.REFUND, ore=ore, case=case, mandate=mandate, rule=rule, at=clock.now())


@transaction.atomic
def refunded(refund: Match, reference: str, person: Person) -> Refunded:
    """The sum has been paid back under this reference. Said before its row comes in, or where none will.

    Raises Refused: ``no-mandate``, ``refund-reference-missing``, ``refund-done``, ``refund-undone``.
    """
    mandate = authority(person, "pay-back")
    if not reference.strip():
        refuse("refund-reference-missing", key="reference")
    _require_owed_back(refund)
    return _refunded(refund, reference.strip(), mandate)


def _require_owed_back(refund: Match) -> None:
    hold_row(refund.row)
    if Undoing.objects.filter(match=refund).exists():
        refuse("refund-undone", reference=refund.row.bank_reference)
    if done := Refunded.objects.filter(match=refund).first():
        refuse("refund-done", reference=done.reference)


def _refunded(refund: Match, reference: str, mandate: Mandate) -> Refunded:
    events.record(subject_of(refund.row.booked_on), "pay-back", mandate)
    return Refunded.objects.create(match=refund, reference=reference, mandate=mandate, at=clock.now())


@transaction.atomic
def pay_back(row: BankRow, refund: Match, person: Person) -> Match:
    """The outgoing row is what paid a sum back to its sender.

    Raises Refused: ``no-mandate``, ``row-matched``, ``row-split``, ``row-incoming``, ``refund-other-amount``,
    ``refund-done`` where another row did, ``refund-undone``.
    """
    mandate = authority(person, "pay-back")
    left = open_of(row)
    if left > 0:
        refuse("row-incoming", reference=row.bank_reference)
    if left != -refund.ore:
        refuse("refund-other-amount", reference=refund.row.bank_reference)
    _require_owed_back(refund)
    _refunded(refund, row.bank_reference, mandate)
    return Match.objects.create(
        row=row, way=Way.PAID_BACK, ore=left, case=refund.case, refund=refund, mandate=mandate, at=clock.now()
    )


@transaction.atomic
def set_aside(row: BankRow, note: str, person: Person) -> Match:
    """What is open of the row is of no agreement, such as interest or a fee; where it is accounted for, the note says.

    Raises Refused: ``no-mandate``, ``row-matched``, ``row-split``, ``row-note-missing``.
    """
    mandate = authority(person, "set-aside")
    if not note.strip():
        refuse("row-note-missing", key="note")
    left = open_of(row)
    events.record(subject_of(row.booked_on), "set-aside", mandate)
    return Match.objects.create(
        row=row, way=Way.ELSEWHERE, ore=left, note=note.strip(), mandate=mandate, at=clock.now()
    )


@transaction.atomic
def undo(match: Match, reason: str, person: Person) -> Undoing:
    """Take a match back: its part of the row is open again, and the debt or the interest that it met stands again.

    What the same rule made of the rest of the row, interest or owed back, goes with it, unless it has been paid back.
    Raises Refused: ``reason-missing``, ``row-not-matched``, ``match-final`` (what the bank has paid or sent back),
    ``row-refunded`` when its money has been paid out again, ``refund-done``, ``no-mandate``, ``wrong-state``.
    """
    if match.way in (Way.PAYMENT, Way.BOUNCE):
        refuse("match-final", reference=match.row.bank_reference)
    if match.way == Way.REPAYMENT:
        return _undo_repayment(match, reason, person)
    if match.way == Way.INTEREST:
        return _undo_interest(match, reason, person)
    mandate = authority(person, "undo-bank-match")
    _require_live(match, reason)
    if match.way == Way.REFUND:
        _require_owed_back(match)
    if match.way == Way.PAID_BACK:
        refuse("match-final", reference=match.row.bank_reference)
    events.record(subject_of(match.row.booked_on), "undo-bank-match", mandate)
    return Undoing.objects.create(match=match, reason=reason.strip(), mandate=mandate, at=clock.now())


def _undo_repayment(match: Match, reason: str, person: Person) -> Undoing:
    assert match.case is not None
    with performing("undo-match", match.case, person) as p:
        _require_live(match, reason)
        returned = p.case.money.get(Place.RETURNED, 0)
        if returned < match.kronor:
            refuse("row-refunded", reference=match.row.bank_reference, applied=match.kronor, returned=returned)
        paper = p.write({"bank_row": match.row.bank_reference, "reason": reason})
        p.move(Place.RETURNED, Place.TO_REPAY, match.kronor)
        undone = Undoing.objects.create(match=match, receipt=paper, reason=reason.strip(), mandate=p.by, at=p.at)
        if match.rule:
            for rest in match.row.matches.owed_back().filter(rule=match.rule):
                Undoing.objects.create(match=rest, reason=reason.strip(), mandate=p.by, at=p.at)
        was_closed = p.case.state == State.CLOSED
    if was_closed:
        with performing("reopen", p.case):
            pass
    end_claims(p.case)
    if match.rule:
        for rest in match.row.matches.live().filter(way=Way.INTEREST, rule=match.rule, case=match.case):
            _undo_interest(rest, reason, person)
    return undone


def _undo_interest(match: Match, reason: str, person: Person) -> Undoing:
    assert match.case is not None
    assert match.interest_claim is not None
    with performing("undo-match", match.case, person) as p:
        _require_live(match, reason)
        claim = InterestClaim.objects.select_for_update().get(pk=match.interest_claim.pk)
        claim.paid -= match.kronor
        claim.save(update_fields=["paid"])
        paper = p.write({"number": claim.number, "bank_row": match.row.bank_reference, "reason": reason})
        return Undoing.objects.create(match=match, receipt=paper, reason=reason.strip(), mandate=p.by, at=p.at)


def _require_live(match: Match, reason: str) -> None:
    hold_row(match.row)
    if Undoing.objects.filter(match=match).exists():
        refuse("row-not-matched", reference=match.row.bank_reference)
    if not reason.strip():
        refuse("reason-missing", key="reason")
