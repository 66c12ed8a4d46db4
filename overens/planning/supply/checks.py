# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold between the parts of a scenario, and between them and the data that it stands on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from overens.planning.supply import need, reference
from overens.planning.supply.assumed import figure_of
from overens.planning.supply.checks_bounds import check_bounds
from overens.planning.supply.checks_data import check_data
from overens.planning.supply.drawing import CHANGE, SHARES
from overens.planning.supply.measures import ALWAYS, FIGURES, THROUGHOUT
from overens.planning.supply.problem import OLDEST, YOUNGEST
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Change, ChangeKind, Grant, Measure, Parameter, Scenario
from overens.rules.agreement_checks import duplicates
from overens.rules.findings import Finding, error

# Figures that are one for all: they cannot differ between occupations or regions.
FOR_ALL = frozenset(
    (
        *("dying", "parental-months", "sick-months", "abroad-women", "giving-up", "workload"),
        *("language-months", "practice-months", "test-months", "licence-months", "per-student", "per-trainee"),
    )
)
# Figures that may differ between regions.
BY_REGION = frozenset({"leaving-here", "outside", "intake", "posts", "abroad"})
# What lies beyond is in another unit (assumed): hours a week, years instead of an age.
LIKELY = {"full-time-hours": (1_000, 2_500), "norm-age": (YOUNGEST, OLDEST)}
# Which figures a kind of change must have, and which it may.
CHANGES: dict[ChangeKind, tuple[frozenset[str], frozenset[str]]] = {
    "productivity": (frozenset({"share"}), frozenset({"regions", "occupations", "care"})),
    "to-primary-care": (frozenset({"share"}), frozenset({"regions", "care", "factor"})),
    "digital": (frozenset({"share"}), frozenset({"regions", "care", "factor"})),
    "task-shift": (frozenset({"share", "occupations", "to"}), frozenset({"regions", "care", "factor"})),
    "use": (frozenset({"factor"}), frozenset({"regions", "care"})),
}
CHANGES_ALWAYS = frozenset({"id", "title", "title_en", "kind", "first", "last", "source"})


