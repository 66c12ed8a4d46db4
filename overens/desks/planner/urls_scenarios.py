# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scenarios: kept, written, computed, compared and shown to others."""

from django.urls import URLPattern, path

from overens.desks.planner import views_compare, views_edit, views_kept, views_run, views_scenarios
from overens.desks.planner.urls_kept import of_kind
from overens.planner.models import ProblemKind

urlpatterns: list[URLPattern] = [
    path("", views_scenarios.start, name="planner-start"),
    path("jamfor/", views_compare.compare, name="planner-compare"),
    path("prova/", views_edit.attempt, name="planner-try"),
    path("delat/<str:token>/", views_kept.shared, name="planner-shared"),
    path("delat/<str:token>/fil/", views_kept.shared_file, name="planner-shared-file"),
    path("scenarier/nytt/", views_edit.new, name="planner-new"),
    path("scenarier/<str:code>/", views_scenarios.scenario, name="planner-scenario"),
    path("scenarier/<str:code>/andra/", views_edit.change, name="planner-change"),
    path("scenarier/<str:code>/kor/", views_run.start, name="planner-run"),
    path("scenarier/<str:code>/filer/", views_run.files, name="planner-files"),
    *of_kind(ProblemKind.SUPPLY, "scenarier"),
]
