# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Databases with something in them, each loaded once per test process and cloned.

``world``: the 2019 agreement has just been approved and decided. ``demo``: the demo as it opens, a few days before the
last day for requisitions. ``ended``: it is played to its end. They forget what a test does; ``fresh_world``,
``fresh_demo`` and ``fresh_ended`` are for tests that commit.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.test.utils import setup_test_environment, teardown_test_environment

from overens.demo import replay
from overens.web import database

# Days at which many tests begin; each is played from the one before it, once.
DAYS = (replay.OPENING, dt.date(2020, 3, 31), dt.date(2020, 4, 30), dt.date(2020, 6, 2))


@pytest.fixture(scope="session")
def seen_context() -> Iterator[None]:
    """Tests of pages may look at what a template was given: ``response.context``."""
    setup_test_environment()
    yield
    teardown_test_environment()


@pytest.fixture(scope="session")
def world_template(databases: SimpleNamespace) -> str:
    return str(databases.template("world", "overens_template", replay.load))


@pytest.fixture(scope="session")
def demo_on(databases: SimpleNamespace, world_template: str) -> Callable[[dt.date], str]:
    """The demo at the end of a day, as a template; what others have played by then is gone on from."""

    def on(day: dt.date) -> str:
        earlier = [each for each in DAYS if each < day]
        base = on(earlier[-1]) if earlier else world_template
        return str(databases.template(f"demo_{day:%Y%m%d}", base, lambda: played(day)))

    return on


def played(day: dt.date) -> None:
    assert replay.play(day) == []


@pytest.fixture(scope="session")
def demo_template(demo_on: Callable[[dt.date], str]) -> str:
    return demo_on(replay.OPENING)


@pytest.fixture(scope="session")
def everywhere(databases: SimpleNamespace, demo_on: Callable[[dt.date], str]) -> tuple[str, dict[str, int]]:
    """A clone of the demo in May 2020 with something at every address of tests/cases/access.toml, and the numbers that
    stand in braces there; whoever made it has written them down for the other processes.
    """
    from tests.integration.desks.test_access import something_everywhere

    numbers = database.data_dir() / "everywhere.json"
    made = databases.template(
        "everywhere", demo_on(dt.date(2020, 3, 31)), lambda: numbers.write_text(json.dumps(something_everywhere()))
    )
    return databases.clone(made), json.loads(numbers.read_text())


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
