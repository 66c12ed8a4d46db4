# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Waiting for each other where there is no row to wait at, and writing beside the transaction that one is in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections


def hold(key: str) -> None:
    """Until the transaction ends, nobody else passes here with the same key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def share(key: str) -> None:
    """Until the transaction ends, others may pass here too, but nobody holds the key alone (:func:`hold`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [key])


@contextmanager
def alone(key: str) -> Iterator[bool]:
    """Whether nobody else is in such a block with the same key. PostgreSQL lets go of it when the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 1))", [key])
        (is_alone,) = cursor.fetchone()
    try:
        yield is_alone
    finally:
        # A connection that was lost has let go of it already.
        if is_alone and connection.connection is not None:
            with suppress(InterfaceError, OperationalError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 1))", [key])


@contextmanager
def beside() -> Iterator[Any]:
    """A cursor of a connection of its own: what it writes is seen at once, whatever becomes of the transaction here.

    It waits at most a second for a row that somebody holds; then django.db.OperationalError.
    """
    other = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
            yield cursor
    finally:
        other.close()
