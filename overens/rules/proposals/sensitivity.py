# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same proposal by every population that is known: how much hangs on which day is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from overens.rules.findings import Refused
from overens.rules.proposals.figures import Tables
from overens.rules.proposals.proposal import Proposal
from overens.rules.proposals.simulating import Outcome, simulate

PERSONS = "persons"


@dataclass(frozen=True)
class Range:
    """A recipient's sum as proposed and by each population, in the order of :attr:`Sensitivity.populations`."""

    code: str
    name: str
    proposed: int
    sums: tuple[int, ...]

    @property
    def least(self) -> int:
        return min((self.proposed, *self.sums))

    @property
    def most(self) -> int:
        return max((self.proposed, *self.sums))


@dataclass(frozen=True)
class Sensitivity:
    """``populations``: table and time of those that have all who share, oldest first; ``left_out``: those that lack
    some of them, or the ages or the sex that are asked for.
    """

    populations: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, str], ...]
    rows: tuple[Range, ...]


def populations(tables: Tables) -> tuple[tuple[str, str], ...]:
    """Table and time of all that count persons, oldest first."""
    found = ((code, time) for code, table in tables.items() if table.measure == PERSONS for time in table.times)
    return tuple(sorted(found, key=lambda each: (each[1], each[0])))


def sensitivity(outcome: Outcome, tables: Tables, among: Sequence[tuple[str, str]] | None = None) -> Sensitivity | None:
    """None where no pot is shared out by a population. among: which populations, else all that the tables have."""
    if not any(pot.counts_people for pot in outcome.proposal.pots):
        return None
    used, left_out, sums = [], [], []
    for population in populations(tables) if among is None else among:
        try:
            other = simulate(by(outcome.proposal, *population), tables)
        except Refused:
            left_out.append(population)
            continue
        used.append(population)
        sums.append(other.sums)
    rows = (
        Range(code, outcome.names[code], kronor, tuple(each[code] for each in sums))
        for code, kronor in outcome.sums.items()
    )
    return Sensitivity(tuple(used), tuple(left_out), tuple(rows))


def by(proposal: Proposal, table: str, time: str) -> Proposal:
    """The proposal with these figures wherever a pot is shared out by a population: same ages, same sex."""
    people = {pot.basis for pot in proposal.pots if pot.counts_people}
    bases = tuple(
        basis.model_copy(update={"table": table, "time": time, "values": ()}) if basis.id in people else basis
        for basis in proposal.bases
    )
    return proposal.model_copy(update={"bases": bases})
