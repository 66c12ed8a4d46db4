# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Drafts of agreements, for the negotiators of both parties; mounted under forhandling/."""

from django.urls import URLPattern, path

from overens.desks.studio import views, views_comments, views_steps, views_versions, views_write

DRAFT = "utkast/<slug:code>/"

urlpatterns: list[URLPattern] = [
    path("utkast/", views.start, name="studio-start"),
    path("utkast/nytt/", views.new, name="studio-new"),
    path(DRAFT, views_write.draft, name="studio-draft"),
    path(f"{DRAFT}spara/", views_write.save, name="studio-save"),
    path(f"{DRAFT}lage/", views_write.state, name="studio-state"),
    path(f"{DRAFT}titta/", views_write.look, name="studio-look"),
    path(f"{DRAFT}falt/", views_write.fields, name="studio-fields"),
    path(f"{DRAFT}versioner/", views_versions.history, name="studio-history"),
    path(f"{DRAFT}versioner/<int:number>/", views_versions.restore, name="studio-restore"),
    path(f"{DRAFT}valj/<int:number>/", views_versions.choose, name="studio-choose"),
    path(f"{DRAFT}text/<slug:format>/", views_versions.text, name="studio-text"),
    path(f"{DRAFT}skillnader/", views_versions.differences, name="studio-diff"),
    path(f"{DRAFT}kommentarer/", views_comments.comments, name="studio-comments"),
    path(f"{DRAFT}kommentera/", views_comments.comment, name="studio-comment"),
    path(f"{DRAFT}kommentarer/<int:number>/", views_comments.answer, name="studio-answer"),
    path(f"{DRAFT}gor/<str:step>/", views_steps.step, name="studio-step"),
]
