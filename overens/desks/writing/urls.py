# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from overens.desks.writing import views_examples

urlpatterns: list[URLPattern] = [
    path("<str:code>/exempel/", views_examples.manage, name="writing-examples"),
]
