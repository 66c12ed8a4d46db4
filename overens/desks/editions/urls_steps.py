# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An edition's steps, its files, and what has come in since it stands."""

from django.urls import URLPattern, path

from overens.desks.editions import views_since, views_steps

urlpatterns: list[URLPattern] = [
    path("<slug:code>/gor/<slug:step>/", views_steps.step, name="editions-step"),
    path("<slug:code>/faktagranskning/", views_steps.checks, name="editions-checks"),
    path("<slug:code>/filer/", views_steps.files, name="editions-files"),
    path("<slug:code>/filer/<int:number>/", views_steps.file, name="editions-file"),
    path("<slug:code>/andringar/", views_since.proposals, name="editions-proposals"),
    path("<slug:code>/andringar/<int:number>/", views_since.decide, name="editions-proposal"),
]
