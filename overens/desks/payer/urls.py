# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from overens.desks.accounts import pages as accounts
from overens.desks.payer import (
    views_account,
    views_batch,
    views_case,
    views_debts,
    views_examination,
    views_files,
    views_papers,
    views_payment,
    views_queue,
    views_rows,
    views_vouchers,
)
from overens.people.models.organisation import Kind

CASE = "arende/<slug:agreement>/<slug:line>/<slug:recipient>/"
PAPER = CASE + "papper/<int:version>/"

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
    path(CASE, views_case.case_page, name="payer-case"),
    path(CASE + "konto/", views_account.examine, name="payer-account"),
    path(CASE + "konto/<int:proof>/", views_account.statement, name="payer-account-statement"),
    path(CASE + "skuld/", views_debts.debt, name="payer-debt"),
    path(CASE + "ta-ut/", views_examination.take_out, name="payer-take-out"),
    path(CASE + "<slug:step>/", views_case.act, name="payer-act"),
    path(PAPER + "pdf/", views_papers.pdf, name="payer-paper-pdf"),
    path(PAPER + "pdf/igen/", views_papers.retry, name="payer-paper-retry"),
    path(PAPER + "blankett/", views_papers.form_file, name="payer-paper-form"),
    path(PAPER + "underlag/", views_papers.evidence, name="payer-paper-evidence"),
    path("underskriven/", views_papers.record, name="payer-record-paper"),
    path("utbetalningar/", views_payment.batches, name="payer-batches"),
    path("utbetalningar/forbered/", views_payment.prepare, name="payer-prepare"),
    path("utbetalningar/<int:number>/", views_batch.batch_page, name="payer-batch"),
    path("utbetalningar/<int:number>/forsta-attest/", views_batch.approve_first, name="payer-approve-first"),
    path("utbetalningar/<int:number>/andra-attest/", views_batch.approve_second, name="payer-approve-second"),
    path("utbetalningar/<int:number>/slapp/", views_batch.release, name="payer-release"),
    path("utbetalningar/<int:number>/ta-ur/<int:payment_id>/", views_batch.take_out, name="payer-batch-take-out"),
    path("utbetalningar/<int:number>/los-upp/", views_batch.dissolve, name="payer-dissolve"),
    path("utbetalningar/<int:number>/fil/<int:part>/", views_batch.file, name="payer-batch-file"),
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
    path("krav/", views_debts.debts, name="payer-debts"),
    path("bokforing/", views_vouchers.vouchers, name="payer-vouchers"),
    path("bokforing/<int:number>/", views_vouchers.download, name="payer-voucher-file"),
]
