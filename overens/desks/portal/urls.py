# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""All grants of a year, for anybody; mounted under bidrag/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
