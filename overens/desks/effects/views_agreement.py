# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The key figures beside an agreement: how things were when it came into force, and since. Levels and changes only."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks import exports
from overens.desks.effects import shown
from overens.desks.public.pages import name_of, stored_agreement
from overens.desks.saying import language, picture
from overens.effects.models import Baseline
from overens.effects.tables import Values, by_year, table_of
from overens.followup.fact_subjects import region_names
from overens.rules.agreement import Agreement, said
from overens.rules.edition.charts import Break, Multiples, Panel, Point, Series
from overens.rules.effects.describing import Described, described
from overens.rules.effects.indicators import key_figures, looked_at
from overens.rules.statistics.table import StatisticsTable


@require_safe
def agreement(request: HttpRequest, code: str) -> HttpResponse:
    """Every key figure of an agreement with its baseline and where it is now."""
    a, _version = stored_agreement(code)
    baselines = {each.kpi: each for each in Baseline.objects.filter(agreement=code).select_related("paper")}
    rows = []
    for kpi in looked_at(a):
        source = table_of(kpi)
        values = _now(source, baselines.get(kpi))
        found = described(values, tuple(region_names()), a.period.first_day.year - 1) if values else None
        spreads = {each.year: each for each in found.spreads} if found else {}
        rows.append(
            {
                "kpi": kpi,
                "title": _title(a, kpi),
                "baseline": baselines.get(kpi),
                "there": found is not None,
                "since": found.since if found else None,
                "until": found.until if found else None,
                "before": _middle(spreads, found.since if found else None),
                "now": _middle(spreads, found.until if found else None),
                "without": len(baselines[kpi].content["without_value"]) if kpi in baselines else 0,
            }
        )
    context = {
        "a": a,
        "title": name_of(a),
        "rows": rows,
        "named": bool(a.indicators),
        "year": a.period.first_day.year,
        "crumbs": [(_("Effekter"), reverse("effects-start"))],
    }
    return render(request, "effects/agreement.html", context)


@require_safe
def figure(request: HttpRequest, code: str, kpi: str) -> HttpResponse:
    """One key figure by region and year, with the baseline that was frozen. ``format``: as a file."""
    a, _version = stored_agreement(code)
    if kpi not in looked_at(a):
        raise Http404(kpi)
    baseline = Baseline.objects.filter(agreement=code, kpi=kpi).select_related("paper").first()
    source, names = table_of(kpi), region_names()
    values = _now(source, baseline)
    found = described(values, tuple(names), a.period.first_day.year - 1)
    if (form := request.GET.get("format")) in exports.FORMATS:
        return exports.table_response(form, f"{code}-{kpi}", *_rows(found, names))
    content = baseline.content if baseline else {}
    known = key_figures().get(kpi)
    said_in = language()
    context: dict[str, Any] = {
        "a": a,
        "agreement": name_of(a),
        "kpi": kpi,
        "title": _title(a, kpi),
        "measures": said(known.definition, "measures", said_in) if known and known.definition else "",
        "could_say": said(known.theme, "could_say", said_in) if known else "",
        "may_not": said(known.theme, "may_not", said_in) if known else "",
        "named": next((each for each in a.indicators if each.kpi == kpi), None),
        "unit": shown.unit(source.measure) if source else "",
        "source": source,
        "baseline": baseline,
        "content": content,
        "without": [names.get(each, each) for each in content.get("without_value", [])],
        "revised": _revised(content, by_year(source) if source else {}),
        "found": found,
        "rows": _shown(found, names) if found.years else [],
        "spreads": _spreads(found),
        "chart": _chart(found, names, a, _title(a, kpi), source.measure if source else ""),
        "downloads": [(each, f"?format={each}") for each in exports.FORMATS],
        "crumbs": [
            (_("Effekter"), reverse("effects-start")),
            (name_of(a), reverse("effects-agreement", args=[code])),
        ],
    }
    return render(request, "effects/figure.html", context)


def _now(source: StatisticsTable | None, baseline: Baseline | None) -> Values:
    """The table's values, and up to the baseline's last year those that were frozen."""
    values = by_year(source) if source else {}
    if baseline is None:
        return values
    last = int(baseline.content["last_year"])  # numbers of a paper are text
    return {at: value for at, value in values.items() if at[1] > last} | _frozen(baseline.content)


def _frozen(content: dict[str, Any]) -> Values:
    return {
        (each["region"], int(each["year"])): None if each["value"] is None else Decimal(each["value"])
        for each in content.get("values", [])
    }


def _revised(content: dict[str, Any], now: Values) -> int:
    """How many frozen values the source has changed since."""
    return sum(1 for at, value in _frozen(content).items() if at in now and now[at] != value)


def _title(a: Agreement, kpi: str) -> str:
    english = language() == "en"
    for each in (*(named for named in a.indicators if named.kpi == kpi), key_figures().get(kpi)):
        if each is not None:
            return (english and each.title_en) or each.title
    return kpi


def _middle(spreads: dict[int, Any], year: int | None) -> str:
    return shown.number(spreads[year].middle) if year in spreads else "–"


def _rows(found: Described, names: dict[str, str]) -> tuple[list[str], list[list[object]]]:
    header = [_("Region"), *(str(year) for year in found.years), _("Förändring")]
    return header, [
        [names[row.unit], *(row.values[year] for year in found.years), row.change] for row in found.rows
    ]  # fmt: skip


def _shown(found: Described, names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": names[row.unit],
            "before": shown.number(row.values.get(found.since)) if found.since else "–",
            "now": shown.number(row.values.get(found.until)) if found.until else "–",
            "change": shown.number(row.change),
        }
        for row in found.rows
    ]


def _spreads(found: Described) -> list[list[str]]:
    return [
        [
            str(each.year),
            str(each.many),
            *(shown.number(getattr(each, name)) for name in ("lowest", "lower", "middle", "upper", "highest")),
        ]
        for each in found.spreads
    ]


def _chart(found: Described, names: dict[str, str], a: Agreement, title: str, measure: str) -> object:
    """The regions beside each other on one scale; None without two years."""
    if len(found.years) < 2:
        return None
    panels = tuple(
        Panel(
            title=names[row.unit],
            series=(
                Series(
                    name="",
                    points=tuple(
                        Point(number=None if (value := row.values[year]) is None else float(value), instead=_("saknas"))
                        for year in found.years
                    ),
                ),
            ),
        )
        for row in found.rows
    )
    start = str(a.period.first_day.year)
    breaks = (Break(year=start, comparable=True),) if start in map(str, found.years) else ()
    chart = Multiples(years=tuple(map(str, found.years)), panels=panels, breaks=breaks, unit=shown.unit(measure))
    return picture(chart, _("%(title)s, region för region") % {"title": title}, 900)
