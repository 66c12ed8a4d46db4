# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold between the parts of a proposal, before any table of statistics is looked into."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from overens.rules.agreement_checks import duplicates
from overens.rules.findings import Finding, error
from overens.rules.proposals.proposal import Basis, Pot, Proposal
from overens.rules.statistics.table import span

# What of a pot names figures.
NAMING = ("basis", "times", "above", "ceilings")


def check(proposal: Proposal, _places: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything to be mended. Where two things have one name, only that is said."""
    found = tuple(duplicates(proposal.model_dump(by_alias=True, exclude_none=True)))
    return found or (
        *_recipients(proposal),
        *(finding for basis in proposal.bases for finding in _basis(basis)),
        *(finding for pot in proposal.pots for finding in _pot(proposal, pot)),
        *_conditions(proposal),
    )


def _recipients(proposal: Proposal) -> Iterator[Finding]:
    if (proposal.recipients == "listed") != bool(proposal.listed):
        yield error("proposal-recipients", "recipients")
    if not proposal.pots:
        yield error("proposal-without-pot", "pot")


def _basis(basis: Basis) -> Iterator[Finding]:
    at = f"basis[{basis.id}]"
    if (basis.table is None) == (not basis.values):
        yield error("proposal-basis-source", at, basis=basis.id)
    elif basis.table is None and (basis.time or basis.ages or basis.sex):
        yield error("proposal-basis-values-only", at, basis=basis.id)
    for age in basis.ages:
        try:
            first, last = span(age)
        except ValueError:
            first, last = 1, 0
        if last is not None and last < first:
            yield error("proposal-age-unreadable", f"{at}.ages", age=age)


def _pot(proposal: Proposal, pot: Pot) -> Iterator[Finding]:
    at, known = f"pot[{pot.id}]", sorted(basis.id for basis in proposal.bases)
    for name in NAMING:
        id = getattr(pot, name)
        if id is not None and id not in known:
            yield error("unknown-reference", f"{at}.{name}", name=id, known=known)
    if (pot.key == "results-times-price") != (pot.price is not None):
        yield error("results-and-price", f"{at}.key")
    if pot.above is not None and pot.key != "results-times-price":
        yield error("above-without-price", f"{at}.above")
    if (pot.key == "fixed-plus-population") != (pot.fixed is not None):
        yield error("fixed-and-key", f"{at}.fixed" if pot.fixed is not None else f"{at}.key")


def _conditions(proposal: Proposal) -> Iterator[Finding]:
    pots = sorted(pot.id for pot in proposal.pots)
    for condition in proposal.conditions:
        at = f"condition[{condition.id}]"
        if (condition.met is None) == (condition.not_met is None):
            yield error("condition-lists", at)
        for id in condition.pots:
            if id not in pots:
                yield error("unknown-reference", f"{at}.pots", name=id, known=pots)
