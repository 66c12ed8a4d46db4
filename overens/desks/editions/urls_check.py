# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's fact check of its own passages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
