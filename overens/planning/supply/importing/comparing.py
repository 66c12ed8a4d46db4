# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table that was taken, held against what is used now: by occupation, region, age and sex."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from overens.planning.supply.importing.counts import Counts, Place, last_year
from overens.planning.supply.importing.spreading import Shape
from overens.planning.supply.problem import AGES, OLDEST, YOUNGEST, Floats
from overens.rules.findings import Evidence, Finding, Where

By = Literal["occupation", "region", "age", "sex"]
# Where groups of ages begin.
GROUPS = (YOUNGEST, 25, 35, 45, 55, 65)
# A change is surprising when it is larger than both: the share of what was, and persons.
JUMP, PERSONS = 0.2, 20
# A table that differs by this factor from what is made up is perhaps not in persons.
FAR = 2.0
# Of so many there are some of every age, of the nine tenths in the middle.
MANY = 200
# Full-time equivalents are fewer than the persons, of nearly every occupation, and by no more than this (assumed).
LEAST_FULL_TIME, NEARLY_ALL, SEVERAL = 0.6, 0.9, 5
# Findings that are true at times: a version with them is approved with the reason.
REASONED = frozenset(
    {
        *("staff-jump", "staff-total", "staff-region-missing", "staff-gone", "staff-secret-taken", "staff-age-outside"),
        *("staff-ages-missing", "staff-like-full-time", "staff-persons-head"),
    }
)


@dataclass(frozen=True)
class Change:
    """Persons before and now of one occupation, region, group of ages ("25–34") or sex."""

    what: str
    before: int
    now: int

    @property
    def difference(self) -> int:
        return self.now - self.before

    @property
    def share(self) -> float | None:
        """Of what was; None where there was nobody."""
        return self.difference / self.before if self.before else None


def newest(counts: Counts) -> Counts:
    """Of the last year that each occupation and region has."""
    last: dict[tuple[str, str], int] = {}
    for place in counts:
        key = (place.occupation, place.region)
        last[key] = max(last.get(key, 0), place.year)
    return {place: each for place, each in counts.items() if last[place.occupation, place.region] == place.year}


def changes(counts: Counts, shape: Shape, by: By) -> tuple[Change, ...]:
    """The largest first, of the last year in the table, against what is used now for the same places."""
    before: dict[str, float] = defaultdict(float)
    now: dict[str, float] = defaultdict(float)
    nobody = np.zeros((2, AGES))
    for place, persons in newest(counts).items():
        used = shape.persons.get((place.occupation, place.region, place.sector), nobody)
        for what, old, new in _parts(place, used, persons.astype(float), by):
            before[what] += old
            now[what] += new
    found = [Change(what, round(before[what]), round(now[what])) for what in now]
    return tuple(sorted(found, key=lambda each: (-abs(each.difference), each.what)))


def _parts(place: Place, old: Floats, new: Floats, by: By) -> Iterator[tuple[str, float, float]]:
    if by in ("occupation", "region"):
        yield getattr(place, by), old.sum(), new.sum()
    elif by == "sex":
        yield from (("k", old[0].sum(), new[0].sum()), ("m", old[1].sum(), new[1].sum()))
    else:
        for first, after in zip(GROUPS, (*GROUPS[1:], OLDEST + 1), strict=True):
            ages = slice(first - YOUNGEST, after - YOUNGEST)
            yield f"{first}–{after - 1}", old[:, ages].sum(), new[:, ages].sum()


def check(counts: Counts, shape: Shape, earlier: Counts | None, *, own: str = "") -> tuple[Finding, ...]:
    """What is odd in a table that could be read. earlier: the version that it is to take the place of; own: the region
    whose it is.
    """
    names = {each.code: each.title for each in shape.occupations}
    found = [*_missing(counts, shape, own), *_ages(newest(counts), names)]
    if earlier is not None:
        found += [
            *_jumps(newest(earlier), newest(counts), names),
            *_like_full_time(newest(earlier), newest(counts), names),
        ]
        gone = sorted({_place(place) for place in earlier} - {_place(place) for place in counts})
        if gone:
            found.append(_told("staff-gone", "warning", {_named(names, *each): {} for each in gone}))
    else:
        found += _far(counts, shape)
    years = sorted({place.year for place in counts})
    if len(years) > 1:
        found.append(Finding("staff-years", "note", {"years": years, "last": last_year(counts)}, Where(key="file")))
    return tuple(found)


