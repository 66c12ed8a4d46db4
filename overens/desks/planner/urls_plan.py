# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the units enter, the region's consolidation of it, and its plan: written, adopted, followed up."""

from django.urls import URLPattern, path

from overens.desks.planner import views_entries, views_entries_files, views_entries_unit, views_plan, views_plan_adopted

UNIT = "enheter/<int:year>/enhet/<slug:unit>/"

urlpatterns: list[URLPattern] = [
    path("enheter/", views_entries.start, name="planner-units"),
    path("enheter/<int:year>/", views_entries.year, name="planner-round"),
    path("enheter/<int:year>/summa/", views_entries_files.consolidated, name="planner-consolidated"),
    path("enheter/<int:year>/blankett/", views_entries_files.form, name="planner-unit-form"),
    path("enheter/<int:year>/las-in/", views_entries_files.take_in, name="planner-take-in"),
    path(UNIT, views_entries_unit.unit, name="planner-unit"),
    path(f"{UNIT}yrke/<slug:code>/", views_entries_unit.need, name="planner-need"),
    path(f"{UNIT}atgard/ny/", views_entries_unit.action, name="planner-action-new"),
    path(f"{UNIT}atgard/<int:number>/", views_entries_unit.action, name="planner-action"),
    path(f"{UNIT}atgard/<int:number>/ta-bort/", views_entries_unit.remove, name="planner-action-remove"),
    path(f"{UNIT}valj/<int:number>/", views_entries_unit.choose, name="planner-entry-choose"),
    path("plan/", views_plan.start, name="planner-plans"),
    path("plan/<int:year>/", views_plan.plan, name="planner-plan"),
    path("plan/<int:year>/fil/<slug:format>/", views_plan.file, name="planner-plan-file"),
    path("plan/<int:year>/valj/<int:number>/", views_plan.choose, name="planner-plan-choose"),
    path("plan/<int:year>/antagen/<int:number>/", views_plan_adopted.adopted, name="planner-adopted"),
    path(
        "plan/<int:year>/antagen/<int:number>/fil/<slug:format>/", views_plan_adopted.file, name="planner-adopted-file"
    ),
]
