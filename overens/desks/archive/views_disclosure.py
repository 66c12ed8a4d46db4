# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Giving out a copy: choose what is masked, see the copy, confirm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.archive.actions import disclosing
from overens.archive.disclosure import MASK, Entry, entries
from overens.archive.models import Disclosure
from overens.desks.access import ActingRequest, note_reading
from overens.desks.archive.shared import acting_for, designation, keepers_only, paper_of
from overens.desks.entry.views import person_of
from overens.desks.refusals import at_fields
from overens.desks.saying import language
from overens.people.models.organisation import Kind
from overens.rules.findings import Finding, Refused, error

WHYS = {"contact": _("Kontaktuppgift"), "free-text": _("Fri text")}


@require_http_methods(["GET", "POST"])
@keepers_only
def disclose(request: ActingRequest, version: int) -> HttpResponse:
    """The paper field by field (GET, or do=edit), its masked copy (do=preview), and giving it out (do=give)."""
    organisation = acting_for(request)
    if organisation.kind == Kind.ASSOCIATION:  # an association's papers are no public records by themselves
        raise PermissionDenied
    found = paper_of(request, version)
    if not found.content:
        raise Http404
    if found.document.organisation_id != organisation.pk:
        note_reading(request, found.document.subject)
    shown = entries(found, language())
    step = request.POST.get("do", "")
    typed, findings = _typed(request.POST, shown) if step else ({}, [])
    requester = request.POST.get("requester", "")
    refused: dict[str, str] = at_fields(findings)
    if step in ("preview", "give") and not findings:
        try:
            masks = disclosing.masks_of(shown, typed)
            if step == "give":
                given = disclosing.disclose(found, organisation, typed, requester, person_of(request), language())
                messages.success(request, gettext("Kopian är utlämnad och införd i registret."))
                return redirect("archive-disclosure", given.pk)
            return _page(request, found, shown, typed, requester, masks=masks)
        except Refused as refusal:
            refused = at_fields(refusal.findings)
    return _page(request, found, shown, typed, requester, refused=refused)


def _typed(posted: Mapping[str, str], shown: list[Entry]) -> tuple[dict[str, str], list[Finding]]:
    """Section of OSL by path, of what is ticked: its own, else the one for all. What is ticked without one is found."""
    common = posted.get("ground", "").strip()
    typed: dict[str, str] = {}
    findings = []
    for number, entry in enumerate(shown):
        if not posted.get(f"mask-{number}"):
            continue
        ground = posted.get(f"ground-{number}", "").strip() or common
        if ground:
            typed[entry.path] = ground
        else:
            findings.append(error("ground-missing", entry.path, label=entry.label))
    return typed, findings


def _page(
    request: ActingRequest,
    version: Any,
    shown: list[Entry],
    typed: dict[str, str],
    requester: str,
    *,
    masks: dict[str, str] | None = None,
    refused: dict[str, str] | None = None,
) -> HttpResponse:
    posted = request.method == "POST"
    wrong = refused or {}
    rows = [
        {
            "number": number,
            "entry": entry,
            "why": WHYS.get(entry.why or ""),
            "ticked": bool(request.POST.get(f"mask-{number}")) if posted else entry.why is not None,
            "ground": request.POST.get(f"ground-{number}", ""),
            "masked": (masks or {}).get(entry.path, ""),
            "error": wrong.get(entry.path, ""),
        }
        for number, entry in enumerate(shown)
    ]
    errors = [
        {"id": f"id_ground-{row['number']}", "label": shown[int(str(row["number"]))].label, "text": row["error"]}
        for row in rows
        if row["error"]
    ]
    known = {entry.path for entry in shown}
    errors += [
        {"id": "id_requester" if key == "requester" else "", "label": gettext("Begärd av"), "text": text}
        for key, text in wrong.items()
        if key not in known
    ]
    return render(
        request,
        "archive/preview.html" if masks is not None else "archive/disclose.html",
        {
            "crumbs": [
                (gettext("Handlingar"), reverse("archive-register")),
                (designation(version), reverse("archive-paper", args=[version.pk])),
            ],
            "version": version,
            "rows": rows,
            "mask": MASK,
            "count": len(masks or {}),
            "common": request.POST.get("ground", ""),
            "requester": requester,
            "requester_error": wrong.get("requester", ""),
            "errors": errors,
        },
        status=422 if errors else 200,
    )


@require_GET
@keepers_only
def disclosure(request: ActingRequest, number: int) -> HttpResponse:
    """What was given out, what was masked and why."""
    found = _own(request, number)
    return render(
        request,
        "archive/disclosure.html",
        {
            "crumbs": [
                (gettext("Handlingar"), reverse("archive-register")),
                (designation(found.version), reverse("archive-paper", args=[found.version_id])),
            ],
            "found": found,
        },
    )


@require_GET
@keepers_only
def copy(request: ActingRequest, number: int) -> HttpResponse:
    """The copy as it was given out, as a file."""
    found = _own(request, number)
    try:
        content = disclosing.copy_of(found)
    except Refused as refusal:
        messages.error(request, at_fields(refusal.findings)[""])
        return redirect("archive-disclosure", found.pk)
    response = HttpResponse(content, content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="kopia-{found.version.kind}-{found.pk}.pdf"'
    return response


def _own(request: ActingRequest, number: int) -> Disclosure:
    rows = Disclosure.objects.filter(organisation=acting_for(request))
    return get_object_or_404(
        rows.select_related("version__document__organisation", "mandate__person", "organisation"), pk=number
    )
