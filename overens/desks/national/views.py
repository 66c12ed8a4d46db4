# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""National reports that stand, for anybody to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from overens.editions.models import Edition


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The editions that stand, the latest first."""
    return render(request, "national/start.html", {"rows": Edition.objects.public()})
