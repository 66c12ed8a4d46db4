# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One region's money over the years; mounted under bidrag/ after the portal."""

from django.urls import path

from overens.desks.years import views

urlpatterns = [
    path("over-aren/", views.everyone, name="years-all"),
    path("region/<str:code>/over-aren/", views.recipient, name="years-recipient"),
]
