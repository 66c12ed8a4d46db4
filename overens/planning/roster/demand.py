# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From hours a week of a competence to how many are to be on each shift: a staffing curve, and the least cover of it.

Axes: ``H`` half-hour of the week from Monday 00.00, by the clock; ``D`` day of the week; ``S`` shift of the ward. A
shift that goes on into the next day covers that day's half-hours, Sunday's those of Monday. The unpaid break is spread
over the shift (assumed): who is on a shift with a break of a tenth is there to nine tenths.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, Literal

import numpy as np
import tomlkit
from pydantic import Field, ValidationError

from overens.planning.mix.plan import Plan as Mixed
from overens.planning.production.files import PlanFile
from overens.planning.production.problem import monday
from overens.planning.roster.building import length
from overens.planning.roster.instance import Real, Whole
from overens.planning.roster.problem import WEEKDAYS, Roster, Weekday
from overens.planning.values import Headed, Number, Status
from overens.rules import reading
from overens.rules.findings import Finding, Refused, error, refuse
from overens.rules.values import Table

SHIPPED = Path(__file__).parents[2] / "reference" / "planning" / "activity"
HALF = 30
DAY = 24 * 60
OF_DAY = DAY // HALF
WEEK = 7 * OF_DAY
# Development time and being on call are no cover of work that is planned (assumed).
COVERING = ("day", "evening", "night")
# So little, as a part of somebody, is nobody.
NOBODY = 1e-6
# What is to be there at least, as a share of the curve, where nothing is said (assumed).
LEAST = 0.8


class Part(Table):
    """``weight`` is added to each half-hour from ``start`` to ``end`` of ``days`` (all, where none is said)."""

    days: tuple[Weekday, ...] = ()
    start: time
    end: time
    weight: Number


class Profile(Headed):
    """When in the week the work is to be done: half-hours by their share of all weights."""

    kind: Literal["activity-profile"]
    parts: tuple[Part, ...] = Field(alias="part", default=())
    source: str = "not stated"
    address: str = ""
    passage: str = ""
    status: Status = "assumed"


@dataclass(frozen=True)
class Staffing:
    """Of one competence. ``curve[H]``: how many are needed; ``least[D, S]`` and ``wanted[D, S]``: how many on each
    shift; ``covered[H]``: how many there are of those wanted, breaks taken off. ``profile``: its id.
    """

    competence: str
    profile: str
    hours: float
    curve: Real
    least: Whole
    wanted: Whole
    covered: Real

    @property
    def under(self) -> Real:
        return np.maximum(self.curve - self.covered, 0.0)

    @property
    def over(self) -> Real:
        return np.maximum(self.covered - self.curve, 0.0)


