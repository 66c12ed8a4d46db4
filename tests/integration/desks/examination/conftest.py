# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo on the evening before its officer examines what came for the last day for reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

SPRING = dt.date(2020, 3, 31)


@pytest.fixture(scope="session")
def spring_database(databases: SimpleNamespace, demo_on: Callable[[dt.date], str]) -> str:
    return str(databases.clone(demo_on(SPRING)))


@pytest.fixture
def spring(databases: SimpleNamespace, spring_database: str) -> Iterator[None]:
    """31 March 2020, with reports that wait; forgets what is done."""
    with databases.rolled_back(spring_database):
        yield
