# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scenario gives: the gap in sentences and in pictures, and where in the country it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks import exports
from overens.desks.planner import places, shown_result, shown_tables
from overens.desks.planner.shown_gap import Figure, figures, gap
from overens.desks.planner.shown_result import Chosen, OwnResult, Result, title
from overens.desks.planner.shown_tables import Table, about
from overens.desks.refusals import shown
from overens.desks.saying import picture
from overens.rendering.countymap import county_names
from overens.rules.edition import classes
from overens.rules.edition.charts import Fan, Map, Panel, Point, Region, Series

# How many years on the overview speaks of, or of the last.
AHEAD = (0, 5, 10, 20)
LARGEST = 10


# The pages that every result has, by what the names of their routes end with.
PAGES: tuple[tuple[str, Promise], ...] = (
    ("", gettext_lazy("Översikt")),
    ("gap", gettext_lazy("Behov och tillgång")),
    ("ages", gettext_lazy("Åldrar")),
    ("retirement", gettext_lazy("Pensioner")),
    ("posts", gettext_lazy("Utbildningstjänster")),
    ("map", gettext_lazy("Karta")),
    ("flows", gettext_lazy("Flöden")),
    ("assumptions", gettext_lazy("Antaganden")),
)
# Those of one that has been run.
TRIED: tuple[tuple[str, Promise], ...] = (
    ("sensitivity", gettext_lazy("Känslighet")),
    ("backtest", gettext_lazy("Prövning")),
)


def page(
    request: HttpRequest, template: str, found: Result, context: dict[str, Any], folder: str = "results"
) -> HttpResponse:
    """A page of a result, or the table in ``context`` as a file."""
    table, form = context.get("table"), request.GET.get("format")
    if table is not None and form in exports.FORMATS and found.projection is not None:
        return shown_tables.file(form, table, found.projection)
    query = request.GET.copy()
    query.pop("format", None)
    tabs = _tabs(found)
    return render(
        request,
        f"planner/{folder}/{template}.html",
        {
            "found": found,
            "facts": found.projection.facts if found.projection else None,
            "bounded": shown(found.projection.facts.findings) if found.projection else [],
            "mistakes": shown(found.mistakes),
            "real": found.projection is not None and not found.projection.facts.synthetic,
            "page_title": next((f"{label}: {found.title}" for url, label in tabs if url == request.path), ""),
            "result_tabs": [
                {"url": url, "label": label, "current": _is_here(request.path, url)} for url, label in tabs
            ],
            "formats": exports.FORMATS,
            "query": query.urlencode(),
            "gap_url": found.url("gap"),
            **_around(found),
            **context,
        },
    )


def _tabs(found: Result) -> list[tuple[str, str]]:
    tabs = [(found.url(name), str(label)) for name, label in PAGES]
    if isinstance(found, OwnResult):
        tabs.append((reverse("planner-money", args=found.at), _("Pengar")))
    if found.number is not None:
        tabs += [(found.url(name), str(label)) for name, label in TRIED]
    return tabs


def _around(found: Result) -> dict[str, Any]:
    """What surrounds it: at the desk where it is from and what may be done, at a secret address the scenario alone."""
    if isinstance(found, OwnResult):
        saved = found.saved
        own = {"saved": saved, "place": places.place_of(saved), "may_plan": found.may_plan}
        return {**own, "crumbs": places.crumbs(saved)}
    if found.number is None:
        return {"crumbs": [(_("Scenarier"), reverse("planner-start"))]}
    return {"is_shared": True, "crumbs": [(found.title, reverse("planner-shared", args=found.at))]}


def _is_here(path: str, url: str) -> bool:
    """At its address, or below that of the money, which has pages of its own."""
    return path == url or (url.endswith("/pengar/") and path.startswith(url))


def none_yet(request: HttpRequest, found: Result) -> HttpResponse:
    return page(request, "none", found, {})


