# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""State grants over HTTP: those of a year, one of them, and a recipient's part."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router

from overens.api import schemas, schemas_grants
from overens.portal import reading
from overens.portal.models import Grant, Recipient
from overens.portal.reading import Asked
from overens.rules.findings import refuse
from overens.rules.portal.overlaps import asked_twice, overlapping
from overens.rules.values import NOT_STATED

grants_router = Router()
recipients_router = Router()
REFUSALS = dict.fromkeys((400, 404, 422, 500), schemas.Findings)
AT_MOST = 200
Year = Annotated[int | None, Query(ge=1900, le=2999, description="Else this year, or the nearest with grants.")]


@grants_router.get("", response={200: schemas_grants.Grants, **REFUSALS}, url_name="grants")
def grants(
    request: HttpRequest,
    year: Year = None,
    kind: Annotated[str, Query(description="Only for this kind of recipient: region, municipality, …")] = "",
    area: Annotated[str, Query(description="Only in this area: specialist-nurses, …")] = "",
    granter: Annotated[str, Query(description="Only from this granter, by its Swedish name.")] = "",
    certainty: Annotated[str, Query(description="Only as sure as this: as-signed, printed, …")] = "",
    q: Annotated[str, Query(max_length=200, description="Words in its title, parts, earmarks or number.")] = "",
    limit: Annotated[int, Query(ge=1, le=AT_MOST, description="At most so many.")] = AT_MOST,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="Without the first so many.")] = 0,
) -> dict[str, Any]:
    """The grants whose period touches a year, by title."""
    found = reading.grants(Asked(_year(year), kind, area, granter, certainty, q))
    return {
        "year": _year(year),
        "count": found.count(),
        "grants": [_summary(each) for each in found.defer("content", "words")[offset : offset + limit]],
    }


@grants_router.get("/{code}", response={200: schemas_grants.GrantDetail, **REFUSALS}, url_name="grant")
def grant(request: HttpRequest, code: str) -> dict[str, Any]:
    """One grant: what it gives to whom, what it asks for, what is not known of it, and every recipient's part."""
    found = Grant.objects.filter(code=code).first()
    if found is None:
        refuse("no-such-grant", "code", code=code[:80])
    whole = found.described
    shares = found.shares.select_related("recipient").order_by("recipient__code")
    return {
        **_summary(found),
        "decided_on": _known(whole.decided_on),
        "number": _known(whole.number),
        "appropriation": _known(whole.appropriation),
        "parts": [_without_words(part.model_dump()) for part in whole.parts],
        "unplaced": whole.unplaced,
        "duties": [_without_words(duty.model_dump()) for duty in whole.duties],
        "facts": [fact.model_dump() for fact in whole.facts],
        "gathers": list(whole.gathers),
        "does_not_add_up": whole.does_not_add_up,
        "not_known": whole.not_known,
        "source": whole.source,
        "source_address": whole.address,
        "shares": [
            {
                "recipient": each.recipient.code,
                "name": each.recipient.name,
                "kind": each.recipient.kind,
                "kronor": each.kronor,
                "how": each.how,
                "through": each.through,
            }
            for each in shares
        ],
    }


@recipients_router.get(
    "/{code}/grants", response={200: schemas_grants.RecipientGrants, **REFUSALS}, url_name="recipient-grants"
)
def recipient_grants(request: HttpRequest, code: str, year: Year = None) -> dict[str, Any]:
    """What a region (12), a municipality (1280) or another recipient can get and got in a year, what it must do by
    when, which of its grants overlap, and which ask for the same fact.
    """
    found = Recipient.objects.filter(code=code).first()
    if found is None:
        refuse("no-such-recipient", "code", code=code[:20])
    at = _year(year)
    shares = list(reading.shares_of(found, at))
    some = list({share.grant_id: share.grant for share in shares}.values())
    whole = [each.described for each in some]
    got = reading.got(found)
    return {
        "code": found.code,
        "name": found.name,
        "kind": found.kind,
        "year": at,
        "grants": [
            {
                "grant": _summary(share.grant),
                "recipient": share.recipient.code,
                "kronor": share.kronor,
                "how": share.how,
                "through": share.through,
                "received": got.get(share.grant.agreement) if share.recipient_id == found.pk else None,
            }
            for share in shares
        ],
        "due": [
            {
                "grant": each.grant.code,
                "id": each.duty.id,
                "what": each.duty.what,
                "day": each.day,
                "moved": each.is_moved,
                "done": each.is_done,
                "to": _known(each.duty.to),
                "consequence": _known(each.duty.consequence),
            }
            for each in reading.due_days(found, some)
        ],
        "overlaps": [
            {"area": each.area, "by": each.by, "grants": [one.code for one in each.grants]}
            for each in overlapping(whole, found.kind)
        ],
        "asked_twice": [
            {
                "term": each.term,
                "title": each.fact.title,
                "years": list(each.years),
                "differs": each.differs,
                "grants": [one.code for one in each.grants],
            }
            for each in asked_twice(whole, found.kind)
        ],
    }


def _year(asked: int | None) -> int:
    """The one that is asked for, whether there are grants of it or not."""
    return reading.year_of("", reading.years()) if asked is None else asked


def _summary(found: Grant) -> dict[str, Any]:
    return {
        "code": found.code,
        "agreement": found.agreement or None,
        "title": found.title,
        "title_en": found.title_en,
        "granter": found.granter,
        "first_day": found.first_day,
        "last_day": found.last_day,
        "frame": found.frame,
        "kinds": found.kinds,
        "areas": found.areas,
        "certainty": found.certainty,
        "withdrawn": found.withdrawn_at is not None,
        "changed_at": found.changed_at,
        "address": reverse("portal-grant", args=[found.code]),
    }


def _known(value: Any) -> Any:
    return None if value == NOT_STATED else value


def _without_words(values: dict[str, Any]) -> dict[str, Any]:
    """What is not stated is null to a program."""
    return {key: _known(value) for key, value in values.items()}
