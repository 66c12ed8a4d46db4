# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many regions, and which, say what of a theme.

Source: 2018 report, p. 23, footnote 13: that a thing does not appear in a region's account does not mean that the
region does not do it. So "does not do", which a region has said, is kept apart from "does not appear", which is only
said of regions whose texts have all been read, and both from what is not known yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from overens.rules.followup.codebook import Codebook

Region = TypeVar("Region")


class Mention(StrEnum):
    """What a passage says of its theme."""

    DOES = "does"
    PLANS = "plans"
    DOES_NOT = "does-not"
    MENTIONS = "mentions"


class Standing(StrEnum):
    """What is known of a region and a theme. Each region has exactly one of them."""

    DOES = "does"
    PLANS = "plans"
    DOES_NOT = "does-not"
    MENTIONS = "mentions"
    ABSENT = "does-not-appear"
    UNREAD = "not-read"
    NO_REPORT = "no-report"


# Where a region says several things of one theme, the first of these counts.
ORDER = (Mention.DOES, Mention.PLANS, Mention.DOES_NOT, Mention.MENTIONS)


@dataclass(frozen=True)
class Row:
    """One theme. ``by``: the regions of each standing, in the order given. ``both``: those that say in one place that
    they do it and in another that they do not; they stand among those that do.
    """

    theme: str
    by: Mapping[Standing, tuple[object, ...]]
    both: tuple[object, ...]

    def number(self, standing: Standing) -> int:
        return len(self.by[standing])

    @property
    def total(self) -> int:
        return sum(len(regions) for regions in self.by.values())


def counts(
    codebook: Codebook,
    passages: Iterable[tuple[str, Region, Mention]],
    regions: Collection[Region],
    reported: Collection[Region],
    read: Mapping[str, Collection[Region]],
) -> dict[str, Row]:
    """A row for every theme of the codebook, what lies below it rolled up into it: a region counts once.

    passages: theme, region and mention of each coded passage. regions: all that are counted over. reported: those that
    have a standing text. read: by theme, those all of whose standing texts have been read since the codebook has it.
    """
    said: dict[str, dict[Region, set[Mention]]] = {theme.id: {} for theme in codebook.themes}
    above = {theme.id: (theme.id, *codebook.above(theme.id)) for theme in codebook.themes}
    for theme, region, mention in passages:
        for each in above.get(theme, ()):
            said[each].setdefault(region, set()).add(mention)
    rows = {}
    for theme_id, by_region in said.items():
        by: dict[Standing, list[object]] = {standing: [] for standing in Standing}
        both: list[object] = []
        for region in regions:
            mentions = by_region.get(region, set())
            by[_standing(mentions, region in reported, region in read.get(theme_id, ()))].append(region)
            if {Mention.DOES, Mention.DOES_NOT} <= mentions:
                both.append(region)
        rows[theme_id] = Row(theme_id, {key: tuple(value) for key, value in by.items()}, tuple(both))
    return rows


def _standing(mentions: Collection[Mention], reported: bool, read: bool) -> Standing:
    for each in ORDER:
        if each in mentions:
            return Standing(each.value)
    if not reported:
        return Standing.NO_REPORT
    return Standing.ABSENT if read else Standing.UNREAD
