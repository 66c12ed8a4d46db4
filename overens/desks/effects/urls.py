# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be said of effects; mounted under effekter/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
