# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables beside a production problem: what has been referred, who waits, and what came of the plan.

CSV with one row of headings, parted by commas or semicolons. Every finding says the file, the row and the column.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overens.planning.production.flow import Floats
from overens.planning.production.problem import Production, monday, week_text
from overens.rules.findings import Finding, Where, error

# Nobody has waited so many weeks (ten years, assumed): the column has days.
MOST_WAITED = 520
# So many different waits that all are whole sevens are days (assumed).
SEVENS = 6
# Of each table so many findings are told; the rest are counted.
TOLD = 30


class Queued(NamedTuple):
    """Where somebody waits, and for how many whole weeks."""

    service: str
    step: str
    priority: str
    weeks: int


# How many wait, by where and how long.
Waiting = Mapping[Queued, int]


@dataclass(frozen=True)
class Series:
    """``counts``: one for each week from the Monday ``first``; not a number where the table has none."""

    first: date
    counts: Floats


@dataclass(frozen=True)
class Outcome:
    """The first weeks of the plan as they became. referred[W, N, K], begun[W, N, K], and waiting[W, N, K] when the
    week ended: patients. worked[W, C]: hours on these services, of own and hired staff, overtime included; None
    where no table says.
    """

    referred: Floats
    begun: Floats
    waiting: Floats
    worked: Floats | None = None


@dataclass
class Sheet:
    """One table while it is read."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, code: str, line: int, column: str = "", **values: object) -> None:
        found = error(code, column or None, **values)
        self.findings.append(replace(found, where=Where(self.file, line, column or None)))

    def told(self) -> tuple[Finding, ...]:
        if len(self.findings) <= TOLD:
            return tuple(self.findings)
        rest = Finding("production-and-more", "error", {"count": len(self.findings) - TOLD}, Where(self.file))
        return (*self.findings[:TOLD], rest)

    def rows(self, text: str, columns: Collection[str]) -> Iterator[tuple[int, dict[str, str]]]:
        """The lines of the file that have anything, by the headings, which must be just these in any order."""
        lines = text.removeprefix("\ufeff").splitlines()
        if not any(line.strip(" ,;") for line in lines[1:]):
            self.wrong("production-table-empty", 1, columns=list(columns))
            return
        reader = csv.reader(lines, delimiter=";" if ";" in lines[0] else ",")
        heads = [head.strip().lower() for head in next(reader)]
        if sorted(heads) != sorted(columns):
            missing = [each for each in columns if each not in heads]
            unknown = [each for each in heads if each not in columns or heads.count(each) > 1]
            self.wrong("production-columns", 1, columns=list(columns), missing=missing, unknown=unknown)
            return
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(heads):
                self.wrong("production-cells", reader.line_num, found=len(cells), right=len(heads))
                continue
            yield reader.line_num, dict(zip(heads, (cell.strip() for cell in cells), strict=True))

    def week(self, row: Mapping[str, str], line: int) -> date | None:
        found = monday(row["week"])
        if found is None:
            self.wrong("production-week", line, "week", raw=row["week"][:40])
        return found

    def known(self, row: Mapping[str, str], line: int, column: str, known: Collection[str]) -> str | None:
        if row[column] in known:
            return row[column]
        self.wrong("production-unknown", line, column, name=row[column], known=list(known))
        return None

    def count(self, row: Mapping[str, str], line: int, column: str) -> int | None:
        """A whole number, not negative."""
        number = self.number(row, line, column)
        if number is not None and number % 1:
            self.wrong("production-not-whole", line, column, raw=row[column])
            return None
        return None if number is None else int(number)

    def weeks(self, row: Mapping[str, str], line: int) -> Sequence[int]:
        """The whole weeks of a wait or of a band of them; none where it is not to be read."""
        found = re.fullmatch(r"(\d+)(?:\s*[-–]\s*(\d+)|\+)?", row["weeks"], re.ASCII)
        if found is None:
            self.count(row, line, "weeks")
            return ()
        first, last = int(found[1]), int(found[2] or found[1])
        if last > MOST_WAITED:
            self.wrong("production-waited-too-long", line, "weeks", weeks=last, most=MOST_WAITED)
        elif last < first:
            self.wrong("production-band", line, "weeks", raw=row["weeks"])
        else:
            return range(first, last + 1)
        return ()

    def number(self, row: Mapping[str, str], line: int, column: str) -> float | None:
        raw = row[column]
        try:
            number = float(raw.replace(",", ".").replace("\u00a0", "").replace(" ", ""))
        except ValueError:
            number = float("nan")
        if not np.isfinite(number):
            self.wrong("production-no-number", line, column, raw=raw[:40])
        elif number < 0:
            self.wrong("production-negative", line, column, raw=raw)
        else:
            return number
        return None

    def first_time(self, seen: dict[object, int], key: object, line: int, column: str) -> bool:
        """Whether nothing was said of the same before; else where it was."""
        if key in seen:
            self.wrong("production-doubled", line, column, first=seen[key])
            return False
        seen[key] = line
        return True


def referrals(text: str, problem: Production, file: str) -> tuple[dict[str, Series], tuple[Finding, ...]]:
    """Columns: week, service, referred. Weeks from the problem's first on are left out, which is said."""
    sheet, seen = Sheet(file), dict[object, int]()
    counts: dict[str, dict[date, int]] = defaultdict(dict)
    after: set[date] = set()
    services = [each.id for each in problem.services]
    for line, row in sheet.rows(text, ("week", "service", "referred")):
        week, service = sheet.week(row, line), sheet.known(row, line, "service", services)
        referred = sheet.count(row, line, "referred")
        if week is None or service is None or not sheet.first_time(seen, (week, service), line, "week"):
            continue
        if week >= problem.first_week:
            after.add(week)
        elif referred is not None:
            counts[service][week] = referred
    findings = list(sheet.told())
    if not findings:
        findings += _gaps(counts, problem, file)
        if after:
            values = {"weeks": [week_text(each) for each in sorted(after)[:3]], "count": len(after)}
            findings.append(Finding("production-referrals-after", "note", values, Where(file)))
    return {service: _series(by_week) for service, by_week in counts.items()}, tuple(findings)


