# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a passage was before, and the choice between two texts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from overens.desks import together
from overens.desks.access import ActingRequest
from overens.desks.analyst.shared import see_other
from overens.desks.editions.shared import agency_only, crumbs, head, heading_of, own_edition, passage_or_404
from overens.desks.entry.views import person_of
from overens.desks.refusals import tell
from overens.editions.actions import writing
from overens.editions.actions.writing import IN_PARAGRAPHS
from overens.editions.models import Edition, Passage
from overens.rules.findings import Refused


def _frame(request: ActingRequest, edition: Edition, passage: Passage) -> dict[str, Any]:
    return {**head(request, edition), "crumbs": crumbs(edition, passage), "name": heading_of(passage)}


@require_safe
@agency_only
def history(request: ActingRequest, code: str, key: str) -> HttpResponse:
    """Every version of a passage, and what one of them changed (``?version=``), against another (``?mot=``)."""
    edition = own_edition(request, code)
    passage = passage_or_404(edition, key)
    found = together.versions(passage, request)
    for each in found["differences"]:
        each["label"] = gettext("Rubrik")  # the only field that is not the text
    restore = reverse("editions-restore", args=[code, key, found["chosen"].number])
    context = {**_frame(request, edition, passage), **found, "restore": restore}
    return render(request, "together/history.html", context)


@require_POST
@agency_only
def restore(request: ActingRequest, code: str, key: str, number: int) -> HttpResponse:
    """Let a passage be as it was."""
    passage = passage_or_404(own_edition(request, code), key)
    revision = get_object_or_404(passage.revisions.select_related("part"), number=number)
    try:
        writing.restore(revision, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, gettext("Version %(number)d gäller igen, som en ny version.") % {"number": number})
    return see_other("editions-history", code, key)


@require_http_methods(["GET", "POST"])
@agency_only
def choose(request: ActingRequest, code: str, key: str, number: int) -> HttpResponse:
    """Two people changed the same: both texts, to choose between, keep both, or write a third."""
    edition = own_edition(request, code)
    passage = passage_or_404(edition, key)
    revision = get_object_or_404(passage.revisions.select_related("part", "person"), number=number)
    if not revision.set_aside or revision.chosen_at:
        messages.info(request, gettext("Det är redan valt."))
        return see_other("editions-passage", code, key)
    fields, error = together.choices(passage, revision, IN_PARAGRAPHS, {}), ""
    if request.method == "POST":
        saved = together.chosen(request, fields, lambda typed: writing.choose(revision, typed, person_of(request)))
        if isinstance(saved, str):
            error = saved
        elif saved.set_aside and saved.revision:  # somebody changed it once more
            return redirect("editions-choose", code, key, saved.revision.number)
        else:
            messages.success(request, gettext("Det du valde står nu i avsnittet."))
            return see_other("editions-passage", code, key)
    context = {
        **_frame(request, edition, passage),
        "fields": fields,
        "revision": revision,
        "theirs_by": together.who_stands(passage, revision),
        "stands": gettext("Det står i avsnittet nu."),
        "error": error,
        "back": reverse("editions-passage", args=[code, key]),
    }
    return render(request, "together/choose.html", context, status=422 if error else 200)