def profiles() -> tuple[str, ...]:
    """The ids of those that ship."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def profile(source: Path | str) -> tuple[Profile | None, tuple[Finding, ...]]:
    """The profile in a file (a Path) or a text (a str), and what is to be mended; None where anything is."""
    text = reading.text_of(source, profiles()) if isinstance(source, Path) else source
    if isinstance(text, Finding):
        return None, (text,)
    return reading.read_as(text, Profile, lambda read, _: _check(read))


def shipped(id: str) -> Profile:
    """Raises Refused where none goes by this id."""
    found, findings = profile(SHIPPED / f"{id}.toml")
    if found is None:
        raise Refused(*findings)
    return found


def _check(found: Profile) -> list[Finding]:
    if found.status == "verified" and not (found.address and found.passage):
        return [error("roster-rule-read", "status")]
    wrong = [
        error("demand-clock", f"part[#{row}].{name}", time=f"{at:%H.%M}")
        for row, part in enumerate(found.parts, start=1)
        for name, at in (("start", part.start), ("end", part.end))
        if _clock(at) % HALF or at.second
    ]
    wrong += [
        error("demand-weight", f"part[#{row}].weight", value=str(part.weight))
        for row, part in enumerate(found.parts, start=1)
        if not 0 < part.weight <= 1_000_000
    ]
    return wrong or ([] if found.parts else [error("demand-no-part", "part")])


def weights(of: Profile) -> Real:
    """[H], adding up to one."""
    found = np.zeros(WEEK)
    for part in of.parts:
        first, last = _clock(part.start) // HALF, _clock(part.end) // HALF
        last += OF_DAY * (last <= first)
        for day in part.days or WEEKDAYS:
            at = OF_DAY * WEEKDAYS.index(day) + np.arange(first, last)
            found[at % WEEK] += float(part.weight)
    return np.asarray(found / found.sum())


def hours_of(text: str, first: date, weeks: int) -> dict[str, float]:
    """Hours a week of each competence of a plan of production (on average over those of its weeks that are in the
    period; hired hours are in) or of the mix (whose weeks are all alike).

    Raises Refused: ``demand-plan-unreadable``; ``demand-plan-elsewhere``, where the plan has none of the weeks.
    """
    try:
        data = json.loads(text)
        if "prices" in data:
            mix = Mixed.model_validate_json(json.dumps(data["plan"]))
            return {each.competence: each.used + each.for_patients for each in mix.staff}
        plan = PlanFile.model_validate_json(text)
    except (ValueError, TypeError, KeyError, RecursionError, ValidationError) as problem:
        refuse("demand-plan-unreadable", "plan", message=str(problem).splitlines()[0][:200])
    begun = [monday(each) for each in plan.axes.weeks]
    within = [at for at, day in enumerate(begun) if day and first <= day < first + timedelta(weeks=weeks)]
    if not within:
        said = {"first": plan.axes.weeks[0], "last": plan.axes.weeks[-1]}
        refuse("demand-plan-elsewhere", "plan", title=plan.title, **said)
    worked = np.sum([plan.plan.ordinary, plan.plan.overtime, plan.plan.hired], axis=0)
    mean = worked[within].mean(axis=0)
    return dict(zip(plan.axes.competences, mean.round(4).tolist(), strict=True))


def staffing(
    ward: Roster, competence: str, hours: float, of: Profile, least: float = LEAST, short: float = 0, seconds: float = 5
) -> Staffing:
    """The fewest hours of work on the ward's shifts that cover the curve in every half-hour, less at most ``short``
    persons (``wanted``), and that cover the share ``least`` of that with some of those (``least``). Half-hours that no
    shift reaches stay short.

    The same, always, where the time is enough. Raises Refused: ``demand-no-shift``; ``program-none-in-time``.
    """
    if hours < 0 or short < 0 or not 0 <= least <= 1:
        raise ValueError(f"{hours} hours, at least {least} of them, {short} short")
    reach = _reach(ward, competence)
    if not reach.any():
        refuse("demand-no-shift", "competence", competence=competence)
    curve = hours * 60 / HALF * weights(of)
    asked = np.maximum(curve - short, 0.0)
    wanted = _fewest(ward, reach, asked, None, seconds)
    fewest = _fewest(ward, reach, asked * least, wanted, seconds)
    covered = np.einsum("ds,dsh->h", wanted, reach)
    return Staffing(competence, of.id, hours, curve, fewest, wanted, covered)


def _reach(ward: Roster, competence: str) -> Real:
    """[D, S, H]: the part of a half-hour that somebody on a shift of a day is at work."""
    reach = np.zeros((7, len(ward.shifts), WEEK))
    for at, shift in enumerate(ward.shifts):
        if shift.kind not in COVERING or (shift.competences and competence not in shift.competences):
            continue
        minute = np.zeros(7 * DAY)
        minute[np.arange(_clock(shift.start), _clock(shift.start) + length(shift))] = 1 - shift.break_ / length(shift)
        for day in range(7):
            reach[day, at] = np.roll(minute, day * DAY).reshape(WEEK, HALF).mean(axis=1)
    return reach


def _fewest(ward: Roster, reach: Real, curve: Real, most: Whole | None, seconds: float) -> Whole:
    """[D, S]: at most ``most``, where that is said."""
    days, shifts, _ = reach.shape
    bound = np.where(reach.any(axis=2), np.inf if most is None else most, 0)
    # Of those that are alike in hours, the fewest shifts.
    cost = np.array([length(each) - each.break_ + 1 for each in ward.shifts], float)
    # Pages that show what it covers need no solver.
    from overens.planning.program import Program, solve

    program = Program()
    number = program.columns(days, shifts, cost=cost[None, :], upper=bound, whole=True)
    reached = np.flatnonzero(reach.any(axis=(0, 1)) & (curve > NOBODY))
    rows = program.rows(len(reached), lower=curve[reached] - NOBODY)
    day, shift, at = np.nonzero(reach[:, :, reached])
    program.enter(rows[at], number[day, shift], reach[day, shift, reached[at]])
    found = solve(program, seconds)
    return np.asarray(np.rint(found.values[number]), dtype=np.int64)


def cover(ward: Roster, of: Staffing, source: str) -> list[dict[str, object]]:
    """As ``[[cover]]`` rows of the ward's file: a row for the days of a shift that are alike."""
    rows: list[dict[str, object]] = []
    for at, shift in enumerate(ward.shifts):
        alike: dict[tuple[int, int], list[str]] = {}
        for day, name in enumerate(WEEKDAYS):
            alike.setdefault((int(of.least[day, at]), int(of.wanted[day, at])), []).append(name)
        for (least, wanted), days in alike.items():
            if wanted:
                row: dict[str, object] = {"shift": shift.id, "competence": of.competence}
                said = {"days": days} if len(days) < len(WEEKDAYS) else {}
                rows.append({**row, **said, "least": least, "wanted": wanted, "source": source})
    return rows


def put_in(text: str, competence: str, rows: Iterable[Mapping[str, object]]) -> str:
    """A ward's file with these rows instead of those that it has of the competence for days of the week; single days
    stay, and so does all else, comments too. Whether they fit the rest is said when the text is read again.
    """
    document: Any = tomlkit.parse(text)
    stood = document.get("cover", ())
    for at in reversed(range(len(stood))):
        if stood[at].get("competence") == competence and not stood[at].get("on"):
            del stood[at]
    made = document.setdefault("cover", tomlkit.aot())
    for row in rows:
        table = tomlkit.table()
        table.update(row)
        table.add(tomlkit.nl())
        made.append(table)
    return tomlkit.dumps(document)


def _clock(of: time) -> int:
    return of.hour * 60 + of.minute
