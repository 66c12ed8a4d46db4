# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The production plan and its follow-up."""

from django.urls import URLPattern, path

from overens.desks.planner.production import (
    views_compare,
    views_follow,
    views_outcome,
    views_plan,
    views_plan_files,
    views_region,
)

ONE = "produktion/<str:code>/"

urlpatterns: list[URLPattern] = [
    path("produktion/uppfoljning/", views_region.region, name="planner-production-region"),
    path(f"{ONE}plan/", views_plan.plan, name="planner-production-plan"),
    path(f"{ONE}plan/kor/", views_plan.run, name="planner-production-run"),
    path(f"{ONE}plan/fil/<slug:format>/", views_plan_files.file, name="planner-production-plan-file"),
    path(f"{ONE}plan/tabell/<slug:name>/", views_plan_files.table, name="planner-production-plan-table"),
    path(f"{ONE}uppfoljning/", views_follow.follow, name="planner-production-follow"),
    path(f"{ONE}uppfoljning/utfall/", views_outcome.outcome, name="planner-production-outcome"),
    path(f"{ONE}uppfoljning/planera-om/", views_follow.renew, name="planner-production-renew"),
    path(f"{ONE}jamfor/", views_compare.compare, name="planner-production-compare"),
]
