# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern

from overens.desks.analyst import urls_coding, urls_visits

urlpatterns: list[URLPattern] = [*urls_coding.urlpatterns, *urls_visits.urlpatterns]
