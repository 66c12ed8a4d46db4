# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern

from overens.desks.analyst import urls_received

urlpatterns: list[URLPattern] = [*urls_received.urlpatterns]
