# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Production and capacity, in the five steps of its planning."""

from django.urls import URLPattern, path

from overens.desks.planner.production import (
    urls_plan,
    views_balance,
    views_lists,
    views_need,
    views_start,
    views_write,
)
from overens.desks.planner.urls_kept import of_kind
from overens.planner.models import ProblemKind

ONE = "produktion/<str:code>/"

urlpatterns: list[URLPattern] = [
    path("produktion/", views_start.start, name="planner-productions"),
    path("produktion/verkliga-listor/", views_lists.lists, name="planner-production-lists"),
    path("produktion/nytt/", views_write.new, name="planner-production-new"),
    *urls_plan.urlpatterns,
    path(ONE, views_start.problem, name="planner-production"),
    path(f"{ONE}andra/", views_write.change, name="planner-production-change"),
    path(f"{ONE}behov/", views_need.need, name="planner-production-need"),
    path(f"{ONE}rakna-behov/", views_need.compute, name="planner-production-need-compute"),
    path(f"{ONE}behov/<slug:service>/", views_need.service, name="planner-production-service"),
    path(f"{ONE}kapacitet/", views_need.capacity, name="planner-production-capacity"),
    path(f"{ONE}balansering/", views_balance.balance, name="planner-production-balance"),
    *of_kind(ProblemKind.PRODUCTION, "produktion"),
]
