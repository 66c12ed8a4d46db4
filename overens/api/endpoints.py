# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The endpoints: read-only, without login, the same functions as the pages and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from overens.agreements import tracing
from overens.agreements.models import AgreementVersion, Decision
from overens.agreements.reading import agreement_of, current_version, extensions, followed
from overens.api import endpoints_editions, endpoints_facts, endpoints_grants, endpoints_years, schemas
from overens.ledger import reading as ledger
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules import annex, findings, series
from overens.rules.agreement import Agreement, said
from overens.rules.allocation import allocate, as_values
from overens.rules.findings import Finding, Refused, error, refuse
from overens.rules.process import Place
from overens.rules.values import NOT_STATED

log = structlog.get_logger()
api = NinjaAPI(
    title="Överens",
    version="1",
    description="The agreements between the Swedish state and the health regions, and where every krona of them is.",
    urls_namespace="api",
    docs_url=None,  # its page would load scripts from elsewhere
)
api.add_router("/facts", endpoints_facts.router)
api.add_router("/editions", endpoints_editions.router)
api.add_router("/money", endpoints_years.router)
api.add_router("/grants", endpoints_grants.grants_router)
api.add_router("/recipients", endpoints_grants.recipients_router)
FAILURES = dict.fromkeys((400, 500), schemas.Findings)
REFUSALS = dict.fromkeys((400, 404, 422, 500), schemas.Findings)
NOT_FOUND = (
    "no-such-agreement",
    "no-such-recipient",
    "no-such-facts",
    "no-such-facts-but",
    "edition-not-public",
    "no-such-grant",
)
AT_MOST = 100
At = Annotated[
    str | None, Query(description="Where the money was at the end of this day (2020-03-31) or at this ISO time.")
]
KnownAt = Annotated[str | None, Query(description="As it was known at the end of this day, or at this ISO time.")]


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    missing = any(finding.code in NOT_FOUND for finding in refusal.findings)
    return _answer(request, refusal.findings, 404 if missing else 422)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    found = [error("parameter-unreadable", str(each["loc"][-1]), name=str(each["loc"][-1])) for each in problem.errors]
    return _answer(request, found, 422)


@api.exception_handler(Exception)
def failed(request: HttpRequest, fault: Exception) -> HttpResponse:
    """A fault of ours: logged with its trace, answered without."""
    log.exception("api failed", path=request.path, exc_info=fault)
    return _answer(request, [error("internal-error")], 500)


def unreadable_request(request: HttpRequest) -> HttpResponse:
    """An address that means nothing, whatever it is below (overens/web/errors.py)."""
    return _answer(request, [error("request-unreadable")], 400)


def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """An address below the API that is none of its endpoints."""
    return _answer(request, [error("address-unknown", path=request.path)], 404)


def _answer(request: HttpRequest, found: Iterable[Finding], status: int) -> HttpResponse:
    return api.create_response(request, {"findings": _findings(found)}, status=status)


@api.get("/agreements", response={200: list[schemas.AgreementSummary], **REFUSALS}, url_name="agreements")
def agreements(
    request: HttpRequest,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="How many of the newest to leave out.")] = 0,
) -> list[dict[str, Any]]:
    """Every stored agreement in its newest version, newest first, a hundred at a time."""
    known = set(followed())
    versions = AgreementVersion.objects.current().select_related("paper")[offset : offset + AT_MOST]
    return [_summary(version, known) for version in versions]


@api.get("/agreements/{code}", response={200: schemas.AgreementDetail, **REFUSALS}, url_name="agreement")
def agreement(request: HttpRequest, code: str) -> dict[str, Any]:
    """One agreement: its file, and the government's decisions with their numbers, on last days that move too."""
    a, version = _stored(code)
    decisions = Decision.objects.filter(agreement=code).select_related("line")
    return {
        **_summary(version, set(followed())),
        "file": a.model_dump(mode="json", by_alias=True, exclude_none=True),
        "decisions": [
            {
                "kind": decision.kind,
                "line": decision.line.code if decision.line else None,
                "decided_on": decision.decided_on,
                "registration_number": decision.registration_number,
                "decider": decision.decider,
            }
            for decision in decisions
        ],
        "extensions": [
            {
                "deadline": each.deadline,
                "day": each.day,
                "recipients": [recipient.code for recipient in each.recipients.all()],
                "decided_on": each.decided_on,
                "registration_number": each.registration_number,
                "decider": each.decider,
            }
            for each in extensions(code)
        ],
    }


