# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from overens.desks.payer import (
    views_bank,
    views_case,
    views_files,
    views_papers,
    views_payment,
    views_queue,
    views_rows,
)

PAPER = "arende/<slug:agreement>/<slug:line>/<slug:recipient>/papper/<int:version>/"

urlpatterns = [
    path("", views_queue.queue, name="payer-queue"),
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
    path("bank/", views_rows.bank, name="payer-bank"),
    path("bank/registrera/", views_rows.register, name="payer-bank-register"),
    path("bank/rad/<int:row>/", views_rows.row_page, name="payer-bank-row"),
    path("bank/avprickat/", views_rows.matched, name="payer-bank-matched"),
    path("bank/avprickat/<int:match>/angra/", views_rows.undo, name="payer-bank-undo"),
    path("bank/aterbetala/", views_rows.refunds, name="payer-bank-refunds"),
    path("bank/dagar/", views_rows.days, name="payer-bank-days"),
    path("bank/las-in/", views_files.take_in, name="payer-bank-import"),
    path("bank/filer/", views_files.files, name="payer-bank-files"),
    path("bank/filer/<int:number>/", views_files.file_page, name="payer-bank-file"),
    path("bank/filer/<int:number>/fil/", views_files.original, name="payer-bank-original"),
    path("krav/", views_bank.debts, name="payer-debts"),
]
