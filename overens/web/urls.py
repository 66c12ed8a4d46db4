# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every address of the web. Who may open which is tests/cases/access.toml."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

handler400 = "overens.web.errors.bad_request"
handler429 = "overens.web.login.throttling.too_many"
urlpatterns: list[URLPattern | URLResolver] = [
    path("sprak/", require_POST(set_language), name="set_language"),
    path("", include("overens.desks.entry.urls")),
    path("", include("overens.web.login.urls")),
    path("", include("overens.desks.public.urls")),
    path("", include("overens.desks.reminders.urls")),
    path("region/", include("overens.desks.region.urls")),
    path("region/", include("overens.desks.books.urls")),
    path("redogorelser/", include("overens.desks.writing.urls")),
    path("uppfoljning/rapporter/", include("overens.desks.national.urls_preview")),
    path("uppfoljning/rapporter/", include("overens.desks.editions.urls")),
    path("uppfoljning/", include("overens.desks.analyst.urls")),
    path("faktagranskning/", include("overens.desks.editions.urls_check")),
    path("rapporter/", include("overens.desks.national.urls")),
    path("fakta/", include("overens.desks.facts.urls")),
    path("utbetalning/", include("overens.desks.payer.urls")),
    path("departementet/", include("overens.desks.ministry.urls")),
    path("forhandling/bilaga/", include("overens.desks.reproducing.urls")),
    path("forhandling/borda/", include("overens.desks.burden.urls")),
    path("forhandling/", include("overens.desks.studio.urls")),
    path("forhandling/", include("overens.desks.negotiator.urls")),
    path("forslag/", include("overens.desks.proposals.urls")),
    path("statistik/", include("overens.desks.statistics.urls")),
    path("bidrag/", include("overens.desks.portal.urls")),
    path("bidrag/", include("overens.desks.years.urls")),
    path("planering/", include("overens.desks.planner.urls")),
    path("effekter/", include("overens.desks.effects.urls")),
    path("arkiv/", include("overens.desks.archive.urls")),
    path("organisation/", include("overens.desks.people.urls")),
    path("api/", include("overens.api.urls")),
]
