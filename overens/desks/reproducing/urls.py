# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A printed annex read; mounted under forhandling/bilaga/."""

from django.urls import path

from overens.desks.reproducing import views

urlpatterns = [path("", views.read, name="reproducing")]
