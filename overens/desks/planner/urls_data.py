# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of staff that scenarios stand on: sent, said how to read, looked through, approved, withdrawn."""

from django.urls import URLPattern, path

from overens.desks.planner import views_data, views_data_reading

urlpatterns: list[URLPattern] = [
    path("data/", views_data.start, name="planner-data"),
    path("data/mall/", views_data.template, name="planner-data-template"),
    path("data/ny/", views_data_reading.new, name="planner-data-new"),
    path("data/inkommen/<int:number>/", views_data_reading.incoming, name="planner-data-incoming"),
    path("data/<slug:code>/", views_data.data_set, name="planner-data-set"),
    path("data/<slug:code>/<int:number>/", views_data.version, name="planner-data-version"),
    path("data/<slug:code>/<int:number>/fil/", views_data.file, name="planner-data-file"),
]
