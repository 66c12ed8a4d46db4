# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an agreement costs its recipients; mounted under forhandling/borda/."""

from django.urls import path

from overens.desks.burden import views

urlpatterns = [path("", views.weigh, name="burden")]
