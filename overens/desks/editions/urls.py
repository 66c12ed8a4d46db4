# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from overens.desks.editions import urls_steps, views

urlpatterns: list[URLPattern] = [
    path("", views.start, name="editions-start"),
    *urls_steps.urlpatterns,
]
