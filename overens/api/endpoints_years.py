# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Money over the years over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from overens.api import schemas
from overens.people.models import Organisation
from overens.portal.money import money_rows
from overens.rules.findings import refuse

router = Router()
REFUSALS = dict.fromkeys((400, 404, 422, 500), schemas.Findings)


class MoneyOfYear(Schema):
    """One recipient's money of one line of an agreement; whole kronor, null where not known, which is not 0."""

    recipient: str
    agreement: str
    line: str
    year: int
    last_year: int = Field(description="The same as year, unless it is one sum for several years.")
    basis: str = Field(
        description="ledger: followed here; printed: only what was printed is known; agreed: not yet decided."
    )
    decided: int | None
    requisitioned: int | None
    lapsed: int | None
    paid: int | None
    used: int | None
    unused: int | None
    clawed_back: int | None
    to_repay: int | None
    repaid: int | None
    written_off: int | None
    remitted: int | None
    parts: dict[str, int] = Field(description="What was decided (or agreed) by pot.")


@router.get("", response={200: list[MoneyOfYear], **REFUSALS}, url_name="money")
def money(
    request: HttpRequest,
    recipient: Annotated[str | None, Query(description="Only this recipient: its code, such as 23.")] = None,
    year: Annotated[int | None, Query(description="Only sums of this year, those of several years among them.")] = None,
    agreement: Annotated[str | None, Query(description="Only of this agreement, such as 2019.")] = None,
) -> list[dict[str, Any]]:
    """Every recipient's money by agreement, line and year, oldest first."""
    if recipient and not Organisation.objects.filter(code=recipient).exists():
        refuse("no-such-recipient", "recipient", code=recipient)
    return [
        {**asdict(row.money), "parts": dict(row.parts), "recipient": row.recipient, "agreement": row.agreement,
         "line": row.line, "year": row.year, "last_year": row.last_year, "basis": row.basis}
        for row in money_rows(recipient or None)
        if (year is None or row.year <= year <= row.last_year) and agreement in (None, row.agreement)
    ]  # fmt: skip
