# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from overens.desks.archive import views_case, views_disclosure, views_paper, views_register, views_retention

CASE = "arende/<str:agreement>/<str:line>/<str:recipient>/"
PAPER = "handling/<int:version>/"

urlpatterns = [
    path("", views_register.register_page, name="archive-register"),
    path(PAPER, views_paper.paper, name="archive-paper"),
    path(PAPER + "sekretess/", views_paper.mark, name="archive-mark"),
    path(PAPER + "sekretess/<int:mark>/hav/", views_paper.lift, name="archive-lift"),
    path(PAPER + "lamna-ut/", views_disclosure.disclose, name="archive-disclose"),
    path("utlamnanden/<int:number>/", views_disclosure.disclosure, name="archive-disclosure"),
    path("utlamnanden/<int:number>/kopia/", views_disclosure.copy, name="archive-copy"),
    path("diarienummer/", views_case.numbers, name="archive-numbers"),
    path(CASE, views_case.case, name="archive-case"),
    path(CASE + "paket/", views_case.package, name="archive-package"),
    path("gallring/", views_retention.retention, name="archive-retention"),
    path("gallring/regel/", views_retention.new_rule, name="archive-rule"),
    path("gallring/foresla/", views_retention.propose, name="archive-propose"),
    path("gallring/<int:number>/", views_retention.disposal, name="archive-disposal"),
    path("lasningar/", views_register.readings_page, name="archive-readings"),
]
