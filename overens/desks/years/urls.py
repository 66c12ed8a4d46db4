# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One region's money over the years; mounted under bidrag/ after the portal."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
