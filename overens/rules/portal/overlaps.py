# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which grants have the same purpose, and which ask for the same fact: what a recipient of several should be told.

Two grants overlap in purpose when they are for the same kind of recipient, share a day, and are placed in the same area
of the codebook. They do so *by earmark* when both have money that may be used for that area only. That a purpose is
shared is no fault: it is what one has to know to plan with the two, and not to report one cost to both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from overens.rules.portal.grant import Fact, Grant


@dataclass(frozen=True)
class Overlap:
    """Grants that share an area, in the order that they came."""

    area: str
    by: Literal["earmark", "area"]
    grants: tuple[Grant, ...]


@dataclass(frozen=True)
class AskedTwice:
    """Grants that ask for the same fact about the same years. ``differs``: one breaks it down as another does not, or
    asks at another level, so that one answer has to be worked on to serve for both.
    """

    term: str
    fact: Fact
    years: tuple[int, ...]
    grants: tuple[Grant, ...]
    differs: bool


def overlapping(grants: Sequence[Grant], kind: str) -> tuple[Overlap, ...]:
    """Every area that two grants or more share for a kind of recipient; those by earmark first, then by area."""
    ours = [grant for grant in grants if kind in grant.kinds]
    marked = _by(ours, lambda grant: _areas(grant, kind, earmarked=True))
    all_of = _by(ours, lambda grant: _areas(grant, kind, earmarked=False))
    found = [Overlap(area, "earmark", tuple(some)) for area, some in marked.items() if len(some) > 1]
    wider = {area: some for area, some in all_of.items() if len(some) > max(1, len(marked.get(area, ())))}
    found += [Overlap(area, "area", tuple(some)) for area, some in wider.items()]
    return tuple(sorted(found, key=lambda each: (each.by == "area", each.area)))


def asked_twice(grants: Sequence[Grant], kind: str) -> tuple[AskedTwice, ...]:
    """Every fact that two grants or more ask a kind of recipient for, about at least one year in common."""
    asked: dict[tuple[str, int], list[tuple[Grant, Fact]]] = {}
    for grant in grants:
        for fact in grant.facts:
            if kind in fact.kinds:
                for year in fact.years:
                    asked.setdefault((fact.term, year), []).append((grant, fact))
    # The same grants about several years are told once, with the years.
    together: dict[tuple[str, tuple[str, ...]], list[tuple[int, list[tuple[Grant, Fact]]]]] = {}
    for (term, year), some in asked.items():
        codes = tuple(dict.fromkeys(grant.code for grant, _fact in some))
        if len(codes) > 1:
            together.setdefault((term, codes), []).append((year, some))
    found = []
    for (term, _codes), by_year in together.items():
        pairs = [pair for _year, some in by_year for pair in some]
        unique = {grant.code: grant for grant, _fact in pairs}
        forms = {(frozenset(fact.by), fact.level) for _grant, fact in pairs}
        years = tuple(sorted(year for year, _some in by_year))
        found.append(AskedTwice(term, pairs[0][1], years, tuple(unique.values()), len(forms) > 1))
    return tuple(sorted(found, key=lambda each: (each.term, each.years)))


def _areas(grant: Grant, kind: str, *, earmarked: bool) -> frozenset[str]:
    """What a kind of recipient may use the grant for, or has money for that is for nothing else."""
    for_us = [part for part in grant.parts if not part.kinds or kind in part.kinds]
    if earmarked:
        return frozenset[str]().union(*(part.areas for part in for_us if part.is_earmarked))
    return frozenset(grant.areas).union(*(part.areas for part in for_us))


def _by(grants: Iterable[Grant], of: Callable[[Grant], Collection[str]]) -> dict[str, list[Grant]]:
    """Grants by each thing that they have, where they share a day with another that has it."""
    found: dict[str, list[Grant]] = {}
    for grant in grants:
        for thing in of(grant):
            found.setdefault(thing, []).append(grant)
    return {thing: kept for thing, some in found.items() if (kept := _meeting(some))}


def _meeting(grants: list[Grant]) -> list[Grant]:
    """Those that share a day with another of them. Seen in order of their first days, a grant meets an earlier one when
    it begins before the latest last day so far, and a later one when the next begins before it ends.
    """
    ordered = sorted(grants, key=lambda grant: (grant.first_day, grant.last_day))
    meets: set[str] = set()
    latest: Grant | None = None
    for grant in ordered:
        if latest is not None and grant.first_day <= latest.last_day:
            meets |= {grant.code, latest.code}
        if latest is None or grant.last_day > latest.last_day:
            latest = grant
    return [grant for grant in grants if grant.code in meets]
