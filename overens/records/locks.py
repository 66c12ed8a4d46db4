# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Waiting for each other where there is no row to wait at."""

from django.db import connection


def hold(key: str) -> None:
    """Until the transaction ends, nobody else passes here with the same key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
