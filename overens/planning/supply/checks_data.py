# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold of the data that scenarios stand on, whoever they come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from overens.planning.supply.problem import YOUNGEST
from overens.planning.supply.reference import Data
from overens.planning.supply.sound import CLOSE
from overens.rules.findings import Finding, error

# Of so many there are some of every age.
MANY = 1_000


def check_data(data: Data) -> tuple[Finding, ...]:
    """Errors are to be mended before anything is computed; warnings say what will be strange in the outcome."""
    return (*_persons(data), *_sectors(data), *_programmes(data), *_need(data), *_gaps(data))


def _persons(data: Data) -> Iterator[Finding]:
    for at, occupation in enumerate(data.occupations):
        counts = data.counts[at]
        if (counts < 0).any():
            yield error("supply-persons-negative", f"occupation[{occupation.code}]", value=float(counts.min()))
        elif (counts != np.rint(counts)).any():
            yield error("supply-persons-not-whole", f"occupation[{occupation.code}]", occupation=occupation.title)


def _sectors(data: Data) -> Iterator[Finding]:
    for occupation, shares in zip(data.occupations, data.sectors, strict=True):
        wrong = (abs(shares.sum(-1) - 1) > CLOSE) | (shares < 0).any(-1)
        if wrong.any():
            total = round(float(shares[wrong][0].sum()), 4)
            yield error("supply-shares-sum", f"occupation[{occupation.code}]", sum=total)
    for education in data.educations:
        if abs(education.sectors.sum() - 1) > CLOSE or (education.sectors < 0).any():
            total = round(float(education.sectors.sum()), 4)
            yield error("supply-shares-sum", f"education[{education.code}]", sum=total)


def _programmes(data: Data) -> Iterator[Finding]:
    for programme in data.programmes:
        if programme.source == programme.target:
            yield error("supply-programme-to-itself", f"programme[{programme.code}]", name=programme.title)


def _need(data: Data) -> Iterator[Finding]:
    """Who is cared for, how much and how long: nothing negative, somebody everywhere, and care for whoever has time."""
    need = data.need
    for name, figures in (
        ("population", need.population.known),
        ("use", need.use),
        ("minutes", np.array([*need.minutes.values(), 0.0])),
    ):
        if not np.isfinite(figures).all() or (figures < 0).any():
            yield error("supply-need-table", f"need.{name}", table=name)
    for empty in np.flatnonzero(need.population.known[-1].sum((1, 2)) <= 0):
        yield error("supply-need-nobody", "need.population", region=need.population.regions[empty])
    used = {each.code for each, rows in zip(need.care, need.use, strict=True) if rows.any()}
    for occupation in data.occupations:
        timed = {care: each for (care, code), each in need.minutes.items() if code == occupation.code and each}
        if timed and not used & set(timed):
            yield error("supply-need-unused", f"occupation[{occupation.code}]", occupation=occupation.title)


def _gaps(data: Data) -> Iterator[Finding]:
    """Regions without anybody of an occupation, and ages that hardly can be without anybody in the country: of the nine
    tenths in the middle of a large occupation."""
    for at, occupation in enumerate(data.occupations):
        by_region = data.counts[at].sum((1, 2))
        for empty in np.flatnonzero(by_region == 0):
            found = error(
                "supply-nobody-here",
                f"occupation[{occupation.code}]",
                occupation=occupation.title,
                region=data.regions[empty],
            )
            yield replace(found, level="warning")
        by_age = data.counts[at].sum((0, 1))
        if by_age.sum() > MANY:
            first, last = np.searchsorted(np.cumsum(by_age) / by_age.sum(), (0.05, 0.95))
            missing = np.flatnonzero(by_age[first:last] == 0) + first + YOUNGEST
            if missing.size:
                found = error(
                    "supply-ages-missing",
                    f"occupation[{occupation.code}]",
                    occupation=occupation.title,
                    ages=[int(each) for each in missing],
                )
                yield replace(found, level="warning")
