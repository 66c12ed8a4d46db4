# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a proposal gives each recipient. It is shared out as an agreement is: by the same keys, rounded the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import Literal

from overens.rules.agreement import Agreement
from overens.rules.agreement_checks import room
from overens.rules.allocation import HALF, AllocationTable, numbers, share_out, sharers
from overens.rules.findings import Finding, Refused, error
from overens.rules.proposals.figures import Tables, figures, recipients
from overens.rules.proposals.proposal import GROUP, LINE, Proposal
from overens.rules.sharing import SHARED, Sharing, sharing

Bound = Literal["least", "most"]


@dataclass(frozen=True)
class Outcome:
    """``names`` of who shares, by code; ``figures`` by basis and code; ``pots`` as the numbers that were shared out by.
    ``table`` is the result: kronor, sums, exact shares and the exact rest.
    """

    proposal: Proposal
    names: Mapping[str, str]
    figures: Mapping[str, Mapping[str, int | Decimal]]
    pots: Mapping[str, Sharing]
    table: AllocationTable

    @cached_property
    def sums(self) -> dict[str, int]:
        """Kronor by recipient."""
        return {row.code: row.sum for row in self.table.rows}

    @cached_property
    def bounded(self) -> dict[str, dict[str, Bound]]:
        """Who is held at a least or a highest sum, by pot."""
        found: dict[str, dict[str, Bound]] = {}
        for id, pot in self.pots.items():
            held = ((row.code, _held(pot, row.code, row.exact[id])) for row in self.table.rows)
            found[id] = {code: bound for code, bound in held if bound is not None}
        return found


def simulate(proposal: Proposal, tables: Tables) -> Outcome:
    """Refused, with all that is wrong, where the figures are not in the tables (:mod:`.figures`), are all zero, or a
    pot has no room for its fixed, least and highest sums.
    """
    names = recipients(proposal)
    wrong: list[Finding] = []
    found: dict[str, dict[str, int | Decimal]] = {}
    for basis in proposal.bases:
        try:
            found[basis.id] = figures(basis, names, tables)
        except Refused as refusal:
            wrong += refusal.findings
    for pot in proposal.pots:
        wrong += room(pot, len(names))
        if pot.key != "stated" and pot.basis in found and not any(found[pot.basis].values()):
            wrong.append(error("basis-all-zero", f"basis[{pot.basis}]", basis=pot.basis))
        if pot.key == "stated" and (stated := sum(found.get(pot.basis, {}).values())) > pot.amount:
            wrong.append(error("stated-exceeds-pot", f"pot[{pot.id}]", stated=str(stated), amount=pot.amount))
    for condition in proposal.conditions:
        for code in (*(condition.met or ()), *(condition.not_met or ())):
            if code not in names:
                wrong.append(error("unknown-recipient", f"condition[{condition.id}]", name=code, group=GROUP))
    if wrong:
        raise Refused(*wrong)
    exact = {id: numbers(column) for id, column in found.items()}
    pots = {}
    for pot in proposal.pots:
        codes, withheld = sharers(tuple(names), proposal.conditions_of(pot))
        pots[pot.id] = sharing(pot, proposal.rounding_of(pot), codes, {}, exact, withheld)
    by_itself = proposal.allocation.row_sum == "rounded-by-itself"
    table = share_out(pots, list(pots), names, {}, rounded_by_itself=by_itself)
    return Outcome(proposal, names, found, pots, table)


def resolved(proposal: Proposal, tables: Tables) -> Agreement:
    """The proposal as an agreement, with the figures of the tables in it. Refused as :func:`simulate`."""
    outcome = simulate(proposal, tables)
    written = {"by_alias": True, "exclude_none": True}
    return Agreement.model_validate(
        {
            "format": 1,
            "id": proposal.id,
            "title": proposal.title,
            "title_en": proposal.title_en,
            "total": proposal.total,
            "period": proposal.period.model_dump(**written),  # type: ignore[arg-type]
            "allocation": proposal.allocation.model_dump(**written),  # type: ignore[arg-type]
            "basis": tuple(
                {
                    "id": basis.id,
                    "title": basis.title,
                    "title_en": basis.title_en,
                    "unit": basis.unit or "not stated",
                    "values": tuple(
                        {"code": code, "value": value} for code, value in outcome.figures[basis.id].items()
                    ),
                    "source": source_of(proposal, basis.id),
                }
                for basis in proposal.bases
            ),
            "group": (
                {
                    "id": GROUP,
                    "title": "Mottagare",
                    "title_en": "Recipients",
                    "recipients": tuple({"code": code, "name": name} for code, name in outcome.names.items()),
                },
            ),
            "line": ({"id": LINE, "title": proposal.title, "amount": proposal.total, "recipients": GROUP},),
            "pot": tuple(pot.model_dump(**written) for pot in proposal.pots),  # type: ignore[arg-type]
            "condition": tuple(each.model_dump(**written) for each in proposal.conditions),  # type: ignore[arg-type]
        }
    )


def source_of(proposal: Proposal, id: str) -> str:
    """Where the figures of a basis come from, as an agreement's file states it: ``scb-2018-12-31, 2018-12-31, 75+``."""
    basis = proposal.basis(id)
    if basis.table is None:
        return basis.source
    return ", ".join(part for part in (basis.table, basis.time, *basis.ages, basis.sex) if part)


def ore_per_inhabitant(kronor: int, persons: int) -> int:
    """Öre for each inhabitant, half up."""
    return floor(Fraction(100 * kronor, persons) + HALF)


def _held(pot: Sharing, code: str, exact: Fraction) -> Bound | None:
    if code not in pot.weights or code in pot.withheld:
        return None
    if pot.most and exact == pot.most.get(code):
        return "most"
    return "least" if pot.key in SHARED and pot.least and exact == pot.least.get(code) else None