def overview(request: HttpRequest, found: Result) -> HttpResponse:
    if found.projection is None or found.data is None:
        return none_yet(request, found)
    projection = found.projection
    picked = shown_result.chosen(request.GET, projection, found.data)
    whole = figures(gap(found, picked).gap)
    first = projection.years[0]
    rows = [(row, _of_row(found, picked, row)) for row in picked.rows]
    rows.sort(key=lambda each: -each[1][0].number)
    last = projection.years[-1]
    return page(
        request,
        "overview",
        found,
        {
            "fields": shown_result.filters("yrke region enhet", projection, found.data, picked),
            "subject": shown_result.subject(projection, found.data, picked),
            "sentences": [
                (first + ahead, sentence(whole[ahead], first + ahead, picked.unit_name))
                for ahead in sorted({min(each, len(whole) - 1) for each in AHEAD})
            ],
            "last": last,
            "many": len(picked.rows) > 1,
            "largest": [
                {
                    "title": title(projection.facts.occupations[row]),
                    "code": projection.facts.occupations[row].code,
                    "gap": in_words(amount),
                    "share": in_words(share, 100),
                }
                for row, (amount, share) in rows[:LARGEST]
                if amount.number > 0
            ],
            "unit": picked.unit_name,
            "table": Table(
                f"{found.code}-brist",
                _("Brist %(year)s, %(unit)s") % {"year": last, "unit": picked.unit_name},
                [
                    _("Yrke"),
                    _("Brist %(year)s, %(unit)s") % {"year": last, "unit": picked.unit_name},
                    _("Från"),
                    _("Till"),
                    _("Andel av behovet, procent"),
                ],
                [
                    [
                        title(projection.facts.occupations[row]),
                        amount.number,
                        amount.low,
                        amount.high,
                        100 * share.number,
                    ]
                    for row, (amount, share) in rows
                ],
            ),
        },
    )


def _of_row(found: Result, picked: Chosen, row: int) -> tuple[Figure, Figure]:
    """The gap of one occupation at the end, and its share of the need."""
    there = gap(found, picked.of(row))
    return figures(there.gap)[-1], figures(there.share)[-1]


def in_words(figure: Figure, times: float = 1) -> str:
    """ "62 (40–90)", or "62" where there is no interval."""
    middle = about(times * figure.number)
    if figure.low is None or figure.high is None:
        return middle
    ends = {"low": about(times * figure.low), "high": about(times * figure.high)}
    return f"{middle} ({_('%(low)s till %(high)s') % ends})"


def sentence(figure: Figure, year: int, unit: str) -> str:
    """What is lacking in a year, or more than is needed."""
    low, high = figure.low, figure.high
    values = {"year": year, "unit": unit, "middle": about(abs(figure.number))}
    if low is None or high is None:
        if figure.number >= 0:
            return _("I början av %(year)s väntas det saknas %(middle)s %(unit)s.") % values
        return _("I början av %(year)s väntas det finnas %(middle)s %(unit)s mer än behovet.") % values
    if low >= 0:
        said = _("I början av %(year)s saknas %(low)s–%(high)s %(unit)s; hälften av körningarna ger mer än %(middle)s.")
        return said % {**values, "low": about(low), "high": about(high)}
    if high <= 0:
        said = _(
            "I början av %(year)s finns %(low)s–%(high)s %(unit)s för mycket; "
            "hälften av körningarna ger mer än %(middle)s."
        )
        return said % {**values, "low": about(-high), "high": about(-low)}
    said = _(
        "I början av %(year)s är det osäkert om det räcker: från %(high)s %(unit)s för lite till %(low)s för mycket."
    )
    return said % {**values, "low": about(-low), "high": about(high)}


