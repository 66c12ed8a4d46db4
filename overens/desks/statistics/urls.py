# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statistics read in, looked through and approved; mounted under statistik/."""

from django.urls import URLPattern, path

from overens.desks.statistics import views, views_taking

urlpatterns: list[URLPattern] = [
    path("", views.start, name="statistics-start"),
    path("las-in/", views_taking.file, name="statistics-file"),
    path("hamta/", views_taking.fetch, name="statistics-fetch"),
    path("hamta/<int:number>/", views_taking.arrival, name="statistics-arrival"),
    path("tabell/<slug:code>/", views.table, name="statistics-table"),
    path("tabell/<slug:code>/varden/", views.values, name="statistics-values"),
    path("tabell/<slug:code>/svar/<int:number>/", views.reply, name="statistics-reply"),
]
