# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A grant against what it pays, region by region: what it gives, in sentences, a table and a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.planner.shown_gap import Figure
from overens.desks.planner.shown_money import SMALLEST, interval, kronor, one, smaller
from overens.desks.planner.shown_tables import Cell
from overens.desks.saying import number, picture
from overens.planning.supply import money
from overens.planning.supply.building import REST
from overens.planning.supply.money import Sum
from overens.planning.supply.problem import Floats, Whole
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario
from overens.planning.supply.worth import trained_to
from overens.rendering.countymap import county_names
from overens.rules.edition import classes
from overens.rules.edition.charts import Map, Point, Region

SOURCES: dict[str, Promise] = {
    "decided": gettext_lazy("enligt regeringens beslut"),
    "computed": gettext_lazy("enligt överenskommelsens fil"),
    "own": gettext_lazy("enligt scenariot"),
}


@dataclass(frozen=True)
class Closed:
    """Full-time equivalents [D, R] by which the gap is smaller at the beginning of ``year`` for what a grant pays: in
    the occupations that its measures are for, and in all. The expectation first, then draws where there are any.
    """

    year: int
    aimed: Floats
    all: Floats


@dataclass(frozen=True)
class Bought:
    """What a grant comes to in one region."""

    region: str
    name: str
    given: int
    used: int
    left: int
    other: int
    begun: Figure
    completed: Figure
    first: int | None
    aimed: Figure | None
    all: Figure | None

    def said(self, year: int | None) -> str:
        """In sentences. year: of what is said of the gap."""
        values = {
            "sum": kronor(self.given),
            "region": self.name,
            "posts": interval(self.begun),
            "done": interval(self.completed),
            "first": self.first,
            "left": kronor(abs(self.left)),
        }
        if not self.given:
            texts = [_("%(region)s får inget ur potten.") % values]
        elif self.first is None:
            texts = [_("%(region)s får %(sum)s. Scenariot gör inget som ger nya specialister för dem.") % values]
        else:
            texts = [
                _("%(region)s får %(sum)s. De räcker till det som scenariot gör: %(posts)s utbildningstjänster.")
                % values
                if self.left >= 0
                else _("%(region)s får %(sum)s. Scenariot betalar %(posts)s utbildningstjänster med dem.") % values,
                _("Ur dem kommer %(done)s nya specialister, de första %(first)s.") % values,
            ]
        if self.given:
            texts.append(_("Det fattas %(left)s.") % values if self.left < 0 else _("%(left)s blir över.") % values)
        if year is not None and self.aimed is not None and self.all is not None:
            texts.append(_closing(self.aimed, self.all, year))
        return " ".join(texts)


def _closing(aimed: Figure, all: Figure, year: int) -> str:
    values = {"year": year, "aimed": smaller(aimed), "all": smaller(all)}
    return _("Bristen i början av %(year)s blir %(aimed)s i de yrken som utbildas och %(all)s i alla yrken.") % values


@dataclass(frozen=True)
class Got:
    """What a grant came to, by year and region: spent[Y, R] kronor as expected; begun and completed [D, Y, R] posts,
    the expectation first.
    """

    year: int
    regions: tuple[str, ...]
    spent: Whole
    begun: Floats
    completed: Floats


def bought(given: Sum, got: Got, names: Mapping[str, str], closed: Closed | None) -> list[Bought]:
    """By region that has an allocation, or measures that the grant is to pay."""
    balance, rows = money.against(given, got.regions, got.year, got.spent), []
    for at, code in enumerate(got.regions):
        if code == REST or not (balance.given[at] or got.spent[:, at].any()):
            continue
        done = np.flatnonzero(got.completed[0, :, at] >= SMALLEST)
        rows.append(
            Bought(
                region=code,
                name=names[code],
                given=int(balance.given[at]),
                used=int(balance.used[at]),
                left=int(balance.left[at]),
                other=int(balance.other[at]),
                begun=one(got.begun[:, :, at].sum(-1)),
                completed=one(got.completed[:, :, at].sum(-1)),
                first=got.year + int(done[0]) if len(done) else None,
                aimed=one(closed.aimed[:, at]) if closed else None,
                all=one(closed.all[:, at]) if closed else None,
            )
        )
    return rows


