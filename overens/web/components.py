# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of components shows: every component once, with figures that could be real.

The samples are Swedish in both languages, as the texts of an agreement are.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator

from overens.desks.refusals import shown
from overens.rendering.countymap import county_names
from overens.rules.findings import Evidence, Finding
from overens.rules.process import Place

TODAY = dt.date(2019, 11, 27)
UNDERWAY = {
    Place.RESERVED: 1,
    Place.ALLOCATED: 418_204_371,
    Place.REQUISITIONED: 962_118_030,
    Place.IN_PAYMENT: 741_261_389,
    Place.HELD: 1_238_416_209,
}
SETTLED = {
    Place.HELD: 214_300_112,
    Place.USED: 2_778_204_118,
    Place.TO_REPAY: 61_940_300,
    Place.RETURNED: 151_200_470,
    Place.LAPSED: 152_855_000,
    Place.WRITTEN_OFF: 1_500_000,
    Place.REMITTED: 400_000,
}


def samples() -> dict[str, Any]:
    """The context of components/index.html."""
    return {"today": TODAY, **_actions(), **_reading(), **_forms(), **_pictures()}


def _actions() -> dict[str, Any]:
    return {
        "clock_steps": [
            {"to": dt.date(2019, 11, 28), "label": "I morgon"},
            {"to": dt.date(2019, 12, 2), "label": "Dagen efter sista dag för rekvisition"},
        ],
        "nav": [
            {"url": "#oversikt", "label": "Översikt", "current": True, "count": 3},
            {"url": "#siffror", "label": "Överenskommelser", "current": False},
            {"url": "#tabeller", "label": "Regioner", "current": False},
            {"url": "#bilder", "label": "Var pengarna är", "current": False},
        ],
        "downloads": [(each, "#tabeller") for each in ("csv", "xlsx", "json")],
        "crumbs": [("Start", "#main"), ("Överenskommelse 2019", "#siffror")],
        "header_buttons": [
            {"url": "#formular", "label": "Skriv rekvisition", "kind": "is-primary"},
            {"url": "#bilder", "label": "Följ pengarna", "kind": ""},
        ],
        "tasks": [
            {
                "url": "#formular",
                "title": "Rekvirera 741 261 389 kr",
                "text": "Överenskommelsen 2019. Rätten till bidraget förfaller om rekvisitionen inte kommer in i tid.",
                "due": dt.date(2019, 12, 1),
            },
            {
                "url": "#fynd",
                "title": "Komplettera den ekonomiska berättelsen",
                "text": "Kammarkollegiet har lämnat tillbaka den: fördelningsnyckel saknas på en kostnad.",
                "due": dt.date(2019, 11, 25),
            },
            {"url": "#bilder", "title": "Granska den ekonomiska berättelsen", "text": "", "due": dt.date(2020, 3, 31)},
        ],
        "tabs": [
            {"url": "#flikar", "label": "Att granska", "current": True, "count": 4},
            {"url": "#flikar", "label": "Att betala", "current": False, "count": 0},
            {"url": "#flikar", "label": "Alla ärenden", "current": False},
        ],
        "page": Paginator(range(1, 1101), 50).page(7),
        "confirm_items": [
            {"label": "Mottagare", "value": "Region Stockholm"},
            {"label": "Belopp", "value": 741_261_389, "kind": "kr"},
            {"label": "Bankgiro", "value": "5050-1055"},
        ],
        "confirm_hidden": {"revision": 4},
    }


