# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was reported of what a scenario plans, from the follow-up; and how far the money of its grants has come."""

from __future__ import annotations

from collections.abc import Iterable

from overens.agreements.reading import agreement_of
from overens.followup import exploring
from overens.followup.exploring import Answer
from overens.followup.fact_subjects import subject
from overens.ledger import reading as ledger
from overens.ledger.models import Line
from overens.people.models import Organisation
from overens.planning.supply.outcomes import Reported
from overens.planning.supply.scenario import Grant
from overens.rules.followup.facts_table import REGION, YEAR
from overens.rules.process import Place


def reported(count: str, regions: Iterable[str]) -> tuple[dict[tuple[str, int], Reported], Answer]:
    """What regions have reported of a count, by region and year, with the answer it is from (its breaks are in it).
    Small counts are held back.
    """
    answer = exploring.answer(exploring.ask(subject(count), (REGION, YEAR), (), {REGION: list(regions)}))
    found = {}
    for row in exploring.long(answer):
        cell = row.cell
        why = "partial" if cell.partial else "" if cell.number is not None else cell.status
        found[row.place[REGION], int(row.place[YEAR])] = Reported(cell.number, why)
    return found, answer


def split(count: str, region: str) -> Answer:
    """What a region has reported by year, term and sex."""
    asked = subject(count)
    columns = [each for each in ("term", "sex") if each in asked.splits]
    return exploring.answer(exploring.ask(asked, (YEAR,), columns, {REGION: [region]}))


def used(grant: Grant, regions: Iterable[str]) -> dict[str, dict[Place, int]]:
    """Where the money of the line that a grant's pot belongs to is, by region: the ledger does not follow pots. Empty
    where none of it is in the ledger.
    """
    numbers = dict(Organisation.objects.filter(code__in=list(regions)).values_list("code", "pk"))
    lines = Line.objects.filter(agreement=grant.agreement)
    if not grant.agreement or not lines.exists():
        return {}
    pot = next((each for each in agreement_of(grant.agreement).pots if each.id == grant.pot), None)
    line = lines.filter(code=pot.line).first() if pot else None
    if line is None:
        return {}
    found = {code: ledger.by_place(owner=number, line=line.pk) for code, number in numbers.items()}
    return {code: places for code, places in found.items() if places}
