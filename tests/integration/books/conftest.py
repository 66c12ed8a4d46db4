# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small books of a region that has been paid, and somebody who writes its report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from overens.books.actions import importing
from overens.books.models import LedgerImport, Upload
from overens.demo.people import person
from overens.exchange.entries import Entry, Ledger
from overens.grants.models import Case
from overens.people.models import Person
from overens.rules.process import Role, State

Keep = Callable[..., LedgerImport]
# voucher, day, account, objects, öre
ROWS = (
    ("A 1", "2019-03-01", "4010", {"6": "P2019", "1": "100"}, 100_000_50),
    ("A 1", "2019-03-01", "1930", {}, -100_000_50),
    ("A 2", "2019-04-01", "4010", {"6": "P2019", "1": "200"}, 50_000_00),
    ("A 2", "2019-04-01", "4610", {"6": "P2019", "1": "200"}, 7_000_49),
    ("A 2", "2019-04-01", "3510", {"6": "P2019"}, -1_000_00),
    ("A 3", "2019-05-02", "6010", {"1": "100"}, 300_000_00),
    ("A 4", "2020-01-15", "4010", {"6": "P2019"}, 9_999_00),
)
ACCOUNTS = {"1930": "Bank", "3510": "Statsbidrag", "4010": "Löner", "4610": "Utbildning", "6010": "Lokalhyra"}


@pytest.fixture(scope="session", autouse=True)
def looking(seen_context: None) -> None:
    """All tests here look at what templates were given."""


def ledger(rows: object = ROWS) -> Ledger:
    entries = [
        Entry(voucher, dt.date.fromisoformat(day), account, objects, ore, "Text", line)
        for line, (voucher, day, account, objects, ore) in enumerate(rows, start=10)
    ]
    return Ledger(
        "sie-4e", "Region", "", dt.date(2019, 1, 1), dt.date(2019, 12, 31), ACCOUNTS,
        {"1": "Ansvar", "6": "Projekt"}, {("6", "P2019"): "Överenskommelsen"}, entries,
    )  # fmt: skip


@pytest.fixture
def case(demo: None) -> Case:
    """A region's case that has been paid, and waits for its financial report."""
    return Case.objects.with_parties().filter(state=State.PAID, recipient__kind="region").order_by("key").first()


@pytest.fixture
def preparer(case: Case) -> Person:
    return person(case.recipient.code, Role.PREPARER)


@pytest.fixture
def keep(case: Case, preparer: Person) -> Keep:
    """Import rows, as a file with other bytes each time."""

    def keeping(rows: object = ROWS, content: bytes = b"#FLAGGA 0\n") -> LedgerImport:
        upload = importing.receive(case, content, "huvudbok.se", preparer)
        kept = importing.keep(ledger(rows), upload)
        Upload.objects.filter(pk=upload.pk).delete()
        return kept

    return keeping


@pytest.fixture
def client(case: Case, preparer: Person) -> Client:
    return logged_in(preparer)


def logged_in(who: Person) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(who)
    return client


def address(case: Case, part: str = "") -> str:
    return f"/region/{case.recipient.code}/{case.agreement}/{case.line.code}/bokforing/{part}"
