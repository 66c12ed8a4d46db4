# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's proposals for 2020, made up: the same sum by population, with a base to each, and with a highest sum."""

from __future__ import annotations

import datetime as dt
from functools import partial

from overens.demo.people import person
from overens.demo.script import Step, at
from overens.people.models import Organisation
from overens.proposals import actions
from overens.rules.process import Role

OWNER = "SOC"
DAY = dt.date(2019, 11, 22)
TEXT = """\
format = 1
kind = "proposal"
id = "{id}"
title = "{title}"
note = "{note}"
period = {{ from = 2020-01-01, to = 2020-12-31 }}
recipients = "regions"

[allocation]
rounding = "largest-remainder"

[[basis]]
id = "folkmangd"
title = "Folkmängd den 1 november 2019"
unit = "invånare"
table = "scb-2019-11-01"

[[pot]]
id = "medarbetare"
title = "Vårdens medarbetare"
amount = "3 000 000 000 kr"
key = "{key}"
basis = "folkmangd"
{more}"""
PROPOSALS = (
    (
        "folkmangd-2020",
        "2020: efter folkmängd",
        "Som 2019: allt efter folkmängd, med den folkmängd som gällde i november.",
        "population-share",
        "",
    ),
    (
        "grundbelopp-2020",
        "2020: grundbelopp till alla",
        "Tio miljoner kronor till varje region, resten efter folkmängd.",
        "fixed-plus-population",
        "fixed = 10_000_000\n",
    ),
    (
        "tak-2020",
        "2020: tak för de största",
        "Efter folkmängd, men ingen får mer än 500 miljoner kronor eller mindre än 25 miljoner kronor.",
        "population-share",
        "least = 25_000_000\nmost = 500_000_000\n",
    ),
)


def steps() -> list[Step]:
    """In order of time: one a minute."""
    return [
        Step(at(DAY, 9, minute), f"proposal/{OWNER}/{each[0]}", "create-proposal", partial(_create, text(*each)))
        for minute, each in enumerate(PROPOSALS)
    ]


def text(id: str, title: str, note: str, key: str, more: str) -> str:
    return TEXT.format(id=id, title=title, note=note, key=key, more=more)


def _create(text: str) -> None:
    actions.create(text, Organisation.objects.get(code=OWNER), person(OWNER, Role.NEGOTIATOR))
