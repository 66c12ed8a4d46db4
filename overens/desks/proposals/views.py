# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The organisation's proposals, one of them with what it gives, and the same at a secret address."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.downloads import attachment, unlisted
from overens.desks.proposals.common import agreements, crumbs, for_both_parties, may_write, own, own_proposal
from overens.desks.proposals.shown import result
from overens.desks.public.pages import slice_of
from overens.desks.refusals import shown
from overens.proposals.actions import shared_at
from overens.proposals.models import SavedProposal, SavedVersion
from overens.proposals.tables import Tables
from overens.rules.findings import Refused
from overens.rules.proposals.reading import read
from overens.rules.proposals.simulating import resolved
from overens.rules.proposals.writing import as_agreement_toml
from overens.rules.reading import placed

TOML = "application/toml; charset=utf-8"


@for_both_parties
@require_safe
def start(request: ActingRequest) -> HttpResponse:
    """All of them, to open or to lay beside each other and agreements."""
    page = slice_of(request, SavedProposal.objects.of(own(request)).filter(removed=False))
    context = {"page": page, "agreements": agreements(), "may_write": may_write(request)}
    return render(request, "proposals/start.html", context)


@for_both_parties
@require_safe
def proposal(request: ActingRequest, code: str) -> HttpResponse:
    """One version, the newest unless ``version`` says another: what it gives, and its file."""
    saved = own_proposal(request, code)
    version = _version(request, saved)
    context = {
        "saved": saved,
        "version": version,
        "versions": saved.versions.select_related("person").defer("text"),
        "links": saved.links.filter(ended_at=None).select_related("person"),
        "may_write": may_write(request),
        "crumbs": crumbs(),
        **simulated(version.text),
    }
    return render(request, "proposals/proposal.html", context)


@for_both_parties
@require_safe
def file(request: ActingRequest, code: str) -> HttpResponse:
    """The file of a version; ``som=avtal``: as the tables of an agreement's file, figures in it."""
    return _file(request, own_proposal(request, code))


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The newest version, to anybody who has the address."""
    saved = _shared(token)
    version = saved.versions.get(number=saved.number)
    context = {"saved": saved, "version": version, "token": token, **simulated(version.text)}
    return unlisted(render(request, "proposals/shared.html", context))


@require_safe
def shared_file(request: HttpRequest, token: str) -> HttpResponse:
    return unlisted(_file(request, _shared(token)))


def simulated(text: str) -> dict[str, Any]:
    """``result``, or ``mistakes``: what is to be mended in a text before it can be simulated."""
    parsed, findings = read(text)
    if parsed is None:
        return {"mistakes": shown(findings)}
    try:
        return {"result": result(parsed, Tables())}
    except Refused as refusal:
        return {"mistakes": shown(placed(refusal.findings, text))}


def _version(request: HttpRequest, saved: SavedProposal) -> SavedVersion:
    number = whole(request.GET.get("version")) or saved.number
    found = saved.versions.filter(number=number).first()
    if found is None:
        raise Http404(number)
    return found


def _file(request: HttpRequest, saved: SavedProposal) -> HttpResponse:
    version = _version(request, saved)
    if request.GET.get("som") != "avtal":
        return attachment(version.text.encode(), TOML, f"{saved.code}-{version.number}.toml")
    parsed, _findings = read(version.text)
    try:
        text = as_agreement_toml(resolved(parsed, Tables())) if parsed else ""
    except Refused:  # the page says what is wrong
        text = ""
    if not text:
        raise Http404(saved.code)
    return attachment(text.encode(), TOML, f"{saved.code}-{version.number}-avtal.toml")


def _shared(token: str) -> SavedProposal:
    found = shared_at(token)
    if found is None:
        raise Http404
    return found
