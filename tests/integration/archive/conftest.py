# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo played to its end, once per test process: cases are closed, and there is something to archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.test.utils import setup_test_environment, teardown_test_environment

from overens.demo import replay


@pytest.fixture(scope="module", autouse=True)
def seen_context() -> Iterator[None]:
    """Tests of pages may look at what a template was given."""
    try:
        setup_test_environment()
    except RuntimeError:  # the desks' own tests have done it in this process
        yield
        return
    yield
    teardown_test_environment()


@pytest.fixture(scope="session")
def ended_template(demo_on: Callable[[dt.date], str]) -> str:
    return demo_on(replay.END)


@pytest.fixture(scope="session")
def shared_ended(databases: SimpleNamespace, ended_template: str) -> str:
    return databases.clone(ended_template)


@pytest.fixture
def ended(databases: SimpleNamespace, shared_ended: str) -> Iterator[None]:
    """The demo on 2020-09-30; forgets what is done."""
    with databases.rolled_back(shared_ended):
        yield


@pytest.fixture
def fresh_ended(databases: SimpleNamespace, ended_template: str) -> Iterator[str]:
    """The same as a database of the test's own, where commits are real."""
    with databases.committed(databases.clone(ended_template)) as name:
        yield name
