# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A printed annex pasted or sent: which key, figures and rounding give it, and what in it is misprinted."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.downloads import attachment
from overens.desks.exports import FORMATS, table_response
from overens.desks.negotiator.views import negotiators
from overens.desks.refusals import shown
from overens.desks.reproducing.forms import AnnexForm
from overens.desks.reproducing.shown import columns_shown, rows_shown
from overens.rules.findings import Refused
from overens.rules.reproducing import telling
from overens.rules.reproducing.analysing import Analysis, analyse


@negotiators
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: ActingRequest) -> HttpResponse:
    """The form; sent, the answer above it, or as a file where ``export`` says which. Nothing is stored."""
    form = AnnexForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "crumbs": [(_("Förhandling"), reverse("negotiator-start"))]}
    if request.method != "POST":
        return render(request, "reproducing/annex.html", {**context, "form": AnnexForm()})
    if not form.is_valid():
        return render(request, "reproducing/annex.html", context, status=422)
    try:
        analysis = analyse(form.table(), form.cleaned_data["total"], list(form.candidates()))
    except Refused as refusal:
        form.refused(refusal)
        return render(request, "reproducing/annex.html", context, status=422)
    language = (get_language() or "sv")[:2]
    if (export := request.POST.get("export")) in FORMATS:
        return _file(analysis, str(export), language)
    context |= {
        "analysis": analysis,
        "findings": shown(telling.told(analysis, language)),
        "columns": columns_shown(analysis, language),
        "rows": rows_shown(analysis),
        "formats": FORMATS,
    }
    return render(request, "reproducing/annex.html", context)


def _file(analysis: Analysis, form: str, language: str) -> HttpResponse:
    if form == "json":
        return attachment(telling.as_json_text(analysis, language).encode(), "application/json", "bilaga.json")
    return table_response(form, "bilaga", telling.header(analysis, language), telling.rows(analysis))
