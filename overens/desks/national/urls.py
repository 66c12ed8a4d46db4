# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from overens.desks.national import views, views_data, views_difference, views_values

urlpatterns: list[URLPattern] = [
    path("", views.start, name="national-start"),
    path("katalog.ttl", views_data.catalogue_file, {"form": "ttl"}, name="national-catalogue"),
    path("katalog.jsonld", views_data.catalogue_file, {"form": "jsonld"}, name="national-catalogue-json"),
    path("<slug:code>/", views.report, name="national-report"),
    path("<slug:code>/skillnad/<slug:other>/", views_difference.difference, name="national-difference"),
    path("<slug:code>/sok/", views.search, name="national-search"),
    path("<slug:code>/underlag/", views_values.values, name="national-values"),
    path("<slug:code>/varde/<path:key>.json", views_values.value_json, name="national-value-json"),
    path("<slug:code>/varde/<path:key>/", views_values.value, name="national-value"),
    path("<slug:code>/fil/<str:name>", views_data.file, name="national-file"),
    path("<slug:code>/data/", views_data.data, name="national-data"),
    path("<slug:code>/data/<path:name>", views_data.data_file, name="national-data-file"),
]
