# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the API is mounted."""

from django.urls import path

from overens.api.endpoints import api, unknown

urlpatterns = [path("", api.urls), path("<path:rest>", unknown)]
