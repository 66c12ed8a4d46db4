# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from overens.desks.analyst import views_received

REPORT = "<str:agreement>/<str:round>/<str:respondent>/"
VERSION = f"{REPORT}papper/<int:version>/"

urlpatterns: list[URLPattern] = [
    path("underskriven/", views_received.record, name="analyst-record-paper"),
    path(REPORT, views_received.report, name="analyst-report"),
    path(f"{REPORT}godta/", views_received.accept, name="analyst-report-accept"),
    path(f"{REPORT}lamna-tillbaka/", views_received.send_back, name="analyst-report-return"),
    path(f"{REPORT}diarienummer/", views_received.number, name="analyst-report-number"),
    path(VERSION, views_received.paper, name="analyst-paper"),
    path(f"{VERSION}pdf/", views_received.pdf, name="analyst-paper-pdf"),
    path(f"{VERSION}bilaga/<str:sha256>/", views_received.attached, name="analyst-paper-attached"),
    path(f"{VERSION}word/", views_received.word, name="analyst-paper-word"),
    path(f"{VERSION}underlag/", views_received.evidence, name="analyst-paper-evidence"),
]
