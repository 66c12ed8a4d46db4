# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Databases with something in them, each loaded once per test process and cloned.

``world``: the 2019 agreement has just been approved and decided. ``demo``: the demo as it opens, a few days before the
last day for requisitions. Both forget what a test does; ``fresh_world`` and ``fresh_demo`` are for tests that commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test.utils import setup_test_environment, teardown_test_environment

from overens.demo import replay


@pytest.fixture(scope="session")
def seen_context() -> Iterator[None]:
    """Tests of pages may look at what a template was given: ``response.context``."""
    setup_test_environment()
    yield
    teardown_test_environment()


@pytest.fixture(scope="session")
def world_template(databases: SimpleNamespace) -> str:
    with databases.committed(databases.clone(), keep=True) as name:
        replay.load()
    return name


@pytest.fixture(scope="session")
def demo_template(databases: SimpleNamespace, world_template: str) -> str:
    with databases.committed(databases.clone(world_template), keep=True) as name:
        assert replay.play(replay.OPENING) == []
    return name


@pytest.fixture(scope="session")
def shared_world(databases: SimpleNamespace, world_template: str) -> str:
    return databases.clone(world_template)


@pytest.fixture(scope="session")
def shared_demo(databases: SimpleNamespace, demo_template: str) -> str:
    return databases.clone(demo_template)


@pytest.fixture
def world(databases: SimpleNamespace, shared_world: str) -> Iterator[None]:
    """Organisations, people and the stored 2019 agreement, approved and decided on 2019-09-19; forgets what is done."""
    with databases.rolled_back(shared_world):
        yield


@pytest.fixture
def demo(databases: SimpleNamespace, shared_demo: str) -> Iterator[None]:
    """The demo on 2019-11-27; forgets what is done."""
    with databases.rolled_back(shared_demo):
        yield


@pytest.fixture
def fresh_world(databases: SimpleNamespace, world_template: str) -> Iterator[str]:
    """A world of the test's own, where commits are real."""
    with databases.committed(databases.clone(world_template)) as name:
        yield name


@pytest.fixture
def fresh_demo(databases: SimpleNamespace, demo_template: str) -> Iterator[str]:
    """A demo of the test's own, where commits are real."""
    with databases.committed(databases.clone(demo_template)) as name:
        yield name
