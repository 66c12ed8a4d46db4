# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is done in a year, as changes to the model: one function for each kind of measure (docs/supply-data.md)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from overens.planning.supply.problem import Floats
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario


@dataclass(frozen=True)
class Effects:
    """What the measures of a year change. ``key``: the ids of those that change rates.

    leaving[O, R]: factor. norm_age[O]: years more. full_time[O], less_hired[O]: share a year. sick[O]: factor.
    introduction_*[O]: instead of what is assumed, NaN where nothing is done. posts[P, R], intake[E, R], abroad[O, R]:
    more who begin or come in a year.
    """

    key: tuple[str, ...]
    leaving: Floats
    norm_age: Floats
    full_time: Floats
    less_hired: Floats
    sick: Floats
    introduction_share: Floats
    introduction_months: Floats
    introduction_leaving: Floats
    posts: Floats
    intake: Floats
    abroad: Floats


def effects(scenario: Scenario, data: Data, regions: tuple[str, ...], year: int) -> Effects:
    """What is done in a year."""
    o, r = len(data.occupations), len(regions)
    return Effects(
        key=(),
        leaving=np.ones((o, r)),
        norm_age=np.zeros(o),
        full_time=np.zeros(o),
        less_hired=np.zeros(o),
        sick=np.ones(o),
        introduction_share=np.full(o, np.nan),
        introduction_months=np.full(o, np.nan),
        introduction_leaving=np.full(o, np.nan),
        posts=np.zeros((len(data.programmes), r)),
        intake=np.zeros((len(data.educations), r)),
        abroad=np.zeros((o, r)),
    )
