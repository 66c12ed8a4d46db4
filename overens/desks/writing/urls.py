# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from overens.desks.writing import views_questions

REPORT = "<str:code>/<str:agreement>/<str:round>/"

urlpatterns: list[URLPattern] = [
    path(f"{REPORT}fragor/", views_questions.questions, name="writing-questions"),
    path(f"{REPORT}fragor/<int:number>/", views_questions.question, name="writing-question"),
]
