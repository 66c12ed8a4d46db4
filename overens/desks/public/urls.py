# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses that anybody may open."""

from django.urls import path

from overens.desks.public import views, views_agreements, views_allocation, views_regions, views_trace, views_versions

urlpatterns = [
    path("", views.home, name="home"),
    path("om/", views.about, name="public-about"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("overenskommelser/", views_agreements.agreements, name="public-agreements"),
    path("overenskommelser/<str:code>/", views_agreements.agreement, name="public-agreement"),
    path("overenskommelser/<str:code>/fil/", views_agreements.file, name="public-file"),
    path("overenskommelser/<str:code>/text/<slug:format>/", views_versions.text, name="public-text"),
    path("overenskommelser/<str:code>/versioner/", views_versions.versions, name="public-versions"),
    path("overenskommelser/<str:code>/blankett/<str:form>/", views_agreements.blank, name="public-form"),
    path("overenskommelser/<str:code>/fordelning/", views_allocation.allocation, name="public-allocation"),
    path("overenskommelser/<str:code>/spar/", views_trace.trace, name="public-trace"),
    path("regioner/", views_regions.regions, name="public-regions"),
    path("regioner/<str:code>/", views_regions.region, name="public-region"),
]
