# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A backup is the whole database, and a restore changes nothing unless all of it holds."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from overens.grants import verifying
from overens.grants.models import Case
from overens.ledger import reading
from overens.people.models import Person
from overens.records.models import Event
from overens.rules.findings import Refused
from overens.web import backup, database

KEY = "2019/regioner/10"


def administer(statement: str, name: str = "postgres") -> None:
    with psycopg.connect(f"host={database.data_dir() / 'pg'} user=postgres dbname={name}", autocommit=True) as c:
        c.execute(statement)


@pytest.fixture
def empty_database(databases: SimpleNamespace) -> Iterator[str]:
    name = databases.clone()
    yield name
    administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def kept(fresh_demo: str, tmp_path: Path) -> Path:
    file = tmp_path / "overens.backup"
    backup.write(file)
    return file


def everything() -> tuple[int, object, str | None]:
    return Event.objects.count(), reading.by_place(), verifying.first_difference()


def test_a_backup_comes_back_whole_with_its_guards(kept: Path, fresh_demo: str) -> None:
    before = everything()
    assert before[2] is None
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    Person.objects.filter(email="preparer@10.demo.invalid").update(name="Ändrad efteråt")
    former = backup.restore(kept, True, verifying.first_difference)
    try:
        assert everything() == before
        assert Person.objects.get(email="preparer@10.demo.invalid").name != "Ändrad efteråt"
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("UPDATE records_event SET act = act")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolname FROM pg_roles r JOIN pg_class c ON c.relowner = r.oid WHERE relname = 'records_event'"
            )
            assert cursor.fetchone() == ("overens_owner",)
    finally:
        administer(f"DROP DATABASE {former} WITH (FORCE)")


def test_a_database_with_rows_is_not_replaced_unless_it_is_asked_for(kept: Path) -> None:
    before = everything()
    with pytest.raises(Refused, match="database-not-empty"):
        backup.restore(kept, False, verifying.first_difference)
    assert everything() == before


def test_an_empty_database_takes_a_backup(kept: Path, empty_database: str) -> None:
    with database.pointed_to(empty_database):
        assert not Case.objects.exists()
        assert backup.restore(kept, False, verifying.first_difference) is None
        assert Case.objects.filter(key=KEY).exists()
        assert verifying.first_difference() is None


def test_a_backup_whose_content_does_not_hold_is_not_restored(fresh_demo: str, tmp_path: Path) -> None:
    administer(f"UPDATE records_event SET act = 'x' WHERE subject = '{KEY}' AND number = 1", fresh_demo)
    file = tmp_path / "altered.backup"
    backup.write(file)
    before = Event.objects.count()
    with pytest.raises(Refused, match="backup-not-proved") as refused:
        backup.restore(file, True, verifying.first_difference)
    assert KEY in str(refused.value.findings[0].values["difference"])
    assert Event.objects.count() == before


def test_a_database_in_use_is_not_replaced(kept: Path, fresh_demo: str) -> None:
    with psycopg.connect(f"host={database.data_dir() / 'pg'} user=overens_app dbname={fresh_demo}") as somebody:
        somebody.execute("SELECT 1")
        with pytest.raises(Refused, match="database-in-use"):
            backup.restore(kept, True, verifying.first_difference)
    assert Case.objects.filter(key=KEY).exists()


@pytest.mark.parametrize("damage", ["truncated", "altered", "other", "empty", "missing"])
def test_a_damaged_file_is_refused_and_nothing_is_changed(kept: Path, damage: str) -> None:
    content = kept.read_bytes()
    match damage:
        case "truncated":
            kept.write_bytes(content[: len(content) // 2])
            kept.with_name(f"{kept.name}.sha256").unlink()
        case "altered":
            kept.write_bytes(content[:-200] + bytes(200))
        case "other":
            kept.write_bytes(b"%PDF-1.7")
        case "empty":
            kept.write_bytes(b"")
        case "missing":
            kept.unlink()
    before = everything()
    with pytest.raises(Refused, match="backup-unreadable"):
        backup.restore(kept, True, verifying.first_difference)
    assert everything() == before


def test_a_file_that_is_there_is_not_written_over(kept: Path) -> None:
    content = kept.read_bytes()
    with pytest.raises(Refused, match="file-exists"):
        backup.write(kept)
    assert kept.read_bytes() == content
