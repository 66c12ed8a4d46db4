# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing a proposal: its file with what it gives beside it; and showing it to others."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.negotiator.views import negotiators
from overens.desks.proposals import common
from overens.desks.proposals.views import simulated
from overens.desks.refusals import shown
from overens.desks.uploading import text_sent
from overens.proposals import actions
from overens.proposals.models import SavedProposal
from overens.rules.findings import Finding, Refused
from overens.rules.followup import comparing
from overens.rules.proposals.reading import from_agreement
from overens.rules.proposals.samples import SAMPLE
from overens.rules.proposals.writing import as_toml

WAYS = ["GET", "HEAD", "POST"]


@negotiators
@require_http_methods(WAYS)
def new(request: ActingRequest) -> HttpResponse:
    """A file typed or sent. ``fran``: begun from an agreement (``avtal:2019``) or an own proposal; else a sample."""
    context: dict[str, Any] = {"crumbs": common.crumbs(), "tables": common.tables()}
    if request.method != "POST":
        text, mistakes = _begun(request)
        context |= {"text": text, **({"mistakes": shown(mistakes)} if mistakes else simulated(text))}
        return render(request, "proposals/write.html", context)
    text, mistakes = text_sent(request)
    if not mistakes:
        try:
            saved = actions.create(text, common.own(request), person_of(request))
        except Refused as refusal:
            mistakes = list(refusal.findings)
        else:
            messages.success(request, _("Förslaget är sparat."))
            return _to(saved)
    context |= {"text": text, "mistakes": shown(mistakes), "tried": True}
    return render(request, "proposals/write.html", context, status=422)


@negotiators
@require_POST
def attempt(request: ActingRequest) -> HttpResponse:
    """What a text gives as it stands; nothing is saved. For the page that is being written on."""
    text, mistakes = text_sent(request)
    context = {"mistakes": shown(mistakes)} if mistakes else simulated(text)
    return render(request, "proposals/_result.html", context)


@negotiators
@require_http_methods(WAYS)
def change(request: ActingRequest, code: str) -> HttpResponse:
    """A new version over the one that the page showed; where somebody saved meanwhile, both texts are shown."""
    saved = common.own_proposal(request, code)
    context: dict[str, Any] = {
        "saved": saved,
        "base": saved.number,
        "tables": common.tables(),
        "crumbs": common.crumbs((saved.title, reverse("proposals-proposal", args=[code]))),
    }
    newest = saved.versions.select_related("person").get(number=saved.number)
    if request.method != "POST":
        context |= {"text": newest.text, **simulated(newest.text)}
        return render(request, "proposals/write.html", context)
    text, mistakes = text_sent(request)
    if not mistakes:
        try:
            version = actions.save(saved, text, whole(request.POST.get("base")) or 0, person_of(request))
        except Refused as refusal:
            mistakes = list(refusal.findings)
        else:
            messages.success(request, _("Förslaget är sparat.") if version else _("Inget hade ändrats."))
            if version and version.text != text:
                messages.info(request, _("Någon annan hade sparat medan du skrev. Bådas ändringar är med."))
            return _to(saved)
    if any(finding.code == "file-changed" for finding in mistakes):
        saved.refresh_from_db()
        newest = saved.versions.select_related("person").get(number=saved.number)
        context |= {"base": saved.number, "theirs": newest, "lines": comparing.compare(newest.text, text)}
    context |= {"text": text, "mistakes": shown(mistakes), "tried": True}
    return render(request, "proposals/write.html", context, status=422)


@negotiators
@require_POST
def share(request: ActingRequest, code: str) -> HttpResponse:
    """Make a secret address, told once: on this answer, which is not kept anywhere."""
    saved = common.own_proposal(request, code)
    token = actions.share(saved, person_of(request))
    address = f"{settings.OVERENS_URL}{reverse('proposals-shared', args=[token])}"
    crumbs = common.crumbs((saved.title, reverse("proposals-proposal", args=[code])))
    response = render(request, "proposals/address.html", {"saved": saved, "address": address, "crumbs": crumbs})
    response["Cache-Control"] = "private, no-store"
    return response


@negotiators
@require_POST
def end_sharing(request: ActingRequest, code: str) -> HttpResponse:
    saved = common.own_proposal(request, code)
    actions.end_sharing(saved, person_of(request))
    messages.success(request, _("De hemliga adresserna visar inget längre."))
    return _to(saved)


@negotiators
@require_POST
def remove(request: ActingRequest, code: str) -> HttpResponse:
    saved = common.own_proposal(request, code)
    actions.remove(saved, person_of(request))
    messages.success(request, _("Förslaget är borttaget ur listan. Versionerna är kvar."))
    return HttpResponseRedirect(reverse("proposals-start"), status=303)


def _begun(request: ActingRequest) -> tuple[str, list[Finding]]:
    name = request.GET.get("fran", "")
    if not name:
        return SAMPLE, []
    if not name.startswith(common.AGREEMENT):
        saved = common.own_proposal(request, name)
        return saved.versions.get(number=saved.number).text, []
    try:
        return as_toml(from_agreement(common.agreement(name.removeprefix(common.AGREEMENT)))), []
    except Refused as refusal:
        return SAMPLE, list(refusal.findings)


def _to(saved: SavedProposal) -> HttpResponse:
    return HttpResponseRedirect(reverse("proposals-proposal", args=[saved.code]), status=303)
