# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rotas: written, planned, laid by hand, compared, published. Mounted under schema/."""

from django.urls import URLPattern, path

from overens.desks.planner.roster import views_board, views_compare, views_cover, views_plan, views_publish, views_start
from overens.desks.planner.urls_kept import of_kind
from overens.planner.models import ProblemKind

AT = "schema/<str:code>"

urlpatterns: list[URLPattern] = [
    path("schema/", views_start.start, name="planner-roster-start"),
    path("schema/nytt/", views_start.new, name="planner-roster-new"),
    path(f"{AT}/", views_start.one, name="planner-roster-one"),
    path(f"{AT}/andra/", views_start.change, name="planner-roster-change"),
    path(f"{AT}/fil/", views_start.file, name="planner-roster-file"),
    path(f"{AT}/tavla/", views_board.board, name="planner-roster-board"),
    path(f"{AT}/tavla/prova/", views_board.look, name="planner-roster-look"),
    path(f"{AT}/bemanning/", views_cover.cover, name="planner-roster-cover"),
    path(f"{AT}/planera/", views_plan.plan, name="planner-roster-plan"),
    path(f"{AT}/planera/rakna/", views_plan.start, name="planner-roster-run"),
    path(f"{AT}/planera/<int:number>/spara/", views_plan.take, name="planner-roster-take"),
    path(f"{AT}/jamfor/", views_compare.compare, name="planner-roster-compare"),
    path(f"{AT}/publicera/", views_publish.publish, name="planner-roster-publish"),
    # What a rota holds of named persons is not shown at secret addresses, and its file only to those who write it.
    *of_kind(ProblemKind.ROSTER, "schema", without=("file", "share", "end_sharing")),
]
