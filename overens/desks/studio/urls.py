# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Drafts of agreements, for the negotiators of both parties; mounted under forhandling/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
