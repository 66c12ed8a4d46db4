# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file of the bank, from bytes to money in its place: rows are kept, and what leaves no doubt is carried out.

First the file and its rows are committed together; then each row is met in a transaction of its own. So a process that
dies leaves rows open at worst, and the same file again goes on with them; nothing is done twice. A payment is confirmed
by its booking; that the bank has taken it in moves nothing (assumed).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from overens.bank.actions import incoming, outgoing
from overens.bank.models import BankAnswer, BankFile, BankRow, FileKind, OutgoingFile
from overens.exchange.iso20022.pain002 import REJECTED
from overens.grants.actions import matching
from overens.grants.actions import payment as paying
from overens.grants.models import Match, Payment, Way
from overens.grants.models.payment import PaymentState
from overens.grants.suggesting import AMOUNT_AND_PAYER, Suggestion, suggestions
from overens.people.models import Person
from overens.rules.findings import Finding, Refused, error, refuse

# Rows whose suggestions are read at once.
CHUNK = 500
# What the bank says of a whole file when it has taken in, or turned back, all or some of it (ISO 20022).
SETTLING = {"ACCP", "ACTC", "ACSP", "ACSC", "ACWC", "PART", REJECTED}


@dataclass(frozen=True)
class Outcome:
    """What became of an open row, or of an answer of the bank.

    ``done``: how the row was met (a ``Way``), ``rejected`` for a payment that the bank turned back before paying it, or
    empty for what is open; ``match`` says more, and ``rest`` what else of the row was met by the same rule.
    ``suggestion``: the best there was; ``refusal``: what stood against it.
    """

    row: BankRow | None = None
    answer: BankAnswer | None = None
    done: str = ""
    suggestion: Suggestion | None = None
    match: Match | None = None
    rest: tuple[str, ...] = ()
    payment: Payment | None = None
    refusal: Finding | None = None


@dataclass(frozen=True)
class Reconciled:
    """What an import did, or would do. ``new``: False where the file was here before."""

    file: BankFile
    new: bool
    notes: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many came to what; what is open under the empty key."""
        return dict(Counter(outcome.done for outcome in self.outcomes))


def take_in(content: bytes, name: str, person: Person | None = None) -> Reconciled:
    """Take in a file of the bank and reconcile what it tells. Raises Refused as :func:`incoming.take_in`; nothing is
    kept then.
    """
    taken = incoming.take_in(content, name, person, met)
    return Reconciled(taken.file, taken.new, taken.notes, tuple(reconcile(taken.file)))


def preview(content: bytes, name: str, person: Person | None = None) -> Reconciled:
    """What :func:`take_in` would do now, row by row: all of it is done, and all of it taken back."""
    with transaction.atomic():
        reconciled = take_in(content, name, person)
        transaction.set_rollback(True)
    return reconciled


def met(rows: Collection[int]) -> set[int]:
    """Of some rows, by number, those that something has been done with."""
    return set(Match.objects.live().filter(row__in=rows).values_list("row", flat=True))


def reconcile(file: BankFile) -> Iterator[Outcome]:
    """Carry out what leaves no doubt among the open rows of a file, or what the bank answers in it. What went out is
    tried before what came in, since what came back went out.
    """
    if file.kind == FileKind.STATUS:
        yield from _answers(file)
        return
    rows = list(BankRow.objects.told_by(file).order_by("pk"))
    for incoming_ones in (False, True):
        wanted = [row for row in rows if row.incoming is incoming_ones]
        for start in range(0, len(wanted), CHUNK):
            chunk = wanted[start : start + CHUNK]
            found = suggestions(chunk)
            yield from (_tried(row, found[row.pk]) for row in chunk if row.pk in found)


def _tried(row: BankRow, found: list[Suggestion]) -> Outcome:
    best = found[0] if found else None
    if best is None or not best.certain:
        return Outcome(row, suggestion=best)
    try:
        match = carry_out(row, best)
    except Refused as refusal:
        return Outcome(row, suggestion=best, refusal=refusal.findings[0])
    others = row.matches.live().exclude(pk=match.pk) if match.ore != row.ore else ()
    rest = tuple(each.way for each in others)
    return Outcome(row, done=match.way, suggestion=best, match=match, rest=rest, payment=best.payment)


def carry_out(row: BankRow, suggestion: Suggestion) -> Match:
    """Do by rule what a suggestion says. Raises Refused as the act itself, where something has changed since."""
    rule = suggestion.rule
    if suggestion.way == Way.REPAYMENT:
        # Amount and payer speak for one debt only as long as that is the amount.
        owing = suggestion.owed if rule == AMOUNT_AND_PAYER else None
        return matching.repay(row, suggestion.case, rule=rule, owing=owing)
    if suggestion.way == Way.INTEREST:
        assert suggestion.claim is not None
        return matching.interest(row, suggestion.claim, rule=rule)
    assert suggestion.payment is not None
    act = matching.pay if suggestion.way == Way.PAYMENT else matching.bounce
    return act(row, suggestion.payment, rule=rule)


def _answers(file: BankFile) -> Iterator[Outcome]:
    """What the bank says of single payments before what it says of the whole, since it says more of why."""
    sent = OutgoingFile.objects.filter(message_id=file.original).first()
    answers = list(file.answers.all())
    for answer in answers:
        if answer.end_to_end_id:
            yield _of_payment(answer)
    for answer in answers:
        if not answer.end_to_end_id:
            yield from _of_whole(answer, sent)


def _of_payment(answer: BankAnswer) -> Outcome:
    """A rejection returns the requisition of its payment; what is accepted waits for its booking."""
    if answer.status != REJECTED:
        return Outcome(answer=answer)
    payment = _payments().filter(end_to_end_id=answer.end_to_end_id).first()
    if payment is None:
        return Outcome(answer=answer, refusal=error("bank-answer-unknown", payment=answer.end_to_end_id))
    return _rejected(answer, payment)


def _of_whole(answer: BankAnswer, sent: OutgoingFile | None) -> Iterator[Outcome]:
    """Of a payment file of ours, or its only part: noted with the file. A rejection is one of every payment in it that
    is on its way; one that has been booked is looked into by people.
    """
    if sent is None:
        yield Outcome(answer=answer, refusal=error("bank-answer-unknown", payment=answer.file.original or answer.part))
        return
    yield Outcome(answer=answer)
    if answer.status in SETTLING:
        outgoing.answered(sent.message_id, answer.status != REJECTED, answer.file.received_at)
    if answer.status == REJECTED:
        for payment in _payments().filter(file=sent).exclude(state=PaymentState.REJECTED).order_by("case_id"):
            yield _rejected(answer, payment, booked_too=False)


def _rejected(answer: BankAnswer, payment: Payment, *, booked_too: bool = True) -> Outcome:
    try:
        if payment.state == PaymentState.CONFIRMED and not booked_too:
            refuse("payment-not-open", payment=payment.end_to_end_id, state=payment.state)
        paying.reject(payment, matching.reason(answer.reason, answer.text))
    except Refused as refusal:
        return Outcome(answer=answer, payment=payment, refusal=refusal.findings[0])
    return Outcome(answer=answer, done="rejected", payment=payment)


def _payments() -> QuerySet[Payment]:
    return Payment.objects.select_related("case__recipient", "case__line")
