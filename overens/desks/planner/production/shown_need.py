# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Step 1: each step's list and wait as they are and as they become if nothing is done, and a step's year."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.planner.production.ground import Ground, week_name
from overens.desks.planner.shown_tables import Table, rounded, said
from overens.desks.saying import picture
from overens.planning.production.flow import Floats
from overens.planning.production.problem import week_text
from overens.rules.edition.charts import Fan, Panel, Point, Series

# In so many weeks the lists are told.
AHEAD = (12, 26)
MODELS = {
    "level": gettext_lazy("nivå och säsong"),
    "drift": gettext_lazy("nivå, säsong och trend"),
    "flat": gettext_lazy("nivå utan säsong"),
    "both": gettext_lazy("medel av nivå med och utan säsong"),
    "naive": gettext_lazy("som senaste veckan"),
    "seasonal-naive": gettext_lazy("som samma vecka året före"),
}


def waits(ground: Ground) -> Table:
    """A row for each step: the list now, then where nine tenths of the runs are."""
    flow, need = ground.flow, ground.need
    now, late = flow.waiting.sum((1, 2)), ground.late_now()
    header = [_("Verksamhet"), _("Steg"), _("Gräns, veckor"), _("På listan nu"), _("Inom gränsen nu, procent")]
    header.append(_("Remisser i veckan"))
    if need:  # without a forecast there is no interval
        header += [_("lägst"), _("högst")]
    weeks = [each for each in AHEAD if each <= flow.weeks] if need else []
    for each in weeks:
        header += [
            _("På listan om %(weeks)d veckor") % {"weeks": each}, _("lägst"), _("högst"),
            _("Inom gränsen om %(weeks)d veckor, procent") % {"weeks": each}, _("lägst"), _("högst"),
        ]  # fmt: skip
    rows = []
    for at, (service, step) in enumerate(ground.steps):
        has_limit = bool(np.isfinite(flow.limit[at]).any())
        row: list[Any] = [service, step, limits_of(ground, at), int(now[at])]
        row.append(100 * (1 - late[at] / now[at]) if now[at] and has_limit else None)
        row += _referred(ground, at)[: 3 if need else 1]
        for week in weeks:
            assert need is not None
            on_list, within = need.undone.on_list, need.undone.within
            row += [_number(each[week, at]) for each in (on_list.middle, on_list.low, on_list.high)]
            shares = (within.middle, within.low, within.high)
            row += [_number(100 * each[week, at]) if has_limit else None for each in shares]
        rows.append(row)
    return Table("behov", _("Listor och väntan, steg för steg, om inget görs"), header, rows, texts=3)


def limits_of(ground: Ground, at: int) -> str:
    """In weeks, by priority where they differ."""
    found = list(dict.fromkeys(f"{each:.0f}" if np.isfinite(each) else "–" for each in ground.flow.limit[at]))
    return "/".join(found)


def _referred(ground: Ground, at: int) -> list[float | None]:
    """A week on average in the next quarter, and the interval of 80 per cent of one; only where referrals come."""
    referred = ground.flow.referred[:, at].sum(1)
    if not referred.any():
        return [None, None, None]
    quarter = slice(0, AHEAD[0])
    ends: list[float | None] = [None, None]
    if ground.need:
        told = ground.need.forecasts[ground.flow.steps[at].service]
        # The problem's own growth comes on top of the forecast.
        more = referred[quarter].mean() / max(told.mean[quarter].mean(), 1e-9)
        ends = [float(each[quarter].mean() * more) for each in (told.inner_low, told.inner_high)]
    return [float(referred[quarter].mean()), *ends]


