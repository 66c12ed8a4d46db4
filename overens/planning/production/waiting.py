# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Waiting lists as they are published: how many wait in each band of weeks, month by month, and nothing of who came
and who left. What the stocks can say of the flows is said as bounds, and of a band's width apart exactly.

The Irish lists that ship (:data:`IRELAND`) are of the National Treatment Purchase Fund; see :data:`SOURCE`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np

from overens.planning.production.flow import Floats, Whole
from overens.planning.production.forecast import Forecast, forecast
from overens.planning.production.tables import Series, Sheet
from overens.rules.findings import Finding, Where

IRELAND = Path(__file__).parents[2] / "reference" / "planning" / "waiting-lists" / "ireland_by_speciality.csv"
# To be shown wherever the figures are.
SOURCE = (
    "National Treatment Purchase Fund (Ireland), open data, through Shreyash-Sheth/"
    "Irish-Healthcare-Waiting-Times-Dashboard: January 2023 to July 2025. Totals are as printed."
)
# Of so many a printed total may differ from its bands without a word: they do, by one or two.
ROUNDING = 2
HELD_BACK = 6
COLUMNS = ("archive_date", "age_group", "speciality", "patient_type", "total")
ALL = "all"


@dataclass(frozen=True)
class Banded:
    """A list: ``counts[T, B]`` on each of ``dates`` by bands that begin at ``edges`` whole weeks, the last without an
    end. Totals are sums of the bands. ``kind`` and ``age``: as the table names them, or ``all``.
    """

    speciality: str
    kind: str
    age: str
    dates: tuple[date, ...]
    edges: tuple[int, ...]
    counts: Whole

    @property
    def totals(self) -> Whole:
        return np.asarray(self.counts.sum(1), np.int64)

    def months(self) -> Series:
        """The total of each month; not a number where a month has none."""
        first = self.dates[0].replace(day=1)
        places = [(day.year - first.year) * 12 + day.month - first.month for day in self.dates]
        totals = np.full(places[-1] + 1, np.nan)
        totals[places] = self.totals
        return Series(first, totals)


def ireland() -> tuple[Banded, ...]:
    lists, _ = read(IRELAND.read_text("utf-8"), IRELAND.name)
    return lists


def read(text: str, file: str) -> tuple[tuple[Banded, ...], tuple[Finding, ...]]:
    """Columns: archive_date, age_group, speciality, patient_type, total, and one for each band: weeks_26_52,
    weeks_78_plus. None is returned where anything is to be mended; printed totals that are further from their bands
    than rounding takes them are said.
    """
    sheet = Sheet(file)
    heads = text.removeprefix("\ufeff").split("\n", 1)[0].strip().split(",")
    bands = sorted((head for head in heads if re.fullmatch(r"weeks_\d+_(\d+|plus)", head)), key=_edge)
    found: dict[tuple[str, str, str], dict[date, list[int]]] = defaultdict(dict)
    seen: dict[object, int] = {}
    off: list[int] = []
    for line, row in sheet.rows(text, (*COLUMNS, *bands)):
        day = _day(sheet, row["archive_date"], line)
        counts = [sheet.count(row, line, band) for band in bands]
        total = sheet.count(row, line, "total")
        key = (row["speciality"], row["patient_type"], row["age_group"])
        if day is None or total is None or None in counts:
            continue
        if sheet.first_time(seen, (*key, day.year, day.month), line, "archive_date"):
            found[key][day] = [count for count in counts if count is not None]
            off += [line] if abs(sum(found[key][day]) - total) > ROUNDING else []
    if sheet.findings:
        return (), sheet.told()
    said = (Finding("production-list-totals", "warning", {"count": len(off), "lines": off[:6]}, Where(file)),)
    edges = tuple(map(_edge, bands))
    lists = (
        Banded(*key, tuple(sorted(by_day)), edges, np.array([by_day[day] for day in sorted(by_day)], np.int64))
        for key, by_day in sorted(found.items())
    )
    return tuple(lists), said if off else ()


def _edge(band: str) -> int:
    return int(band.split("_")[1])


def _day(sheet: Sheet, raw: str, line: int) -> date | None:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        sheet.wrong("production-no-day", line, "archive_date", raw=raw[:40])
        return None


def together(lists: Iterable[Banded], speciality: str = ALL, kind: str = ALL) -> Banded:
    """One list of several, on the days that any of them has. What one lacks on a day counts as nobody there."""
    chosen = list(lists)
    days = sorted({day for each in chosen for day in each.dates})
    counts = np.zeros((len(days), len(chosen[0].edges)), np.int64)
    for each in chosen:
        counts[[days.index(day) for day in each.dates]] += each.counts
    return Banded(speciality, kind, ALL, tuple(days), chosen[0].edges, counts)


