# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scenarios: kept, written, computed, compared and shown to others."""

from django.urls import URLPattern, path

from overens.desks.planner import views_compare, views_edit, views_run, views_scenarios, views_sharing

urlpatterns: list[URLPattern] = [
    path("", views_scenarios.start, name="planner-start"),
    path("jamfor/", views_compare.compare, name="planner-compare"),
    path("prova/", views_edit.attempt, name="planner-try"),
    path("delat/<str:token>/", views_sharing.shared, name="planner-shared"),
    path("delat/<str:token>/fil/", views_sharing.shared_file, name="planner-shared-file"),
    path("scenarier/nytt/", views_edit.new, name="planner-new"),
    path("scenarier/<str:code>/", views_scenarios.scenario, name="planner-scenario"),
    path("scenarier/<str:code>/andra/", views_edit.change, name="planner-change"),
    path("scenarier/<str:code>/aterstall/<int:number>/", views_scenarios.restore, name="planner-restore"),
    path("scenarier/<str:code>/kor/", views_run.start, name="planner-run"),
    path("scenarier/<str:code>/kor/<int:number>/avbryt/", views_run.cancel, name="planner-cancel"),
    path("scenarier/<str:code>/fil/", views_sharing.file, name="planner-file"),
    path("scenarier/<str:code>/filer/", views_sharing.files, name="planner-files"),
    path("scenarier/<str:code>/dela/", views_sharing.share, name="planner-share"),
    path("scenarier/<str:code>/sluta-dela/", views_sharing.end_sharing, name="planner-end-sharing"),
    path("scenarier/<str:code>/ta-bort/", views_scenarios.remove, name="planner-remove"),
]
