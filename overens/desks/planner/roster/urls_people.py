# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of those who work by a rota, and of what is printed, carried and exchanged."""

from django.urls import path

from overens.desks.planner.roster import views_absence, views_carried, views_files, views_own, views_people, views_wall

OWN, AT = "mitt-schema/<str:token>/", "schema/<str:code>/"

urlpatterns = [
    path(OWN, views_own.page, name="planner-own"),
    path(f"{OWN}schema.ics", views_own.feed, name="planner-own-feed"),
    path(f"{AT}medarbetare/", views_people.people, name="planner-roster-people"),
    path(f"{AT}medarbetare/adress/", views_people.give_address, name="planner-roster-give-address"),
    path(f"{AT}medarbetare/adress/<int:number>/avsluta/", views_people.end_address, name="planner-roster-end-address"),
    path(f"{AT}medarbetare/ta-in/", views_people.take_in, name="planner-roster-take-in"),
    path(f"{AT}franvaro/", views_absence.away, name="planner-roster-absence"),
    path(f"{AT}vem-bar-vad/", views_carried.burden, name="planner-roster-carried"),
    path(f"{AT}vem-bar-vad/tabell/", views_carried.table, name="planner-roster-carried-table"),
    path(f"{AT}vagg/", views_wall.page, name="planner-roster-wall"),
    path(f"{AT}vagg/<str:paper>.pdf", views_wall.pdf, name="planner-roster-wall-pdf"),
    path(f"{AT}filer/", views_files.files, name="planner-roster-files"),
    path(f"{AT}filer/<str:name>", views_files.file, name="planner-roster-file-out"),
]
