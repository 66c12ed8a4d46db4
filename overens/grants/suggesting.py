# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a row of the bank may be, and what speaks for it; the best first.

A suggestion that leaves no doubt (``certain``) is carried out by rule when a file comes in; the others wait for a
person. Both are found here and nowhere else, so that a page never shows another thing than the rules have done. Which
rules leave no doubt is ours (assumed: docs/reconciliation.md has them in a table).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, DateField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Upper

from overens.bank.models import BankRow
from overens.grants import references
from overens.grants.models import Case, Claim, InterestClaim, Match, Payment, Requisition, Way
from overens.grants.models.payment import PaymentState
from overens.people.models.organisation import swedish_sort_key
from overens.records.models import Registration
from overens.records.registrations import search_key
from overens.rules import ocr
from overens.rules.process import ACTS, OWING, Place, State

OWED = """
    SELECT b.kronor FROM ledger_account a JOIN ledger_balance b ON b.account_id = a.id
    WHERE a.line_id = grants_case.line_id AND a.owner_id = grants_case.recipient_id AND a.place = %s
"""
KEY = re.compile(r"\w[\w.-]*/[\w.-]+/[\w.-]*\w")
# Letters or digits of a registration number, at least; fewer are met by chance.
SHORTEST = 6
SHOWN = 3
AMOUNT_AND_PAYER = "amount-and-payer"


def debtors() -> QuerySet[Any]:
    """Cases that owe, with ``owed`` kronor; where a claim is open, ``claimed``, ``claim_due``, ``claim_raised``."""
    claim = Claim.objects.filter(case=OuterRef("pk"), ended_at=None)
    return (
        Case.objects.filter(state__in=OWING)
        .with_parties()
        .annotate(
            owed=RawSQL(OWED, [Place.TO_REPAY.value], output_field=BigIntegerField()),  # noqa: S611 (a constant)
            claimed=Subquery(claim.values("kronor")[:1], output_field=BigIntegerField()),
            claim_due=Subquery(claim.values("due_on")[:1], output_field=DateField()),
            claim_raised=Subquery(claim.values("raised_at")[:1]),
        )
        .filter(owed__gt=0)
    )


@dataclass(frozen=True)
class Suggestion:
    """A row, or what is open of it, may be this. ``rule``: what led here (a code, in words on the pages); ``why``: what
    speaks for it, and ``but``: what stands against its being done by rule, as codes.
    """

    way: Way
    rule: str
    why: tuple[str, ...]
    but: tuple[str, ...] = ()
    certain: bool = False
    case: Any = None
    payment: Payment | None = None
    refund: Match | None = None
    claim: InterestClaim | None = None
    owed: int = 0


def open_rows() -> QuerySet[Any]:
    """Rows that something remains to be done with, with ``open``: öre with the row's sign."""
    met = Match.objects.live().filter(row=OuterRef("pk")).order_by().values("row").annotate(ore=Sum("ore"))
    return (
        BankRow.objects.bearing()
        .annotate(open=F("ore") - Coalesce(Subquery(met.values("ore"), output_field=BigIntegerField()), 0))
        .exclude(open=0)
    )


def open_ore(rows: Sequence[BankRow]) -> dict[int, int]:
    """By row what is open of it, in öre with its sign."""
    met = dict(Match.objects.live().filter(row__in=rows).order_by().values_list("row").annotate(ore=Sum("ore")))
    return {row.pk: row.ore - met.get(row.pk, 0) for row in rows}


def suggestions(rows: Sequence[BankRow]) -> dict[int, list[Suggestion]]:
    """By row of some rows: what its open part may be."""
    left = open_ore(rows)
    rows = [row for row in rows if left[row.pk]]
    ground = _Ground(rows, left)
    found: dict[int, list[Suggestion]] = {}
    for row in rows:
        each = list(ground.came_in(row) if row.incoming else ground.went_out(row))
        # The same debt by the strongest rule only; what is certain first, then what most speaks for.
        each.sort(key=lambda s: (not s.certain, len(s.but), -len(s.why), s.case.key if s.case else ""))
        best: dict[object, Suggestion] = {}
        for suggestion in each:
            about = suggestion.refund or suggestion.claim
            best.setdefault((suggestion.way, suggestion.case and suggestion.case.pk, about), suggestion)
        found[row.pk] = list(best.values())[:SHOWN]
    return found


