# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small agreement of 1 125 kronor, approved and decided: the 2019 agreement with two regions and a thousandth of a
thousandth of its money. It is only a file: no code knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from overens.agreements import actions
from overens.agreements.actions import Minutes
from overens.demo import people, replay, script
from overens.demo.people import person
from overens.grants.actions.opening import decide_payment
from overens.ledger.models import Line
from overens.people import shipped
from overens.records import clock
from overens.rules import reading
from overens.rules.process import Role

KEPT = ("09", "10")
SUMS = {
    "3 360 000 000 kr": "1 125 kr",
    "3_235_000_000": "1_000",
    "2_835_000_000": "876",
    "400_000_000": "124",
    "100_000_000": "100",
    "25_000_000": "25",
}


def small_agreement() -> str:
    text = reading.find("2019").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^\[annex\]\n(.+\n|\n(?!\[))*", "", text)
    text = re.sub(r'(?m)^  \{ code = "(\d\d)",.*weight = .*\n', lambda row: row[0] if row[1] in KEPT else "", text)
    text = text.replace('id = "2019"', 'id = "small"', 1)
    for printed, small in SUMS.items():
        text = re.sub(rf"(?<![\d_]){printed}", small, text)
    return text


@pytest.fixture(scope="session")
def small_template(databases: SimpleNamespace) -> str:
    return str(databases.template("small", "overens_template", load_small))


def load_small() -> None:
    shipped.load_organisations()
    clock.step_to(script.at(replay.DECIDED))
    people.load_people()
    actions.store(small_agreement(), person("SOC", Role.NEGOTIATOR))
    ministry = person("SOC", Role.MINISTRY_OFFICER)
    minutes = Minutes(replay.DECIDED, "S2019/1", "Regeringen", "Departementssekreterare", "Beslut")
    actions.approve("small", minutes, ministry)
    for line in Line.objects.filter(agreement="small"):
        decide_payment(line, minutes, ministry)


@pytest.fixture(scope="session")
def shared_small(databases: SimpleNamespace, small_template: str) -> str:
    return databases.clone(small_template)


@pytest.fixture
def small(databases: SimpleNamespace, shared_small: str) -> Iterator[None]:
    """The small agreement on 2019-09-19; forgets what is done."""
    with databases.rolled_back(shared_small):
        yield


@pytest.fixture
def fresh_small(databases: SimpleNamespace, small_template: str) -> Iterator[str]:
    """A small agreement of the test's own, where commits are real."""
    with databases.committed(databases.clone(small_template)) as name:
        yield name
