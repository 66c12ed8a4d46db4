# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Showing what is being written to the state's officers, and ending that."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from overens.desks.access import ActingRequest, own_case
from overens.desks.entry.views import person_of
from overens.desks.refusals import tell
from overens.desks.region.views import recipients_only, where
from overens.grants.actions import showing
from overens.rules.findings import Refused

FORMS = {"rekvisition": ("requisition", "region-requisition"), "berattelse": ("financial-report", "region-report")}


@require_POST
@recipients_only
def show(request: ActingRequest, code: str, agreement: str, line: str, form: str) -> HttpResponse:
    """Show the draft, or hide it (``do=hide``)."""
    case = own_case(request, code, agreement, line)
    if form not in FORMS:
        raise Http404
    kind, page = FORMS[form]
    try:
        if request.POST.get("do") == "hide":
            showing.hide(case, kind, person_of(request))
            messages.success(request, _("Utkastet visas inte längre. Bara er organisation ser det."))
        else:
            showing.show(case, kind, person_of(request))
            messages.success(
                request, _("Statens handläggare kan nu läsa utkastet, också när ni ändrar det, tills ni döljer det.")
            )
    except Refused as refusal:
        tell(request, refusal)
    return redirect(page, *where(case))