def _series(by_week: Mapping[date, int]) -> Series:
    first = min(by_week)
    counts = np.full((max(by_week) - first).days // 7 + 1, np.nan)
    for week, count in by_week.items():
        counts[(week - first).days // 7] = count
    return Series(first, counts)


def _gaps(counts: Mapping[str, Mapping[date, int]], problem: Production, file: str) -> Iterator[Finding]:
    for service in problem.services:
        by_week = counts.get(service.id, {})
        if not by_week:
            yield Finding("production-no-history", "error", {"service": service.title}, Where(file))
            continue
        weeks = (problem.first_week - min(by_week)).days // 7
        missing = [
            week_text(week)
            for week in (min(by_week) + timedelta(weeks=at) for at in range(weeks))
            if week not in by_week
        ]
        if missing:
            shown = [*missing[:6], "…"] if len(missing) > 6 else missing
            values = {"service": service.title, "count": len(missing), "weeks": shown}
            yield Finding("production-weeks-missing", "warning", values, Where(file))


def waiting(text: str, problem: Production, file: str) -> tuple[dict[Queued, int], tuple[Finding, ...]]:
    """Columns: service, step, priority (where the problem has any), weeks, patients. Weeks waited may be a band
    ("10-13", "78+"), which is spread evenly over its weeks; one without an end is counted at its first week.
    """
    sheet, seen, found = Sheet(file), dict[object, int](), dict[Queued, int]()
    banded = 0
    for line, row in sheet.rows(text, _keyed(problem, "service", "step", "priority", "weeks", "patients")):
        place = _place(sheet, row, line, problem)
        weeks, patients = sheet.weeks(row, line), sheet.count(row, line, "patients")
        if (
            place is None
            or not weeks
            or not all(sheet.first_time(seen, (*place, week), line, "weeks") for week in weeks)
        ):
            continue
        banded += len(weeks) > 1
        for week, part in zip(weeks, evenly(patients or 0, len(weeks)), strict=True):
            if part:
                found[Queued(*place, week)] = part
    findings = sheet.told()
    waits = {each.weeks for each in found if each.weeks}
    if not findings and len(waits) >= SEVENS and all(each % 7 == 0 for each in waits):
        return found, (Finding("production-waited-days", "error", {"weeks": sorted(waits)[:4]}, Where(file)),)
    if not findings and banded:
        findings = (Finding("production-banded", "note", {"count": banded}, Where(file)),)
    return found, findings


def coming(text: str, problem: Production, file: str) -> tuple[Floats, tuple[Finding, ...]]:
    """Columns: week, service, step, priority (where the problem has any), patients: expected ones, who need not be
    whole. In weeks of the plan.
    """
    sheet, seen = Sheet(file), dict[object, int]()
    steps, ids = [(service.id, step.id) for service, step in problem.every_step], problem.every_priority
    found = np.zeros((problem.weeks, len(steps), len(ids)))
    for line, row in sheet.rows(text, _keyed(problem, "week", "service", "step", "priority", "patients")):
        at, place = _in_plan(sheet, row, line, problem), _place(sheet, row, line, problem)
        patients = sheet.number(row, line, "patients")
        if at is not None and place is not None and sheet.first_time(seen, (at, *place), line, "week"):
            found[at, steps.index(place[:2]), ids.index(place[2])] = patients or 0
    return found, sheet.told()


def evenly(patients: int, parts: int) -> list[int]:
    """Whole patients as evenly as they go, in an order that favours neither end."""
    ends = [(2 * patients * part + parts) // (2 * parts) for part in range(parts + 1)]
    return [after - before for before, after in pairwise(ends)]


def outcome(text: str, problem: Production, file: str) -> tuple[Outcome | None, tuple[Finding, ...]]:
    """Columns: week, service, step, priority (where the problem has any), referred, begun, waiting."""
    names = ("referred", "begun", "waiting")
    sheet, seen = Sheet(file), dict[object, int]()
    steps = [(service.id, step.id) for service, step in problem.every_step]
    ids = problem.every_priority
    arrays = np.full((3, problem.weeks, len(steps), len(ids)), np.nan)
    for line, row in sheet.rows(text, _keyed(problem, "week", "service", "step", "priority", *names)):
        at, place = _in_plan(sheet, row, line, problem), _place(sheet, row, line, problem)
        counts = [sheet.count(row, line, name) for name in names]
        if at is None or place is None or not sheet.first_time(seen, (at, *place), line, "week"):
            continue
        arrays[:, at, steps.index(place[:2]), ids.index(place[2])] = [
            np.nan if each is None else each for each in counts
        ]
    there = ~np.isnan(arrays[0]).reshape(problem.weeks, -1)
    places = ["/".join((*step, id) if problem.priorities else step) for step in steps for id in ids]
    weeks = _whole_weeks(sheet, there, places, problem)
    referred, begun, left = arrays[:, :weeks]
    return (None if sheet.findings else Outcome(referred, begun, left)), sheet.told()


def worked(text: str, problem: Production, weeks: int, file: str) -> tuple[Floats, tuple[Finding, ...]]:
    """Columns: week, competence, hours: of as many weeks as the outcome has."""
    sheet, seen = Sheet(file), dict[object, int]()
    ids = [each.id for each in problem.competences]
    hours = np.full((problem.weeks, len(ids)), np.nan)
    for line, row in sheet.rows(text, ("week", "competence", "hours")):
        at, id = _in_plan(sheet, row, line, problem), sheet.known(row, line, "competence", ids)
        number = sheet.number(row, line, "hours")
        if at is not None and id is not None and sheet.first_time(seen, (at, id), line, "week"):
            hours[at, ids.index(id)] = np.nan if number is None else number
    there = _whole_weeks(sheet, ~np.isnan(hours), ids, problem)
    if not sheet.findings and there != weeks:
        sheet.wrong("production-worked-weeks", 1, found=there, right=weeks)
    return hours[:weeks], sheet.told()


def _whole_weeks(sheet: Sheet, there: NDArray[np.bool_], names: Sequence[str], problem: Production) -> int:
    """How many weeks are there: all from the first one, each whole. there[W, columns]."""
    weeks = int(np.flatnonzero(there.any(1)).max(initial=-1)) + 1
    for week, at in np.argwhere(~there[:weeks]) if not sheet.findings else ():
        sheet.wrong("production-outcome-missing", 1, week=week_text(problem.mondays[week]), name=names[at])
    return weeks


def _keyed(problem: Production, *columns: str) -> tuple[str, ...]:
    return tuple(each for each in columns if each != "priority" or problem.priorities)


def _place(sheet: Sheet, row: Mapping[str, str], line: int, problem: Production) -> tuple[str, str, str] | None:
    service = sheet.known(row, line, "service", [each.id for each in problem.services])
    priority: str | None = problem.every_priority[0]
    if problem.priorities:
        priority = sheet.known(row, line, "priority", problem.every_priority)
    if service is None or priority is None:
        return None
    steps = [each.id for of, each in problem.every_step if of.id == service]
    step = sheet.known(row, line, "step", steps)
    return None if step is None else (service, step, priority)


def _in_plan(sheet: Sheet, row: Mapping[str, str], line: int, problem: Production) -> int | None:
    week = sheet.week(row, line)
    if week is None:
        return None
    at = (week - problem.first_week).days // 7
    if 0 <= at < problem.weeks:
        return at
    first, last = week_text(problem.mondays[0]), week_text(problem.mondays[-1])
    sheet.wrong("production-week-outside", line, "week", raw=row["week"], first=first, last=last)
    return None