def aimed_at(scenario: Scenario, data: Data, grant: str) -> list[int]:
    """The occupations that a grant's measures are for, by index."""
    things = trained_to(data)
    found: set[int] = set()
    for each in scenario.measures:
        if each.grant == grant:
            named = [things[code] for code in (each.programme, each.education) if code]
            found.update(named or data.named(each.occupations))
    return sorted(found)


def closed(hours: Floats, full_time: Floats, aimed: Sequence[int], year: int) -> Closed:
    """From hours [D, O, R] by which the gap is smaller."""
    persons = hours / full_time[:, None]
    return Closed(year, persons[:, list(aimed)].sum(1), persons.sum(1))


def head() -> list[str]:
    """Of the columns of :func:`cells`."""
    return [
        _("Region"), _("Första året"), _("Tilldelat, kronor"), _("Använt, kronor"), _("Kvar, kronor"),
        _("Andra år, kronor"), _("Tjänster"), _("Nya specialister"), _("Från"), _("Till"),
        _("Mindre brist i yrkena, heltider"), _("Mindre brist från"), _("Mindre brist till"),
        _("Mindre brist i alla yrken, heltider"),
    ]  # fmt: skip


def cells(row: Bought) -> list[Cell]:
    """One region as a table has it."""
    aimed, every = row.aimed or Figure(nan), row.all or Figure(nan)
    return [
        row.name, "" if row.first is None else str(row.first), row.given, row.used, row.left, row.other,
        row.begun.number, row.completed.number, row.completed.low, row.completed.high,
        None if isnan(aimed.number) else aimed.number, aimed.low, aimed.high,
        None if isnan(every.number) else every.number,
    ]  # fmt: skip


def chart(rows: Sequence[Bought], caption: str) -> SafeString:
    """A map of how many new specialists come of it in each region, in whole persons where there are a hundred."""
    points = [row.completed.point() for row in rows]
    if any(each.number is not None and each.number >= 100 for each in points):
        points = [Point(number=None if each.number is None else round(each.number)) for each in points]
    return picture(
        Map(
            regions=tuple(
                Region(code=row.region, name=row.name, point=at) for row, at in zip(rows, points, strict=True)
            ),
            limits=classes.limits(row.completed.number for row in rows),
            unit=_("nya specialister"),
        ),
        caption,
    )


def block(given: Sum, got: Got, names: Mapping[str, str], closed: Closed | None) -> dict[str, Any]:
    """A grant as a page shows it."""
    rows = bought(given, got, names, closed)
    national = {row.region for row in rows} >= set(county_names())
    caption, total = _("Nya specialister efter region"), sum(row.given for row in rows)
    return {
        "sum": given,
        "source": SOURCES[given.source],
        "whole": kronor(given.whole),
        "year": closed.year if closed else None,
        "texts": [row.said(closed.year if closed else None) for row in rows],
        "shown": [_shown(row) for row in rows],
        "cells": [cells(row) for row in rows],
        "caption": caption,
        "chart": chart(rows, caption) if national else None,
        "total": number(total),
        "total_used": number(sum(row.used for row in rows)),
        "total_left": number(sum(row.left for row in rows)),
        "total_other": number(sum(row.other for row in rows)),
        "rounding": given.whole - total if national else 0,
    }


def _shown(row: Bought) -> dict[str, Any]:
    return {
        "name": row.name,
        "given": number(row.given),
        "used": number(row.used),
        "left": number(row.left),
        "short": row.left < 0,
        "other": number(row.other),
        "begun": interval(row.begun),
        "completed": interval(row.completed),
        "first": "–" if row.first is None else row.first,
        "aimed": interval(row.aimed) if row.aimed else "–",
        "all": interval(row.all) if row.all else "–",
    }
