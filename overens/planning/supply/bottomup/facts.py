# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""All that a plan says in figures and actions, so that it can be frozen, printed, and held against a later one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np

from overens.planning.supply import outcome as out
from overens.planning.supply import pricing
from overens.planning.supply.bottomup.consolidating import Estimate, Line, lines
from overens.planning.supply.bottomup.entries import Action, UnitEntry
from overens.planning.supply.projection import Projection, band
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario
from overens.rules.edition.values import Node

# Years that retirements are added up over.
SPAN = 5
# How different two figures of the model are before a later plan says so, as a share; the runs of one differ as much.
NOTED = 0.02


class PlanAction(Node):
    """An action with the unit that it is of."""

    unit: str
    unit_title: str
    action: Action

    @property
    def key(self) -> str:
        return f"{self.unit}/{self.action.number}"


class Retiring(Node):
    """How many of an occupation retire in each span of years from ``first``, in persons."""

    title: str
    title_en: str
    first: int
    persons: tuple[Estimate, ...]


class Posts(Node):
    """A specialist training in the scenario's years: who begins and who completes."""

    title: str
    title_en: str
    started: Estimate
    completed: Estimate


class Measured(Node):
    """A measure of the scenario and what it costs, whole kronor over the years; None where there is no price for it."""

    title: str
    kind: str
    first: int
    last: int
    kronor: int | None


class Assumption(Node):
    title: str
    value: float
    low: float | None
    high: float | None
    unit: str
    source: str
    status: str


class Computed(Node):
    """What the plan's scenario gave. ``sha256``: of its content; ``synthetic``: whether it stands on made-up data."""

    title: str
    version: int
    sha256: str
    runs: int
    seed: int
    first_year: int
    years: int
    synthetic: bool
    retiring: tuple[Retiring, ...]
    posts: tuple[Posts, ...]
    measures: tuple[Measured, ...]
    assumptions: tuple[Assumption, ...]


class PlanFacts(Node):
    """``silent``: the units that have not answered. ``computed``: None while no scenario is chosen and computed.
    ``made_up``: whether what the units say is, as in a demo.
    """

    organisation: str
    year: int
    abstract: str = ""
    conclusions: str = ""
    lines: tuple[Line, ...]
    actions: tuple[PlanAction, ...]
    units: int
    silent: tuple[str, ...]
    computed: Computed | None = None
    made_up: bool = False

    @property
    def synthetic(self) -> bool:
        """Whether any of it is made up."""
        return self.made_up or (self.computed is not None and self.computed.synthetic)

    @property
    def cost(self) -> int:
        """Of all actions that have a cost, kronor."""
        return sum(each.action.cost or 0 for each in self.actions)


class Standing(Node):
    """A scenario that was computed, as a plan names it."""

    title: str
    version: int


def facts(
    organisation: str,
    region: str,
    year: int,
    units: Sequence[UnitEntry],
    data: Data,
    *,
    texts: tuple[str, str] = ("", ""),
    standing: Standing | None = None,
    scenario: Scenario | None = None,
    projection: Projection | None = None,
    made_up: bool = False,
) -> PlanFacts:
    """region: the code whose column of the projection it is. texts: abstract and conclusions."""
    answered = [each for each in units if each.has_answered]
    computed = None
    if standing and scenario and projection and region in projection.facts.regions:
        computed = _computed(standing, scenario, data, projection, projection.facts.regions.index(region))
    return PlanFacts(
        organisation=organisation,
        year=year,
        abstract=texts[0],
        conclusions=texts[1],
        lines=lines(answered, data.occupations, projection if computed else None, data, region, year),
        actions=tuple(
            PlanAction(unit=unit.unit, unit_title=unit.title, action=each) for unit in answered for each in unit.actions
        ),
        units=len(units),
        silent=tuple(each.title for each in units if not each.has_answered),
        computed=computed,
        made_up=made_up,
    )


