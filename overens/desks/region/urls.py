# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from overens.desks.region import views, views_channel, views_report, views_requisition

CASE = "<str:code>/<str:agreement>/<str:line>/"

urlpatterns = [
    path("", views.start, name="region-start"),
    path(CASE, views.case, name="region-case"),
    path(CASE + "papper/<int:version>/", views.paper, name="region-paper"),
    path(CASE + "rekvisition/", views_requisition.write, name="region-requisition"),
    path(CASE + "rekvisition/skriv-under/", views_requisition.sign, name="region-requisition-sign"),
    path(CASE + "rekvisition/aterkalla/", views_requisition.withdraw, name="region-requisition-withdraw"),
    path(CASE + "berattelse/", views_report.write, name="region-report"),
    path(CASE + "berattelse/granska/", views_report.review, name="region-report-review"),
    path(CASE + "berattelse/skriv-under/", views_report.sign, name="region-report-sign"),
    path(CASE + "fordela/", views_channel.distribute, name="region-distribute"),
    path(CASE + "aterlamnat/", views_channel.hand_back, name="region-hand-back"),
    path(CASE + "yttrande/", views.comment, name="region-comment"),
    path(CASE + "rakenskaper/<int:request_id>/", views.accounts, name="region-accounts"),
]
