# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far the two coders of a sample agree, theme by theme, and where they do not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from overens.followup.models import Judgement, Resolution, Sample, SampleUnit, Theme
from overens.rules.followup import agreement_between as between


@dataclass(frozen=True)
class Agreement:
    """Of one theme, or of all together (``theme`` None). Both coded, first only, second only, neither: ``both`` …

    ``kappa`` and ``alpha`` are None where they are not defined: both say one and the same of every paragraph.
    """

    theme: Theme | None
    both: int
    first: int
    second: int
    neither: int
    raw: Fraction | None
    kappa: Fraction | None
    alpha: Fraction | None
    interval: between.Interval | None

    @property
    def units(self) -> int:
        return self.both + self.first + self.second + self.neither


@dataclass(frozen=True)
class Disagreement:
    """A paragraph and a theme of which the two say different things, and what was decided, if anything."""

    unit: SampleUnit
    theme: Theme
    first: Judgement
    second: Judgement
    resolution: Resolution | None


def agreements(sample: Sample) -> list[Agreement]:
    """All themes together first, then each by itself; of the paragraphs that the second has answered."""
    said = _said(sample)
    by_theme: dict[int, list[tuple[bool, bool]]] = defaultdict(list)
    for (_, theme), (first, second) in said.items():
        by_theme[theme].append((first.coded, second.coded))
    themes = list(sample.themes.all())
    listed = [_agreement(theme, by_theme[theme.pk], sample) for theme in themes]
    if len(themes) < 2:
        return listed
    return [_agreement(None, [pair for theme in themes for pair in by_theme[theme.pk]], sample), *listed]


def _agreement(theme: Theme | None, pairs: list[tuple[bool, bool]], sample: Sample) -> Agreement:
    return Agreement(
        theme,
        pairs.count((True, True)),
        pairs.count((True, False)),
        pairs.count((False, True)),
        pairs.count((False, False)),
        between.raw(pairs),
        between.kappa(pairs),
        between.alpha(pairs),
        between.interval(pairs, between.alpha, f"{sample.seed}/{theme.code if theme else ''}"),
    )


def disagreements(sample: Sample) -> list[Disagreement]:
    """Where one says that a theme is there and the other that it is not; those that wait first."""
    resolved = {(each.unit_id, each.theme_id): each for each in Resolution.objects.filter(unit__sample=sample)
                .select_related("mandate__person")}  # fmt: skip
    found = [
        Disagreement(first.unit, first.theme, first, second, resolved.get(pair))
        for pair, (first, second) in _said(sample).items()
        if first.coded != second.coded
    ]
    return sorted(found, key=lambda each: (each.resolution is not None, each.unit.position, each.theme.code))


def _said(sample: Sample) -> dict[tuple[int, int], tuple[Judgement, Judgement]]:
    """By unit and theme what both have said; nothing of units that the second has not answered."""
    judged = Judgement.objects.filter(unit__sample=sample, unit__answered_at__isnull=False).select_related(
        "unit__text__submission__organisation", "theme"
    )
    by: dict[tuple[int, int], dict[int, Judgement]] = defaultdict(dict)
    for each in judged.order_by("unit__position", "theme", "coder"):
        by[each.unit_id, each.theme_id][each.coder] = each
    return {pair: (each[1], each[2]) for pair, each in by.items() if len(each) == 2}
