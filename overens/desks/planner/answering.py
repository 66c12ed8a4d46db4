# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scenario is expected to give, while it is being written: with its measures and without them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from overens.desks.planner.shown_tables import rounded
from overens.desks.saying import language, picture
from overens.planning.supply import cohort
from overens.planning.supply import outcome as out
from overens.planning.supply.building import REST, build
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.problem import Floats, Problem
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario
from overens.rules.edition.charts import Lines, Point, Series
from overens.rules.findings import refuse

# So many regions are answered at once; for more, the answer is a run's.
MOST_REGIONS = 4
KEPT = 24
SHOWN = 8
# Full-time equivalents that make a difference worth showing.
SMALLEST = 0.5
TITLES = ("title", "title_en")


@dataclass(frozen=True)
class _Asked:
    """What an expectation hangs on, by its hash."""

    digest: str
    scenario: Scenario = field(compare=False)
    data: Data = field(compare=False)


@lru_cache(KEPT)
def _expected(asked: _Asked) -> tuple[Problem, Outcome]:
    problem = build(asked.scenario, asked.data)
    return problem, cohort.expected(problem)


def expected(scenario: Scenario, data: Data, digest: str) -> tuple[Problem, Outcome]:
    """The expectation, computed once. digest: that of the data."""
    return _expected(_Asked(f"{scenario.model_dump_json(by_alias=True)}/{digest}", scenario, data))


def answer(scenario: Scenario, data: Data, digest: str, occupation: str = "") -> dict[str, Any]:
    """For the page: the gap by occupation first and last, a curve of one of them, posts, and who comes of them.

    occupation: whose curve; else the one that the measures change the most, or that lacks the most.
    """
    if not 0 < len(scenario.regions) <= MOST_REGIONS:
        return {"in_runs_only": True}
    try:
        problem, done = expected(scenario, data, digest)
        _same, undone = expected(scenario.model_copy(update={"measures": ()}), data, digest)
    except KeyError as unknown:
        refuse("supply-unknown", "measure", name=str(unknown.args[0]), known=[])
    own = [at for at, region in enumerate(problem.regions) if region != REST]
    gap, without = (_gap(problem, each, own) for each in (done, undone))
    change = gap[-1] - without[-1]
    order = sorted(range(len(problem.occupations)), key=lambda o: (-abs(change[o]) // SMALLEST, -gap[-1, o]))
    codes = [each.code for each in problem.occupations]
    at = codes.index(occupation) if occupation in codes else order[0]
    return {
        "is_done": bool(scenario.measures),
        "first": problem.year,
        "last": problem.year + problem.periods // problem.steps,
        "rows": [_row(problem, gap, without, o) for o in order[:SHOWN]],
        "sum": {"first": _whole(gap[0].sum()), "without": _whole(without[-1].sum()), "last": _whole(gap[-1].sum())},
        "occupations": [(each.code, said(each)) for each in problem.occupations],
        "occupation": codes[at],
        "chart": _chart(problem, gap[:, at], without[:, at], said(problem.occupations[at]), bool(scenario.measures)),
        "posts": _posts(problem, done, undone, own),
        "specialised": _whole(_flow(done, own, out.SPECIALISED) - _flow(undone, own, out.SPECIALISED)),
        "examined": _whole(_flow(done, own, out.EXAMINED) - _flow(undone, own, out.EXAMINED)),
    }


def _gap(problem: Problem, outcome: Outcome, own: list[int]) -> Floats:
    """Full-time equivalents that are lacking at the turn of each year, by occupation [Y + 1, O]."""
    full_time = np.array([each.full_time for each in problem.occupations])
    lacking = (problem.need - outcome.hours)[:: problem.steps, :, own].sum(-1)
    found: Floats = lacking / full_time
    return found


def _flow(outcome: Outcome, own: list[int], flow: int) -> float:
    return float(outcome.flows[:, :, own, flow].sum())


def _row(problem: Problem, gap: Floats, without: Floats, o: int) -> dict[str, Any]:
    return {
        "title": said(problem.occupations[o]),
        "first": _whole(gap[0, o]),
        "without": _whole(without[-1, o]),
        "last": _whole(gap[-1, o]),
        "change": _whole(gap[-1, o]) - _whole(without[-1, o]),
    }


def _posts(problem: Problem, done: Outcome, undone: Outcome, own: list[int]) -> list[dict[str, Any]]:
    """Of each programme that anything is done about: paid for, taken up and completed, over all the years."""
    found = []
    for p, programme in enumerate(problem.programmes):
        with_, less = (each.posts[:, p, own].sum((0, 1)) for each in (done, undone))
        if abs(with_[out.FUNDED] - less[out.FUNDED]) < SMALLEST:
            continue
        found.append(
            {
                "title": said(programme),
                "funded": _whole(with_[out.FUNDED]),
                "started": _whole(with_[out.STARTED]),
                "completed": _whole(with_[out.COMPLETED]),
                "more": _whole(with_[out.COMPLETED] - less[out.COMPLETED]),
                "is_bound": with_[out.STARTED] < with_[out.FUNDED] - SMALLEST,
            }
        )
    return found


def _chart(problem: Problem, gap: Floats, without: Floats, title: str, is_done: bool) -> Any:
    years = tuple(str(problem.year + year) for year in range(len(gap)))
    drawn = [(_("Med åtgärderna") if is_done else _("Heltider som saknas"), gap)]
    drawn += [(_("Utan åtgärderna"), without)] if is_done else []
    series = tuple(
        Series(name=name, points=tuple(Point(number=float(rounded(each))) for each in line)) for name, line in drawn
    )
    alt = _("Heltider som saknas: %(title)s") % {"title": title}
    return picture(Lines(years=years, series=series, unit=_("heltider")), alt, 520)


def said(thing: Any) -> str:
    """A title in the page's language."""
    return str((language() == "en" and thing.title_en) or thing.title)


def _whole(number: float) -> int:
    return round(float(number))
