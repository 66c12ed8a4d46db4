# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scenarios: kept, written, computed, compared and shown to others."""

from django.urls import URLPattern, path

from overens.desks.planner import views_scenarios

urlpatterns: list[URLPattern] = [
    path("", views_scenarios.start, name="planner-start"),
    path("scenarier/<str:code>/", views_scenarios.scenario, name="planner-scenario"),
]
