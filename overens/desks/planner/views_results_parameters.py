# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a result stands on: every assumption with its interval and source."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.planner.shown_result import Result, title
from overens.desks.planner.shown_tables import Table
from overens.desks.planner.views_results import page
from overens.desks.planner.words import WORDS, source, unit
from overens.desks.saying import number
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Parameter, Scenario

SORTS: dict[str, Promise] = {
    "": gettext_lazy("Som i modellen"),
    "namn": gettext_lazy("Namn"),
    "osakerhet": gettext_lazy("Hur osäkert"),
    "status": gettext_lazy("Hur säkert källan är känd"),
}
ORDER = ("assumed", "data", "verified")


@dataclass(frozen=True)
class Row:
    """A parameter as it holds in the scenario; ``before``: as it ships, where the scenario says otherwise."""

    parameter: Parameter
    before: Parameter | None
    changed: bool

    @property
    def width(self) -> Decimal:
        """The interval's width against the value: how unsure it is."""
        each = self.parameter
        if each.low is None or each.high is None:
            return Decimal(0)
        return (each.high - each.low) / (abs(each.value) or Decimal(1))


def rows_of(scenario: Scenario, data: Data) -> list[Row]:
    """Those that ship, in their order, as the scenario overrides them, then its own."""
    own = {each.id: each for each in scenario.parameters}
    shipped = {each.id: each for each in data.parameters}
    rows = [Row(own.get(each.id, each), each if each.id in own else None, each.id in own) for each in data.parameters]
    return [*rows, *(Row(each, None, True) for each in scenario.parameters if each.id not in shipped)]


def assumptions(request: HttpRequest, found: Result) -> HttpResponse:
    """``status``, ``andrade`` (only what differs), ``q`` (words) and ``sortera`` in the query string."""
    rows = rows_of(found.scenario, found.data) if found.scenario and found.data else []
    status, order = request.GET.get("status", ""), request.GET.get("sortera", "")
    words, changed = request.GET.get("q", "").strip().lower()[:100], request.GET.get("andrade") == "ja"
    listed = [
        row
        for row in rows
        if (not status or row.parameter.status == status)
        and (not changed or row.changed)
        and words in f"{title(row.parameter)} {row.parameter.id} {source(row.parameter)}".lower()
    ]
    if order == "namn":
        listed.sort(key=lambda row: title(row.parameter).lower())
    elif order == "osakerhet":
        listed.sort(key=lambda row: -row.width)
    elif order == "status":
        listed.sort(key=lambda row: ORDER.index(row.parameter.status))
    return page(
        request,
        "assumptions",
        found,
        {
            "fields": _fields(words, status, changed, order),
            "rows": [_shown(row) for row in listed],
            "of": len(rows),
            "assumed": sum(row.parameter.status == "assumed" for row in rows),
            "differ": sum(row.changed for row in rows),
            "table": _table(found.code, listed),
        },
    )


def _fields(words: str, status: str, changed: bool, order: str) -> list[dict[str, Any]]:
    statuses = [("", _("Alla")), *((each, str(said)) for each, said in WORDS["status"].items())]
    differing = [("", _("Alla")), ("ja", _("Bara de som skiljer sig"))]
    orders = [(each, str(said)) for each, said in SORTS.items()]
    return [
        {"name": "q", "label": _("Sök"), "value": words, "type": "text"},
        {"name": "status", "label": _("Hur säkert"), "value": status, "type": "select", "options": statuses},
        {"name": "andrade", "label": _("Mot det som följer med"), "value": "ja" if changed else "", "type": "select",
         "options": differing},
        {"name": "sortera", "label": _("Ordning"), "value": order, "type": "select", "options": orders},
    ]  # fmt: skip


def _number(value: Decimal | None) -> str:
    return "–" if value is None else number(value)


def _shown(row: Row) -> dict[str, Any]:
    each = row.parameter
    return {
        "title": title(each),
        "id": each.id,
        "value": _number(each.value),
        "low": _number(each.low),
        "high": _number(each.high),
        "shape": WORDS["shape"][each.shape],
        "unit": unit(each),
        "source": source(each),
        "status": each.status,
        "status_name": WORDS["status"][each.status],
        "changed": row.changed,
        "before": _number(row.before.value) if row.before else "",
    }


def _table(code: str, rows: list[Row]) -> Table:
    """As a file: numbers as they are written in the scenario."""

    def figures(row: Row) -> list[float | None]:
        each, before = row.parameter, row.before
        values = (each.value, each.low, each.high, before.value if before else None)
        return [None if value is None else float(value) for value in values]

    return Table(
        f"{code}-antaganden",
        _("Antaganden"),
        [
            _("Id"), _("Namn"), _("Enhet"), _("Fördelning"), _("Hur säkert"), _("Källa"), _("Värde"), _("Lågt"),
            _("Högt"), _("Värde som följer med"),
        ],
        [
            [
                row.parameter.id, title(row.parameter), unit(row.parameter), str(WORDS["shape"][row.parameter.shape]),
                str(WORDS["status"][row.parameter.status]), source(row.parameter),
                *figures(row),
            ]
            for row in rows
        ],
        texts=6,
    )  # fmt: skip