def _place(place: Place) -> tuple[str, str, str]:
    return place.occupation, place.region, place.sector


def _missing(counts: Counts, shape: Shape, own: str) -> Iterator[Finding]:
    there = {place.region for place in counts}
    if not own and (lost := [each for each in shape.regions if each not in there]):
        yield _told("staff-region-missing", "warning", {each: {} for each in lost})
    codes = {place.occupation for place in counts}
    if others := [each.title for each in shape.occupations if each.code not in codes]:
        yield _told("staff-occupation-missing", "note", {each: {} for each in others})


def _ages(counts: Counts, names: Mapping[str, str]) -> Iterator[Finding]:
    """Ages that hardly can be without anybody, of occupations that many are in."""
    by_occupation: dict[str, Floats] = defaultdict(lambda: np.zeros(AGES))
    for place, persons in counts.items():
        by_occupation[place.occupation] += persons.sum(0)
    lacking: dict[str, dict[str, object]] = {}
    for occupation, ages in sorted(by_occupation.items()):
        if ages.sum() > MANY:
            first, last = np.searchsorted(np.cumsum(ages) / ages.sum(), (0.05, 0.95))
            if missing := [int(each) + first + YOUNGEST for each in np.flatnonzero(ages[first:last] == 0)]:
                lacking[_named(names, occupation, _spans(missing))] = {}
    if lacking:
        yield _told("staff-ages-missing", "warning", lacking)


def _spans(ages: list[int]) -> str:
    """``34, 45–49``."""
    spans: list[list[int]] = []
    for age in ages:
        if spans and spans[-1][1] == age - 1:
            spans[-1][1] = age
        else:
            spans.append([age, age])
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in spans)


def _like_full_time(before: Counts, now: Counts, names: Mapping[str, str]) -> Iterator[Finding]:
    """Nearly every occupation somewhat fewer than in the earlier version: a column of full-time equivalents."""
    old, new = (_sums(each, lambda place: _named(names, place.occupation, place.region)) for each in (before, now))
    both = [what for what in old.keys() & new.keys() if old[what]]
    fewer = [what for what in both if LEAST_FULL_TIME <= new[what] / old[what] < 1]
    if len(both) >= SEVERAL and len(fewer) >= NEARLY_ALL * len(both):
        total = sum(new[what] for what in both) / sum(old[what] for what in both)
        rows = {what: {"staff-before": old[what], "staff-now": new[what]} for what in sorted(fewer)}
        yield _told("staff-like-full-time", "warning", rows, percent=round(100 * total))


def _named(names: Mapping[str, str], occupation: str, *rest: str) -> str:
    return " ".join(filter(None, (names.get(occupation, occupation), *rest)))


def _jumps(before: Counts, now: Counts, names: Mapping[str, str]) -> Iterator[Finding]:
    old, new = (_sums(each, lambda place: _named(names, place.occupation, place.region)) for each in (before, now))
    jumps = {
        what: {"staff-before": old[what], "staff-now": new[what]}
        for what in sorted(old.keys() & new.keys(), key=lambda each: -abs(new[each] - old[each]))
        if abs(new[what] - old[what]) > max(PERSONS, JUMP * old[what])
    }
    if jumps:
        yield _told("staff-jump", "warning", jumps, percent=round(100 * JUMP))


def _far(counts: Counts, shape: Shape) -> Iterator[Finding]:
    names = {each.code: each.title for each in shape.occupations}
    far = {
        names.get(each.what, each.what): {"staff-before": each.before, "staff-now": each.now}
        for each in changes(counts, shape, "occupation")
        if abs(each.difference) > PERSONS and not each.before / FAR <= each.now <= each.before * FAR
    }
    if far:
        yield _told("staff-far", "warning", far, factor=round(FAR))


def _sums(counts: Counts, of: Callable[[Place], str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for place, persons in counts.items():
        found[of(place)] += int(persons.sum())
    return found


def _told(
    code: str, level: Literal["warning", "note"], rows: Mapping[str, Mapping[str, object]], **more: object
) -> Finding:
    named = list(rows.items())[:6]
    first = [f"{what} ({row['staff-before']} → {row['staff-now']})" if row else what for what, row in named]
    values = {"count": len(rows), "cells": [*first, "…"] if len(rows) > len(named) else first, **more}
    evidence = tuple(Evidence(what, row) for what, row in list(rows.items())[:50])
    return Finding(code, level, values, Where(key="file"), evidence)
