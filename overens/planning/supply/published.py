# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A projection of the country beside forecasts that have been published.

Where what it stands on is made up the comparison is of the order only: what ships was set until it was near. Sources:
SCB's forecast of 2017 as Läkartidningen told it in December 2017, and Socialstyrelsen's pages, were read; SKR's figures
of 2022 were not read at their source, and what they are shares of (250 000 employed) is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from overens.planning.supply import outcome as out
from overens.planning.supply.problem import REGION, YOUNGEST, Floats
from overens.planning.supply.projection import Projection
from overens.planning.supply.reference import Data

What = Literal[
    "doctors-supply",
    "doctors-need",
    "doctors-abroad",
    "doctors-45",
    "nurses-licensed",
    "retirements",
    "need-health-care",
    "need-older",
]
EMPLOYED = (out.WORKING, out.ABSENT, out.TRAINING)
# Whose need SKR's figure for the regions is of, by group.
HEALTH_CARE = ("doctors", "nurses", "specialist-nurses", "administration", "diagnostics", "rehabilitation")
OLDER = ("assistant-nurse", "care-assistant")


@dataclass(frozen=True)
class Beside:
    """A published figure and the projection's. ``unit``: "share" or "persons" (a year). ``read``: whether the published
    one was read where it is said. ``here``: None where the projection does not reach so far.
    """

    what: What
    unit: Literal["share", "persons"]
    published: float
    source: Literal["scb-2017", "skr-2022", "socialstyrelsen-2020"]
    read: bool
    here: float | None


def beside(projection: Projection, data: Data) -> tuple[Beside, ...]:
    """All of them, in the order of :data:`What`. Of all regions of the projection, the rest of the country included."""
    return tuple(_each(projection, data))


def _each(projection: Projection, data: Data) -> Iterator[Beside]:
    expected, flows = projection.expected, projection.by_year(projection.expected.flows)
    working = projection.at_turns(expected.stocks)[..., EMPLOYED].sum((2, 3))
    need = projection.at_turns(projection.need).sum(2)
    doctors, nurses = list(data.named(["doctors"])), list(data.named(["nurses"]))
    licensed = flows[..., out.LICENSED].sum(2)
    counts = data.counts[doctors].sum((0, 1, 2))
    examined = flows[:, nurses][..., (out.EXAMINED, out.LICENSED)].sum((1, 2, 3)).mean()
    yield Beside("doctors-supply", "share", 0.40, "scb-2017", True, _growth(working[:, doctors], 20))
    yield Beside("doctors-need", "share", 0.35, "scb-2017", True, _growth(need[:, doctors], 20))
    yield Beside("doctors-abroad", "persons", 500, "scb-2017", True, float(licensed[:, doctors].sum(1).mean()))
    older = float(counts[45 - YOUNGEST :].sum() / counts.sum())
    yield Beside("doctors-45", "share", 0.55, "scb-2017", True, older)
    yield Beside("nurses-licensed", "persons", 4944, "socialstyrelsen-2020", True, float(examined))
    yield Beside("retirements", "share", 63_000 / 250_000, "skr-2022", False, _retiring(flows, data))
    health = _growth(need[:, list(data.named(HEALTH_CARE))], 10)
    yield Beside("need-health-care", "share", 22_500 / 250_000, "skr-2022", False, health)
    yield Beside("need-older", "share", 0.30, "skr-2022", True, _growth(need[:, list(data.named(OLDER))], 10))


def _growth(by_occupation: Floats, years: int) -> float | None:
    """Of the sum of [Y + 1, O], from the start to so many years later."""
    if len(by_occupation) <= years:
        return None
    total = by_occupation.sum(1)
    return float(total[years] / total[0] - 1)


def _retiring(flows: Floats, data: Data) -> float | None:
    """Who retire in ten years of those whom the regions employ at the start; flows[Y, O, R, …]."""
    if len(flows) < 10:
        return None
    by_region = data.counts.sum((2, 3))
    employed = (by_region * data.sectors[..., REGION]).sum(1)
    share = np.divide(employed, by_region.sum(1), out=np.zeros_like(employed), where=by_region.sum(1) > 0)
    return float((flows[:10, ..., out.RETIRED].sum((0, 2)) * share).sum() / employed.sum())
