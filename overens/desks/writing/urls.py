# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern

from overens.desks.writing import urls_submit

urlpatterns: list[URLPattern] = [*urls_submit.urlpatterns]
