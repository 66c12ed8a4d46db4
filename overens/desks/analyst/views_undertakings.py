# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the parties undertook themselves: each records its own, and all of them read how far it has come."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.desks.access import ActingRequest, for_desk
from overens.desks.analyst.forms_commission import UndertakingForm
from overens.desks.analyst.shared import acting_for, see_other
from overens.desks.analyst.views_commission import ENDINGS, _file, _posted
from overens.desks.downloads import attachment
from overens.desks.undertakings import agreements_with_undertakings, rows
from overens.followup.actions import undertaking as actions
from overens.followup.models import UndertakingStep
from overens.people.models.organisation import Kind
from overens.rules.agreement import said

parties_only = for_desk(Kind.FOLLOWUP, Kind.MINISTRY, Kind.ASSOCIATION)


@require_GET
@parties_only
def undertakings(request: ActingRequest) -> HttpResponse:
    organisation = acting_for(request)
    groups = [
        (agreement, [row | {"own": actions.is_own(row["undertaking"], organisation)} for row in rows(agreement)])
        for agreement in agreements_with_undertakings()
    ]
    return render(request, "analyst/undertakings.html", {"groups": groups})


@require_http_methods(["GET", "POST"])
@parties_only
def undertaking(request: ActingRequest, agreement: str, undertaking: str) -> HttpResponse:
    """One undertaking with its steps; the party whose it is records the next one."""
    found = next((each for each in agreements_with_undertakings() if each.id == agreement), None)
    row = next((each for each in rows(found) if each["undertaking"].id == undertaking), None) if found else None
    if found is None or row is None:
        raise Http404
    organisation = acting_for(request)
    latest = row["step"]
    initial: dict[str, Any] = {"state": latest.state if latest else "not-begun"}
    form = UndertakingForm(_posted(request), request.FILES or None, initial=initial)
    if request.method == "POST" and form.carried_out(
        lambda typed: actions.record(
            agreement, undertaking, organisation, typed["state"], typed["evidence"], _file(request, form), request.user
        )
    ):
        messages.success(request, gettext("Läget är registrerat och syns på den öppna sidan."))
        return see_other("analyst-undertaking", agreement, undertaking)
    steps = UndertakingStep.objects.filter(agreement=agreement, undertaking=undertaking)
    context = {
        "row": row,
        "agreement": found,
        "title": said(row["undertaking"], "text", get_language() or "sv"),
        "steps": steps.select_related("mandate__person", "file").defer("file__content").order_by("-pk"),
        "form": form,
        "may": actions.is_own(row["undertaking"], organisation)
        and bool({*actions.RECORDERS} & {*request.acting.roles}),
        "crumbs": [(gettext("Parternas egna åtaganden"), reverse("analyst-undertakings"))],
    }
    return render(request, "analyst/undertaking.html", context, status=422 if form.errors else 200)


@require_GET
@parties_only
def file(request: ActingRequest, agreement: str, undertaking: str, step: int) -> HttpResponse:
    """What shows it, as a download."""
    found = get_object_or_404(
        UndertakingStep.objects.select_related("file"), agreement=agreement, undertaking=undertaking, pk=step
    )
    if found.file is None or not found.file.content:
        raise Http404
    ending = ENDINGS[found.file.media_type]
    return attachment(bytes(found.file.content), found.file.media_type, f"atagande-{undertaking}-{step}.{ending}")