@api.get("/agreements/{code}/allocation", response={200: schemas.Allocation, **REFUSALS}, url_name="allocation")
def allocation(
    request: HttpRequest,
    code: str,
    pot: Annotated[
        list[str] | None, Query(description="A pot by id, again for more. Else those of the first line.")
    ] = None,
    rounding: Annotated[
        str | None,
        Query(description="half-up, rest-on-largest, largest-remainder or controlled. Else the agreement's own."),
    ] = None,
) -> dict[str, Any]:
    """Who gets what by the agreement's own method or another, what the document prints, and what there is to say."""
    a, version = _stored(code)
    table = allocate(a, pot or None, rounding or None)
    printed = a.annex.rows if a.annex else ()
    beside = {row.code: {**row.amounts, **({annex.SUM: row.sum} if row.sum is not None else {})} for row in printed}
    is_annexed = a.annex is not None and all(a.pot(id).line == a.annex.line for id in table.pots)
    values = as_values(a, table, _language())
    for pot_values in values["pots"]:
        pot_values["line"] = a.pot(pot_values["id"]).line
    for row_values in values["rows"]:
        row_values["printed"] = beside.get(row_values["code"]) if is_annexed else None
    return {
        "agreement": code,
        "version": version.number,
        **values,
        "findings": _findings(annex.findings(a, series.shipped(), table.pots)),
    }


@api.get("/agreements/{code}/findings", response={200: schemas.Findings, **REFUSALS}, url_name="findings")
def agreement_findings(request: HttpRequest, code: str) -> dict[str, Any]:
    """What is to be said of how the agreement's pots are shared out, each with the rows behind it."""
    a, _version = _stored(code)
    return {"findings": _findings(annex.findings(a, series.shipped()))}


@api.get("/agreements/{code}/trace", response={200: schemas.Trace, **REFUSALS}, url_name="trace")
def trace(
    request: HttpRequest,
    code: str,
    recipient: Annotated[str | None, Query(description="Only this recipient: a county code (10), or SKL.")] = None,
    at: At = None,
    known_at: KnownAt = None,
) -> dict[str, Any]:
    """Where every krona is: without a recipient the rows add up to what was agreed, always."""
    then = clock.moment(at, "at") if at else None
    known = clock.moment(known_at, "known_at") if known_at else None
    rows = tracing.trace(code, recipient or None, then, known)
    return {
        "agreement": code,
        "recipient": recipient or None,
        "at": then,
        "known_at": known,
        "rows": rows,
        "sum": sum(row.kronor for row in rows),
    }


@api.get("/regions", response={200: list[schemas.Region], **FAILURES}, url_name="regions")
def regions(request: HttpRequest) -> list[dict[str, Any]]:
    """The regions by code, each with its money by place."""
    by_owner = ledger.by_owner(followed())
    return [
        _region(owner, by_owner.get(owner.pk, {}))
        for owner in Organisation.objects.filter(kind=Kind.REGION).order_by("code")
    ]


def _region(owner: Organisation, places: Mapping[Place, int]) -> dict[str, Any]:
    return {
        "code": owner.code,
        "name": owner.name,
        "kind": owner.kind,
        "places": {place.value: kronor for place, kronor in places.items()},
        "sum": sum(places.values()),
    }


def _stored(code: str) -> tuple[Agreement, AgreementVersion]:
    try:
        return agreement_of(code), current_version(code)
    except AgreementVersion.DoesNotExist:
        refuse("no-such-agreement", "code", code=code, known=tracing.stored_codes())


def _summary(version: AgreementVersion, known: set[str]) -> dict[str, Any]:
    a = agreement_of(version.code)
    return {
        "code": version.code,
        "title": said(a, "title", _language()),
        "version": version.number,
        "first_day": a.period.first_day,
        "last_day": a.period.last_day,
        "total": None if a.total == NOT_STATED else a.total,
        "followed": version.code in known,
        "sha256": version.paper.sha256,
    }


def _findings(found: Iterable[Finding]) -> list[dict[str, Any]]:
    return [_finding(finding) for finding in found]


def _finding(finding: Finding) -> dict[str, Any]:
    plain_values = findings.as_json(finding, _language())
    return {
        "code": finding.code,
        "level": finding.level,
        "text": plain_values["wording"],
        "where": {key: plain_values[key] for key in ("file", "line", "key")},
        "values": plain_values["values"],
        "evidence": plain_values["evidence"],
    }


def _language() -> str:
    return get_language() or "sv"
