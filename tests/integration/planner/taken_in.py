# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's own table of staff, on its way in and received."""

from __future__ import annotations

from overens.demo.people import person
from overens.people.models import Organisation, Person
from overens.planner.actions import datasets as actions
from overens.planner.models import Incoming
from overens.planning.supply.importing.mapping import from_values
from overens.rules.process import Role

FILE = "Yrke;Kön;Ålder;Antal\nBarnmorska;k;30-34;50\nBarnmorska;m;30-34;2\n".encode()


def planner(code: str) -> Person:
    return person(code, Role.PLANNER)


def incoming(code: str, title: str) -> Incoming:
    """A file that is sent, with its year said."""
    organisation, who = Organisation.objects.get(code=code), planner(code)
    sent = actions.upload(FILE, "personal.csv", organisation, who, title=title)
    actions.say_how(sent, from_values(sent.mapping).model_copy(update={"year": 2019}), who)
    return sent


def numbers() -> dict[str, int]:
    """Jämtland's: one received, one on its way in."""
    actions.receive(incoming("23", "Personal i Jämtland"), planner("23"))
    return {"data_incoming": incoming("23", "Personal i Jämtland").pk}
