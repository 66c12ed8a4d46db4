# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The payer's vouchers: each paper that moved money, as its accounting system is to book it.

A voucher's number is its paper's, so the same paper is the same voucher wherever it turns up. What was exported is kept
as it was made; nothing of it is worked out anew.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from django.conf import settings

from overens.exchange.sie.model import Account, Dimension, Row, SieFile, Voucher
from overens.grants.models import ExportedVoucher
from overens.ledger import reading
from overens.ledger.reading import Leg
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.records.models import DocumentVersion, Registration
from overens.rules import payer_accounts
from overens.rules.payer_accounts import Chart
from overens.rules.process import Place


def chart() -> Chart:
    """The payer's chart of accounts: OVERENS_PAYER_ACCOUNTS, else the example. Raises Refused."""
    return _read(settings.OVERENS_PAYER_ACCOUNTS or str(payer_accounts.SHIPPED))


@cache
def _read(path: str) -> Chart:
    return payer_accounts.read(Path(path))


def days(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """From the end of the day before to the end of the last, in Stockholm."""
    return clock.end_of_day(first - dt.timedelta(days=1)), clock.end_of_day(last)


def booked(first: dt.date, last: dt.date) -> list[Leg]:
    """The transfers of a period that the chart books, paper by paper."""
    bookings = chart().bookings
    return [leg for leg in reading.legs(*days(first, last)) if _key(leg) in bookings]


def not_exported(legs: Iterable[Leg]) -> list[Leg]:
    """Those whose paper is in no export yet."""
    found = list(legs)
    causes = ExportedVoucher.objects.filter(cause__in={leg.cause_id for leg in found})
    exported = set(causes.values_list("cause", flat=True))
    return [leg for leg in found if leg.cause_id not in exported]


@dataclass(frozen=True)
class Sum:
    """An account's kronor in a period."""

    account: str
    name: str
    debit: int
    credit: int


def sums(legs: Iterable[Leg]) -> list[Sum]:
    """By account, in the chart's order; both columns add up to the same."""
    plan = chart()
    debit: Counter[str] = Counter()
    credit: Counter[str] = Counter()
    for leg in legs:
        booking = plan.bookings[_key(leg)]
        debit[booking.debit] += leg.kronor
        credit[booking.credit] += leg.kronor
    return [
        Sum(account, name, debit[account], credit[account])
        for account, name in sorted(plan.accounts.items())
        if account in debit or account in credit
    ]


@dataclass(frozen=True)
class Answer:
    """What an account has booked since the beginning, and what the trace has at the place that it answers to."""

    account: str
    name: str
    place: Place
    booked: int
    traced: int


def answers(last: dt.date) -> list[Answer]:
    """The books held against the trace at the end of a day; the two are the same unless the chart is wrong."""
    plan, until = chart(), clock.end_of_day(last)
    balance: Counter[str] = Counter()
    for key, kronor in reading.turnover(until).items():
        if booking := plan.bookings.get(key):
            balance[booking.debit] += kronor
            balance[booking.credit] -= kronor
    traced: Counter[Place] = Counter()
    for holding in reading.trace(at=until):
        traced[holding.place] += holding.kronor
    return [
        Answer(account, plan.accounts[account], answer.place,
               balance[account] if answer.side == "debit" else -balance[account], traced[answer.place])
        for account, answer in sorted(plan.answers.items())
    ]  # fmt: skip


def file(legs: list[Leg], made: dt.date) -> SieFile:
    """A SIE 4I file of these transfers, one voucher a paper. made: the day that the file bears."""
    plan = chart()
    payer = Organisation.objects.get(kind=Kind.PAYER)
    used = {account for leg in legs for account in _accounts(plan, leg)}
    agreement, recipient = plan.dimensions.agreement, plan.dimensions.recipient
    return SieFile(
        type="4I",
        program=("Överens", version("overens")),
        generated=made,
        company=payer.name,
        orgnr=payer.orgnr,
        currency="SEK",
        accounts={number: Account(plan.accounts[number]) for number in sorted(used)},
        dimensions={each.number: Dimension(each.name) for each in (agreement, recipient)},
        objects={
            **{(agreement.number, code): code for code in sorted({leg.agreement for leg in legs})},
            **{(recipient.number, leg.code): leg.owner for leg in sorted(legs, key=lambda leg: leg.code)},
        },
        vouchers=_vouchers(plan, legs),
    )


def _vouchers(plan: Chart, legs: list[Leg]) -> list[Voucher]:
    papers = _papers({leg.cause_id for leg in legs})
    made = []
    for cause, group in groupby(legs, key=lambda leg: leg.cause_id):
        moved = list(group)
        subject, number = papers[cause]
        text = f"{plan.bookings[_key(moved[0])].text}, {subject}{f', dnr {number}' if number else ''}"
        day = moved[0].effective_at.astimezone(clock.STOCKHOLM).date()
        rows = [row for leg in moved for row in _rows(plan, leg)]
        made.append(Voucher(plan.series, str(cause), day, text, rows=rows))
    return made


def _rows(plan: Chart, leg: Leg) -> tuple[Row, Row]:
    booking = plan.bookings[_key(leg)]
    objects = ((plan.dimensions.agreement.number, leg.agreement), (plan.dimensions.recipient.number, leg.code))
    return (
        Row(booking.debit, leg.kronor * 100, objects, text=booking.text),
        Row(booking.credit, -leg.kronor * 100, objects, text=booking.text),
    )


def _papers(causes: set[int]) -> Mapping[int, tuple[str, str]]:
    """Subject and registration number of papers: a paper's own, else its case's, its line's or its agreement's."""
    rows = DocumentVersion.objects.filter(pk__in=causes).values_list("pk", "document__subject", "registration_number")
    wanted = {subject for _, each, _ in rows for subject in _subjects(each)}
    numbers = dict(Registration.objects.filter(subject__in=wanted).order_by("-pk").values_list("subject", "number"))
    return {
        pk: (subject, own or next((numbers[each] for each in _subjects(subject) if each in numbers), ""))
        for pk, subject, own in rows
    }


def _subjects(subject: str) -> tuple[str, ...]:
    if subject.count("/") != 2:
        return (subject,)
    agreement, line, _ = subject.split("/")
    return subject, f"agreement/{agreement}/{line}", f"agreement/{agreement}"


def _accounts(plan: Chart, leg: Leg) -> tuple[str, str]:
    booking = plan.bookings[_key(leg)]
    return booking.debit, booking.credit


def _key(leg: Leg) -> tuple[Place, Place, str]:
    return leg.from_place, leg.to_place, leg.cause_kind
