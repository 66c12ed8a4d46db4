# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL itself refuses what would lose, double or misplace a krona, and every rewriting of history."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, connections, transaction

from overens.ledger import reading
from overens.ledger.models import Line
from overens.ledger.posting import leg, post
from overens.people.models import Organisation
from overens.records import clock, documents
from overens.records.models import DocumentVersion
from overens.rules.process import MOVEMENTS, Place

P = Place


def region(code: str = "10") -> Organisation:
    return Organisation.objects.get_or_create(code=code, kind="region", defaults={"name": code, "sort_key": code})[0]


def paper(kind: str, owner: Organisation | None = None) -> DocumentVersion:
    return documents.single(kind, "test", owner or region(), {})


def line(kronor: int = 1000) -> Line:
    return Line.objects.create(agreement="test", code=f"line{Line.objects.count()}", title="Test", kronor=kronor)


def allocated(kronor: int = 1000) -> tuple[Line, Organisation]:
    """A line whose whole sum has been approved and allocated to one region."""
    the_line, owner = line(kronor), region()
    post(paper("approval"), [leg(the_line, P.OUTSIDE, P.RESERVED, kronor, owner.pk)])
    post(paper("payment-decision"), [leg(the_line, P.RESERVED, P.ALLOCATED, kronor, owner.pk)])
    return the_line, owner


def test_the_movements_in_the_database_are_those_of_the_process_table(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT from_place, to_place, cause_kind, changes_owner FROM ledger_movement")
        assert set(cursor.fetchall()) == {(m.from_place, m.to_place, m.cause, m.changes_owner) for m in MOVEMENTS}
        cursor.execute("SELECT code, owned FROM ledger_place")
        assert dict(cursor.fetchall()) == {p.value: p not in (P.OUTSIDE, P.RESERVED) for p in Place}


def test_a_transfer_moves_the_balances_and_keeps_the_sum(db: None) -> None:
    the_line, owner = allocated()
    post(paper("requisition"), [leg(the_line, P.ALLOCATED, P.REQUISITIONED, 400, owner.pk)])
    assert reading.by_place(line=the_line.pk) == {P.ALLOCATED: 600, P.REQUISITIONED: 400}
    assert reading.first_difference() is None


def refused(constraint: str, *legs, cause: DocumentVersion) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        post(cause, legs)
        connection.check_constraints()
    assert refusal.value.__cause__.diag.constraint_name == constraint


def test_more_than_there_is_cannot_leave_a_place(db: None) -> None:
    the_line, owner = allocated()
    refused(
        "ledger_balance_not_negative",
        leg(the_line, P.ALLOCATED, P.REQUISITIONED, 1001, owner.pk),
        cause=paper("requisition"),
    )


def test_a_decision_above_the_lines_sum_is_refused(db: None) -> None:
    the_line, owner = line(), region()
    post(paper("approval"), [leg(the_line, P.OUTSIDE, P.RESERVED, 1000, owner.pk)])
    refused(
        "ledger_balance_not_negative",
        leg(the_line, P.RESERVED, P.ALLOCATED, 999, owner.pk),
        leg(the_line, P.RESERVED, P.ALLOCATED, 2, region("12").pk),
        cause=paper("payment-decision"),
    )


def test_a_document_moves_only_what_its_kind_may(db: None) -> None:
    the_line, owner = allocated()
    refused(
        "ledger_transfer_movement",
        leg(the_line, P.ALLOCATED, P.HELD, 1, owner.pk),
        cause=paper("requisition"),
    )


def test_a_document_moves_its_money_once(db: None) -> None:
    the_line, owner = allocated()
    cause = paper("requisition")
    post(cause, [leg(the_line, P.ALLOCATED, P.REQUISITIONED, 1, owner.pk)])
    refused("ledger_transfer_once", leg(the_line, P.ALLOCATED, P.REQUISITIONED, 1, owner.pk), cause=cause)
    refused("ledger_transfer_in_one_go", leg(the_line, P.REQUISITIONED, P.ALLOCATED, 1, owner.pk), cause=cause)


def test_money_does_not_change_owner_on_its_way(db: None) -> None:
    the_line, owner = allocated()
    refused(
        "ledger_transfer_owner",
        leg(the_line, P.ALLOCATED, P.REQUISITIONED, 1, owner.pk, to_owner=region("12").pk),
        cause=paper("requisition"),
    )


def test_the_kind_of_the_cause_is_the_documents_own(db: None) -> None:
    the_line, owner = allocated()
    cause = paper("attestation")
    cause.kind = "requisition"
    refused("ledger_transfer_cause", leg(the_line, P.ALLOCATED, P.REQUISITIONED, 1, owner.pk), cause=cause)


REWRITES = {
    "change a transfer": "UPDATE ledger_transfer SET kronor = 1",
    "delete a transfer": "DELETE FROM ledger_transfer",
    "empty the transfers": "TRUNCATE ledger_transfer CASCADE",
    "set a balance": "UPDATE ledger_balance SET kronor = 0",
    "make a balance": "INSERT INTO ledger_balance (account_id, line_id, place, kronor)"
    " SELECT 0, id, 'held', 5 FROM ledger_line",
    "say when something was recorded": "INSERT INTO ledger_transfer (cause_id, cause_kind, line_id, from_account,"
    " from_place, to_account, to_place, kronor, effective_at, recorded_at)"
    " VALUES (1,'x',1,1,'x',1,'x',1,now(),'2001-01-01')",
    "allow a new movement": "INSERT INTO ledger_movement VALUES ('outside', 'held', 'requisition', true)",
    "raise a line's sum": "UPDATE ledger_line SET kronor = kronor + 1",
    "change a signed paper": "UPDATE records_documentversion SET content = '{}'",
    "delete an event": "DELETE FROM records_event",
    "change a decision": "UPDATE agreements_decisionrow SET kronor = 0",
    "switch the guard off": "ALTER TABLE ledger_transfer DISABLE TRIGGER ledger_apply_transfers",
    "replace the guard": "CREATE OR REPLACE FUNCTION ledger_apply_transfers() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NULL; END'",
    "become the owner": "SET ROLE overens_owner",
}


@pytest.mark.parametrize("statement", REWRITES.values(), ids=REWRITES.keys())
def test_the_application_cannot(db: None, statement: str) -> None:
    allocated()
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_then_and_now_are_two_questions(db: None) -> None:
    the_line, owner = allocated()
    late = paper("requisition")
    late.effective_at = clock.now().replace(year=2001)
    post(late, [leg(the_line, P.ALLOCATED, P.REQUISITIONED, 7, owner.pk)])
    then = {h.place: h.kronor for h in reading.trace("test", at=late.effective_at.replace(year=2002))}
    assert then == {P.REQUISITIONED: 7, P.ALLOCATED: -7}  # the requisition took effect before the decision
    assert reading.trace("test", known_at=late.effective_at) == []  # and nothing was known that year
    assert sum(h.kronor for h in reading.trace("test")) == 1000


def test_two_workers_with_one_document_move_it_once(fresh_database: str) -> None:
    the_line, owner = allocated()
    cause = paper("requisition")
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def work(kronor: int) -> None:
        try:
            start.wait()
            with transaction.atomic():
                post(cause, [leg(the_line, P.ALLOCATED, P.REQUISITIONED, kronor, owner.pk)])
            outcomes.append("moved")
        except DatabaseError:
            outcomes.append("refused")
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work, args=(kronor,)) for kronor in (1, 2)]
    [w.start() for w in workers]
    [w.join() for w in workers]
    assert sorted(outcomes) == ["moved", "refused"]
    assert reading.first_difference() is None
