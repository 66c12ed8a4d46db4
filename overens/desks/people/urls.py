# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from overens.desks.people import views, views_mandates, views_own

urlpatterns = [
    path("", views.people, name="people-list"),
    path("bjud-in/", views_mandates.invite, name="people-invite"),
    path("person/<int:person>/", views.person_page, name="people-person"),
    path("person/<int:person>/uppdrag/", views_mandates.give, name="people-give"),
    path("person/<int:person>/slutar/", views_mandates.leave, name="people-leave"),
    path("person/<int:person>/namn/", views_mandates.correct_name, name="people-name"),
    path("person/<int:person>/inbjudan/", views_mandates.invite_again, name="people-invite-again"),
    path("uppdrag/<int:mandate>/avsluta/", views_mandates.end, name="people-end"),
    path("skilda-personer/", views_own.separations, name="people-separations"),
    path("historik/", views.history, name="people-history"),
    path("jag/", views_own.me, name="people-me"),
]
