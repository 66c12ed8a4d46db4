# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from overens.desks.accounts import pages as accounts
from overens.desks.payer import views_bank, views_case, views_examination, views_papers, views_payment, views_queue
from overens.people.models.organisation import Kind

PAPER = "arende/<slug:agreement>/<slug:line>/<slug:recipient>/papper/<int:version>/"

urlpatterns = [
    *accounts.addresses(Kind.PAYER),
    path("", views_queue.queue, name="payer-queue"),
    path("granskning/", views_examination.agreements, name="payer-examinations"),
    path("granskning/<slug:agreement>/", views_examination.examination, name="payer-examination"),
    path("granskning/<slug:agreement>/besluta/", views_examination.adopt, name="payer-policy-adopt"),
    path("granskning/<slug:agreement>/stang-av/", views_examination.end, name="payer-policy-end"),
    path("granskning/<slug:agreement>/dra/", views_examination.draw, name="payer-draw-sample"),
    path("granskning/<slug:agreement>/dragning/<int:number>/", views_examination.draw_page, name="payer-draw"),
    path("granskning/<slug:agreement>/policy/<int:number>/", views_examination.policy_file, name="payer-policy-file"),
    path(
        "arende/<slug:agreement>/<slug:line>/<slug:recipient>/ta-ut/", views_examination.take_out, name="payer-take-out"
    ),
    path("arende/<slug:agreement>/<slug:line>/<slug:recipient>/", views_case.case_page, name="payer-case"),
    path("arende/<slug:agreement>/<slug:line>/<slug:recipient>/<slug:step>/", views_case.act, name="payer-act"),
    path(PAPER + "pdf/", views_papers.pdf, name="payer-paper-pdf"),
    path(PAPER + "pdf/igen/", views_papers.retry, name="payer-paper-retry"),
    path(PAPER + "underlag/", views_papers.evidence, name="payer-paper-evidence"),
    path("underskriven/", views_papers.record, name="payer-record-paper"),
    path("utbetalningar/", views_payment.batches, name="payer-batches"),
    path("utbetalningar/forbered/", views_payment.prepare, name="payer-prepare"),
    path("utbetalningar/<int:number>/", views_payment.batch_page, name="payer-batch"),
    path("utbetalningar/<int:number>/slapp/", views_payment.release, name="payer-release"),
    path("utbetalningar/<int:number>/los-upp/", views_payment.dissolve, name="payer-dissolve"),
    path("bank/", views_bank.bank, name="payer-bank"),
    path("bank/<int:row>/pricka-av/", views_bank.match, name="payer-match"),
    path("bank/<int:row>/angra/", views_bank.undo, name="payer-undo"),
    path("krav/", views_bank.debts, name="payer-debts"),
]