def by_speciality(lists: Iterable[Banded]) -> tuple[Banded, ...]:
    """One for each speciality and kind, of all ages."""
    found: dict[tuple[str, str], list[Banded]] = defaultdict(list)
    for each in lists:
        found[each.speciality, each.kind].append(each)
    return tuple(together(those, *key) for key, those in sorted(found.items()))


@dataclass(frozen=True)
class Bounds:
    """Between two days, as far as the stocks say: at least ``came`` were put on the list and at least ``left`` it;
    ``net``: those who came less those who left, exactly. There is no upper bound, since somebody may come and leave
    in between.
    """

    first: date
    last: date
    came: int
    left: int
    net: int


def bounds(banded: Banded) -> Iterator[Bounds]:
    """Between each day and the next. Nobody waits shorter with time, so what a band has more than before must have
    come from the one before it, and the first band's from outside.
    """
    for at in range(len(banded.dates) - 1):
        before, after = banded.counts[at], banded.counts[at + 1]
        came = 0
        for more in (after - before)[::-1]:
            came = max(0, int(more) + came)
        net = int(after.sum() - before.sum())
        yield Bounds(banded.dates[at], banded.dates[at + 1], came, came - net, net)


@dataclass(frozen=True)
class Aged:
    """Those of a band, as many weeks later as it is wide: ``still`` wait, in the next band. Where ``still`` is more
    than ``there``, the list has taken in some with their waits, or counts otherwise than before.
    """

    first: date
    last: date
    band: int
    there: int
    still: int

    @property
    def left(self) -> int:
        return self.there - self.still


def aged(banded: Banded) -> Iterator[Aged]:
    """For each pair of days that are a band's width apart, exactly: how many of each band still wait. The last band but
    one and the last are taken together, since who is in the last cannot be told from who comes there.
    """
    width = banded.edges[1] - banded.edges[0]
    days = {day: at for at, day in enumerate(banded.dates)}
    if any(after - before != width for before, after in pairwise(banded.edges)):
        return
    for last, at in days.items():
        first = date.fromordinal(last.toordinal() - 7 * width)
        if first not in days:
            continue
        before, after = banded.counts[days[first]], banded.counts[at]
        for band in range(len(before) - 2):
            yield Aged(first, last, band, int(before[band]), int(after[band + 1]))
        yield Aged(first, last, len(before) - 2, int(before[-2:].sum()), int(after[-1]))


@dataclass(frozen=True)
class Held:
    """The last months of a list, and what was forecast of them from those before. ``naive``: as in the last known
    month; ``seasonal``: as a year before.
    """

    true: Floats
    forecast: Forecast
    naive: Floats
    seasonal: Floats
    scale: float

    def mase(self, said: Floats) -> Floats:
        """Error of each month, against the mean change from a year before in the months that were known."""
        return np.abs(said - self.true) / self.scale


def held_back(banded: Banded, months: int = HELD_BACK) -> Held | None:
    """None where there is no more than a year before what is held back, or nothing to hold against."""
    series = banded.months()
    known, true = series.counts[:-months], series.counts[-months:]
    if len(known) <= 12 or np.isnan(true).all() or not np.nansum(np.abs(known[12:] - known[:-12])):
        return None
    scale = float(np.nanmean(np.abs(known[12:] - known[:-12])))
    first = _later(series.first, len(known))
    told = forecast(Series(series.first, known), first, months, "month")
    last = known[~np.isnan(known)][-1]
    return Held(true, told, np.full(months, last), known[len(known) - 12 :][:months], scale)


def _later(first: date, months: int) -> date:
    month = first.year * 12 + first.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)


def ahead(banded: Banded, months: int = HELD_BACK) -> Forecast:
    """Of the months after the last one of a list."""
    series = banded.months()
    return forecast(series, _later(series.first, len(series.counts)), months, "month")


def as_rows(banded: Banded, service: str, step: str) -> list[tuple[str, str, str, int]]:
    """The list as it was last, as rows of a problem's table of who waits: service, step, weeks, patients."""
    ends = [f"-{edge - 1}" for edge in banded.edges[1:]] + ["+"]
    bands = [f"{edge}{end}" for edge, end in zip(banded.edges, ends, strict=True)]
    return [(service, step, band, int(count)) for band, count in zip(bands, banded.counts[-1], strict=True) if count]
