# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Any number of proposals beside each other: who gets what, who gains and loses against the first, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overens.rules.findings import Refused, refuse
from overens.rules.proposals.figures import Tables, figures
from overens.rules.proposals.proposal import Basis
from overens.rules.proposals.reasons import Reasons, reasons
from overens.rules.proposals.sensitivity import populations
from overens.rules.proposals.simulating import Outcome, ore_per_inhabitant


@dataclass(frozen=True)
class Inhabitants:
    """Whom sums are divided by; ``source``: the table and its time, or the basis of the first proposal."""

    source: str
    persons: Mapping[str, int]


@dataclass(frozen=True)
class Compared:
    """A recipient in every proposal, in their order. ``differences`` are against the first; ``reasons`` what they are
    made of, exactly (nothing for the first). ``ore``: öre for each inhabitant, None where their number is not known.
    """

    code: str
    name: str
    sums: tuple[int, ...]
    differences: tuple[int, ...]
    ore: tuple[int | None, ...]
    reasons: tuple[Reasons, ...]


@dataclass(frozen=True)
class Comparison:
    outcomes: tuple[Outcome, ...]
    inhabitants: Inhabitants | None
    rows: tuple[Compared, ...]

    def gaining(self, at: int) -> tuple[Compared, ...]:
        """Who gets more than by the first, most first."""
        return tuple(
            sorted((r for r in self.rows if r.differences[at] > 0), key=lambda r: (-r.differences[at], r.code))
        )

    def losing(self, at: int) -> tuple[Compared, ...]:
        """Who gets less than by the first, most first."""
        return tuple(sorted((r for r in self.rows if r.differences[at] < 0), key=lambda r: (r.differences[at], r.code)))


def compare(outcomes: Sequence[Outcome], tables: Tables, among: Sequence[tuple[str, str]] | None = None) -> Comparison:
    """One or more. among: populations to look for inhabitants in, oldest first, else all of the tables.

    Refused where two do not share among the same recipients: ``proposal-recipients-differ``.
    """
    base, *others = outcomes
    for other in others:
        if differing := sorted(base.names.keys() ^ other.names.keys()):
            refuse("proposal-recipients-differ", first=base.proposal.id, other=other.proposal.id, codes=differing)
    whom = inhabitants(base, tables, among)
    why: list[Mapping[str, Reasons]] = [{}, *(reasons(base, other) for other in others)]
    rows = []
    for code in sorted(base.names):
        sums = tuple(outcome.sums[code] for outcome in outcomes)
        persons = whom.persons[code] if whom else 0
        rows.append(
            Compared(
                code=code,
                name=base.names[code],
                sums=sums,
                differences=tuple(kronor - sums[0] for kronor in sums),
                ore=tuple(ore_per_inhabitant(kronor, persons) if persons else None for kronor in sums),
                reasons=tuple(each.get(code, {}) for each in why),
            )
        )
    return Comparison(tuple(outcomes), whom, tuple(rows))


def inhabitants(outcome: Outcome, tables: Tables, among: Sequence[tuple[str, str]] | None = None) -> Inhabitants | None:
    """The population that the proposal itself shares out by, all ages; else that of the newest table that has all who
    share; else none.
    """
    for pot in outcome.proposal.pots:
        basis = outcome.proposal.basis(pot.basis)
        if pot.counts_people and not basis.ages and not basis.sex:
            source = " ".join(filter(None, (basis.table, basis.time))) or basis.title
            return Inhabitants(source, {code: int(value) for code, value in outcome.figures[basis.id].items()})
    for code, time in reversed(populations(tables) if among is None else among):
        try:
            persons = figures(Basis(id="persons", title="", table=code, time=time), outcome.names, tables)
        except Refused:
            continue
        return Inhabitants(f"{code} {time}", {unit: int(value) for unit, value in persons.items()})
    return None
