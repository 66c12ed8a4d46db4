# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions to the facts over HTTP: what can be asked, and the answers, as the public may see them."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query, Router

from overens.api import schemas, schemas_facts
from overens.followup import exploring, fact_subjects

router = Router()
REFUSALS = dict.fromkeys((400, 404, 422, 500), schemas.Findings)
Values = Annotated[list[str] | None, Query(description="Only this value of the dimension, again for more.")]


@router.get("", response={200: list[schemas_facts.Subject], **REFUSALS}, url_name="facts")
def facts(request: HttpRequest) -> list[dict[str, Any]]:
    """Everything that can be asked about: counts, measures, introduction programmes, maturity of planning, choices."""
    said = _language()
    found = []
    for each in fact_subjects.subjects().values():
        values = fact_subjects.values_of(each)
        found.append(
            {
                "id": each.id,
                "title": each.title(said),
                "meaning": each.meaning(said),
                "dimensions": list(each.dimensions),
                "years": [int(year) for year in values["year"]],
                "values": {name: list(known) for name, known in values.items()},
                "at_year_end": each.at_year_end,
            }
        )
    return found


@router.get("/{subject}", response={200: schemas_facts.Answer, **REFUSALS}, url_name="facts-answer")
def answer(
    request: HttpRequest,
    subject: str,
    by: Annotated[str, Query(description="Dimensions to split by, with commas: year,region.")] = "year",
    agreement: Annotated[str | None, Query(description="Only what was reported under it, such as 2019.")] = None,
    year: Values = None,
    region: Values = None,
    term: Values = None,
    sex: Values = None,
    speciality: Values = None,
    area: Values = None,
    status: Values = None,
) -> dict[str, Any]:
    """A table of facts, one row a cell. A row without a number says why; small counts are held back."""
    found = fact_subjects.subject(subject)
    given = {
        "year": year, "region": region, "term": term, "sex": sex, "speciality": speciality, "area": area,
        "status": status,
    }  # fmt: skip
    only = {name: values for name, values in given.items() if values}
    rows = [part.strip() for part in by.split(",") if part.strip()]
    asked = exploring.ask(found, rows or ["year"], (), only, agreement or "")
    return exploring.as_values(exploring.answer(asked), _language())


def _language() -> str:
    return (get_language() or "sv")[:2]
