# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of what is written in a form: measures, counts, programmes, services, and the region's own calls."""

from django.urls import URLPattern, path

from overens.desks.writing import views_call, views_call_import, views_counts, views_measures, views_rows

CALLS = "<str:code>/<str:agreement>/utlysning/"
CALL = CALLS + "<int:number>/"
REPORT = "<str:code>/<str:agreement>/<str:round>/"

# Before the reports' own: a call's address looks like a round's.
urlpatterns: list[URLPattern] = [
    path(CALLS, views_call.calls, name="writing-calls"),
    path(CALLS + "ny/", views_call.new_call, name="writing-call-new"),
    path(CALLS + "mall/", views_call_import.template, name="writing-proposals-template"),
    path(CALL, views_call.call, name="writing-call"),
    path(CALL + "andra/", views_call.change_call, name="writing-call-change"),
    path(CALL + "fil/<str:form>/", views_call.download, name="writing-call-file"),
    path(CALL + "las-in/", views_call_import.read_in, name="writing-proposals-import"),
    path(CALL + "forslag/ny/", views_call.new_proposal, name="writing-proposal-new"),
    path(CALL + "forslag/<int:proposal>/", views_call.proposal, name="writing-proposal"),
    path(REPORT + "atgarder/", views_measures.measures, name="writing-measures"),
    path(REPORT + "atgarder/ny/", views_measures.new_measure, name="writing-measure-new"),
    path(REPORT + "atgarder/forra-aret/", views_measures.carry, name="writing-carry"),
    path(REPORT + "atgard/<int:number>/", views_measures.measure, name="writing-measure"),
    path(REPORT + "antal/<str:question>/", views_counts.count, name="writing-count"),
    path(REPORT + "introduktion/<int:number>/", views_rows.introduction, name="writing-introduction"),
    path(REPORT + "mognad/<int:number>/", views_rows.maturity, name="writing-maturity"),
    path(REPORT + "rad/<str:kind>/<int:number>/", views_rows.put_away, name="writing-row-away"),
]
