# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The planner's desk; mounted under planering/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("overens.desks.planner.urls_scenarios")),
    path("", include("overens.desks.planner.urls_data")),
    path("", include("overens.desks.planner.urls_results")),
    path("", include("overens.desks.planner.urls_plan")),
    path("", include("overens.desks.planner.urls_money")),
    path("", include("overens.desks.planner.mix.urls")),
    path("", include("overens.desks.planner.production.urls")),
    path("", include("overens.desks.planner.roster.urls_people")),
    path("", include("overens.desks.planner.roster.urls")),
]