def _number(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None


def scores(ground: Ground) -> list[dict[str, Any]]:
    """How the forecast of each service did on weeks that were held back from it."""
    if ground.need is None:
        return []
    found = []
    for service in ground.given.problem.services:
        told = ground.need.forecasts[service.id]
        score = next((each for each in told.scores if each.model == told.model), None)
        found.append(
            {
                "service": service,
                "model": MODELS[told.model],
                "error": said(score.error) if score else "–",
                "mase": said(score.mase) if score and np.isfinite(score.mase) else "–",
                "inner": said(100 * score.inner) if score else "–",
                "outer": said(100 * score.outer) if score else "–",
            }
        )
    return found


def capacity(ground: Ground) -> Floats:
    """[W, N]: how many could be begun each week if all who share hours, rooms and beds had their share of the scarcest,
    by what the limits ask for that week.
    """
    flow, asked = ground.flow, ground.demanded
    used = ((asked.hours, flow.hours, flow.minutes), (asked.room_hours, flow.room_hours, flow.room_minutes))
    used += ((asked.bed_days, flow.bed_days_there, flow.bed_days),)  # type: ignore[assignment]
    found = np.full(asked.begun.shape, np.inf)
    for need, there, takes in used:
        ratio = np.divide(there, need, out=np.full(need.shape, np.inf), where=need > 1e-9)
        for step, of in enumerate(takes > 0):
            if of.any():
                found[:, step] = np.minimum(found[:, step], ratio[:, of].min(1))
    result: Floats = np.where(np.isfinite(found), found, 0) * asked.begun
    return result


def year(ground: Ground, at: int) -> tuple[Table, list[tuple[str, SafeString]]]:
    """Of a step: the table of its weeks, and the figures of its flow and its list with their captions."""
    flow, need = ground.flow, ground.need
    asked, could = ground.demanded.begun[:, at], capacity(ground)[:, at]
    referred = flow.referred[:, at].sum(1)
    names = tuple(week_name(monday) for monday in map(flow.monday, range(flow.weeks)))
    header = [_("Vecka"), _("Behöver påbörjas"), _("Kapacitet"), _("Remisser")]
    columns: list[Any] = [
        [week_text(flow.monday(week)) for week in range(flow.weeks)], asked, could, referred,
    ]  # fmt: skip
    first = [_line(_("Behöver påbörjas"), asked), _line(_("Kapacitet"), could)]
    second: list[Series] = []
    if need:
        told = need.forecasts[flow.steps[at].service]
        if referred.any():
            more = referred / np.maximum(told.mean, 1e-9)
            low, high = told.inner_low * more, told.inner_high * more
            first.append(_line(_("Remisser"), referred, low, high))
            header += [_("Remisser, lägst"), _("Remisser, högst")]
            columns += [low, high]
        begun, on_list, late = (getattr(need.undone, name) for name in ("begun", "on_list", "late"))
        first.append(_line(_("Väntas påbörjas"), *(each[:, at] for each in (begun.middle, begun.low, begun.high))))
        header += [_("Väntas påbörjas"), _("lägst"), _("högst"), _("På listan"), _("lägst"), _("högst"), _("För länge")]
        lists = [each[1:, at] for each in (on_list.middle, on_list.low, on_list.high)]
        columns += [begun.middle[:, at], begun.low[:, at], begun.high[:, at], *lists, late.middle[1:, at]]
        second = [_line(_("På listan"), *lists), _line(_("Har väntat för länge"), late.middle[1:, at])]
    if (room := _room(ground, at)) is not None:
        header.append(_("Lista som ryms inom gränsen"))
        columns.append(room)
        second.append(_line(_("Ryms inom gränsen"), room))
    rows = [[_cell(column[week]) for column in columns] for week in range(flow.weeks)]
    figures = [(_("Patienter i veckan: behov och kapacitet"), names, first)]
    if need:
        figures.append((_("Listan om inget görs, och hur lång den får vara"), names, second))
    table = Table("aret", _("Vecka för vecka"), header, rows)
    return table, [(caption, _figure(years, lines, caption)) for caption, years, lines in figures]


def _figure(years: tuple[str, ...], lines: list[Series], caption: str) -> SafeString:
    panel = Panel(title="", series=tuple(lines))
    return picture(Fan(years=years, panels=(panel,), unit=_("patienter")), caption, 860)


def _room(ground: Ground, at: int) -> Floats | None:
    """[W]: how long a list is when nobody on it has waited too long: what comes in as many weeks as the limit."""
    limit = ground.flow.limit[at]
    if not np.isfinite(limit).all():
        return None
    # One figure for all priorities: the shortest limit holds for those who have it, so the mean by who is referred.
    shares = ground.flow.referred[:, at].mean(0)
    shares = shares / shares.sum() if shares.sum() else np.eye(len(limit))[-1]
    weeks = float((limit * shares).sum())
    return np.asarray(ground.demanded.begun[:, at].mean() * weeks * np.ones(ground.flow.weeks))


def _line(name: str, middle: Any, low: Any = None, high: Any = None) -> Series:
    def of(values: Any, week: int) -> float | None:
        return None if values is None or not np.isfinite(values[week]) else float(rounded(float(values[week])))

    points = (Point(number=of(middle, at), low=of(low, at), high=of(high, at)) for at in range(len(middle)))
    return Series(name=name, points=tuple(points))


def _cell(value: Any) -> Any:
    return value if isinstance(value, str) else _number(value)
