# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of what is written in a form: measures, counts, programmes, services, and the region's own calls."""

from django.urls import URLPattern, path

from overens.desks.writing import views_counts, views_measures, views_rows

REPORT = "<str:code>/<str:agreement>/<str:round>/"

urlpatterns: list[URLPattern] = [
    path(REPORT + "atgarder/", views_measures.measures, name="writing-measures"),
    path(REPORT + "atgarder/ny/", views_measures.new_measure, name="writing-measure-new"),
    path(REPORT + "atgarder/forra-aret/", views_measures.carry, name="writing-last-year"),
    path(REPORT + "atgard/<int:number>/", views_measures.measure, name="writing-measure"),
    path(REPORT + "antal/<str:question>/", views_counts.count, name="writing-count"),
    path(REPORT + "introduktion/<int:number>/", views_rows.introduction, name="writing-introduction"),
    path(REPORT + "mognad/<int:number>/", views_rows.maturity, name="writing-maturity"),
    path(REPORT + "rad/<str:kind>/<int:number>/", views_rows.put_away, name="writing-row-away"),
]
