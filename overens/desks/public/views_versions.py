# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An agreement's versions that hold or have held, what each changed, and its text to read."""

from __future__ import annotations

from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.agreements.reading import agreement_of, versions_held
from overens.agreements.standing import standing_of
from overens.desks import agreement_texts
from overens.desks.negotiator.differences import differences
from overens.desks.public.pages import agreement_crumbs, agreement_tabs, name_of, stored_agreement


@require_safe
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Newest first, each with what it changed of the one before. What is not in force yet is the parties' own."""
    a, _version = stored_agreement(code)
    held = versions_held(code)
    before = {after.pk: earlier for earlier, after in pairwise(held)}
    rows = []
    for version in reversed(held):
        earlier = before.get(version.pk)
        changed = differences(agreement_of(code, earlier.number), agreement_of(code, version.number)) if earlier else []
        rows.append({"standing": standing_of(version), "version": version, "before": earlier, "groups": changed})
    context = {
        "a": a,
        "title": name_of(a),
        "rows": rows,
        "tabs": agreement_tabs(a, "public-versions"),
        "crumbs": agreement_crumbs(a),
        "what": _("Versioner"),
    }
    return render(request, "public/versions.html", context)


@require_safe
def text(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """The text of the version that is computed with, or of another that has held (``version``): PDF/A or Word."""
    stored_agreement(code)
    if format not in agreement_texts.FORMATS:
        raise Http404(format)
    held = versions_held(code)
    asked = request.GET.get("version", "")
    found = next((each for each in reversed(held) if not asked or str(each.number) == asked), None)
    if found is None:
        raise Http404(asked)
    return agreement_texts.stored(found, format)
