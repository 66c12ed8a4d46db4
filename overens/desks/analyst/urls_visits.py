# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from overens.desks.analyst import views_documents, views_interviews, views_memos, views_spread, views_visits

YEAR = "<str:agreement>/<int:year>/"
VISIT = f"besok/{YEAR}<str:respondent>/"

urlpatterns: list[URLPattern] = [
    path("besok/", views_visits.visits, name="analyst-visits"),
    path(f"besok/{YEAR}", views_spread.spread, name="analyst-visit-plan"),
    path(VISIT, views_visits.visit, name="analyst-visit"),
    path(f"{VISIT}promemoria/", views_memos.memo, name="analyst-memo"),
    path(f"{VISIT}promemoria/avsluta/", views_memos.close, name="analyst-memo-close"),
    path(f"{VISIT}<slug:step>/", views_visits.act, name="analyst-visit-act"),
    path(f"intervjuer/{YEAR}", views_interviews.interviews, name="analyst-interviews"),
    path(f"intervjuer/{YEAR}ny/", views_interviews.new, name="analyst-interview-new"),
    path("intervju/<int:number>/", views_interviews.interview, name="analyst-interview"),
    path("underlag/", views_documents.documents, name="analyst-documents"),
    path("underlag/begar/", views_documents.ask, name="analyst-document-ask"),
    path("underlag/for-in/", views_documents.register, name="analyst-document-register"),
    path("underlag/<int:number>/", views_documents.document, name="analyst-document"),
    path("underlag/<int:number>/fil/<int:file>/", views_documents.document_file, name="analyst-document-file"),
]
