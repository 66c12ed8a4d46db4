# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an agreement costs its recipients; mounted under forhandling/borda/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
