# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which regions to visit: a balanced spread by recorded criteria, and how balanced any choice is.

The criteria are the source's: geography, population and size of grant (2018 report, p. 9). How they are measured is
ours (assumed): geography by the six health care regions, the others by thirds; grant per inhabitant is one more, for
agreements that do not share out by population alone. docs/decisions/0017 says why the spread is chosen in this way.

A choice *deviates* from proportion, per criterion, by how many regions too many or too few it has of each group, and
by one more for each group that could have been visited and is not. 0 is a choice in perfect proportion.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from overens.rules.findings import refuse

GEOGRAPHY, POPULATION, GRANT, PER_HEAD = "geography", "population", "grant", "grant-per-head"
CRITERIA = (GEOGRAPHY, POPULATION, GRANT, PER_HEAD)
THIRDS = ("small", "middle", "large")
# The source names three; the fourth is ours and is left out unless it is asked for.
WEIGHTS: Mapping[str, int] = {GEOGRAPHY: 1, POPULATION: 1, GRANT: 1, PER_HEAD: 0}
# So many choices are tried one by one (all 54 264 of six regions among 21); of more, so many are drawn to compare with.
TRIED, DRAWN = 60_000, 5_000


@dataclass(frozen=True)
class Region:
    """``part`` is the part of the country it lies in; ``grant`` whole kronor, None where no decision is known."""

    code: str
    part: str
    population: int
    grant: int | None = None


@dataclass(frozen=True)
class Share:
    """Of one group of one criterion: how many regions there are, and how many are chosen."""

    criterion: str
    group: str
    all: int
    chosen: int


@dataclass(frozen=True)
class Balance:
    """How balanced a choice is. Of ``compared`` choices of as many regions, ``better`` deviate less and ``equal`` as
    much; ``exact``: those are all there are, else a draw of them.
    """

    deviation: Fraction
    shares: tuple[Share, ...]
    compared: int
    better: int
    equal: int
    exact: bool


@dataclass(frozen=True)
class Proposal:
    """``chosen`` codes in order. ``tied``: so many allowed choices are as good, and the seed's lot fell on this one
    (None where not all were tried). ``groups``: by code and criterion, the group that the region stands for.
    """

    chosen: tuple[str, ...]
    balance: Balance
    tied: int | None
    groups: Mapping[str, Mapping[str, str]]


