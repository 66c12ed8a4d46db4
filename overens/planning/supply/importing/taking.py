# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a grid and a mapping to whole persons, with what is to be said of it.

Those of a whole (both sexes, all ages, the country) whose parts are also there are checked against these and not
counted; those without parts are spread over them by the shape of what is used now. Nothing hangs on the order of rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from overens.planning.supply.importing.counts import Counts, Place
from overens.planning.supply.importing.items import OTHER, Key, read_items
from overens.planning.supply.importing.mapping import TableMapping, roles_wrong
from overens.planning.supply.importing.saying import Cell, Notes, ages_said, said
from overens.planning.supply.importing.spreading import Shape, spread
from overens.planning.supply.importing.words import EVERY_AGE, TOTAL, Span
from overens.planning.supply.problem import AGES, SECTORS, SEXES, YOUNGEST, Whole
from overens.rules.findings import Finding, error
from overens.rules.statistics.grid import Grid

# By how much a printed whole may differ from its parts without a word: small numbers of Statistics Sweden have noise
# (assumed).
ROUNDING = 3


@dataclass(frozen=True)
class Taken:
    """``counts``: None where anything is wrong. ``values``: by role the persons of each value that the file has.
    ``spread``: how many persons were spread, by what the table does not say: ``age``, ``sex``, ``region``, ``sector``.
    """

    counts: Counts | None
    findings: tuple[Finding, ...]
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    spread: Mapping[str, int] = field(default_factory=dict)


def take(grid: Grid, mapping: TableMapping, shape: Shape, *, own: str = "") -> Taken:
    """own: the two digits of the region whose table it is, "" for one of the whole country."""
    if wrong := roles_wrong(mapping, grid.heads):
        return Taken(None, wrong)
    items, notes = read_items(grid, mapping, shape, own), Notes()
    base = without_printed(items.persons, notes)
    base = {key: persons for key, persons in base.items() if not key.occupation.startswith(OTHER)}
    check_ages(base, notes)
    counts, over = _spread(base, shape, notes)
    findings = (*items.findings, *notes.findings)
    if not any(each.sum() for each in counts.values()) and not any(each.level == "error" for each in findings):
        findings = (*findings, error("staff-nothing", "file"))
    broken = any(each.level == "error" for each in findings)
    return Taken(None if broken else counts, findings, items.values, over)


def without_printed(persons: Mapping[Key, int], notes: Notes) -> dict[Key, int]:
    """Those that are counted: without the printed wholes, which are held against their parts."""
    base, printed = _parted(_other_sex(persons, notes), notes)
    _check_printed(base, printed, notes)
    return base


def _other_sex(persons: Mapping[Key, int], notes: Notes) -> dict[Key, int]:
    """Where a table has the whole and the women, or the whole and the men, the others are the rest."""
    by_rest: dict[Key, dict[str, int]] = defaultdict(dict)
    for key, number in persons.items():
        by_rest[key._replace(sex="")][key.sex] = number
    found: dict[Key, int] = {}
    for rest, sexes in by_rest.items():
        for known, other in (SEXES, SEXES[::-1]):
            if set(sexes) == {TOTAL, known}:
                sexes[other] = max(sexes[TOTAL] - sexes[known], 0)
                cell = Cell(None, said(*rest), str(sexes[known]), sexes[other])
                wrong = sexes[known] > sexes[TOTAL]
                notes.add("error" if wrong else "note", "staff-sex-more" if wrong else "staff-other-sex", cell)
        found |= {rest._replace(sex=sex): number for sex, number in sexes.items()}
    return found


def _whole(key: Key) -> tuple[bool, bool, bool, bool]:
    return key.region == TOTAL, key.sector == TOTAL, key.sex == TOTAL, key.ages == EVERY_AGE


