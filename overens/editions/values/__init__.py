# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who answers the questions of a document, by family. A new family is a module here and a line in each table below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from overens.editions.values import (
    accounts,
    assigned,
    changes,
    coded,
    facts,
    introductions,
    money,
    population,
    printed,
    rates,
    visits,
)
from overens.editions.values.asking import Bindable
from overens.editions.values.register import About, Family, Register
from overens.records import clock

FAMILIES: dict[str, Family] = {
    facts.FAMILY: facts.value,
    assigned.FAMILY: assigned.value,
    coded.FAMILY: coded.value,
    printed.STATED: printed.value,
    printed.LIST: printed.list_value,
    printed.NAMED: printed.named_value,
    introductions.FAMILY: introductions.value,
    visits.FAMILY: visits.value,
    changes.FAMILY: changes.value,
    money.MONEY: money.value,
    money.ALLOCATED: money.allocated,
    accounts.ACCOUNTS: accounts.value,
    accounts.COSTS: accounts.costs,
    population.FAMILY: population.value,
    rates.FAMILY: rates.value,
}
KNOWN: tuple[Callable[[Register], Iterable[Bindable]], ...] = (
    facts.known,
    assigned.known,
    coded.known,
    printed.known,
    visits.known,
    changes.known,
    money.known,
    accounts.known,
    population.known,
    introductions.known,
    rates.known,
)


def register(about: About, facts_at: dt.date | None = None) -> Register:
    """An empty register of what an edition says, of the facts of a day (today's)."""
    return Register(about, dict(FAMILIES), facts_at or clock.today())


def known(register: Register) -> Iterator[Bindable]:
    """Everything that a text of the edition may bind, family by family."""
    for family in KNOWN:
        yield from family(register)
