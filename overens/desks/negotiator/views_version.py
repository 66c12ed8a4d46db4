# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A version of an agreement: how far it has come, what it leads to, and the parties' signatures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from overens.agreements.actions import signing
from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreement_of
from overens.agreements.standing import VersionStanding, organisation_of, standing_of
from overens.desks import agreement_texts
from overens.desks.access import ActingRequest, for_desk
from overens.desks.entry.views import person_of
from overens.desks.negotiator.differences import differences
from overens.desks.public.pages import name_of
from overens.desks.refusals import shown
from overens.desks.region.signing import signed_by
from overens.followup import amending
from overens.people.models.organisation import Kind
from overens.rules.agreement import said
from overens.rules.findings import Finding, Refused, error
from overens.rules.process import Role

log = structlog.get_logger()
READERS = frozenset({Role.NEGOTIATOR, Role.AUTHORISED_SIGNATORY, Role.MINISTRY_OFFICER})


def parties(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who negotiate, sign or prepare the approval of an agreement, at either party."""

    @for_desk(Kind.MINISTRY, Kind.ASSOCIATION)
    def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not READERS & set(request.acting.roles):
            log.warning("desk refused", path=request.path, person=request.user.pk)
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _version(code: str, number: int) -> AgreementVersion:
    return get_object_or_404(AgreementVersion.objects.select_related("paper__person"), code=code, number=number)


@parties
@require_safe
def version(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """How far a version has come, what it leads to, and what differs from the version before."""
    found = _version(code, number)
    return _page(request, found)


def _page(request: ActingRequest, found: AgreementVersion, refused: list[Finding] | None = None) -> HttpResponse:
    standing = standing_of(found)
    a = agreement_of(found.code, found.number)
    before = standing.before or _earlier(found)
    context = {
        "a": a,
        "version": found,
        "standing": standing,
        "title": name_of(a),
        "parties": _parties(request, standing),
        "before": before,
        "groups": differences(agreement_of(before.code, before.number), a) if before else [],
        "consequences": shown(amending.consequences(a, found.number)),
        "refused": shown(refused or []),
        "may_approve": request.acting.has(Kind.MINISTRY, Role.MINISTRY_OFFICER) and standing.state == "to-approve",
        "crumbs": _crumbs(request, a.id, name_of(a)),
    }
    return render(request, "negotiator/version.html", context, status=422 if refused else 200)


def _earlier(found: AgreementVersion) -> AgreementVersion | None:
    """The version stored before this one, to compare with where none was in force."""
    return AgreementVersion.objects.filter(code=found.code, number__lt=found.number).order_by("-number").first()


def _crumbs(request: ActingRequest, code: str, name: str) -> list[tuple[str, str]]:
    """Up to the negotiators' pages, for those whose they are."""
    if Role.NEGOTIATOR not in request.acting.roles:
        return []
    return [(_("Förhandling"), reverse("negotiator-start")), (name, reverse("negotiator-agreement", args=[code]))]


def _parties(request: ActingRequest, standing: VersionStanding) -> list[dict[str, Any]]:
    """Each party with its signature, or with what stands against this person's signing for it."""
    a = agreement_of(standing.version.code, standing.version.number)
    signatures = {each.party: each for each in standing.signatures}
    missing = {party.code for party in standing.missing}
    language = get_language() or "sv"
    rows = []
    for party in a.parties:
        organisation = organisation_of(party)
        own = organisation is not None and request.acting.organisation == organisation
        waits = party.code in missing and standing.state == "to-sign"
        hindrance = None
        if waits and own and organisation is not None:
            hindrance = signing.hindrance(standing.version, organisation, person_of(request))
        rows.append(
            {
                "party": party,
                "signature": signatures[party.code].paper.signature if party.code in signatures else None,
                "waits": waits,
                "may_sign": waits and own and hindrance is None,
                "hindrance": shown([error(hindrance, who=request.user.name)])[0].text
                if hindrance not in (None, "no-mandate")
                else "",
                "declaration": signing.declared(standing.version, party),
                "translated": signing.declared(standing.version, party, "en") if language == "en" else "",
                "name": said(party, "name", language),
            }
        )
    return rows


@parties
@require_POST
def sign(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Sign for the party that one acts for."""
    found = _version(code, number)
    try:
        signing.sign(found, request.POST.get("party", ""), person_of(request), signed_by(request))
    except Refused as refusal:
        return _page(request, found, list(refusal.findings))
    if standing_of(found).missing:
        messages.success(request, _("Underskriften är gjord. Nu väntar versionen på den andra parten."))
    else:
        messages.success(request, _("Underskriften är gjord. Nu kan regeringen godkänna versionen."))
    return HttpResponseRedirect(reverse("negotiator-version", args=[code, number]), status=303)


@parties
@require_safe
def text(request: ActingRequest, code: str, number: int, format: str) -> HttpResponse:
    """The version to read: PDF/A or Word."""
    if format not in agreement_texts.FORMATS:
        raise Http404(format)
    return agreement_texts.stored(_version(code, number), format)
