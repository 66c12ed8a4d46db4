# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The competence mix: kept, written, laid, computed, decided, followed up. Mounted under kompetens/."""

from django.urls import URLPattern, path

from overens.desks.planner.mix import (
    views_board,
    views_decisions,
    views_follow,
    views_links,
    views_plan,
    views_start,
    views_whatif,
)
from overens.desks.planner.urls_kept import of_kind
from overens.planner.models import ProblemKind

AT = "kompetens/<str:code>"

urlpatterns: list[URLPattern] = [
    path("kompetens/", views_start.start, name="planner-mix-start"),
    path("kompetens/nytt/", views_start.new, name="planner-mix-new"),
    path(f"{AT}/", views_start.one, name="planner-mix-one"),
    path(f"{AT}/andra/", views_start.change, name="planner-mix-change"),
    path(f"{AT}/uppgifter/", views_board.board, name="planner-mix-board"),
    path(f"{AT}/forslag/", views_plan.plan, name="planner-mix-plan"),
    path(f"{AT}/forslag/rakna/", views_plan.start, name="planner-mix-run"),
    path(f"{AT}/forslag/plan.<str:format>", views_plan.file, name="planner-mix-plan-file"),
    path(f"{AT}/forslag/tabell/<str:name>/", views_plan.table, name="planner-mix-table"),
    path(f"{AT}/vad-hander-om/", views_whatif.whatif, name="planner-mix-whatif"),
    path(f"{AT}/beslut/", views_decisions.decisions, name="planner-mix-decisions"),
    path(f"{AT}/beslut/<int:number>/aterkalla/", views_decisions.withdraw, name="planner-mix-withdraw"),
    path(f"{AT}/uppfoljning/", views_follow.follow, name="planner-mix-follow"),
    path(f"{AT}/uppfoljning/<str:day>/", views_follow.followed, name="planner-mix-followed"),
    path(f"{AT}/andra-planer/", views_links.links, name="planner-mix-links"),
    *of_kind(ProblemKind.MIX, "kompetens"),
]