def _reading() -> dict[str, Any]:
    return {
        "key_figures": [
            {"label": "överenskommet för 2019", "value": 3_360_000_000, "kind": "mnkr", "note": "3 360 000 000 kr"},
            {"label": "utbetalt", "value": 1_979_677_598, "kind": "mnkr", "note": "58,9 % av det överenskomna"},
            {
                "label": "ännu inte rekvirerat",
                "value": 418_204_371,
                "kind": "mnkr",
                "note": "6 regioner",
                "marked": True,
            },
            {"label": "mottagare", "value": 22, "kind": "number", "note": "21 regioner och SKR", "url": "#tabeller"},
        ],
        "states": ["decided", "requisitioned", "returned", "paid", "reported", "settled", "lapsed", "clawed-back"],
        "findings": shown(
            [
                Finding(
                    "pots-do-not-add-up",
                    "error",
                    {"parts": 3_359_999_999, "whole": 3_360_000_000, "difference": 1},
                    evidence=(
                        Evidence("insatser", {"decided": 2_834_999_999}),
                        Evidence("specialistutbildning", {"decided": 525_000_000}),
                    ),
                ),
                Finding("amount-grouping", "warning", {"raw": "544 99 160", "possible": 54_499_160}),
                Finding("unknown-rounding", "note", {"value": "banker", "choices": ["half-up", "controlled"]}),
            ]
        ),
        "due": dt.date(2019, 12, 1),
        "due_today": TODAY,
        "due_late": dt.date(2019, 11, 24),
        "due_later": dt.date(2020, 3, 31),
        "steps": [
            {"label": "Beslutat", "state": "done", "on": dt.date(2019, 6, 27), "note": ""},
            {"label": "Rekvirerat", "state": "done", "on": dt.date(2019, 9, 12), "note": ""},
            {"label": "Utbetalt", "state": "current", "on": None, "note": "väntar på bankens besked"},
            {"label": "Redovisat", "state": "todo", "on": None, "note": "senast 2020-03-31"},
            {"label": "Slutreglerat", "state": "todo", "on": None, "note": ""},
        ],
        "facts": [
            {"label": "Parter", "value": "Staten och Sveriges Kommuner och Landsting"},
            {"label": "Regeringens diarienummer", "value": "S2019/02799/FS", "note": "Ska stå på varje handling."},
            {"label": "Beslutat belopp", "value": 741_261_389, "kind": "kr"},
            {"label": "Sista dag att rekvirera", "value": dt.date(2019, 12, 1), "kind": "date"},
            {"label": "Fördelningsnyckel för kommunernas del", "value": None},
        ],
        "entries": [
            {
                "at": dt.datetime(2019, 11, 20, 13, 5, tzinfo=dt.UTC),
                "what": "Rekvisitionen lämnades tillbaka för komplettering",
                "who": "Kammarkollegiet",
                "text": "Ange en betalningsreferens som banken godtar.",
            },
            {
                "at": dt.datetime(2019, 11, 18, 8, 42, tzinfo=dt.UTC),
                "what": "Rekvisitionen skrevs under och lämnades in",
                "who": "Region Stockholm",
                "url": "#bekrafta",
            },
            {"at": dt.datetime(2019, 6, 27, 9, 0, tzinfo=dt.UTC), "what": "Regeringen beslutade om utbetalning"},
        ],
        "columns": [
            {"label": "Region", "kind": ""},
            {"label": "Folkmängd", "kind": "number"},
            {"label": "Insatser", "kind": "kr"},
            {"label": "Specialistutbildning", "kind": "kr"},
            {"label": "Summa", "kind": "kr"},
        ],
        "rows": [
            {"cells": ["Stockholm", 2_344_124, 649_606_194, 91_655_195, 741_261_389], "url": "#tabeller"},
            {"cells": ["Uppsala", 376_354, 104_295_783, 14_715_461, 119_011_245], "url": "#tabeller", "marked": True},
            {"cells": ["Gotland", 59_249, 16_419_166, None, 18_735_807], "url": "#tabeller"},
        ],
        "total_row": ["Summa", 2_779_727, 770_321_143, 106_370_656, 879_008_441],
    }


def _forms() -> dict[str, Any]:
    return {
        "form_errors": [
            {"id": "id_belopp", "label": "Belopp som rekvireras", "text": "Högst 741 261 389 kr är beslutat."},
            {"id": "id_giro", "label": "Bankgiro eller plusgiro", "text": "Kontrollsiffran stämmer inte."},
        ],
        "alternatives": [("1", "Alt 1: granskad utan avvikelser"), ("2", "Alt 2: granskad med avvikelser")],
        "state_options": [("", "Alla"), ("requisitioned", "Rekvirerat"), ("paid", "Utbetalt")],
        "filter_fields": [
            {"name": "mottagare", "label": "Mottagare", "value": "", "type": "text"},
            {
                "name": "tillstand",
                "label": "Tillstånd",
                "value": "paid",
                "type": "select",
                "options": [("", "Alla"), ("requisitioned", "Rekvirerat"), ("paid", "Utbetalt")],
            },
        ],
    }


def _pictures() -> dict[str, Any]:
    codes = list(county_names())
    # Kronor an inhabitant, made up; two counties have not reported.
    per_inhabitant: dict[str, int | None] = {code: 180 + (number * 37) % 210 for number, code in enumerate(codes)}
    return {
        "underway": UNDERWAY,
        "settled": SETTLED,
        "place_links": dict.fromkeys(map(str, SETTLED), "#bilder"),
        "counties": {**per_inhabitant, "09": None, "19": None},
        "county_links": dict.fromkeys(codes, "#bilder"),
    }
