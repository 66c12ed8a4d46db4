# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The time that is needed of each occupation: people × use of care × time for each use (docs/supply-need.md).

What is computed is the use of care as it is today, carried on to other people in other years: **use is not need**. Who
gets too little today gets too little here as well, but for the shortage that is stated. It is calibrated: at the start
the need of an occupation in a region is what is given there, and that shortage.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from overens.planning.supply import population
from overens.planning.supply.assumed import Assumed
from overens.planning.supply.care import EVERYBODY
from overens.planning.supply.problem import Floats
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Change, Scenario

# What changes the need, in the order that a change of it is told apart by.
CAUSES = ("size", "ages", "use", "transfer", "digital", "productivity", "task-shift")
# What becomes digital, and what grows by itself, where a change does not say which care.
DIGITAL = ("primary", "outpatient", "psychiatric-outpatient")
PSYCHIATRIC = ("psychiatric-outpatient", "psychiatric-inpatient")
PRIMARY = "primary"
POPULATION = ("population-births", "population-mortality", "population-moves")


def hours(
    scenario: Scenario,
    data: Data,
    gather: Floats,
    supply: Floats,
    drawn: Mapping[str, float] | None = None,
    causes: Collection[str] = CAUSES,
) -> Floats:
    """Hours a year [T + 1, O, R] at the start of each period and the end of the last.

    gather[21, R]: which regions of the data each of the scenario's is made of. supply[O, R]: hours a year that are
    given at the start. causes: which of :data:`CAUSES` are let happen; the others stay as at the start.
    """
    assumed = Assumed(scenario, data, drawn)
    times = scenario.first_year + np.arange(scenario.years * scenario.steps + 1) / scenario.steps
    elapsed = times - times[0]
    persons = _persons(scenario, data, gather, assumed, times, causes)
    care = [each.code for each in data.need.care]
    uses: Floats = np.einsum("csa,trsa->tcr", data.need.use, persons)
    spent = uses[:, :, None] * _minutes(data)[:, :, None]  # [T + 1, C, O, R]
    shortage = assumed.everywhere("shortage") @ gather / gather.sum(0)
    scale = supply * (1 + shortage) / spent[0].sum(0)
    regions = _names(data, gather)
    changed = uses.copy()
    if "use" in causes:
        growing = np.array([code != EVERYBODY for code in care]) * assumed.one("use-growth")
        growing[[care.index(code) for code in PSYCHIATRIC]] += assumed.one("use-growth-psychiatric")
        changed *= ((1 + growing) ** elapsed[:, None])[:, :, None]
        for change in _of("use", scenario):
            here = _where(change.care, care)[:, None] * _where(change.regions, regions)
            changed *= 1 + _done(change, times)[:, None, None] * here * (float(change.factor or 1) - 1)
    if "transfer" in causes:
        changed = _transferred(changed, scenario, data, times, regions)
    with np.errstate(invalid="ignore"):
        factor = np.where(uses > 0, changed / uses, 1.0)
    time = spent * factor[:, :, None] * scale
    if "digital" in causes:
        for change in _of("digital", scenario):
            each = float(change.factor) if change.factor is not None else assumed.one("digital-time")
            less = float(change.share or 0) * (1 - each) * _done(change, times)
            time *= 1 - less[:, None, None, None] * _at(change, data, care, regions, DIGITAL)
    if "productivity" in causes:
        time *= ((1 - assumed.one("productivity")) ** elapsed)[:, None, None, None]
        for change in _of("productivity", scenario):
            years = np.clip(times - change.first, 0, change.last + 1 - change.first)
            less = 1 - (1 - float(change.share or 0)) ** years
            time *= 1 - less[:, None, None, None] * _at(change, data, care, regions)
    shifted = time.copy()
    if "task-shift" in causes:
        for change in _of("task-shift", scenario):
            share = float(change.share or 0) * _done(change, times)
            given = time * share[:, None, None, None] * _at(change, data, care, regions)
            shifted -= given
            shifted[:, :, list(data.named((change.to,)))] += given.sum(2, keepdims=True) * float(change.factor or 1)
    needed: Floats = shifted.sum(1)
    return needed


