# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's fact check of its own passages."""

from django.urls import URLPattern, path

from overens.desks.editions import views_check

urlpatterns: list[URLPattern] = [
    path("", views_check.checks, name="check-editions"),
    path("<slug:code>/", views_check.check, name="check-edition"),
]
