# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proposals simulated and compared; mounted under forslag/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
