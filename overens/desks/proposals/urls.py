# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proposals simulated and compared; mounted under forslag/."""

from django.urls import URLPattern, path

from overens.desks.proposals import views, views_compare, views_writing

urlpatterns: list[URLPattern] = [
    path("", views.start, name="proposals-start"),
    path("jamfor/", views_compare.compare, name="proposals-compare"),
    path("nytt/", views_writing.new, name="proposals-new"),
    path("prova/", views_writing.attempt, name="proposals-try"),
    path("delat/<str:token>/", views.shared, name="proposals-shared"),
    path("delat/<str:token>/fil/", views.shared_file, name="proposals-shared-file"),
    path("<str:code>/", views.proposal, name="proposals-proposal"),
    path("<str:code>/fil/", views.file, name="proposals-file"),
    path("<str:code>/andra/", views_writing.change, name="proposals-change"),
    path("<str:code>/dela/", views_writing.share, name="proposals-share"),
    path("<str:code>/sluta-dela/", views_writing.end_sharing, name="proposals-end-sharing"),
    path("<str:code>/ta-bort/", views_writing.remove, name="proposals-remove"),
]
