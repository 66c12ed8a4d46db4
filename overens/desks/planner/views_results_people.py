# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who they are: ages moving in time, who retires when, and where persons come from and go."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from overens.desks.planner import shown_result
from overens.desks.planner.shown_gap import Figure, figures
from overens.desks.planner.shown_result import SEXES, Chosen, Result, title
from overens.desks.planner.shown_tables import Cell, Table, about
from overens.desks.planner.views_results import none_yet, page
from overens.desks.saying import picture
from overens.planning.supply import outcome as out
from overens.planning.supply.problem import MEN, WOMEN, YOUNGEST, Floats
from overens.planning.supply.projection import Projection, chosen
from overens.rules.edition import classes
from overens.rules.edition.charts import Bar, Fan, Heat, Panel, Point, Pyramid, Series, Step, Waterfall

SIXTY = 60
SPAN = 5  # years of age in a row of the table
OF_SEX = {"k": WOMEN, "m": MEN}


def ages(request: HttpRequest, found: Result) -> HttpResponse:
    """Everybody employed or in training, by age and sex, at the beginning of each year; all on one scale."""
    if found.projection is None or found.data is None:
        return none_yet(request, found)
    projection = found.projection
    picked = shown_result.chosen(request.GET, projection, found.data)
    persons = _persons(projection, picked)
    years = projection.years
    at, behind = years.index(picked.year), years.index(picked.other) if picked.other else None
    spans = range(YOUNGEST - YOUNGEST % SPAN, YOUNGEST + persons.shape[-1], SPAN)
    rows = []
    for span in spans:
        inside = slice(max(span - YOUNGEST, 0), span + SPAN - YOUNGEST)
        now = persons[at, :, inside].sum(-1)
        then = persons[behind, :, inside].sum(-1) if behind is not None else (None, None)
        if persons[..., inside].any():
            rows.append([f"{span}–{span + SPAN - 1}", *now, *(then if behind is not None else ())])
    subject = shown_result.subject(projection, found.data, picked)
    sexes = [str(SEXES[sex]) for sex in ("k", "m")]
    compared = [f"{sex} {picked.other}" for sex in sexes] if behind is not None else []
    return page(
        request,
        "ages",
        found,
        {
            "fields": shown_result.filters("yrke region ar mot kon", projection, found.data, picked),
            "subject": subject,
            "picked": picked,
            "years": [(year, _with(request, ar=year)) for year in years],
            "frames": [
                (year, _pyramid(persons, place, behind, years, subject), year == picked.year)
                for place, year in enumerate(years)
            ],
            "sixty": about(100 * _over(persons[at], SIXTY)),
            "table": Table(
                f"{found.code}-aldrar-{picked.year}",
                f"{subject}, {picked.year}",
                [_("Ålder"), *(f"{sex} {picked.year}" for sex in sexes), *compared],
                rows,
                whole=True,
            ),
        },
    )


def _persons(projection: Projection, picked: Chosen) -> Floats:
    """Expected persons [Y + 1, S, A] of what is chosen; only one sex where one is."""
    pyramid = projection.at_turns(projection.expected.pyramid)
    persons: Floats = pyramid[:, list(picked.rows)][:, :, list(picked.regions)].sum((1, 2))
    if picked.sex:
        persons = persons.copy()
        persons[:, 1 - OF_SEX[picked.sex]] = 0
    return persons


def _over(persons: Floats, age: int) -> float:
    total = float(persons.sum())
    return float(persons[..., age - YOUNGEST :].sum()) / total if total else 0.0


def _pyramid(persons: Floats, at: int, behind: int | None, years: tuple[int, ...], subject: str) -> Any:
    chart = Pyramid(
        youngest=YOUNGEST,
        women=tuple(persons[at, WOMEN]),
        men=tuple(persons[at, MEN]),
        names=(str(SEXES["k"]), str(SEXES["m"])),
        name=str(years[at]),
        behind_women=tuple(persons[behind, WOMEN]) if behind is not None else (),
        behind_men=tuple(persons[behind, MEN]) if behind is not None else (),
        behind_name=str(years[behind]) if behind is not None else "",
        most=float(persons.max()),
        unit=_("personer i varje ålder"),
    )
    return picture(chart, _("Åldrar %(year)s, %(subject)s") % {"year": years[at], "subject": subject}, 640)


def _with(request: HttpRequest, **changes: object) -> str:
    """The page's query string with something else in it."""
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return query.urlencode()


