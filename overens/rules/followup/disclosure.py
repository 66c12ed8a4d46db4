# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small counts of persons by sex and speciality are not made public, nor what they could be worked out from.

Sums by speciality, and sums by sex, stay public. Where a region's figure for one sex in a speciality and term is 1-4,
the split by sex of that speciality is held back: its figure stands as a total without sex. One alone could be had by
subtracting the others from the sum by sex, so further specialities are held back until what is held back has at least
two possible values each. Where that cannot be, the region's split by sex is held back altogether.

The threshold is assumed, after the practice of statistical agencies. Figures that have been printed are not touched.
docs/decisions/0019-small-counts-held-back-before-adding.md says why this is done before anything is added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from overens.rules.followup.facts_table import NUMBER, Fact

THRESHOLD = 5
SEX, SPECIALITY, TERM = "sex", "speciality", "term"
Block = tuple[str, ...]
# By speciality: how many women, how many men.
Split = Mapping[str, tuple[int, int]]


def public(facts: Iterable[Fact], used: Sequence[str]) -> list[Fact]:
    """The facts as the public may see them in a table that depends on these dimensions. The facts are split as far as
    they were reported: what is held back is decided on the whole, not on what one table happens to show.
    """
    found = list(facts)
    if SEX not in used:
        return found
    blocks: dict[Block, list[Fact]] = {}
    rest = []
    for fact in found:
        if fact.certainty == "reported" and fact.answered == NUMBER and fact.at.get(SEX):
            blocks.setdefault(_block(fact), []).append(fact)
        else:
            rest.append(fact)
    for block in blocks.values():
        held = held_back(_split(block))
        for fact in block:
            hide = held is None or (SPECIALITY in used and fact.at.get(SPECIALITY, "") in held)
            rest.append(replace(fact, at={**fact.at, SEX: ""}, protected=True) if hide else fact)
    return rest


def held_back(split: Split) -> frozenset[str] | None:
    """The specialities whose split by sex is held back; None: the whole split by sex is."""
    small = {
        speciality
        for speciality, sexes in split.items()
        if speciality and any(0 < number < THRESHOLD for number in sexes)
    }
    if not small:
        return frozenset()
    held = set(small)
    others = sorted(set(split) - held, key=lambda each: (sum(split[each]), each))
    while not _is_safe(held, split):
        if not others:
            return None
        held.add(others.pop(0))
    return frozenset(held)


def _is_safe(held: Iterable[str], split: Split) -> bool:
    """Whether, with every sum known, each held back figure that is not empty could be at least two numbers."""
    totals = {each: sum(split[each]) for each in held}
    women, everybody = sum(split[each][0] for each in totals), sum(totals.values())
    return all(min(total, women) > max(0, women - (everybody - total)) for total in totals.values() if total)


def _block(fact: Fact) -> Block:
    return (*fact.slot, fact.at.get(TERM, ""), str(fact.source))


def _split(block: Iterable[Fact]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for fact in block:
        women, men = found.get(fact.at.get(SPECIALITY, ""), (0, 0))
        number = fact.number or 0
        is_women = fact.at[SEX] == "women"
        found[fact.at.get(SPECIALITY, "")] = (women + number * is_women, men + number * (not is_women))
    return found
