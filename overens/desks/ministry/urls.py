# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from overens.desks.accounts import pages as accounts
from overens.desks.ministry import views_case, views_deadlines, views_decisions, views_papers, views_start
from overens.people.models.organisation import Kind

CASE = "arende/<slug:agreement>/<slug:line>/<slug:recipient>/"

urlpatterns = [
    path("", views_start.start, name="ministry-start"),
    path("beslut/", views_decisions.decisions, name="ministry-decisions"),
    path("beslut/<slug:code>/godkann/", views_decisions.approve, name="ministry-approve"),
    path("beslut/<slug:code>/<slug:line>/", views_decisions.decide, name="ministry-decide"),
    path("sista-dagar/", views_deadlines.deadlines, name="ministry-deadlines"),
    path("sista-dagar/<slug:code>/<slug:deadline>/", views_deadlines.extend, name="ministry-extend"),
    path("papper/<int:version>/pdf/", views_papers.pdf, name="ministry-paper-pdf"),
    path("papper/<int:version>/blankett/", views_papers.form_file, name="ministry-paper-form"),
    path("papper/<int:version>/pdf/igen/", views_papers.retry, name="ministry-paper-retry"),
    path("sena/", views_start.late, name="ministry-late"),
    path(CASE, views_case.case_page, name="ministry-case"),
    path(f"{CASE}aterkrav/", views_case.propose, name="ministry-propose"),
    path("aterkrav/", views_start.clawbacks, name="ministry-clawbacks"),
    path("aterkrav/<int:number>/", views_case.clawback_page, name="ministry-clawback"),
    path("aterkrav/<int:number>/<slug:step>/", views_case.clawback_act, name="ministry-clawback-act"),
    *accounts.addresses(Kind.MINISTRY),
]
