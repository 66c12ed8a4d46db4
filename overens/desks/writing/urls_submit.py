# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from overens.desks.writing import views_submit

REPORT = "<str:code>/<str:agreement>/<str:round>/"
VERSION = f"{REPORT}papper/<int:version>/"

urlpatterns: list[URLPattern] = [
    path(f"{REPORT}blankett/", views_submit.blank, name="writing-blank"),
    path(f"{REPORT}lamna-in/", views_submit.submit, name="writing-submit"),
    path(f"{REPORT}skriv-under/", views_submit.sign, name="writing-sign"),
    path(f"{REPORT}frys/", views_submit.send_out, name="writing-send-out"),
    path(f"{REPORT}kvitto/", views_submit.receipt, name="writing-receipt"),
    path(VERSION, views_submit.paper, name="writing-paper"),
    path(f"{VERSION}pdf/", views_submit.pdf, name="writing-paper-pdf"),
    path(f"{VERSION}word/", views_submit.word, name="writing-paper-word"),
    path(f"{VERSION}underlag/", views_submit.evidence, name="writing-paper-evidence"),
    path(f"{VERSION}att-skriva-under/", views_submit.to_sign, name="writing-paper-to-sign"),
    path(f"{VERSION}utanfor/", views_submit.sign_outside, name="writing-outside"),
]