def _computed(standing: Standing, scenario: Scenario, data: Data, projection: Projection, column: int) -> Computed:
    of = projection.facts
    kept = projection.by_run
    expected = pricing.happened_in(projection, None)

    def estimate(by_run: np.ndarray, central: float) -> Estimate:
        if not len(by_run):
            return Estimate(middle=central)
        found = band(by_run.astype(float))
        return Estimate(middle=float(found.middle), low=float(found.low), high=float(found.high))

    retired = projection.by_year(projection.expected.flows)[..., column, out.RETIRED]
    retiring = tuple(
        Retiring(
            title=each.title,
            title_en=each.title_en,
            first=of.year,
            persons=tuple(
                estimate(kept.retired[:, at : at + SPAN, row, column].sum(1), float(retired[at : at + SPAN, row].sum()))
                for at in range(0, of.years, SPAN)
            ),
        )
        for row, each in enumerate(of.occupations)
    )
    completed = projection.by_year(projection.expected.posts)[..., column, out.COMPLETED]
    posts = tuple(
        Posts(
            title=each.title,
            title_en=each.title_en,
            started=estimate(kept.started[:, :, row, column].sum(1), float(expected.started[:, row, column].sum())),
            completed=estimate(kept.completed[:, :, row, column].sum(1), float(completed[:, row].sum())),
        )
        for row, each in enumerate(of.programmes)
    )
    costs = pricing.costs(scenario, data, expected)
    measures = tuple(
        Measured(
            title=each.title,
            kind=each.kind,
            first=each.first,
            last=each.last,
            kronor=int(costs.kronor[at, :, column].sum()) if costs.priced[at] else None,
        )
        for at, each in enumerate(costs.measures)
    )
    return Computed(
        title=standing.title,
        version=standing.version,
        sha256=of.scenario_sha256,
        runs=of.runs,
        seed=of.seed,
        first_year=of.year,
        years=of.years,
        synthetic=of.synthetic,
        retiring=retiring,
        posts=posts,
        measures=measures,
        assumptions=tuple(_assumptions(scenario, data)),
    )


def _assumptions(scenario: Scenario, data: Data) -> Iterator[Assumption]:
    """Those of the data, each replaced by the scenario's own of the same id."""
    own = {each.id: each for each in scenario.parameters}
    shipped = {each.id: each for each in data.parameters}
    for each in (shipped | own).values():
        yield Assumption(
            title=each.title,
            value=float(each.value),
            low=None if each.low is None else float(each.low),
            high=None if each.high is None else float(each.high),
            unit=each.unit,
            source=each.source,
            status=each.status,
        )


class Changed(Node):
    """A figure or an action that is other in a later plan. ``what``: the code of its wording (``plan-have``,
    ``plan-need-5``, ``plan-model-gap``, ``action-cost``, …; ``action-new`` and ``action-gone`` of a whole action).
    """

    of: str
    what: str
    before: str = ""
    now: str = ""


def differences(before: PlanFacts, now: PlanFacts) -> tuple[Changed, ...]:
    """What is other in ``now``: figures by occupation, then actions by unit and number."""
    return (*_figures(before, now), *_actions(before, now))


def _figures(before: PlanFacts, now: PlanFacts) -> Iterator[Changed]:
    old, new = ({each.occupation: each for each in facts.lines} for facts in (before, now))
    for code in dict.fromkeys((*old, *new)):
        a, b = old.get(code), new.get(code)
        title = (b or a).title  # type: ignore[union-attr]
        for what, one, other in zip(_WHAT, _entered(a), _entered(b), strict=True):
            if one != other:
                yield Changed(of=title, what=what, before=_said(one), now=_said(other))
        gaps = [each.model_gap if each else None for each in (a, b)]
        if _moved(*gaps):
            yield Changed(of=title, what="plan-model-gap", before=_said(gaps[0]), now=_said(gaps[1]))


_WHAT = ("plan-have", "plan-need-0", "plan-need-1", "plan-need-3", "plan-need-5", "plan-need-10")


def _entered(line: Line | None) -> tuple[Decimal | None, ...]:
    return (line.have, *line.needs) if line else (None,) * len(_WHAT)


def _moved(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return abs(one - other) > max(1.0, NOTED * max(abs(one), abs(other)))


def _actions(before: PlanFacts, now: PlanFacts) -> Iterator[Changed]:
    old, new = ({each.key: each for each in facts.actions} for facts in (before, now))
    for key in dict.fromkeys((*old, *new)):
        a, b = old.get(key), new.get(key)
        if a is None and b is not None:
            yield Changed(of=b.unit_title, what="action-new", now=b.action.title)
        elif b is None and a is not None:
            yield Changed(of=a.unit_title, what="action-gone", before=a.action.title)
        elif a is not None and b is not None:
            one, other = a.action.model_dump(), b.action.model_dump()
            for name in one:
                if one[name] != other[name]:
                    yield Changed(
                        of=f"{b.unit_title}: {b.action.title}",
                        what=f"action-field-{name}",
                        before=_said(one[name]),
                        now=_said(other[name]),
                    )


def _said(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.0f}"
    return "" if value is None else f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
