# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report as it would be read, for those who write it."""

from django.urls import URLPattern, path

from overens.desks.national import views_preview

urlpatterns: list[URLPattern] = [
    path("<slug:code>/forhandsvisning/", views_preview.report, name="editions-preview"),
    path("<slug:code>/forhandsvisning/varde/<path:key>/", views_preview.value, name="editions-preview-value"),
]
