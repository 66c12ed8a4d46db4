# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from overens.desks.writing import views_fact_check

urlpatterns: list[URLPattern] = [
    path("besok/", views_fact_check.visits, name="writing-visits"),
    path("besok/<str:code>/<str:agreement>/<int:year>/", views_fact_check.check, name="writing-check"),
    path("underlag/<int:number>/", views_fact_check.document, name="writing-document"),
    path("underlag/<int:number>/fil/<int:file>/", views_fact_check.document_file, name="writing-document-file"),
]
