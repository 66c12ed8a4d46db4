# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The negotiator's addresses; mounted under forhandling/."""

from django.urls import path

from overens.desks.negotiator import views, views_version

urlpatterns = [
    path("", views.start, name="negotiator-start"),
    path("overenskommelse/<str:code>/", views.agreement, name="negotiator-agreement"),
    path("overenskommelse/<str:code>/<int:number>/", views_version.version, name="negotiator-version"),
    path("overenskommelse/<str:code>/<int:number>/underskrift/", views_version.sign, name="negotiator-sign"),
    path("overenskommelse/<str:code>/<int:number>/text/<slug:format>/", views_version.text, name="negotiator-text"),
    path("prova/", views.check, name="negotiator-check"),
    path("skillnader/", views.differences, name="negotiator-diff"),
    path("lagg-in/", views.store, name="negotiator-store"),
]
