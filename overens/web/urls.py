# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every address of the web. Who may open which is tests/cases/access.toml."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("sprak/", include("django.conf.urls.i18n")),
    path("", include("overens.desks.entry.urls")),
    path("", include("overens.desks.public.urls")),
    path("region/", include("overens.desks.region.urls")),
    path("utbetalning/", include("overens.desks.payer.urls")),
    path("departementet/", include("overens.desks.ministry.urls")),
    path("forhandling/", include("overens.desks.negotiator.urls")),
    path("api/", include("overens.api.urls")),
]
