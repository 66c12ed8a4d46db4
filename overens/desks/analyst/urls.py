# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from overens.desks.analyst import (
    urls_coding,
    urls_received,
    urls_visits,
    views_commission,
    views_counts,
    views_questions,
    views_respondents,
    views_rounds,
    views_threads,
    views_undertakings,
    views_versions,
)

ROUND = "rundor/<str:agreement>/<str:round>/"
QUESTIONS = f"{ROUND}fragor/"
COMMISSION = "uppdrag/<int:number>/"

# What begins with a word of its own stands first: /<agreement>/<round>/<respondent>/ would match it too.
urlpatterns: list[URLPattern] = [
    *urls_coding.urlpatterns,
    *urls_visits.urlpatterns,
    path("", views_rounds.start, name="analyst-start"),
    path("rundor/", views_rounds.listed, name="analyst-rounds"),
    path("rundor/ny/", views_versions.new, name="analyst-round-new"),
    path(ROUND, views_rounds.page, name="analyst-round"),
    path(f"{ROUND}gor/<slug:step>/", views_rounds.act, name="analyst-round-act"),
    path(f"{ROUND}arbete/", views_rounds.work, name="analyst-burden"),
    path(QUESTIONS, views_questions.questions, name="analyst-questions"),
    path(f"{QUESTIONS}forhandsvisning/", views_questions.preview, name="analyst-preview"),
    path(f"{QUESTIONS}grund/", views_questions.basics, name="analyst-round-basics"),
    path(f"{QUESTIONS}flytta/", views_questions.move, name="analyst-move"),
    path(f"{QUESTIONS}versioner/", views_versions.versions, name="analyst-versions"),
    path(f"{QUESTIONS}fil/", views_versions.file, name="analyst-round-file"),
    path(f"{QUESTIONS}las-in/", views_versions.read_in, name="analyst-read-in"),
    path(f"{QUESTIONS}nytt-avsnitt/", views_questions.new_section, name="analyst-section-new"),
    path(f"{QUESTIONS}avsnitt/<str:section>/", views_questions.section, name="analyst-section"),
    path(f"{QUESTIONS}avsnitt/<str:section>/ny-fraga/", views_questions.new_question, name="analyst-question-new"),
    path(f"{QUESTIONS}fraga/<str:question>/", views_questions.question, name="analyst-question"),
    path(f"{QUESTIONS}ta-bort/<slug:what>/<str:id>/", views_questions.remove, name="analyst-remove"),
    path(f"{ROUND}svar/", views_respondents.respondents, name="analyst-respondents"),
    path(f"{ROUND}svar/paminn/", views_respondents.remind, name="analyst-remind"),
    path(f"{ROUND}svar/<str:respondent>/fraga/", views_threads.ask, name="analyst-ask"),
    path(f"{ROUND}fragor-tillbaka/", views_threads.threads, name="analyst-round-threads"),
    path(f"{ROUND}fragor-tillbaka/<int:number>/", views_threads.thread, name="analyst-thread"),
    path("antal/", views_counts.counts, name="analyst-counts"),
    path("uppdrag/", views_commission.commissions, name="analyst-commissions"),
    path("uppdrag/nytt/", views_commission.new, name="analyst-commission-new"),
    path(COMMISSION, views_commission.commission, name="analyst-commission"),
    path(f"{COMMISSION}andra/", views_commission.edit, name="analyst-commission-edit"),
    path(f"{COMMISSION}leverans/", views_commission.deliverable, name="analyst-deliverable-new"),
    path(f"{COMMISSION}leverans/<int:item>/", views_commission.deliverable, name="analyst-deliverable"),
    path(f"{COMMISSION}leverans/<int:item>/fil/", views_commission.file, name="analyst-deliverable-file"),
    path(f"{COMMISSION}samrad/", views_commission.consultation, name="analyst-consultation"),
    path("ataganden/", views_undertakings.undertakings, name="analyst-undertakings"),
    path("ataganden/<str:agreement>/<str:undertaking>/", views_undertakings.undertaking, name="analyst-undertaking"),
    path(
        "ataganden/<str:agreement>/<str:undertaking>/<int:step>/fil/",
        views_undertakings.file,
        name="analyst-undertaking-file",
    ),
    *urls_received.urlpatterns,
]
