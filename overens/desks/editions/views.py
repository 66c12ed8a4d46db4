# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The agency's national reports: where each one is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from overens.desks.access import ActingRequest, for_desk
from overens.editions.models import Edition
from overens.people.models.organisation import Kind


@require_safe
@for_desk(Kind.FOLLOWUP)
def start(request: ActingRequest) -> HttpResponse:
    """The editions of the one who acts, the latest first."""
    assert request.acting.organisation is not None
    return render(request, "editions/start.html", {"rows": Edition.objects.of(request.acting.organisation)})
