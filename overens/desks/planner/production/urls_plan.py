# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The production plan and its follow-up."""

from django.urls import URLPattern, path

from overens.desks.planner.production import views_compare, views_follow, views_plan, views_plan_files, views_region

urlpatterns: list[URLPattern] = [
    path("uppfoljning/", views_region.region, name="planner-production-region"),
    path("<str:code>/plan/", views_plan.plan, name="planner-production-plan"),
    path("<str:code>/plan/kor/", views_plan.run, name="planner-production-run"),
    path("<str:code>/plan/fil/<slug:format>/", views_plan_files.file, name="planner-production-plan-file"),
    path("<str:code>/plan/tabell/<slug:name>/", views_plan_files.table, name="planner-production-plan-table"),
    path("<str:code>/uppfoljning/", views_follow.follow, name="planner-production-follow"),
    path("<str:code>/uppfoljning/utfall/", views_follow.outcome, name="planner-production-outcome"),
    path("<str:code>/uppfoljning/planera-om/", views_follow.renew, name="planner-production-renew"),
    path("<str:code>/jamfor/", views_compare.compare, name="planner-production-compare"),
]
