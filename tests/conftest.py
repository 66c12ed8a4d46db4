# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real PostgreSQL for the tests that ask for one, and none for those that do not.

All processes of a run share one embedded server and its templates, each made once by whoever needs it first. Tests
work in clones: ``db`` is rolled back after the test, ``fresh_database`` is a clone of its own for tests that must
commit. They run as the application's role, with the guards on.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import itertools
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

# Before Django reads its settings. A short path: a socket lies in it. The process that hands out tests names the
# folder, and takes it away; those that run them inherit its name.
os.environ["OVERENS_DATA"] = (
    os.environ["OVERENS_DATA"]
    if "PYTEST_XDIST_WORKER" in os.environ
    else tempfile.mkdtemp(prefix="overens-test-", dir="/var/tmp")
)
os.environ["DJANGO_SETTINGS_MODULE"] = "overens.web.settings"
os.environ["OVERENS_DEMO"] = "1"
# One for all processes: what one has signed another reads.
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
os.environ.pop("DATABASE_URL", None)

import django
import psycopg
import pytest
from django.conf import UserSettingsHolder
from django.conf import settings as web_settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.client import ClientHandler
from hypothesis import HealthCheck, settings

django.setup()
# A process that lives this long would look through all that it has imported some thousand times for what is left over.
gc.freeze()
gc.set_threshold(100_000, 20, 20)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if not WORKER:
    atexit.register(shutil.rmtree, os.environ["OVERENS_DATA"], ignore_errors=True)

from overens.web import database  # noqa: E402

settings.register_profile(
    "tests",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("tests")

TEMPLATE = "overens_template"
numbers = itertools.count(1)
really_connect = BaseDatabaseWrapper.connect


def refuse_connection(self: BaseDatabaseWrapper) -> None:
    raise AssertionError("this test touches the database: ask for the fixture db or fresh_database")


BaseDatabaseWrapper.connect = refuse_connection  # type: ignore[method-assign]


first_handler = ClientHandler()
load_middleware = ClientHandler.load_middleware


def share_middleware(self: ClientHandler, is_async: bool = False) -> None:
    """Making a chain of middleware looks through every static file: clients under the same settings share one."""
    if is_async or isinstance(web_settings._wrapped, UserSettingsHolder):
        load_middleware(self, is_async)
        return
    if first_handler._middleware_chain is None:
        load_middleware(first_handler)
    self.__dict__.update({**first_handler.__dict__, "enforce_csrf_checks": self.enforce_csrf_checks})


ClientHandler.load_middleware = share_middleware  # type: ignore[method-assign]


def administer(statement: str) -> None:
    dsn = f"host={database.data_dir() / 'pg'} user=postgres dbname=postgres"
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(statement)


def point_to(name: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def alone(what: str) -> Iterator[None]:
    """No other process of the run does the same meanwhile."""
    with (database.data_dir() / f"{what}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def server() -> Iterator[Path]:
    """The embedded server with the migrated template. Its last user stops it."""
    with alone("server"):
        running = database.running()
        running.__enter__()
        careless()
        if not exists(TEMPLATE):
            database.prepare(TEMPLATE)
            with committed(TEMPLATE, keep=True):
                database.migrate(TEMPLATE)
    yield database.data_dir()
    with alone("server"):
        running.__exit__(None, None, None)


def careless() -> None:
    """What the tests write may be lost when the machine stops: the server does not wait for its disk."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum", "jit"):
        administer(f"ALTER SYSTEM SET {setting} = off")
    administer("SELECT pg_reload_conf()")


def exists(name: str) -> bool:
    dsn = f"host={database.data_dir() / 'pg'} user=postgres dbname=postgres"
    with psycopg.connect(dsn, autocommit=True) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def clone(template: str = TEMPLATE) -> str:
    name = f"overens_test_{WORKER}_{next(numbers)}"
    administer(f"CREATE DATABASE {name} TEMPLATE {template} OWNER overens_owner")
    return name


def template(name: str, base: str, build: Callable[[], object]) -> str:
    """A database that is made once for all processes: ``build`` is run in a clone of ``base``."""
    whole = f"overens_{name}"
    with alone(whole):
        if not exists(whole):
            with committed(clone(base), keep=True) as draft:
                build()
            administer(f"ALTER DATABASE {draft} RENAME TO {whole}")
    return whole


@contextmanager
def rolled_back(name: str) -> Iterator[None]:
    """Use a database that forgets in the end what was done here."""
    point_to(name)
    BaseDatabaseWrapper.connect = really_connect  # type: ignore[method-assign]
    outer = transaction.atomic()
    outer.__enter__()
    try:
        yield
    finally:
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
        BaseDatabaseWrapper.connect = refuse_connection  # type: ignore[method-assign]


@contextmanager
def committed(name: str, *, keep: bool = False) -> Iterator[str]:
    """Use a database where commits are real; several connections may. It is dropped in the end unless kept."""
    point_to(name)
    BaseDatabaseWrapper.connect = really_connect  # type: ignore[method-assign]
    try:
        yield name
    finally:
        for alias in connections:
            connections[alias].close()
        BaseDatabaseWrapper.connect = refuse_connection  # type: ignore[method-assign]
        if not keep:
            administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def shared_database(server: Path) -> str:
    return clone()


@pytest.fixture(scope="session")
def databases(server: Path) -> SimpleNamespace:
    """For fixtures elsewhere that need a template of their own."""
    return SimpleNamespace(clone=clone, template=template, rolled_back=rolled_back, committed=committed)


@pytest.fixture
def db(shared_database: str) -> Iterator[None]:
    """A database that forgets what the test did."""
    with rolled_back(shared_database):
        yield


@pytest.fixture
def fresh_database(server: Path) -> Iterator[str]:
    """A database of the test's own, where commits are real; several connections may use it."""
    with committed(clone()) as name:
        yield name
