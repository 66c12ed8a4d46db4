# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The organisation's scenarios: all of them with what waits, and one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from overens.desks.access import ActingRequest
from overens.desks.planner.access import may_plan, own, own_scenario, readers
from overens.desks.public.pages import slice_of
from overens.planner import reading


@readers
@require_safe
def start(request: ActingRequest) -> HttpResponse:
    page = slice_of(request, reading.scenarios(own(request)))
    return render(request, "planner/start.html", {"page": page, "may_plan": may_plan(request)})


@readers
@require_safe
def scenario(request: ActingRequest, code: str) -> HttpResponse:
    saved = own_scenario(request, code)
    context = {"saved": saved, "version": reading.newest(saved), "may_plan": may_plan(request)}
    return render(request, "planner/scenario.html", context)
