# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from overens.desks.facts import views, views_examples, views_regions, views_undertakings

urlpatterns: list[URLPattern] = [
    path("", views.start, name="facts-start"),
    path("tabell/", views.table, name="facts-table"),
    path("kalla/<int:number>/", views.source, name="facts-source"),
    path("kalla/<path:key>/", views.source_of_key, name="facts-source-of"),
    path("region/<str:code>/", views_regions.region, name="facts-region"),
    path("jamfor/", views_regions.compare, name="facts-compare"),
    path("exempel/", views_examples.search, name="facts-examples"),
    path("exempel/<int:number>/", views_examples.example, name="facts-example"),
    path("ataganden/", views_undertakings.undertakings, name="facts-undertakings"),
]