def _parted(persons: Mapping[Key, int], notes: Notes) -> tuple[dict[Key, int], dict[Key, int]]:
    """Those that are counted, and the printed wholes of them. An occupation is parted by the same in all of a year."""
    parted: dict[tuple[str, int], list[bool]] = defaultdict(lambda: [False] * 4)
    for key in persons:
        found = parted[key.occupation, key.year]
        for at, whole in enumerate(_whole(key)):
            found[at] |= not whole
    base: dict[Key, int] = {}
    printed: dict[Key, int] = {}
    for key, number in persons.items():
        has_parts = any(p and w for p, w in zip(parted[key.occupation, key.year], _whole(key), strict=True))
        (printed if key.occupation == TOTAL or has_parts else base)[key] = number
    counted = {(key.occupation, key.year) for key in base}
    for key in printed:
        if key.occupation != TOTAL and (key.occupation, key.year) not in counted:
            notes.add("error", "staff-marginals", Cell(None, said(*key), "", printed[key]))
    return base, printed


def _check_printed(base: Mapping[Key, int], printed: Mapping[Key, int], notes: Notes) -> None:
    """Each printed whole against what its parts add up to, those of occupations that are left out with them."""
    masks = {_mask(key) for key in printed}
    sums: Counter[tuple[tuple[bool, ...], Key]] = Counter()
    for key, number in base.items():
        for mask in masks:
            sums[mask, _masked(key, mask)] += number
    for key, number in printed.items():
        mask = _mask(key)
        found = sums.get((mask, _masked(key, mask)))
        if found is not None and abs(found - number) > ROUNDING:
            notes.add(
                "warning", "staff-total", Cell(None, said(*key) or "*", f"{found} ≠ {number}", abs(found - number))
            )


def _mask(key: Key) -> tuple[bool, ...]:
    return (key.occupation == TOTAL, *_whole(key))


def _masked(key: Key, mask: tuple[bool, ...]) -> Key:
    occupation, region, sector, sex, ages = mask
    return Key(
        TOTAL if occupation else key.occupation,
        TOTAL if region else key.region,
        key.year,
        TOTAL if sector else key.sector,
        TOTAL if sex else key.sex,
        EVERY_AGE if ages else key.ages,
    )


def check_ages(base: Iterable[Key], notes: Notes) -> None:
    """No age may be in two spans of the same, which would count some persons twice."""
    by_rest: dict[Key, list[Span]] = defaultdict(list)
    for key in base:
        by_rest[key._replace(ages=EVERY_AGE)].append(key.ages)
    for rest, spans in by_rest.items():
        spans.sort()
        for before, after in pairwise(spans):
            if after.first <= before.last:
                notes.add(
                    "error", "staff-ages-twice", Cell(None, said(*rest), f"{ages_said(before)}, {ages_said(after)}")
                )


def _spread(base: Mapping[Key, int], shape: Shape, notes: Notes) -> tuple[dict[Place, Whole], dict[str, int]]:
    """Every number over the places, sexes and ages that it is of. Cost: one pass over the ages for each number."""
    counts: dict[Place, Whole] = {}
    over: Counter[str] = Counter()
    nobody = np.zeros((2, AGES))
    for key, number in sorted(base.items()):
        within = key.ages.within
        if within is None:
            continue
        regions = shape.regions if key.region == TOTAL else (key.region,)
        sectors = SECTORS if key.sector == TOTAL else (key.sector,)
        places = [Place(key.occupation, region, key.year, sector) for region in regions for sector in sectors]
        sexes = slice(None) if key.sex == TOTAL else slice(SEXES.index(key.sex), SEXES.index(key.sex) + 1)
        ages = slice(within.first - YOUNGEST, within.last - YOUNGEST + 1)
        blocks = [shape.persons.get((place.occupation, place.region, place.sector), nobody) for place in places]
        weights = np.stack([block[sexes, ages] for block in blocks])
        if len(places) > 1:
            # A place where there is nobody now gets nobody: each place has its own share before its ages have theirs.
            shares = spread(number, weights.sum(axis=(1, 2)))
            parts = np.stack([spread(int(share), each) for share, each in zip(shares, weights, strict=True)])
        else:
            parts = spread(number, weights)
        for place, part in zip(places, parts, strict=True):
            counts.setdefault(place, np.zeros((2, AGES), dtype=np.int64))[sexes, ages] += part
        for what, whole in zip(("region", "sector", "sex"), _whole(key)[:3], strict=True):
            over[what] += number if whole else 0
        over["age"] += number if within.first != within.last else 0
    for what, number in over.items():
        if number:
            notes.add("note", f"staff-spread-{what}", Cell(None, "", "", number))
    return counts, {what: number for what, number in over.items() if number}
