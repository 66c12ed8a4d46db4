# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an agreement costs its recipients before it is signed, beside another, and how it turned out."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from overens.agreements.reading import read as read_agreement
from overens.desks import exports
from overens.desks.access import ActingRequest
from overens.desks.burden import shown
from overens.desks.negotiator.views import negotiators
from overens.desks.refusals import shown as in_words
from overens.desks.saying import language
from overens.portal import burden
from overens.portal.money import agreements
from overens.rules.agreement import Agreement, said

FILE, OTHER = "fil", "mot"


@negotiators
@require_http_methods(["GET", "HEAD", "POST"])
def weigh(request: ActingRequest) -> HttpResponse:
    """An agreement that is known (``fil``) or pasted in, beside another (``mot``). Nothing is stored."""
    known = agreements()
    text = request.POST.get("text", "").replace("\r\n", "\n")
    agreement, mistakes = _given(request, known, text)
    other = _chosen(known, request.GET.get(OTHER) or request.POST.get(OTHER, ""))
    context: dict[str, Any] = {
        "title": _("Börda"),
        "choices": [(id, said(each, "short_title", language())) for id, each in known.items()],
        "chosen": agreement.id if agreement and request.method != "POST" else "",
        "other": other.id if other else "",
        "text": text,
        "mistakes": in_words(mistakes),
        "crumbs": [(_("Förhandling"), reverse("negotiator-start"))],
    }
    if agreement:
        asked = shown.read(agreement)
        twice = shown.twice_asked(asked)
        if (form := request.GET.get("format")) in exports.FORMATS:
            return exports.table_response(form, f"borda-{agreement.id}", shown.HEADER, shown.file_rows(asked, twice))
        query = request.GET.copy()
        context |= {
            "asked": asked,
            "total": asked.load,
            "time": shown.interval(asked.load.minutes),
            "recipients": shown.recipients(asked),
            "dropping": shown.dropping(asked, twice),
            "overlaps": shown.overlap_rows(twice, dict(context["choices"])),
            "kinds": shown.kinds(asked),
            "after": burden.after(agreement.id) if not text else [],
            "compared": shown.compared(asked, shown.read(other)) if other else None,
            "downloads": [] if text else [(each, f"?{_with(query, each)}") for each in exports.FORMATS],
        }
    return render(request, "burden/weigh.html", context, status=422 if mistakes else 200)


def _given(request: ActingRequest, known: dict[str, Agreement], text: str) -> tuple[Agreement | None, list[Any]]:
    if request.method == "POST":
        agreement, findings = read_agreement(text)
        return agreement, list(findings)
    return _chosen(known, request.GET.get(FILE, "")), []


def _chosen(known: dict[str, Agreement], id: str) -> Agreement | None:
    """Raises Http404 for an agreement that is not known."""
    if id and id not in known:
        raise Http404(id)
    return known.get(id)


def _with(query: Any, form: str) -> str:
    query["format"] = form
    return str(query.urlencode())
