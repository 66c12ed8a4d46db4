# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""National reports that stand, over HTTP: which there are, what is in them, and their values."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router

from overens.api import schemas, schemas_editions
from overens.editions import filing, standing
from overens.editions.standing import Standing
from overens.exchange import edition_data
from overens.rules.edition import finding

router = Router()
REFUSALS = dict.fromkeys((400, 404, 422, 500), schemas.Findings)
AT_MOST = 1000


@router.get("", response={200: list[schemas_editions.Edition], **REFUSALS}, url_name="editions")
def editions(request: HttpRequest) -> list[dict[str, Any]]:
    """Every national report that stands, the latest year first."""
    return [_about(each) for each in standing.all_public()]


@router.get("/{code}", response={200: schemas_editions.WholeEdition, **REFUSALS}, url_name="edition")
def edition(request: HttpRequest, code: str) -> dict[str, Any]:
    """One report: its sections, and its data as files. The whole text is in document.json."""
    found = standing.public(code)
    files = edition_data.about(filing.data_of(found))
    return _about(found) | {
        "sections": [
            {"id": each.id, "level": each.level, "kind": each.kind, "number": each.number, "title": each.title}
            for each in found.document.sections
        ],
        "files": [
            {"name": each.name, "size": each.size, "sha256": each.sha256,
             "address": reverse("national-data-file", args=[code, each.name])}
            for each in files
        ],
    }  # fmt: skip


@router.get("/{code}/values", response={200: schemas_editions.Values, **REFUSALS}, url_name="edition-values")
def values(
    request: HttpRequest,
    code: str,
    q: Annotated[str, Query(description="Words in what it is called, its key or its text.")] = "",
    family: Annotated[str, Query(description="Only this part of the key before the slash: number, count, …")] = "",
    region: Annotated[str, Query(description="Only of this region, by code: 12.")] = "",
    year: Annotated[str, Query(description="Only of this year.")] = "",
    status: Annotated[str, Query(description="Only with this status: number, not-reported, …")] = "",
    source: Annotated[str, Query(description="Only what rests on such a source: signed, printed, …")] = "",
    limit: Annotated[int, Query(ge=1, le=AT_MOST, description="At most so many.")] = AT_MOST,
    offset: Annotated[int, Query(ge=0, description="Without the first so many.")] = 0,
) -> dict[str, Any]:
    """The values that a report states, in the order that it first says them."""
    found = standing.public(code)
    only = {"family": family, "region": region, "year": year, "status": status, "source": source}
    matching = finding.matching(found.document, q, only)
    return {
        "edition": code,
        "count": len(matching),
        "values": [
            each.model_dump(mode="json") | {"address": reverse("national-value", args=[code, each.key])}
            for each in matching[offset : offset + limit]
        ],
    }


def _about(found: Standing) -> dict[str, Any]:
    document, edition = found.document, found.edition
    return {
        "code": document.edition,
        "title": document.title,
        "subtitle": document.subtitle,
        "language": document.language,
        "publisher": document.publisher,
        "registration": document.registration,
        "years": list(document.years),
        "agreements": list(document.agreements),
        "facts_at": document.facts_at,
        "frozen_at": edition.frozen_at.isoformat() if edition.frozen_at else "",
        "sha256": found.sha256,
        "licence": document.licence,
        "values": len(document.values),
        "address": reverse("national-report", args=[document.edition]),
    }
