# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the need is computed from: people, how much care they use, and how much time each use takes.

Read from the tables in ``overens/reference/planning/need``; ``tables.toml`` there says where each comes from. Whoever
brings tables of their own gives another :class:`NeedData`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from scipy import optimize

from overens.planning.supply.population import ALL_AGES, Population, a_year
from overens.planning.supply.problem import SEXES, Floats
from overens.rules.statistics.shipped import shipped as population_series

SHIPPED = Path(__file__).parents[2] / "reference" / "planning" / "need"
# Counts of every region; each stands for the turn of the year two months later. In between: a straight line.
SERIES = ("recovered-2016", "scb-2019-11-01", "recovered-2021", "recovered-2022", "recovered-2023-november")
FIRST_KNOWN, LAST_KNOWN, RECENT = 2018, 2024, 4
# Women and men on 31 December 2017.
COUNTED = (5_037_580, 5_082_662)
# What an occupation follows of which no time is stated: the number of inhabitants.
EVERYBODY = "everybody"


@dataclass(frozen=True)
class Care:
    """A kind of care and what its use is counted in. ``hospital``: what primary care can take over from."""

    code: str
    title: str
    title_en: str
    unit: str
    unit_en: str
    hospital: bool = False


@dataclass(frozen=True)
class NeedData:
    """use[C, S, A]: uses a year for each inhabitant. minutes: of an occupation's time for a use, by care and
    occupation. ``synthetic``: which of population, use and minutes are made up, if likely, at least in part.
    ``code``: as a scenario names it.
    """

    population: Population
    care: tuple[Care, ...]
    use: Floats
    minutes: Mapping[tuple[str, str], float]
    synthetic: frozenset[str] = frozenset({"population", "use", "minutes"})
    code: str = "synthetic"


@cache
def shipped() -> NeedData:
    """What ships: made up but likely, marked so."""
    care = tuple(
        Care(row["code"], row["title"], row["title_en"], row["unit"], row["unit_en"], row["hospital"] == "yes")
        for row in _rows("care")
    )
    use = np.zeros((len(care), len(SEXES), ALL_AGES))
    codes = [each.code for each in care]
    for row in _rows("use"):
        kind, sex = codes.index(row.pop("care")), SEXES.index(row.pop("sex"))
        for start, figure in row.items():
            use[kind, sex, int(start) :] = float(figure)
    minutes = {(row["care"], row["occupation"]): float(row["minutes"]) for row in _rows("minutes")}
    return NeedData(_population(), care, use, minutes)


def _population() -> Population:
    """The regions' counted totals, with ages as in the country on 31 December 2017, more or fewer old as the mean age
    of each says, carried on by births and deaths. What is then left of the counted growth is net moves.
    """
    dying, births, shape = _dying(), _spans("births", ("births",))[0] / 1000, _spans("moves", SEXES)
    shape /= shape.sum()
    regions, totals = _totals()
    national = _national()
    means = {row["lanskod"]: float(row["mean_age"]) for row in _rows("mean_ages")}
    raw = np.array([means[region] for region in regions])
    ages = np.arange(ALL_AGES)
    offset = float((national.sum(0) @ ages) - raw @ totals[0] / totals[0].sum())
    known = [np.stack([_older(national, mean + offset) * total for mean, total in zip(raw, totals[0], strict=True)])]
    moves = []
    for total in totals[1:]:
        stayed = a_year(known[-1], 1 - dying, births)
        moves.append(total - stayed.sum((1, 2)))
        known.append(stayed + moves[-1][:, None, None] * shape)
    recent: Floats = np.mean(moves[-RECENT:], axis=0)
    return Population(FIRST_KNOWN, regions, np.stack(known), dying, births, shape, recent)


def _totals() -> tuple[tuple[str, ...], Floats]:
    """The regions, and how many live in each at the turn of each known year: [Y, R]."""
    series = [population_series()[code] for code in SERIES]
    regions = tuple(sorted(cell.unit for cell in series[-1].values if cell.unit != "00"))
    counted = [{cell.unit: value for cell, value in each.values.items()} for each in series]
    times = [date.fromisoformat(next(iter(each.values)).time).year + 1 for each in series]
    years = range(FIRST_KNOWN, LAST_KNOWN + 1)
    totals = [np.interp(years, times, [float(each[region] or 0) for each in counted]) for region in regions]
    return regions, np.stack(totals, axis=1)


def _national() -> Floats:
    """The share of all who are of each sex and age [S, A]: assumed within each group of ages, whose share is read."""
    national = _spans("ages", SEXES)
    for row in _rows("age_groups"):
        span = slice(int(row["from"]), int(row["to"]) + 1)
        for at, (sex, counted) in enumerate(zip(SEXES, COUNTED, strict=True)):
            national[at, span] *= float(row[sex]) * counted / national[at, span].sum()
    national /= national.sum()
    return national


def _older(national: Floats, mean: float) -> Floats:
    """The national structure, tilted so that the mean age is this."""
    ages = np.arange(ALL_AGES)

    def tilted(by: float) -> Floats:
        weights: Floats = national * np.exp(by * (ages - mean))
        weights /= weights.sum()
        return weights

    return tilted(optimize.brentq(lambda by: float(tilted(by).sum(0) @ ages) - mean, -0.1, 0.1))


def _dying() -> Floats:
    """The probability of dying in a year [S, A], straight on a logarithmic scale between the ages of the table."""
    rows = list(_rows("dying"))
    stated = [float(row["age"]) for row in rows]
    return np.stack(
        [np.exp(np.interp(range(ALL_AGES), stated, np.log([float(row[sex]) / 1000 for row in rows]))) for sex in SEXES]
    )


def _spans(name: str, columns: Sequence[str]) -> Floats:
    """A table by spans of ages, as [column, A]: the figure holds for every year of its span."""
    spread = np.zeros((len(columns), ALL_AGES))
    for row in _rows(name):
        spread[:, int(row["from"]) : int(row["to"]) + 1] = [[float(row[column])] for column in columns]
    return spread


def _rows(name: str) -> Iterable[dict[str, str]]:
    with (SHIPPED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
