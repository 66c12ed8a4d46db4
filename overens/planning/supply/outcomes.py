# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scenario plans, beside what the region later reports: training posts and study pay of nurses, by year.

What is not reported is not nought: :class:`Reported` keeps them apart, and no difference is made of what is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from overens.planning.supply.building import REST
from overens.planning.supply.pricing import Setting
from overens.planning.supply.problem import Floats

# The counts that the agreements ask for: those who began a training post, and those who were granted study pay.
COUNTS: Mapping[str, Literal["full", "study"]] = {"training-posts": "full", "study-pay": "study"}
NURSE = "nurse"


@dataclass(frozen=True)
class Reported:
    """A count of a region in a year. ``number`` is None where there is none, and ``why`` says why not: "not-reported",
    "cannot-report", "not-offered", "protected" or "partial" (what is there is not all of it).
    """

    number: int | None
    why: str = ""


@dataclass(frozen=True)
class Beside:
    """A region and a year: posts that measures pay for, and all that the model expects to begin (None for study pay,
    which it does not tell from posts), both None outside the scenario's years; and what was reported. ``difference``:
    reported less expected, None without both.
    """

    region: str
    year: int
    planned: float | None
    expected: float | None
    reported: Reported

    @property
    def difference(self) -> float | None:
        if self.reported.number is None or self.reported.why or self.expected is None:
            return None
        return self.reported.number - self.expected


def beside(setting: Setting, count: str, reported: Mapping[tuple[str, int], Reported]) -> list[Beside]:
    """The years of the scenario and those before it that anything is reported of, for each region of its own.

    The model's posts of today are taken to be at full pay.
    """
    planned, expected = _begun(setting, count)
    first = setting.scenario.first_year
    told = {year for (_region, year), each in reported.items() if each.number is not None or each.why != "not-reported"}
    last = max({first, *told})
    rows = []
    for at, region in enumerate(setting.codes):
        if region == REST:
            continue
        for year in sorted(told | set(range(first, min(last, setting.scenario.last_year) + 1))):
            y, inside = year - first, first <= year <= setting.scenario.last_year
            rows.append(
                Beside(
                    region,
                    year,
                    float(planned[y, at]) if inside else None,
                    float(expected[y, at]) if inside and expected is not None else None,
                    reported.get((region, year), Reported(None, "not-reported")),
                )
            )
    return rows


def _begun(setting: Setting, count: str) -> tuple[Floats, Floats | None]:
    """Planned and expected [Y, R] of the specialisations of nurses."""
    data, pay = setting.data, COUNTS[count]
    codes = [each.code for each in data.occupations]
    programmes = [at for at, each in enumerate(data.programmes) if codes[each.source] == NURSE]
    named = {data.programmes[at].code for at in programmes}
    planned = np.zeros((setting.scenario.years, len(setting.codes)))
    for each in setting.scenario.measures:
        if each.kind == "training-posts" and each.programme in named and each.pay == pay:
            planned += setting.amounts(each)
    return planned, setting.came.started[:, programmes].sum(1) if pay == "full" else None
