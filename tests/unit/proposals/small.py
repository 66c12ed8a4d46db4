# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small proposal, and tables for it."""

from __future__ import annotations

from overens.rules.proposals.proposal import Proposal
from overens.rules.proposals.reading import read
from overens.rules.statistics.table import Cell, StatisticsTable

PEOPLE, OLD, OLDEST = {"01": 50, "03": 30, "04": 20}, {"01": 6, "03": 4, "04": 20}, {"01": 4, "03": 6, "04": 0}
CODES = {"a": "01", "b": "03", "c": "04"}
DAY = "2019-11-01"
SMALL = """\
format = 1
kind = "proposal"
id = "litet"
title = "Litet"
period = {{ from = 2020-01-01, to = 2020-12-31 }}
recipients = "{recipients}"
recipient = [{{ code = "01", name = "A" }}, {{ code = "03", name = "B" }}, {{ code = "04", name = "C" }}]

[allocation]
rounding = "largest-remainder"

[[basis]]
id = "t"
{basis}

[[pot]]
id = "p"
amount = {amount}
basis = "t"
{pot}
{more}
"""


def text(
    pot: str = 'key = "population-share"',
    basis: str = 'table = "people"',
    more: str = "",
    amount: int = 100,
    recipients: str = "listed",
) -> str:
    """The small proposal; in what is put in, a, b and c are the recipients."""
    made = SMALL.format(pot=pot, basis=basis, more=more, amount=amount, recipients=recipients)
    for letter, code in CODES.items():
        made = made.replace(f'code = "{letter}"', f'code = "{code}"').replace(f'["{letter}"]', f'["{code}"]')
    return made


def proposal(**parts: object) -> Proposal:
    found, findings = read(text(**parts))  # type: ignore[arg-type]
    assert found is not None, findings
    return found


def table(code: str, columns: dict[tuple[str, str, str], dict[str, int]]) -> StatisticsTable:
    """columns: by time, sex and age."""
    values = {Cell(unit, *column): value for column, units in columns.items() for unit, value in units.items()}
    return StatisticsTable(code, code, code, "persons", "region", "made up", values)


TABLES = {
    each.code: each
    for each in (
        table("people", {(DAY, "", ""): PEOPLE, (DAY, "", "75-84"): OLD, (DAY, "", "85+"): OLDEST}),
        table("later", {("2020-11-01", "", ""): {"01": 60, "03": 20, "04": 20}}),
        table("holes", {(DAY, "", ""): {"01": 50, "03": 30}}),
    )
}
