# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a sound scenario asks for more than there is: posts without nurses or supervisors, rates above one, persons of
an occupation that nobody has.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from overens.planning.supply import population, rates
from overens.planning.supply.assumed import Assumed, figure_of
from overens.planning.supply.counting import surest
from overens.planning.supply.measures import effects, is_direct
from overens.planning.supply.need import POPULATION
from overens.planning.supply.problem import Floats, Occupation, Programme
from overens.planning.supply.reference import Data, ages
from overens.planning.supply.scenario import Measure, Scenario
from overens.rules.findings import Finding, Refused, error

# What the probability of leaving is worked out from.
LEAVING = ("leaving", "leaving-here", "introduction-leaving")


def check_bounds(scenario: Scenario, data: Data, own: Scenario) -> tuple[Finding, ...]:
    """At the central values, of a scenario that is otherwise in order. own: as its file says it, to be spoken of."""
    assumed = Assumed(scenario, data)
    return (
        *(each for measure in own.measures for each in _measure(measure, scenario, data, assumed)),
        *_abroad(own, data),
        *_population(scenario, data, assumed, own),
        *_leaving(scenario, data, assumed, own),
    )


def _measure(measure: Measure, scenario: Scenario, data: Data, assumed: Assumed) -> Iterator[Finding]:
    at = f"measure[{measure.id}]"
    if measure.kind == "training-posts":
        yield from _posts(measure, at, scenario, data, assumed)
    elif measure.kind in ("foreign-trained", "recruit"):
        yield from _nobody(measure.occupations, f"{at}.occupations", data)
        if measure.kind == "recruit":
            yield from _recruiting(measure, at, data)


def _recruiting(measure: Measure, at: str, data: Data) -> Iterator[Finding]:
    """Each name must have somebody who is employed without an education."""
    direct = {each.target for each in data.educations if is_direct(each.periods)}
    if names := [name for name in measure.occupations if not direct & set(data.named((name,)))]:
        known = sorted(data.occupations[each].code for each in direct)
        yield error("supply-recruit", f"{at}.occupations", names=names, known=known)


def _nobody(names: tuple[str, ...], key: str, data: Data) -> Iterator[Finding]:
    """Persons are shared between occupations by how many there are: of none, nobody comes."""
    if names and not data.counts[list(data.named(names))].any():
        yield error("supply-nobody-of", key, names=list(names))


def _abroad(own: Scenario, data: Data) -> Iterator[Finding]:
    for each in own.parameters:
        if figure_of(each) == "abroad" and each.value:
            yield from _nobody(each.occupations, f"parameter[{each.id}].value", data)


def _posts(measure: Measure, at: str, scenario: Scenario, data: Data, assumed: Assumed) -> Iterator[Finding]:
    """Region by region: more posts a year than there are who may take them up, those of today and of the measures
    before it in the same years included; and posts where nobody can supervise.
    """
    programme = next(each for each in data.programmes if each.code == measure.programme)
    added = _added(measure, scenario, data)
    there = added > 0
    if programme.per_supervisor < np.inf:
        if lacking := _codes(data, there & (data.counts[programme.target].sum((1, 2)) == 0)):
            who = _named(data.occupations[programme.target])
            yield error("supply-no-supervisors", f"{at}.{_where(measure)}", regions=lacking, occupation=who)
    same = [number for number, each in enumerate(data.programmes) if each.source == programme.source]
    targets = [data.programmes[each].target for each in same]
    now = (data.posts[same] * assumed.everywhere("posts")[targets]).sum(0)
    wanted = now + added + _before(measure, programme, scenario, data)
    persons = data.counts[programme.source, :, :, ages(programme.youngest, programme.oldest)].sum((1, 2))
    over = there & (wanted > persons)
    if over.any():
        worst = int(np.argmax(np.where(over, wanted - persons, -np.inf)))
        yield error(
            "supply-more-posts-than-people",
            f"{at}.amount",
            amount=round(float(wanted[worst])),
            persons=int(persons[worst]),
            now=round(float(now[worst])),
            region=data.regions[worst],
            count=int(over.sum()),
            occupation=_named(data.occupations[programme.source]),
        )


def _before(measure: Measure, programme: Programme, scenario: Scenario, data: Data) -> Floats:
    """Posts a year [R] of the measures before this one that ask for the same persons: the most of any of its years."""
    sources = {each.code: each.source for each in data.programmes}
    others = []
    for each in scenario.measures:
        if each.id == measure.id:
            break
        if each.kind == "training-posts" and sources.get(each.programme) == programme.source:
            others.append((each, _added(each, scenario, data)))
    years = range(measure.first, measure.last + 1)
    nothing = np.zeros(len(data.regions))
    by_year = [sum((posts for each, posts in others if each.first <= year <= each.last), nothing) for year in years]
    most: Floats = np.max(by_year, axis=0)
    return most


def _added(measure: Measure, scenario: Scenario, data: Data) -> Floats:
    """What a measure adds a year [R], shared by population."""
    named = measure.regions or scenario.regions or data.regions
    people = data.population * np.isin(data.regions, named)
    added: Floats = float(measure.amount or 0) * people / people.sum()
    return added


def _codes(data: Data, chosen: Floats) -> list[str]:
    return [code for code, is_chosen in zip(data.regions, chosen, strict=True) if is_chosen]


def _named(occupation: Occupation) -> dict[str, str]:
    """By language."""
    return {"sv": occupation.title, "en": occupation.title_en}


def _where(measure: Measure) -> str:
    return "regions" if measure.regions else "programme"


def _population(scenario: Scenario, data: Data, assumed: Assumed, own: Scenario) -> Iterator[Finding]:
    """Only what the scenario itself says of births, deaths and moves can make this so."""
    changed = [each.id for each in own.parameters if figure_of(each) in POPULATION]
    if changed:
        years = range(scenario.first_year, scenario.last_year + 2)
        try:
            population.at(data.need.population, years, {name: assumed.one(name) for name in POPULATION})
        except Refused as refusal:
            for each in refusal.findings:
                yield error(each.code, f"parameter[{changed[-1]}].value", **each.values)


def _leaving(scenario: Scenario, data: Data, assumed: Assumed, own: Scenario) -> Iterator[Finding]:
    """In the first year in which somebody is more than certain to leave."""
    steps = scenario.steps
    level = rates.chance(assumed.by_occupation("leaving")[:, None, None], data.profiles["leaving"], steps)
    here, everybody = assumed.everywhere("leaving-here"), np.eye(len(data.regions))
    for year in range(scenario.first_year, scenario.last_year + 1):
        done = effects(scenario, data, everybody, data.regions, year)
        new = rates.introduced(assumed, done.introduction_leaving, "introduction-leaving")
        found = surest(level, here * done.leaving, new)
        if (found > 1).any():
            occupation, region = np.unravel_index(int(found.argmax()), found.shape)
            yield error(
                "supply-leaving-above-one",
                _changing_leaving(own, year),
                region=data.regions[region],
                year=year,
                percent=round(100 * float(found.max())),
                occupation=_named(data.occupations[occupation]),
            )
            return


def _changing_leaving(own: Scenario, year: int) -> str:
    """The last that the file says of leaving: a measure of that year, else a parameter."""
    measures = [
        f"measure[{each.id}].factor"
        for each in own.measures
        if each.kind in ("retain", "introduction") and each.factor is not None and each.first <= year <= each.last
    ]
    parameters = [f"parameter[{each.id}].value" for each in own.parameters if figure_of(each) in LEAVING]
    return next(iter([*measures[::-1], *parameters[::-1]]), "")
