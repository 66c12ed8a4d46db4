# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole database in one file, and back, by PostgreSQL's own programs: rights and guards come along.

A restore is made beside what is there, brought up to this version, and proved; only then do the two change names.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.db import connections
from django.utils import timezone
from psycopg.errors import ObjectInUse

from overens.rules.findings import refuse
from overens.web import database

MAGIC = b"PGDMP"


def write(file: Path) -> str:
    """Dump the database to a file that only its owner can read, and its SHA-256 beside it (``FILE.sha256``).

    Returns the hash. Raises Refused: ``file-exists``, ``program-missing``, ``backup-failed``. A dump that breaks off
    leaves no file.
    """
    if file.exists():
        refuse("file-exists", file=str(file))
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # readable by its owner only
    os.close(handle)
    try:
        _run("pg_dump", "--format=custom", f"--file={name}", problem="backup-failed", file=file)
        found = _hash(Path(name))
        Path(name).rename(file)
    finally:
        Path(name).unlink(missing_ok=True)
    _beside(file).write_text(f"{found}  {file.name}\n", encoding="ascii")
    return found


def restore(file: Path, replace: bool, prove: Callable[[], str | None]) -> str | None:
    """Put a backup in the place of the database. Returns the name that the former database now has, if it had rows.

    prove: what must hold of the restored content; a difference in words stops the restore. Raises Refused, with nothing
    changed: ``backup-unreadable``, ``database-not-empty`` (without ``replace``), ``database-in-use``,
    ``backup-not-proved``, ``program-missing``.
    """
    _check(file)
    target = str(connections["owner"].settings_dict["NAME"])
    filled = _has_rows()
    if filled and not replace:
        refuse("database-not-empty")
    stamp = timezone.now().strftime("%Y%m%d_%H%M%S")
    new, old = f"{target}_restored_{stamp}", f"{target}_before_{stamp}"
    database.create(new)
    kept = False
    try:
        _fill(file, new)
        with database.pointed_to(new):
            database.migrate(new)
            difference = prove()
        if difference:
            refuse("backup-not-proved", file=str(file), difference=difference)
        _swap(target, new, old)
        kept = True
    finally:
        if not kept:
            database.drop(new)
    if filled:
        return old
    database.drop(old)
    return None


def _check(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(MAGIC))
    except OSError as problem:
        refuse("backup-unreadable", file=str(file), problem=problem.strerror or str(problem))
    if begins != MAGIC:
        refuse("backup-unreadable", file=str(file), problem="not a dump of PostgreSQL's custom format")
    if _beside(file).exists() and _beside(file).read_text(encoding="ascii").split()[0] != _hash(file):
        refuse("backup-unreadable", file=str(file), problem=f"its SHA-256 is not the one in {_beside(file).name}")


def _has_rows() -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.records_event')")
        if cursor.fetchone()[0] is None:
            return False
        cursor.execute("SELECT EXISTS (SELECT 1 FROM records_event) OR EXISTS (SELECT 1 FROM people_person)")
        return bool(cursor.fetchone()[0])


def _fill(file: Path, name: str) -> None:
    """Default rights belong to a role by name and are given again by the migration; all else comes from the file."""
    with tempfile.NamedTemporaryFile("w", suffix=".list", encoding="utf-8") as contents:
        listed = _run("pg_restore", "--list", str(file), problem="backup-unreadable", file=file, connect=False)
        contents.writelines(line for line in listed.splitlines(keepends=True) if " DEFAULT ACL " not in line)
        contents.flush()
        _run(
            "pg_restore", "--no-owner", "--exit-on-error", f"--use-list={contents.name}", str(file),
            problem="backup-unreadable", file=file, name=name,
        )  # fmt: skip


def _swap(target: str, new: str, old: str) -> None:
    for alias in connections:
        connections[alias].close()
    try:
        database.rename(target, old)
    except ObjectInUse:
        refuse("database-in-use", database=target)
    database.rename(new, target)


def _run(program: str, *arguments: str, problem: str, file: Path, name: str | None = None, connect: bool = True) -> str:
    """Run one of PostgreSQL's programs as the owner's role; its own words are the problem when it fails."""
    path = _program(program)
    if path is None:
        refuse("program-missing", program=program)
    given = connections["owner"].settings_dict
    environment = {**os.environ, "PGPASSWORD": str(given.get("PASSWORD") or "")}
    where = []
    if connect:
        where = ["--host", str(given["HOST"]), "--username", str(given["USER"]), "--dbname", name or str(given["NAME"])]
        where += ["--port", str(given["PORT"])] if given.get("PORT") else []
    done = subprocess.run(  # noqa: S603  (PostgreSQL's own program, no shell)
        [path, *where, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        refuse(problem, file=str(file), problem=said[0][:300] if said else f"{program} ended with {done.returncode}")
    return done.stdout


def _program(name: str) -> str | None:
    if not database.is_embedded():
        return shutil.which(name)
    return str(database.programs() / name)


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
