# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which of its measures a region lets stand in the public bank of examples."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from overens.desks import refusals
from overens.desks.access import ActingRequest
from overens.desks.reports import log, respondents_only
from overens.desks.saying import language
from overens.desks.writing.shared import crumbs
from overens.followup import examples, fact_subjects
from overens.followup.actions import consenting
from overens.followup.models import MeasureYear
from overens.rules.findings import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@respondents_only
def manage(request: ActingRequest, code: str) -> HttpResponse:
    """The region's measures that have been handed in, and a button for each. POST ``measure`` and ``act``."""
    organisation = request.acting.organisation
    assert organisation is not None
    if organisation.code != code:
        log.warning("examples of another asked for", path=request.path, person=request.user.pk)
        raise Http404
    rows = examples.offered(organisation)
    if request.method == "POST":
        measure = next((each for each, _given in rows if str(each.pk) == request.POST.get("measure")), None)
        if measure is None:
            raise Http404
        withdrawn = request.POST.get("act") == "withdraw"
        try:
            if withdrawn:
                consenting.withdraw(measure, request.user)
            else:
                consenting.give(measure, request.user)
        except Refused as refusal:
            refusals.tell(request, refusal)
        else:
            text = (
                _("Åtgärden står inte längre bland exemplen.") if withdrawn else _("Åtgärden står nu bland exemplen.")
            )
            messages.success(request, text)
        return redirect("writing-examples", code)
    areas = fact_subjects.area_labels({_area(each) for each, _given in rows if each.area}, language())
    context = {
        "rows": [(each, given, areas.get(_area(each), "")) for each, given in rows],
        "organisation": organisation,
        "crumbs": crumbs(),
        "public_url": f"{reverse('facts-examples')}?region={code}",
    }
    return render(request, "writing/examples.html", context)


def _area(measure: MeasureYear) -> str:
    return f"{measure.submission.agreement}/{measure.area}"