def gap_curves(request: HttpRequest, found: Result) -> HttpResponse:
    """Need and supply over the years, for what is chosen and for each occupation in it."""
    if found.projection is None or found.data is None:
        return none_yet(request, found)
    projection = found.projection
    picked = shown_result.chosen(request.GET, projection, found.data)
    chosen = gap(found, picked)
    years = tuple(map(str, projection.years))
    subject = shown_result.subject(projection, found.data, picked)
    need, supply, lacking = figures(chosen.need), figures(chosen.supply), figures(chosen.gap)
    rows = [
        [int(year), n.number, n.low, n.high, s.number, s.low, s.high, g.number, g.low, g.high]
        for year, n, s, g in zip(years, need, supply, lacking, strict=True)
    ]
    unit = picked.unit_name
    many = len(picked.rows) > 1
    return page(
        request,
        "gap",
        found,
        {
            "fields": shown_result.filters("yrke region enhet", projection, found.data, picked),
            "subject": subject,
            "unit": unit,
            "picked": picked,
            "chart": picture(
                Fan(years=years, panels=(Panel(title=subject, series=_pair(need, supply)),), unit=unit),
                _("Behov och tillgång, %(subject)s") % {"subject": subject},
            ),
            "gap_chart": picture(
                Fan(years=years, panels=(Panel(title=subject, series=(_line(_("Brist"), lacking),)),), unit=unit),
                _("Brist, %(subject)s") % {"subject": subject},
            ),
            "small": _small(found, picked, years) if many else None,
            "table": Table(
                f"{found.code}-behov-och-tillgang",
                f"{subject}, {unit}",
                [
                    _("År"),
                    _("Behov, %(unit)s") % {"unit": unit}, _("Behov från"), _("Behov till"),
                    _("Tillgång, %(unit)s") % {"unit": unit}, _("Tillgång från"), _("Tillgång till"),
                    _("Brist, %(unit)s") % {"unit": unit}, _("Brist från"), _("Brist till"),
                ],
                [[str(row[0]), *row[1:]] for row in rows],
            ),
        },
    )  # fmt: skip


def _line(name: str, found: list[Figure]) -> Series:
    return Series(name=name, points=tuple(each.point() for each in found))


def _pair(need: list[Figure], supply: list[Figure]) -> tuple[Series, Series]:
    return _line(_("Behov"), need), _line(_("Tillgång"), supply)


def _small(found: Result, picked: Chosen, years: tuple[str, ...]) -> Any:
    """Each occupation in per cent of its own need at first, so that large and small stand on one scale."""
    panels = []
    for row in picked.rows:
        there = gap(found, picked.of(row))
        if there.need.max() > 0:
            share = there.of_first_need
            series = _pair(figures(share.need), figures(share.supply))
            panels.append(Panel(title=title(found.shown.facts.occupations[row]), series=series))
    unit = _("procent av behovet %(year)s") % {"year": years[0]}
    return picture(Fan(years=years, panels=tuple(panels), unit=unit), _("Behov och tillgång yrke för yrke"), 960)


def regions(request: HttpRequest, found: Result) -> HttpResponse:
    """How large a share of its need each region lacks in a year."""
    if found.projection is None or found.data is None:
        return none_yet(request, found)
    projection = found.projection
    picked = shown_result.chosen(request.GET, projection, found.data)
    at = projection.years.index(picked.year)
    titles = shown_result.region_titles(projection)
    national = set(projection.facts.regions) >= set(county_names())
    rows = []
    for index, region in enumerate(projection.facts.regions):
        there = gap(found, replace(picked, regions=(index,)))
        rows.append((region, figures(100 * there.share)[at], figures(there.gap)[at]))
    limits = classes.limits(round(share.number) for _code, share, _amount in rows)
    caption = _("Brist i procent av behovet %(year)s") % {"year": picked.year}
    return page(
        request,
        "map",
        found,
        {
            "fields": shown_result.filters("yrke enhet ar", projection, found.data, picked),
            "subject": dict(shown_result.occupation_options(projection, found.data))[picked.occupation],
            "national": national,
            "chart": picture(
                Map(
                    regions=tuple(
                        Region(code=c, name=titles[c], point=Point(number=round(share.number)))
                        for c, share, _amount in rows
                    ),
                    limits=limits,
                    unit=_("procent"),
                ),
                caption,
            )
            if national
            else None,
            "caption": caption,
            "table": Table(
                f"{found.code}-regioner",
                caption,
                [
                    _("Region"), _("Procent av behovet %(year)s") % {"year": picked.year}, _("Från"), _("Till"),
                    _("Brist, %(unit)s") % {"unit": picked.unit_name}, _("Brist från"), _("Brist till"),
                ],
                [
                    [titles[c], share.number, share.low, share.high, amount.number, amount.low, amount.high]
                    for c, share, amount in sorted(rows, key=lambda each: -each[1].number)
                ],
            ),
        },
    )  # fmt: skip
