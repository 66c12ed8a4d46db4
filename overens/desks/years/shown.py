# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The years as tables and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from overens.desks.saying import language, picture
from overens.desks.years.asked import LABELS, Question
from overens.rules.agreement import Agreement, said
from overens.rules.amounts import group_digits
from overens.rules.edition.charts import Bar, Bars, Multiples, Panel, Point, Series
from overens.rules.statistics.table import StatisticsTable
from overens.rules.years import foreseeing, prices
from overens.rules.years.money import FIELDS, MoneyRow, Sum, added, by_purpose, by_year, together

# What became of the money that was given out: each krona of it is in one of these.
FATES = ("used", "unused", "clawed_back", "lapsed")
MOST_SERIES = 7
# What the list of all lines shows; the files have every figure.
IN_LIST = ("decided", "paid", "used", "lapsed", "repaid")
HEADER = ("year", "last_year", "recipient", "name", "agreement", "line", "pot", "basis", *FIELDS)


def whole(value: Fraction | None) -> int | None:
    """To the nearest krona."""
    return None if value is None else floor(value + Fraction(1, 2))


def unit(question: Question) -> str:
    """What the figures are, in words."""
    kronor = _("kronor per invånare") if question.per_inhabitant else _("kronor")
    if question.base is None:
        return _("%(kronor)s, löpande priser") % {"kronor": kronor}
    return _("%(kronor)s, i %(year)s års priser") % {"kronor": kronor, "year": question.base}


def purpose_names(agreements: Mapping[str, Agreement]) -> dict[str, str]:
    """What each purpose is called in the newest agreement that has it, with that agreement's name."""
    found = {}
    for (id, pot), purpose in foreseeing.purposes(agreements).items():
        agreement = agreements[id]
        title, whose = said(agreement.pot(pot), "title", language()), said(agreement, "short_title", language())
        found[purpose] = f"{title} ({rest_of(whose, agreement)})"
    return found


def rest_of(title: str, agreement: Agreement) -> str:
    """What an agreement is called beside those that its printed sum gathers."""
    return _("%(title)s, utom det som står för sig") % {"title": title} if agreement.gathers else title


def cell(figure: Sum | None) -> str | int | None:
    """A sum as a table shows it: with ≥ where something that belongs in it is not known."""
    if figure is None or figure.value is None:
        return None
    kronor = whole(figure.value)
    return f"≥ {group_digits(kronor or 0)}" if figure.partial else kronor


def point(figure: Sum | None) -> Point:
    if figure is None or figure.value is None:
        return Point(instead=_("inte känt"))
    return Point(number=whole(figure.value), partial=figure.partial)


def telling(rows: Iterable[MoneyRow], fields: Iterable[str] = FIELDS) -> list[str]:
    """The figures that say something of some row: those that are known and not all nought."""
    found = list(rows)
    return [name for name in fields if any(getattr(row.money, name) for row in found)]


def purposes(rows: Sequence[MoneyRow], question: Question, agreements: Mapping[str, Agreement]) -> dict[str, Any]:
    """What was decided by purpose and year: a picture and its table."""
    parts = by_purpose(rows, foreseeing.purposes(agreements), question.scale)
    years = sorted({row.year for row in rows})
    names = {purpose: name for purpose, name in purpose_names(agreements).items() if purpose in parts}
    drawn_by = _largest(parts, years)
    bars = tuple(
        Bar(label=str(year), points=tuple(point(by.get(year, Sum(Fraction(0), 1, 1))) for by in drawn_by.values()))
        for year in years
        if any(year in by and by[year].value is not None for by in parts.values())
    )
    caption = _("Beslutat efter ändamål, %(unit)s") % {"unit": unit(question)}
    return {
        "caption": caption,
        "chart": picture(
            Bars(
                series=tuple(names.get(each, each) for each in drawn_by), rows=bars, way="stacked", unit=unit(question)
            ),
            caption,
        )
        if bars
        else "",
        "columns": [{"label": _("Ändamål")}, *({"label": str(year), "kind": "number"} for year in years)],
        "rows": [
            {"cells": [names[pot], *(cell(found[year]) if year in found else "–" for year in years)]}
            for pot, found in parts.items()
        ],
    }


def _largest(parts: Mapping[str, dict[int, Sum]], years: Iterable[int]) -> dict[str, dict[int, Sum]]:
    """As many purposes as a picture can tell apart; the smaller ones as one."""
    if len(parts) <= MOST_SERIES:
        return dict(parts)
    size = {purpose: added(each.value for each in by.values()).value or 0 for purpose, by in parts.items()}
    kept = sorted(parts, key=lambda purpose: -size[purpose])[: MOST_SERIES - 1]
    rest = [by for purpose, by in parts.items() if purpose not in kept]
    others = {
        year: added(by[year].value for by in rest if year in by) for year in years if any(year in by for by in rest)
    }
    return {**{purpose: by for purpose, by in parts.items() if purpose in kept}, _("Övriga ändamål"): others}