def taken(kind: str, scenario: Scenario, data: Data) -> Floats:
    """The share that changes of a kind (``task-shift``, ``to-primary-care``) move away once they are whole, of time or
    use: [C, O, R], the regions those of the data.
    """
    care, hospital = [each.code for each in data.need.care], [each.code for each in data.need.care if each.hospital]
    total = np.zeros((len(care), len(data.occupations), len(data.regions)))
    for change in _of(kind, scenario):
        otherwise = hospital if kind == "to-primary-care" else ()
        total += float(change.share or 0) * _at(change, data, care, list(data.regions), otherwise)
    return total


def _persons(
    scenario: Scenario, data: Data, gather: Floats, assumed: Assumed, times: Floats, causes: Collection[str]
) -> Floats:
    """[T + 1, R, S, A]; half-years stand between the turns of their years."""
    years = range(scenario.first_year, scenario.first_year + scenario.years + 1)
    values = {name: assumed.one(name) for name in POPULATION}
    turns = np.einsum("yqsa,qr->yrsa", population.at(data.need.population, years, values), gather)
    before, part = np.divmod(times - times[0], 1)
    at = before.astype(int)
    after = np.minimum(at + 1, len(turns) - 1)
    persons: Floats = turns[at] + (turns[after] - turns[at]) * part[:, None, None, None]
    total = persons.sum((2, 3), keepdims=True)
    if "ages" not in causes:
        persons = persons[:1] / total[:1] * total
    if "size" not in causes:
        persons = persons / total * total[:1]
    return persons


def _minutes(data: Data) -> Floats:
    """Minutes for a use [C, O]. An occupation of which none are stated follows the number of inhabitants."""
    minutes = np.array(
        [[data.need.minutes.get((c.code, o.code), 0.0) for o in data.occupations] for c in data.need.care]
    )
    minutes[[each.code == EVERYBODY for each in data.need.care]] += minutes.sum(0) == 0
    return minutes


def _transferred(uses: Floats, scenario: Scenario, data: Data, times: Floats, regions: list[str]) -> Floats:
    """What hospitals no longer do, primary care does instead: ``factor`` visits there for each here."""
    care = [each.code for each in data.need.care]
    hospital = [each.code for each in data.need.care if each.hospital]
    after = uses.copy()
    for change in _of("to-primary-care", scenario):
        here = _where(change.care or hospital, care)[:, None] * _where(change.regions, regions)
        moved = uses * float(change.share or 0) * _done(change, times)[:, None, None] * here
        after -= moved
        after[:, care.index(PRIMARY)] += moved.sum(1) * float(change.factor or 1)
    return after


def _of(kind: str, scenario: Scenario) -> list[Change]:
    return [each for each in scenario.changes if each.kind == kind]


def _done(change: Change, times: Floats) -> Floats:
    """How much of a change is done at each moment: none at the beginning of its first year, all at that of its last."""
    if change.first == change.last:
        return (times >= change.first).astype(float)
    done: Floats = np.clip((times - change.first) / (change.last - change.first), 0, 1)
    return done


def _where(names: Collection[str], all_of_them: Collection[str]) -> Floats:
    """1.0 for what is named, and for all where nothing is."""
    return np.array([float(not names or name in names) for name in all_of_them])


def _at(change: Change, data: Data, care: list[str], regions: list[str], otherwise: Collection[str] = ()) -> Floats:
    """[C, O, R]: 1.0 where a change of the time happens."""
    occupations = np.zeros(len(data.occupations))
    occupations[list(data.named(change.occupations))] = 1
    kinds, places = _where(change.care or otherwise, care), _where(change.regions, regions)
    return kinds[:, None, None] * occupations[:, None] * places


def _names(data: Data, gather: Floats) -> list[str]:
    """The codes of the scenario's regions; what gathers several has one that no change can name."""
    return [data.regions[int(column.argmax())] if column.sum() == 1 else "rest" for column in gather.T]
