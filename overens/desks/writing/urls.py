# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from overens.desks.writing import (
    urls_structure,
    urls_submit,
    views,
    views_around,
    views_examples,
    views_fact_check,
    views_questions,
    views_saving,
)

REPORT = "<slug:code>/<slug:agreement>/<slug:round>/"
PART = f"{REPORT}del/<path:key>/"

urlpatterns: list[URLPattern] = [
    # Before the rounds, whose addresses take any name.
    *urls_structure.urlpatterns,
    *urls_submit.urlpatterns,
    path("besok/", views_fact_check.visits, name="writing-visits"),
    path("besok/<str:code>/<str:agreement>/<int:year>/", views_fact_check.check, name="writing-check"),
    path("underlag/<int:number>/", views_fact_check.document, name="writing-document"),
    path("underlag/<int:number>/fil/<int:file>/", views_fact_check.document_file, name="writing-document-file"),
    path("", views.start, name="writing-start"),
    path("<slug:code>/exempel/", views_examples.manage, name="writing-examples"),
    path(REPORT, views.report, name="writing-report"),
    path(f"{REPORT}avsnitt/<slug:section>/", views.section, name="writing-section"),
    path(f"{REPORT}avsnitt/<slug:section>/lage/", views_saving.state, name="writing-state"),
    path(f"{REPORT}avsnitt/<slug:section>/klart/", views_around.sign_off, name="writing-sign-off"),
    path(f"{REPORT}avsnitt/<slug:section>/minuter/", views_around.minutes, name="writing-minutes"),
    path(f"{REPORT}utskrift/", views.on_paper, name="writing-print"),
    path(f"{REPORT}visa/", views_around.show, name="writing-show"),
    path(f"{REPORT}arbete/", views_around.burden, name="writing-burden"),
    path(f"{REPORT}bilagor/", views_around.files, name="writing-files"),
    path(f"{REPORT}bilagor/<int:file>/", views_around.file, name="writing-file"),
    path(f"{REPORT}bilagor/<int:file>/ta-bort/", views_around.remove_file, name="writing-file-remove"),
    path(f"{REPORT}samtal/<int:thread>/", views_around.thread, name="writing-thread"),
    path(f"{PART}spara/", views_saving.save, name="writing-save"),
    path(f"{PART}samtal/", views_around.discuss, name="writing-discuss"),
    path(f"{PART}versioner/", views_saving.history, name="writing-history"),
    path(f"{PART}versioner/<int:number>/", views_saving.restore, name="writing-restore"),
    path(f"{PART}valj/<int:number>/", views_saving.choose, name="writing-choose"),
    path(f"{PART}forra-aret/", views_saving.last_year, name="writing-part-last-year"),
    path(f"{REPORT}fragor/", views_questions.questions, name="writing-questions"),
    path(f"{REPORT}fragor/<int:number>/", views_questions.question, name="writing-question"),
]