def fates(rows: Sequence[MoneyRow], question: Question) -> dict[str, Any]:
    """What became of the money by year, with what has lapsed and what was not used; nothing where nothing is known."""
    by = {what: by_year(rows, what, question.scale) for what in ("decided", *FATES)}
    years = [year for year, figure in by["used"].items() if figure.value is not None]
    bars = []
    for year in years:
        known = [by[what][year] for what in FATES]
        # Of the rows whose fate is known: what is with the recipient or on its way to it.
        followed = [row for row in rows if row.year == year and row.money.used is not None]
        given = by_year(followed, "decided", question.scale)[year].value or Fraction(0)
        rest = Sum(given - sum((each.value or Fraction(0) for each in known), Fraction(0)), known[0].known, known[0].of)
        bars.append(Bar(label=str(year), points=tuple(point(each) for each in (*known, rest))))
    caption = _("Vad det blev av pengarna, %(unit)s") % {"unit": unit(question)}
    series = (*(str(LABELS[what]) for what in FATES), _("Inte slutredovisat"))
    return {
        "caption": caption,
        "chart": picture(Bars(series=series, rows=tuple(bars), way="stacked", unit=unit(question)), caption)
        if bars
        else "",
        "unknown": sorted({row.year for row in rows} - set(years)),
    }


def years_table(rows: Sequence[MoneyRow], question: Question) -> dict[str, Any]:
    """A row a year: the figure asked for, then every figure in kronor of the time."""
    asked = by_year(rows, question.what, question.scale)
    shown, told = [], telling(rows)
    for year in sorted({row.year for row in rows}):
        sums = together(row for row in rows if row.year == year)
        shown.append({"cells": [str(year), cell(asked.get(year)), *(cell(sums[name]) for name in told)]})
    return {
        "caption": _("Varje år för sig"),
        "columns": [
            {"label": _("År")},
            {"label": f"{LABELS[question.what]}, {unit(question)}", "kind": "number"},
            *({"label": LABELS[name], "kind": "number"} for name in told),
        ],
        "rows": shown,
    }


def lines_table(rows: Iterable[MoneyRow], agreements: Mapping[str, Agreement], address: Any) -> dict[str, Any]:
    """A row for each agreement, line and year, as it is known."""
    bases = {"ledger": _("följs här"), "printed": _("tryckt bilaga"), "agreed": _("överenskommet, ännu inte beslutat")}
    shown = []
    for row in rows:
        agreement = agreements[row.agreement]
        years = str(row.year) if row.year == row.last_year else f"{row.year}–{row.last_year}"
        shown.append(
            {
                "cells": [
                    f"{rest_of(said(agreement, 'short_title', language()), agreement)}: "
                    f"{said(agreement.line(row.line), 'title', language())}",
                    years,
                    bases[row.basis],
                    *(getattr(row.money, name) for name in IN_LIST),
                ],
                "url": address(row),
            }
        )
    return {
        "caption": _("Varje överenskommelse och beslutslinje"),
        "columns": [
            {"label": _("Överenskommelse och linje")},
            {"label": _("År")},
            {"label": _("Uppgifterna är från")},
            *({"label": LABELS[name], "kind": "number"} for name in IN_LIST),
        ],
        "rows": shown,
    }


def multiples(by_recipient: Mapping[str, Sequence[MoneyRow]], question: Question, names: Mapping[str, str]) -> Any:
    """The same small picture for each recipient, with the table behind it."""
    years = sorted({row.year for rows in by_recipient.values() for row in rows})
    found = {code: by_year(rows, question.what, question.scale) for code, rows in by_recipient.items()}
    caption = _("%(what)s, %(unit)s") % {"what": LABELS[question.what], "unit": unit(question)}
    panels = tuple(
        Panel(
            title=names[code],
            series=(Series(name="", points=tuple(point(by.get(year)) for year in years)),),
        )
        for code, by in found.items()
    )
    whole_country = {
        year: added(by[year].value if year in by else None for by in found.values()) for year in years
    }  # fmt: skip
    return {
        "caption": caption,
        "chart": picture(Multiples(years=tuple(map(str, years)), panels=panels, unit=unit(question)), caption, 960),
        "columns": [{"label": _("Mottagare")}, *({"label": str(year), "kind": "number"} for year in years)],
        "rows": [
            {"cells": [names[code], *(cell(by.get(year)) for year in years)], "code": code}
            for code, by in found.items()
        ],
        "total": None if question.per_inhabitant else [_("Summa"), *(cell(whole_country[year]) for year in years)],
    }


def populations(question: Question, years: Iterable[int]) -> list[str]:
    """Which population each year's figure is divided by."""
    found = []
    for year in sorted(set(years)):
        known = question.inhabitants.get(year)
        if known is None:
            found.append(_("%(year)s: ingen folkmängd är känd") % {"year": year})
        else:
            title = known.title_en if language() == "en" else known.title
            found.append(
                _("%(year)s: folkmängden den %(day)s (%(title)s)")
                % {"year": year, "day": date_format(known.day, "DATE_FORMAT"), "title": title}
            )
    return found


def table_title(table: StatisticsTable) -> str:
    return table.title_en if language() == "en" and table.title_en else table.title


def without_index(question: Question, years: Iterable[int]) -> list[int]:
    known = prices.years(question.index)
    return [] if question.base is None else sorted({year for year in years if year not in known})


def file_rows(rows: Iterable[MoneyRow], names: Mapping[str, str]) -> list[list[object]]:
    """As :data:`HEADER`: each row whole (no pot), then what was decided of it by pot. Empty where not known."""
    found: list[list[object]] = []
    for row in rows:
        start = [row.year, row.last_year, row.recipient, names.get(row.recipient, ""), row.agreement, row.line]
        found.append([*start, "", row.basis, *(getattr(row.money, name) for name in FIELDS)])
        for pot, kronor in row.parts.items():
            found.append([*start, pot, row.basis, kronor, *(None for _each in FIELDS[1:])])
    return found
