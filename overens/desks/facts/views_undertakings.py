# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the parties undertook themselves, for anybody to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from overens.desks.undertakings import agreements_with_undertakings, rows


@require_safe
def undertakings(request: HttpRequest) -> HttpResponse:
    groups = [(agreement, rows(agreement)) for agreement in agreements_with_undertakings()]
    return render(request, "facts/undertakings.html", {"groups": groups})