class _Ground:
    """Everything that some rows may be, read at once."""

    def __init__(self, rows: Sequence[BankRow], left: dict[int, int]) -> None:
        self.left = left
        incoming = [row for row in rows if row.incoming]
        outgoing = [row for row in rows if not row.incoming]
        self.payments = {
            payment.end_to_end_id: payment
            for payment in _payments().filter(end_to_end_id__in={row.end_to_end_id for row in rows} - {""})
        }
        self._of_debts(incoming)
        self.released = _by_kronor(
            _payments().filter(state=PaymentState.RELEASED), (row for row in outgoing if not row.end_to_end_id)
        )
        self.confirmed = _by_kronor(
            _payments().filter(state=PaymentState.CONFIRMED), (row for row in incoming if row.return_reason)
        )
        owed_back = Match.objects.owed_back().filter(ore__in={-left[row.pk] for row in outgoing})
        self.refunds = list(owed_back.select_related("row", "case__recipient")) if outgoing else []

    def _of_debts(self, rows: Sequence[BankRow]) -> None:
        numbers = {row.pk: number for row in rows if (number := _number(row)) is not None}
        cases = references.debtors(set(numbers.values()))
        self.referred = {row: cases[number] for row, number in numbers.items() if number in cases}
        keys = {row.pk: [each.upper() for each in KEY.findall(row.message)] for row in rows}
        wanted = {key for found in keys.values() for key in found}
        by_key = {case.key.upper(): case for case in _cases_named(wanted)}
        self.named = {row: [by_key[key] for key in found if key in by_key] for row, found in keys.items()}
        self._registered(rows)
        likely = Q(owed__in={self.left[row.pk] // 100 for row in rows})
        likely |= Q(recipient__orgnr__in={orgnr for row in rows if (orgnr := _orgnr(row))})
        likely |= Q(recipient__sort_key__in={swedish_sort_key(row.counterpart.strip()) for row in rows})
        claims = references.interest_claims(set(numbers.values()))
        self.interest = {row: claims[number] for row, number in numbers.items() if number in claims}
        pointed = {case.pk for case in self.referred.values()}
        pointed |= {case.pk for cases in (*self.named.values(), *self.registered.values()) for case in cases}
        self.debts = {case.pk: case for case in debtors().filter(likely | Q(pk__in=pointed))} if rows else {}
        unpaid = InterestClaim.objects.unpaid().filter(case__in=pointed).select_related("case__recipient", "case__line")
        # The oldest of each case.
        self.unpaid_interest = {claim.case_id: claim for claim in unpaid.order_by("-number")} if pointed else {}
        giros = Requisition.objects.filter(superseded=False, case__in=self.debts)
        self.giros = {case: _digits(giro) for case, giro in giros.values_list("case", "giro")}

    def _registered(self, rows: Sequence[BankRow]) -> None:
        """Cases whose registration number stands in a row's message."""
        words = {
            row.pk: {key for each in row.message.split() if len(key := search_key(each)) >= SHORTEST} for row in rows
        }
        wanted = {word for found in words.values() for word in found}
        subjects: dict[str, set[str]] = {}
        for key, subject in Registration.objects.filter(search_key__in=wanted).values_list("search_key", "subject"):
            subjects.setdefault(key, set()).add(subject)
        keys = {subject for found in subjects.values() for subject in found}
        cases = {case.key: case for case in Case.objects.filter(key__in=keys).with_parties()} if keys else {}
        self.registered = {
            row: [cases[s] for word in found for s in sorted(subjects.get(word, ())) if s in cases]
            for row, found in words.items()
        }

    def went_out(self, row: BankRow) -> Iterator[Suggestion]:
        payment = self.payments.get(row.end_to_end_id)
        if payment is not None:
            but = () if self.left[row.pk] == -payment.kronor * 100 else ("other-amount",)
            if payment.state != PaymentState.RELEASED:
                but = (*but, f"payment-{payment.state}")
            yield _of_payment(Way.PAYMENT, "end-to-end-id", payment, ("end-to-end-id",), but)
        for payment in self.released.get(-self.left[row.pk], ()):
            same = bool(row.counterpart_account) and _digits(row.counterpart_account) == _digits(payment.giro)
            yield _of_payment(
                Way.PAYMENT, "amount", payment, ("amount", "account") if same else ("amount",), by_hand=True
            )
        for refund in self.refunds:
            if refund.ore == -self.left[row.pk]:
                same = _same(row.counterpart, refund.row.counterpart)
                yield Suggestion(
                    Way.PAID_BACK,
                    "amount",
                    ("amount", "name") if same else ("amount",),
                    case=refund.case,
                    refund=refund,
                )

    def came_in(self, row: BankRow) -> Iterator[Suggestion]:
        payment = self.payments.get(row.end_to_end_id)
        if payment is not None or row.return_reason:
            # A payment of ours that came back is never somebody's repayment.
            if payment is not None:
                yield _of_payment(Way.BOUNCE, "end-to-end-id", payment, ("end-to-end-id",), self._kept(row, payment))
            else:
                for each in self.confirmed.get(self.left[row.pk], ()):
                    yield _of_payment(Way.BOUNCE, "amount", each, ("amount",), self._kept(row, each), by_hand=True)
            return
        if claim := self.interest.get(row.pk):
            yield self._of_interest(row, claim, "ocr", certain=True)
            return
        pointed = [(case.pk, "ocr", case) for case in (self.referred.get(row.pk),) if case]
        pointed += [(case.pk, "case-key", case) for case in self.named.get(row.pk, ())]
        pointed += [(case.pk, "registration", case) for case in self.registered.get(row.pk, ())]
        only = len({pk for pk, _, _ in pointed}) == 1
        for pk, rule, case in pointed:
            debt = self.debts.get(pk)
            unpaid = self.unpaid_interest.get(pk)
            if unpaid is not None:
                yield self._of_interest(row, unpaid, rule, certain=False)
            if debt is None and unpaid is None:
                yield Suggestion(Way.REFUND, rule, (rule,), ("nothing-owed",), case=case)
            elif debt is not None:
                yield self._of_debt(row, debt, rule, (rule, *self._speaks(row, debt)), certain=only)
        fitting = [
            debt for debt in self.debts.values() if {"payer", "account"} & set(self._speaks(row, debt))
            and self.left[row.pk] == debt.owed * 100
        ]  # fmt: skip
        for debt in self.debts.values():
            if why := self._speaks(row, debt):
                certain = not pointed and fitting == [debt]
                yield self._of_debt(row, debt, AMOUNT_AND_PAYER if certain else "likeness", why, certain=certain)

    def _of_debt(self, row: BankRow, debt: Any, rule: str, why: tuple[str, ...], *, certain: bool) -> Suggestion:
        whole = self.left[row.pk] >= 100
        return Suggestion(
            Way.REPAYMENT, rule, why, () if whole else ("below-a-krona",), certain and whole, debt, owed=debt.owed
        )

    def _of_interest(self, row: BankRow, claim: InterestClaim, rule: str, *, certain: bool) -> Suggestion:
        left = self.left[row.pk]
        why = (rule, "amount") if left == claim.left * 100 else (rule,)
        if not claim.left:
            return Suggestion(Way.REFUND, rule, (rule,), ("interest-ended",), case=claim.case)
        but = () if left >= 100 else ("below-a-krona",)
        return Suggestion(Way.INTEREST, rule, why, but, certain and not but, claim.case, claim=claim)

    def _speaks(self, row: BankRow, debt: Any) -> tuple[str, ...]:
        giro = self.giros.get(debt.pk)
        reasons = (
            (self.left[row.pk] == debt.owed * 100, "amount"),
            (bool(debt.recipient.orgnr) and _orgnr(row) == debt.recipient.orgnr, "payer"),
            (bool(giro) and _digits(row.counterpart_account) == giro, "account"),
            (_same(row.counterpart, debt.recipient.name), "name"),
        )
        return tuple(code for holds, code in reasons if holds)

    def _kept(self, row: BankRow, payment: Payment) -> tuple[str, ...]:
        """Why a payment that came back cannot be taken back from where its money is."""
        but: list[str] = []
        if self.left[row.pk] != payment.kronor * 100:
            but.append("other-amount")
        if payment.state != PaymentState.CONFIRMED:
            but.append(f"payment-{payment.state}")
        elif (
            State(payment.case.state) not in ACTS["reject-payment"].states
            or payment.case.money.get(Place.HELD, 0) < payment.kronor
        ):
            but.append("passed-on")
        return tuple(but)


def _cases_named(keys: Collection[str]) -> QuerySet[Case]:
    """Cases by their keys in upper case."""
    return Case.objects.annotate(upper=Upper("key")).filter(upper__in=keys).with_parties()


def _number(row: BankRow) -> int | None:
    """The number of the payment reference that a row carries, in its field or as its whole message."""
    return ocr.number_of(row.ocr or row.message)


def _payments() -> QuerySet[Payment]:
    return Payment.objects.select_related("case__recipient", "case__line", "basis")


def _by_kronor(payments: QuerySet[Payment], rows: Iterable[BankRow]) -> dict[int, list[Payment]]:
    """Payments of the rows' amounts, by öre."""
    wanted = {abs(row.ore) // 100 for row in rows}
    found: dict[int, list[Payment]] = {}
    for payment in payments.filter(kronor__in=wanted) if wanted else ():
        found.setdefault(payment.kronor * 100, []).append(payment)
    return found


def _of_payment(
    way: Way, rule: str, payment: Payment, why: tuple[str, ...], but: tuple[str, ...] = (), *, by_hand: bool = False
) -> Suggestion:
    return Suggestion(way, rule, why, but, not but and not by_hand, payment.case, payment)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _orgnr(row: BankRow) -> str:
    """The payer's organisation number as ours are written; a bank may write it with a century or without a hyphen."""
    digits = _digits(row.counterpart_id)[-10:]
    return f"{digits[:6]}-{digits[6:]}" if len(digits) == 10 else ""


def _same(one: str, other: str) -> bool:
    return bool(one) and one.strip().casefold() == other.strip().casefold()
