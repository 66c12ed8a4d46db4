# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from overens.desks.facts import views_undertakings

urlpatterns: list[URLPattern] = [
    path("ataganden/", views_undertakings.undertakings, name="facts-undertakings"),
]
