# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's statistics: the population that the 2019 agreement weighs by, approved; the next year's, to be looked
through.
"""

from __future__ import annotations

import datetime as dt

from overens.demo.people import person
from overens.demo.script import Step, at
from overens.rules import reading
from overens.rules.process import Role
from overens.rules.statistics.asked import Asked
from overens.rules.statistics.shipped import shipped
from overens.statistics import actions
from overens.statistics.fetching import Question
from overens.statistics.models import StoredTable

TITLE = "Folkmängd efter län"
NEXT = "scb-2019-11-01"
ASKED = dt.date(2019, 12, 3)


def steps() -> list[Step]:
    return [Step(at(ASKED), "statistics/population", "receive-statistics", load)]


def load() -> None:
    analyst, negotiator = person("SOS", Role.ANALYST), person("SOC", Role.NEGOTIATOR)
    agreement, _ = reading.read(reading.find("2019").read_text(encoding="utf-8"))
    assert agreement is not None
    recipients = agreement.group(agreement.lines[0].recipients).recipients
    first = {each.code: int(each.weight) for each in recipients if each.weight is not None}
    source = "SCB, den 31 december 2018, ur bilaga 1 till överenskommelsen för 2019"
    stored = _received("2018-12-31", first, source)
    actions.approve(stored.code, negotiator)
    later = shipped()[NEXT]
    values = {cell.unit: int(value) for cell, value in later.values.items() if value is not None}
    actions.receive(*_file(later.times[0], values, "SCB, den 1 november 2019"), analyst, name=f"{NEXT}.csv")


def _received(time: str, values: dict[str, int], source: str) -> StoredTable:
    return actions.receive(*_file(time, values, source), person("SOS", Role.ANALYST), name=f"folkmangd-{time}.csv")


def _file(time: str, values: dict[str, int], source: str) -> tuple[Question, list[tuple[str, bytes]]]:
    rows = "".join(f"{code},{time},{value}\n" for code, value in sorted(values.items()))
    asked = Asked(times=(time,), title=TITLE, measure="persons", source=source)
    return actions.file_question("csv", asked), [("", f"code,time,value\n{rows}".encode())]
