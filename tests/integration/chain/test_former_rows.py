# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A database from before the bank had a room of its own: its rows are found again as rows and matches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from overens.bank.models import BankRow
from overens.grants import bank_days
from overens.grants.models import Match
from overens.grants.suggesting import open_rows
from overens.records import clock
from overens.web import database

# A case with two receipts and their transfers, and a row of each kind; past the guards, as a former version wrote them.
FORMER = """
    SET session_replication_role = replica;
    INSERT INTO grants_case (id, key, agreement, line_id, recipient_id, state, changed_at)
    VALUES (1, '2018/regioner/10', '2018', 1, 1, 'settled', '2018-11-30 12:00Z');
    INSERT INTO records_documentversion (id, document_id, kind, number, content, sha256, predecessor,
                                         registration_number, effective_at)
    VALUES (1, 1, 'bank-receipt', 1, '{}', 'a', '', '', '2018-11-30 12:00Z'),
           (2, 2, 'bank-receipt', 1, '{}', 'b', '', '', '2018-12-03 12:00Z');
    INSERT INTO ledger_transfer (cause_id, cause_kind, line_id, from_account, from_place, to_account, to_place, kronor,
                                 effective_at)
    VALUES (1, 'bank-receipt', 1, 1, 'to-repay', 2, 'returned', 700, '2018-11-30 12:00Z'),
           (2, 'bank-receipt', 1, 1, 'to-repay', 2, 'returned', 300, '2018-12-03 12:00Z');
    INSERT INTO grants_bankrow (bank_reference, booked_on, kronor, sender, message, applied, receipt_id, case_id)
    VALUES ('MATCHED', '2018-11-29', 700, 'Region Blekinge', 'Återbetalning', 700, 1, 1),
           ('UNMATCHED', '2018-11-29', 50, 'Okänd', '', 0, NULL, NULL),
           ('OVERPAID', '2018-11-30', 1000, 'Region Blekinge', '', 300, 2, 1);
"""


@pytest.fixture
def migrated(databases: SimpleNamespace) -> Iterator[None]:
    name = "overens_former"
    database.prepare(name)
    with databases.committed(name):
        database.migrate(name, "grants", "0005_claims")
        with psycopg.connect(f"host={database.data_dir() / 'pg'} user=postgres dbname={name}") as former:
            former.execute(FORMER)
        database.migrate(name, "grants")
        yield


def test_rows_of_the_former_system_are_rows_and_matches_of_this_one(migrated: None) -> None:
    assert list(BankRow.objects.order_by("pk").values_list("bank_reference", "ore", "counterpart", "message")) == [
        ("MATCHED", 70_000, "Region Blekinge", "Återbetalning"),
        ("UNMATCHED", 5_000, "Okänd", ""),
        ("OVERPAID", 100_000, "Region Blekinge", ""),
    ]
    matches = Match.objects.order_by("row__pk", "pk").values_list(
        "row__bank_reference", "way", "ore", "case", "receipt", "at__date"
    )
    assert list(matches) == [
        ("MATCHED", "repayment", 70_000, 1, 1, dt.date(2018, 11, 30)),
        ("OVERPAID", "repayment", 30_000, 1, 2, dt.date(2018, 12, 3)),
        ("OVERPAID", "refund", 70_000, 1, None, dt.date(2018, 12, 3)),
    ]
    assert [(row.bank_reference, row.open) for row in open_rows()] == [("UNMATCHED", 5_000)]
    assert [match.ore for match in Match.objects.owed_back()] == [70_000]
    assert bank_days.first_difference() is None
    assert all(day.agrees for day in bank_days.bank_days())
    # What is new is as guarded as what is old: no more than the row, and the rows of before are gone.
    row = BankRow.objects.get(bank_reference="MATCHED")
    with pytest.raises(IntegrityError, match="matched with no more"), transaction.atomic():
        Match.objects.create(row=row, way="elsewhere", ore=1, note="x", at=clock.now())
    assert "grants_bankrow" not in connection.introspection.table_names()
