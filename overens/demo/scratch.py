# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A database for one replay, thrown away afterwards: a command must not write a made-up life among real cases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from overens.grants.models import Case
from overens.web import database as server


def has_cases() -> bool:
    """True when the database that Django points to holds cases. Makes its tables when it has none."""
    server.migrate()
    return Case.objects.exists()


@contextmanager
def database() -> Iterator[None]:
    """Point Django to a new, migrated database beside the real one; drop it at the end."""
    name = f"overens_replay_{os.getpid()}"
    server.create(name)
    try:
        with server.pointed_to(name):
            server.migrate(name)
            yield
    finally:
        server.drop(name)