def groups_of(regions: Collection[Region], criterion: str) -> dict[str, str]:
    """Each region's group by one criterion. Raises Refused (``spread-grant-missing``) where a grant is not known."""
    if criterion == GEOGRAPHY:
        return {region.code: region.part for region in regions}
    ordered = sorted(regions, key=lambda region: (_measure(region, criterion), region.code))
    return {region.code: THIRDS[place * 3 // len(ordered)] for place, region in enumerate(ordered)}


def _measure(region: Region, criterion: str) -> Fraction:
    if criterion == POPULATION:
        return Fraction(region.population)
    if region.grant is None:
        refuse("spread-grant-missing", key=f"weight-{criterion}", region=region.code)
    return Fraction(region.grant) if criterion == GRANT else Fraction(region.grant, region.population)


class _Scale:
    """What choices of ``wanted`` regions cost, in whole numbers: a deviation times the number of regions."""

    def __init__(self, regions: Sequence[Region], wanted: int, weights: Mapping[str, int]) -> None:
        self.codes = [region.code for region in regions]
        self.wanted = wanted
        self.groups = {name: groups_of(regions, name) for name in CRITERIA if weights.get(name, 0) > 0}
        if not self.groups:
            refuse("spread-no-criteria", key="weight-geography")
        self.numbered = [(name, group) for name, of in self.groups.items() for group in sorted(set(of.values()))]
        place = {each: number for number, each in enumerate(self.numbered)}
        self.member = {code: tuple(place[name, of[code]] for name, of in self.groups.items()) for code in self.codes}
        self.sizes = [sum(of == group for of in self.groups[name].values()) for name, group in self.numbered]
        all_ = len(self.codes)
        self.cost = [
            [weights[name] * (abs(all_ * count - wanted * size) + (all_ if count == 0 else 0))
             for count in range(wanted + 1)]
            for (name, _group), size in zip(self.numbered, self.sizes, strict=True)
        ]  # fmt: skip
        # With fewer visits than groups some cannot be covered by anybody: that is no fault of a choice.
        self.unavoidable = sum(
            weights[name] * all_ * max(0, len(set(of.values())) - wanted) for name, of in self.groups.items()
        )

    def counts(self, chosen: Collection[str]) -> list[int]:
        found = [0] * len(self.numbered)
        for code in chosen:
            for group in self.member[code]:
                found[group] += 1
        return found

    def of(self, chosen: Collection[str]) -> int:
        counts = self.counts(chosen)
        return sum([cost[count] for cost, count in zip(self.cost, counts, strict=True)]) - self.unavoidable

    def shares(self, chosen: Collection[str]) -> Iterator[Share]:
        for (name, group), size, count in zip(self.numbered, self.sizes, self.counts(chosen), strict=True):
            yield Share(name, group, size, count)


def assess(regions: Collection[Region], chosen: Collection[str], weights: Mapping[str, int], seed: str) -> Balance:
    """How balanced a choice is, beside all choices of as many regions, or a draw of them by ``seed``.

    Raises Refused: ``spread-unknown-region``, ``spread-number`` (none chosen), ``spread-no-criteria``.
    """
    listed = sorted(regions, key=lambda region: region.code)
    _require_known(listed, chosen)
    picked = sorted(set(chosen))
    if not picked:
        refuse("spread-number", key="wanted", most=len(listed))
    scale = _Scale(listed, len(picked), weights)
    own = scale.of(picked)
    exact = math.comb(len(listed), len(picked)) <= TRIED
    others = itertools.combinations(scale.codes, len(picked)) if exact else _drawn(scale.codes, len(picked), seed)
    compared = better = equal = 0
    for other in others:
        cost = scale.of(other)
        compared += 1
        better += cost < own
        equal += cost == own
    return Balance(Fraction(own, len(listed)), tuple(scale.shares(picked)), compared, better, equal, exact)


def _drawn(codes: Sequence[str], wanted: int, seed: str) -> Iterator[tuple[str, ...]]:
    lots = random.Random(seed)  # noqa: S311  (to be drawn again by anybody, not to be secret)
    for _ in range(DRAWN):
        yield tuple(lots.sample(codes, wanted))


def propose(
    regions: Collection[Region],
    wanted: int,
    weights: Mapping[str, int],
    include: Collection[str] = (),
    exclude: Collection[str] = (),
    seed: str = "",
) -> Proposal:
    """The choice of ``wanted`` regions that deviates least, with all of ``include`` and none of ``exclude``.

    All allowed choices are tried where they are at most TRIED; else it is built region by region and improved by
    swaps, which finds a good one and need not find the best. Among equals the lot by ``seed`` decides. The order in
    which regions are given does not matter.

    Raises Refused: ``spread-unknown-region``, ``spread-both`` (included and excluded), ``spread-number``,
    ``spread-too-many-included``, ``spread-too-few-left``, ``spread-no-criteria``, ``spread-grant-missing``.
    """
    listed = sorted(regions, key=lambda region: region.code)
    _require_known(listed, [*include, *exclude])
    musts, nots = sorted(set(include)), set(exclude)
    if both := [code for code in musts if code in nots]:
        refuse("spread-both", key="exclude", regions=both)
    if not 1 <= wanted <= len(listed):
        refuse("spread-number", key="wanted", most=len(listed))
    if len(musts) > wanted:
        refuse("spread-too-many-included", key="include", included=len(musts), wanted=wanted)
    free = [region.code for region in listed if region.code not in nots and region.code not in musts]
    if len(musts) + len(free) < wanted:
        refuse("spread-too-few-left", key="exclude", left=len(musts) + len(free), wanted=wanted)
    scale = _Scale(listed, wanted, weights)
    tied: int | None = None
    if math.comb(len(free), wanted - len(musts)) <= TRIED:
        chosen, tied = _best(scale, musts, free, seed)
    else:
        chosen = improved(scale, greedy(scale, musts, free, seed), musts, free, seed)
    groups = {code: {name: of[code] for name, of in scale.groups.items()} for code in chosen}
    return Proposal(chosen, assess(listed, chosen, weights, seed), tied, groups)


def _require_known(regions: Collection[Region], codes: Collection[str]) -> None:
    known = {region.code for region in regions}
    if unknown := sorted(set(codes) - known):
        refuse("spread-unknown-region", key="chosen", regions=unknown)


def _best(scale: _Scale, musts: list[str], free: list[str], seed: str) -> tuple[tuple[str, ...], int]:
    least: int | None = None
    found: tuple[str, ...] = ()
    lot, tied = "", 0
    for more in itertools.combinations(free, scale.wanted - len(musts)):
        choice = (*musts, *more)
        cost = scale.of(choice)
        if least is None or cost < least:
            least, found, lot, tied = cost, choice, _lot(seed, sorted(choice)), 1
        elif cost == least:
            tied += 1
            drawn = _lot(seed, sorted(choice))
            if drawn < lot:
                found, lot = choice, drawn
    return tuple(sorted(found)), tied


def greedy(scale: _Scale, musts: list[str], free: list[str], seed: str) -> tuple[str, ...]:
    """Region by region the one that leaves the least deviation; among equals the lot."""
    chosen, left = list(musts), _by_lot(seed, free)
    while len(chosen) < scale.wanted:
        best = min(left, key=lambda code: scale.of([*chosen, code]))  # the first of equals: left is in the lot's order
        chosen.append(best)
        left.remove(best)
    return tuple(sorted(chosen))


def improved(scale: _Scale, start: tuple[str, ...], musts: list[str], free: list[str], seed: str) -> tuple[str, ...]:
    """Swap one region for another as long as that lessens the deviation."""
    chosen, cost = start, scale.of(start)
    while True:
        swaps = [
            tuple(sorted({*chosen, into} - {out}))
            for out in _by_lot(seed, [code for code in chosen if code not in musts])
            for into in _by_lot(seed, [code for code in free if code not in chosen])
        ]
        best = min(swaps, key=scale.of, default=chosen)
        if scale.of(best) >= cost:
            return chosen
        chosen, cost = best, scale.of(best)


def _lot(seed: str, codes: Sequence[str]) -> str:
    return hashlib.sha256("\n".join([seed, *codes]).encode()).hexdigest()


def _by_lot(seed: str, codes: Collection[str]) -> list[str]:
    return sorted(codes, key=lambda code: _lot(seed, [code]))
