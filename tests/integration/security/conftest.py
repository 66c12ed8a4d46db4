# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo in May 2020 with something at every address, and requests that do not end the test's transaction."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections


@pytest.fixture
def open_connection() -> Iterator[None]:
    """The WSGI application leaves the test's connection as it is, as Django's test client does by itself."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def later(databases: SimpleNamespace, everywhere: tuple[str, dict[str, int]]) -> Iterator[dict[str, int]]:
    """The numbers that stand in braces in tests/cases/access.toml; what a test does is forgotten."""
    name, numbers = everywhere
    with databases.rolled_back(name):
        yield numbers
