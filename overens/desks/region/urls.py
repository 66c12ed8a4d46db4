# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from overens.desks.region import (
    views,
    views_account,
    views_channel,
    views_files,
    views_papers,
    views_report,
    views_requisition,
    views_showing,
)

CASE = "<str:code>/<str:agreement>/<str:line>/"

urlpatterns = [
    path("", views.start, name="region-start"),
    path(CASE, views.case, name="region-case"),
    path(CASE + "papper/<int:version>/", views.paper, name="region-paper"),
    path(CASE + "papper/<int:version>/pdf/", views_papers.pdf, name="region-paper-pdf"),
    path(CASE + "papper/<int:version>/pdf/igen/", views_papers.retry, name="region-paper-retry"),
    path(CASE + "papper/<int:version>/underlag/", views_papers.evidence, name="region-paper-evidence"),
    path(CASE + "papper/<int:version>/att-skriva-under/", views_papers.to_sign, name="region-paper-to-sign"),
    path(CASE + "papper/<int:version>/utanfor/", views_papers.sign_outside, name="region-paper-outside"),
    path(CASE + "papper/<int:version>/blankett/", views_files.version, name="region-paper-form"),
    path(CASE + "blankett/<str:form>/", views_files.current, name="region-form-file"),
    path(CASE + "blankett/<str:form>/las-in/", views_files.read_in, name="region-read-in"),
    path(CASE + "frys/<str:form>/", views_papers.send_out, name="region-send-out"),
    path(CASE + "rekvisition/", views_requisition.write, name="region-requisition"),
    path(CASE + "rekvisition/skriv-under/", views_requisition.sign, name="region-requisition-sign"),
    path(CASE + "rekvisition/aterkalla/", views_requisition.withdraw, name="region-requisition-withdraw"),
    path(CASE + "visa-utkast/<str:form>/", views_showing.show, name="region-show-draft"),
    path(CASE + "berattelse/", views_report.write, name="region-report"),
    path(CASE + "berattelse/granska/", views_report.review, name="region-report-review"),
    path(CASE + "berattelse/skriv-under/", views_report.sign, name="region-report-sign"),
    path(CASE + "konto/", views_account.prove, name="region-account"),
    path(CASE + "konto/<int:proof>/", views_account.statement, name="region-account-statement"),
    path(CASE + "fordela/", views_channel.distribute, name="region-distribute"),
    path(CASE + "aterlamnat/", views_channel.hand_back, name="region-hand-back"),
    path(CASE + "yttrande/", views.comment, name="region-comment"),
    path(CASE + "rakenskaper/<int:request_id>/", views.accounts, name="region-accounts"),
    path(CASE + "rakenskaper/<int:request_id>/fil/<int:file>/", views.accounts_file, name="region-accounts-file"),
]