def retirement(request: HttpRequest, found: Result) -> HttpResponse:
    """Who retires when: in all with an interval, and each occupation's share of its employed."""
    if found.projection is None or found.data is None:
        return none_yet(request, found)
    projection = found.projection
    picked = shown_result.chosen(request.GET, projection, found.data)
    retired = projection.by_year(projection.expected.flows[..., out.RETIRED])
    pyramid = projection.at_turns(projection.expected.pyramid)[:, :, list(picked.regions)].sum(2)
    runs = projection.by_run.retired if projection.facts.runs else retired
    whole = figures(chosen(runs, picked.rows, picked.regions))
    years = tuple(map(str, projection.years[:-1]))
    rows: list[list[Cell]] = []
    drawn = []
    in_all = over_sixty = 0.0
    for row in picked.rows:
        employed = pyramid[:-1, row].sum((1, 2))
        gone = retired[:, row, list(picked.regions)].sum(-1)
        over = pyramid[0, row, :, SIXTY - YOUNGEST :].sum()
        if not employed[0]:
            continue
        in_all, over_sixty = in_all + float(employed[0]), over_sixty + float(over)
        share = 100 * np.divide(gone, employed, out=np.zeros_like(gone), where=employed > 0)
        name = title(projection.facts.occupations[row])
        drawn.append(Bar(label=name, points=tuple(Point(number=float(each)) for each in share)))
        rows.append([name, float(employed[0]), float(over), 100 * float(over / employed[0]), *map(float, gone)])
    rows.sort(key=lambda each: -float(each[3] or 0))
    subject = shown_result.subject(projection, found.data, picked)
    caption = _("Pensioner i procent av de anställda vid årets början")
    return page(
        request,
        "retirement",
        found,
        {
            "fields": shown_result.filters("yrke region", projection, found.data, picked),
            "subject": subject,
            "chart": picture(
                Fan(
                    years=years,
                    panels=(Panel(title=subject, series=(_line(_("Går i pension"), whole),)),),
                    unit=_("personer om året"),
                ),
                _("Pensioner år för år, %(subject)s") % {"subject": subject},
            ),
            "caption": caption,
            "heat": picture(
                Heat(
                    columns=years,
                    rows=tuple(drawn),
                    limits=classes.limits(point.number or 0 for row in drawn for point in row.points),
                    unit=_("procent"),
                ),
                caption,
                960,
            ),
            "over": about(over_sixty),
            "employed": about(in_all),
            "first": years[0],
            "ten": _in_ten_years(whole),
            "tenth": projection.years[min(10, len(whole))],
            "table": Table(
                f"{found.code}-pensioner",
                _("Väntade pensioner, %(subject)s") % {"subject": subject},
                [_("Yrke"), _("Anställda %(year)s") % {"year": years[0]}, _("60 år eller äldre"), _("procent"), *years],
                rows,
            ),
        },
    )


def _line(name: str, found: list[Figure]) -> Series:
    return Series(name=name, points=tuple(each.point() for each in found))


def _in_ten_years(whole: list[Figure]) -> str:
    """The sum of the middles: no interval, since that of a sum is not the sum of intervals."""
    return about(sum(each.number for each in whole[:10]))


# In the order of the picture: what a flow is called, which flows it gathers, and its sign.
FLOWS: tuple[tuple[str, tuple[int, ...], int], ...] = (
    ("examined", (out.EXAMINED,), 1),
    ("licensed", (out.LICENSED,), 1),
    ("specialised", (out.SPECIALISED,), 1),
    ("returned", (out.RETURNED,), 1),
    ("moved_in", (out.MOVED_IN,), 1),
    ("moved_out", (out.MOVED_OUT,), -1),
    ("left_to_specialise", (out.LEFT_TO_SPECIALISE,), -1),
    ("left", (out.LEFT,), -1),
    ("gone", (out.RETIRED, out.DIED, out.AGED_OUT), -1),
)


def flows(request: HttpRequest, found: Result) -> HttpResponse:
    """How the employed of one year became those of another, step by step, to the last."""
    if found.projection is None or found.data is None:
        return none_yet(request, found)
    projection = found.projection
    picked = shown_result.chosen(request.GET, projection, found.data)
    first, last = sorted((picked.other or projection.years[0], picked.year))
    steps = waterfall(projection, picked, first, last)
    names = {
        "examined": _("Nyexaminerade"),
        "licensed": _("Utlandsutbildade med legitimation"),
        "specialised": _("Färdiga med specialistutbildning"),
        "returned": _("Kommer tillbaka till yrket"),
        "moved_in": _("Flyttar in"),
        "moved_out": _("Flyttar ut"),
        "left_to_specialise": _("Blir specialister i annat yrke"),
        "left": _("Lämnar yrket"),
        "gone": _("Pension, dödsfall och utvandring"),
        "already": _("Räknas tillbaka: hade redan lämnat yrket"),
    }
    subject = shown_result.subject(projection, found.data, picked)
    caption = _("Från %(first)s till %(last)s, %(subject)s") % {"first": first, "last": last, "subject": subject}
    labels = [names.get(name, name) for name, _number in steps]
    return page(
        request,
        "flows",
        found,
        {
            "fields": shown_result.filters("yrke region mot ar", projection, found.data, picked, spans=True),
            "caption": caption,
            "chart": picture(
                Waterfall(
                    steps=tuple(
                        Step(label=label, number=number, change=name in names)
                        for label, (name, number) in zip(labels, steps, strict=True)
                    ),
                    unit=_("personer, anställda och i specialistutbildning"),
                ),
                caption,
            ),
            "table": Table(
                f"{found.code}-floden-{first}-{last}",
                caption,
                [_("Flöde"), _("Personer")],
                [[label, number] for label, (_name, number) in zip(labels, steps, strict=True)],
                whole=True,
            ),
        },
    )


def waterfall(projection: Projection, picked: Chosen, first: int, last: int) -> list[tuple[str, float]]:
    """The employed (in training too) of the first year, what came and went, and those of the last: the first and the
    changes sum to the last. Among those who retire or die are some who have left already, outside or not yet licensed:
    they are taken back as a step of their own.
    """
    start, end = (projection.years.index(year) * projection.facts.steps for year in (first, last))
    rows, regions = list(picked.rows), list(picked.regions)
    pyramid = projection.expected.pyramid[[start, end]][:, rows][:, :, regions].sum((1, 2, 3, 4))
    came = projection.expected.flows[start:end, rows][:, :, regions].sum((0, 1, 2))
    steps = [(name, sign * float(came[list(kinds)].sum())) for name, kinds, sign in FLOWS]
    already = float(pyramid[1] - pyramid[0]) - sum(number for _name, number in steps)
    return [(str(first), float(pyramid[0])), *steps, ("already", already), (str(last), float(pyramid[1]))]
