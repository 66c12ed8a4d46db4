# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statistics read in, looked through and approved; mounted under statistik/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
