# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the application's own role cannot do to papers and cases, whatever code runs as it."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

WRITTEN_ONCE = (
    "records_document",
    "records_documentversion",
    "records_documentversion_preparers",
    "records_attestation",
    "records_signature",
    "records_event",
    "records_checkpoint",
    "records_reading",
    "records_rendition",
    "records_registration",
    "records_storedfile",
    "records_tombstone",
    "people_notice",
    "agreements_agreementversion",
    "agreements_decision",
    "agreements_decisionrow",
    "grants_examination",
    "grants_costitem",
    "grants_settlement",
    "grants_distribution",
    "grants_distributionrow",
    "grants_match",
    "grants_refunded",
    "grants_undoing",
    "bank_bankanswer",
    "bank_bankfile",
    "bank_bankrow",
    "bank_bankstatement",
    "bank_bankstatement_rows",
    "grants_examinationpolicy",
    "grants_draw",
    "grants_selection",
    "grants_takenout",
    "grants_accountsstep",
    "records_attachment",
)
KEPT = (
    "grants_case",
    "grants_requisition",
    "grants_financialreport",
    "grants_batch",
    "grants_payment",
    "grants_claim",
    "grants_clawback",
    "grants_accountsrequest",
    "people_mandate",
    "people_person",
    "people_organisation",
    "records_release",
    "records_run",
    "records_clock",
)


def denied(statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_what_is_written_once_is_never_changed(demo: None, table: str) -> None:
    denied(f"UPDATE {table} SET id = id")


@pytest.mark.parametrize("table", WRITTEN_ONCE + KEPT)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_nothing_is_deleted(demo: None, table: str, statement: str) -> None:
    denied(statement.format(table))


@pytest.mark.parametrize("table", ["grants_requisition", "grants_financialreport"])
def test_a_signed_paper_is_only_marked_as_superseded(demo: None, table: str) -> None:
    columns = [c.name for c in _columns(table) if c.name not in ("id", "superseded")]
    assert len(columns) > 4
    for column in columns:
        denied(f"UPDATE {table} SET {column} = {column}")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET superseded = superseded")


def test_a_release_is_only_ended(demo: None) -> None:
    for column in ("id", "document_id", "given_by_id", "given_at"):
        denied(f"UPDATE records_release SET {column} = {column}")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_release SET ended_at = ended_at, ended_by_id = ended_by_id")


def test_contents_are_removed_by_the_owners_role_alone(demo: None) -> None:
    denied("SELECT records_dispose(1)")
    denied("INSERT INTO records_tombstone (what, row, sha256, decision_id) VALUES ('version', 1, '', 1)")


def _columns(table: str) -> list:
    with connection.cursor() as cursor:
        return connection.introspection.get_table_description(cursor, table)
