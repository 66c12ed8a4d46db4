# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Real tables laid over the data that ship: what a table has takes the place of what is made up, the rest stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from overens.planning.supply.importing.comparing import newest
from overens.planning.supply.importing.counts import Counts
from overens.planning.supply.importing.spreading import Shape
from overens.planning.supply.problem import SECTORS
from overens.planning.supply.reference import Data, whole


def shape(data: Data) -> Shape:
    """What is used now, by occupation, region and sector."""
    return Shape(
        data.occupations,
        data.regions,
        {
            (occupation.code, region, sector): data.counts[o, r] * data.sectors[o, r, s]
            for o, occupation in enumerate(data.occupations)
            for r, region in enumerate(data.regions)
            for s, sector in enumerate(SECTORS)
            if data.sectors[o, r, s]
        },
    )


def laid(data: Data, counts: Counts, *, code: str, title: str) -> Data:
    """Of each occupation and region the last year that the table has. A cell is real (not ``synthetic``) when the table
    has every sector that there is of it; else the others stay as they are made up. The shares of the sectors become
    those that it then has.
    """
    rows = {each.code: at for at, each in enumerate(data.occupations)}
    columns = {region: at for at, region in enumerate(data.regions)}
    blocks = data.counts[:, :, None] * data.sectors[..., None, None]
    real = data.sectors == 0
    touched = np.zeros(blocks.shape[:2], dtype=bool)
    for place, persons in newest(counts).items():
        if place.occupation not in rows or place.region not in columns:
            continue
        at = rows[place.occupation], columns[place.region], SECTORS.index(place.sector)
        blocks[at], real[at], touched[at[:2]] = persons, True, True
    sums = blocks.sum((3, 4))
    known = np.where(touched[..., None], sums.sum(-1, keepdims=True), 0)
    return replace(
        data,
        code=code,
        title=title,
        title_en=title,
        counts=np.where(touched[..., None, None], whole(blocks.sum(2), axes=2), data.counts),
        synthetic=data.synthetic & ~(touched & real.all(-1)),
        sectors=np.where(known > 0, sums / np.where(known > 0, known, 1), data.sectors),
    )