def check(
    scenario: Scenario,
    data: Data | None = None,
    *,
    own: Scenario | None = None,
    keys: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Everything to be mended in a whole scenario. Where two things have one name, only that is said.

    data: what it stands on, else what ships; a code that is not theirs is unknown. own: the scenario as its file says
    it, to be spoken of; keys: those written in the file.
    """
    said = own or scenario
    if found := tuple(duplicates(said.model_dump(by_alias=True, exclude_none=True))):
        return found
    ships, data = data is None, data or reference.data()
    if unknown := [
        error("supply-data-unknown", f"data.{name}", name=named)
        for name, named, there in (
            ("workforce", scenario.data.workforce, data.code),
            ("need", scenario.data.need, data.need.code),
        )
        if named != there
    ]:
        return tuple(unknown)
    if not ships and (unsound := tuple(each for each in check_data(data) if each.level == "error")):
        return unsound
    found = (
        *_years(scenario, data),
        *_known(scenario.regions, "regions", data.regions),
        *(each for parameter in said.parameters for each in _parameter(parameter, scenario, data)),
        *(each for measure in said.measures for each in _measure(measure, scenario, data, keys)),
        *(each for change in said.changes for each in _change(change, scenario, data, keys)),
        *(each for grant in said.grants for each in _grant(grant, data)),
    )
    return found or (*_taken_twice(scenario, data), *check_bounds(scenario, data, said))


def _taken_twice(scenario: Scenario, data: Data) -> Iterator[Finding]:
    """More than all of somebody's time, or of some care, is moved away."""
    for kind in ("task-shift", "to-primary-care"):
        taken = float(need.taken(kind, scenario, data).max())
        if taken > 1 + 1e-9:
            last = [each.id for each in scenario.changes if each.kind == kind][-1]
            yield error("supply-taken-twice", f"change[{last}].share", percent=round(100 * taken))


def _years(scenario: Scenario, data: Data) -> Iterator[Finding]:
    if scenario.first_year != data.year:
        yield error("supply-first-year", "first_year", year=data.year, data=data.code)


def _known(names: Iterable[str], key: str, known: Collection[str]) -> Iterator[Finding]:
    for name in names:
        if name not in known:
            yield error("supply-unknown", key, name=name, known=sorted(known))


def _occupations(data: Data) -> set[str]:
    """What an occupation or a group of them goes by."""
    return {each.code for each in data.occupations} | {each.code for each in data.groups}


def _parameter(parameter: Parameter, scenario: Scenario, data: Data) -> Iterator[Finding]:
    at = f"parameter[{parameter.id}]"
    figures = {figure_of(each): each for each in reversed(data.parameters)}
    figure = figure_of(parameter)
    if figure not in figures:
        yield error("supply-unknown", f"{at}.id", name=figure, known=sorted(figures))
        return
    unit = figures[figure].unit
    if parameter.unit not in ("", unit):
        yield error("supply-unit", f"{at}.unit", unit=parameter.unit, right=unit)
    yield from _known(parameter.occupations, f"{at}.occupations", _occupations(data))
    yield from _known(parameter.regions, f"{at}.regions", data.regions)
    if parameter.occupations and figure in FOR_ALL:
        yield error("supply-figure-for-all", f"{at}.occupations", name=figure)
    if parameter.regions and figure in {figure_of(each) for each in reference.supply_parameters()} - BY_REGION:
        yield error("supply-figure-not-by-region", f"{at}.regions", name=figure, known=sorted(BY_REGION))
    yield from _interval(parameter, at, unit)


def _interval(parameter: Parameter, at: str, unit: str) -> Iterator[Finding]:
    low, high = parameter.low, parameter.high
    if parameter.shape == "fixed":
        if low is not None or high is not None:
            yield error("supply-interval-fixed", f"{at}.shape")
    elif low is None or high is None:
        yield error("supply-interval-missing", f"{at}.shape", shape=parameter.shape)
    elif not low <= parameter.value <= high or low == high:
        yield error("supply-interval-order", f"{at}.low", low=low, value=parameter.value, high=high)
    elif parameter.shape == "log-normal" and low <= 0:
        yield error("supply-interval-positive", f"{at}.low")
    elif parameter.shape == "beta" and not (low > 0 and high < 1):
        yield error("supply-interval-within", f"{at}.low")
    values = [each for each in (parameter.value, low, high) if each is not None]
    if unit in SHARES and not all(0 <= each <= 1 for each in values):
        yield error("supply-share", f"{at}.value", value=next(each for each in values if not 0 <= each <= 1))
    elif unit == CHANGE and not all(-1 < each < 1 for each in values):
        yield error("supply-change", f"{at}.value", value=next(each for each in values if not -1 < each < 1))
    elif unit != CHANGE and any(each < 0 for each in values):
        yield error("supply-negative", f"{at}.value", value=min(values))
    elif unit == "months" and any(each == 0 for each in values):
        yield error("supply-no-time", f"{at}.value")
    elif figure_of(parameter) in LIKELY and not all(
        LIKELY[figure_of(parameter)][0] <= each <= LIKELY[figure_of(parameter)][1] for each in values
    ):
        least, most = LIKELY[figure_of(parameter)]
        yield error("supply-other-unit", f"{at}.value", value=parameter.value, unit=unit, least=least, most=most)


def _measure(measure: Measure, scenario: Scenario, data: Data, keys: Collection[str]) -> Iterator[Finding]:
    at, figures = f"measure[{measure.id}]", FIGURES[measure.kind]
    for name in sorted(figures.needs):
        if getattr(measure, name) in (None, "", ()):
            yield error("supply-figure-missing", f"{at}.{name}", kind=measure.kind, name=name)
    allowed = figures.needs | figures.may | ALWAYS
    for name in sorted(set(Measure.model_fields) - allowed):
        if f"{at}.{name}" in keys or getattr(measure, name) not in (None, "", (), "full"):
            yield error("supply-figure-not-taken", f"{at}.{name}", kind=measure.kind, name=name, known=sorted(allowed))
    yield from _known(filter(None, [measure.programme]), f"{at}.programme", {each.code for each in data.programmes})
    yield from _known(filter(None, [measure.education]), f"{at}.education", {each.code for each in data.educations})
    yield from _known(filter(None, [measure.grant]), f"{at}.grant", {each.id for each in scenario.grants})
    yield from _known(measure.occupations, f"{at}.occupations", _occupations(data))
    yield from _known(measure.regions, f"{at}.regions", scenario.regions or data.regions)
    yield from _when(measure, at, scenario)
    yield from _numbers(measure, at)
    if measure.kind == "supervisors" and bool(measure.programme) == bool(measure.education):
        yield error("supply-supervisors-of", at)


def _when(thing: Measure | Change, at: str, scenario: Scenario) -> Iterator[Finding]:
    first, last = scenario.first_year, scenario.last_year
    if thing.last < thing.first:
        yield error("supply-years-order", f"{at}.last", first=thing.first, last=thing.last)
    elif isinstance(thing, Measure) and thing.kind in THROUGHOUT and (thing.first > first or thing.last < last):
        yield error("supply-throughout", f"{at}.first", kind=thing.kind, first=first, last=last)
    elif thing.last < first or thing.first > last:
        yield error("supply-years-outside", f"{at}.first", first=first, last=last)
    elif isinstance(thing, Measure) and thing.first < first and thing.kind not in THROUGHOUT:
        # What was done before the start is in the data, or is nowhere.
        yield error("supply-before-the-start", f"{at}.first", first=first)


def _numbers(thing: Measure | Change, at: str) -> Iterator[Finding]:
    """Negative, or no share of a whole."""
    for name in ("amount", "factor", "per_supervisor", "months", "cost"):
        value = getattr(thing, name, None)
        if value is not None and value < 0:
            yield error("supply-negative", f"{at}.{name}", value=value)
    if thing.share is not None and not 0 <= thing.share <= 1:
        yield error("supply-share", f"{at}.share", value=thing.share)
    if getattr(thing, "months", None) == 0:
        yield error("supply-no-time", f"{at}.months")


def _change(change: Change, scenario: Scenario, data: Data, keys: Collection[str]) -> Iterator[Finding]:
    at, (needs, may) = f"change[{change.id}]", CHANGES[change.kind]
    for name in sorted(needs):
        if getattr(change, name) in (None, "", ()):
            yield error("supply-figure-missing", f"{at}.{name}", kind=change.kind, name=name)
    allowed = needs | may | CHANGES_ALWAYS
    for name in sorted(set(Change.model_fields) - allowed):
        if getattr(change, name) not in (None, "", ()):
            yield error("supply-figure-not-taken", f"{at}.{name}", kind=change.kind, name=name, known=sorted(allowed))
    occupations = _occupations(data)
    yield from _known(change.occupations, f"{at}.occupations", occupations)
    yield from _known(filter(None, [change.to]), f"{at}.to", {each.code for each in data.occupations})
    yield from _known(change.regions, f"{at}.regions", scenario.regions or data.regions)
    yield from _known(change.care, f"{at}.care", {each.code for each in data.need.care})
    if change.to and not set(change.occupations) - occupations:
        gives = {data.occupations[each].code for each in data.named(change.occupations)} if change.occupations else ()
        if change.to in gives:
            yield error("supply-shift-to-itself", f"{at}.to", name=change.to)
    yield from _when(change, at, scenario)
    yield from _numbers(change, at)


def _grant(grant: Grant, data: Data) -> Iterator[Finding]:
    at = f"grant[{grant.id}]"
    if not grant.amounts and not (grant.agreement and grant.pot):
        yield error("supply-grant-without-sum", at)
    if bool(grant.agreement) != bool(grant.pot):
        yield error("supply-grant-pot", f"{at}.{'agreement' if grant.agreement else 'pot'}")
    yield from _known(grant.amounts, f"{at}.amounts", data.regions)
    for region, amount in grant.amounts.items():
        if amount < 0:
            yield error("supply-negative", f"{at}.amounts.{region}", value=amount)
