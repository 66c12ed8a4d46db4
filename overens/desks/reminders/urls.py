# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from overens.desks.reminders import views, views_running

urlpatterns = [
    path("organisation/jag/brev/", views.letters, name="my-letters"),
    path("avanmal/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("kalender/", views.calendars, name="calendars"),
    path("kalender/ny/", views.make, name="calendar-make"),
    path("kalender/<int:number>/avsluta/", views.end, name="calendar-end"),
    path("kalender/sista-dagar.ics", views.download, name="calendar-download"),
    path("kalender/<str:token>.ics", views.feed, name="calendar-feed"),
    path("utbetalning/bakgrund/", views_running.running, name="running"),
    path("utbetalning/bakgrund/<int:number>/<slug:act>/", views_running.act, name="running-act"),
    path("utbetalning/bakgrund/brev/", views_running.outbox, name="outbox"),
]
