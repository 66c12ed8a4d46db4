# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from overens.desks.payer import (
    views_account,
    views_bank,
    views_batch,
    views_case,
    views_debts,
    views_papers,
    views_payment,
    views_queue,
    views_vouchers,
)

CASE = "arende/<slug:agreement>/<slug:line>/<slug:recipient>/"
PAPER = CASE + "papper/<int:version>/"

urlpatterns = [
    path("", views_queue.queue, name="payer-queue"),
    path(CASE, views_case.case_page, name="payer-case"),
    path(CASE + "konto/", views_account.examine, name="payer-account"),
    path(CASE + "konto/<int:proof>/", views_account.statement, name="payer-account-statement"),
    path(CASE + "skuld/", views_debts.debt, name="payer-debt"),
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
    path("utbetalningar/<int:number>/ta-ur/<int:payment_id>/", views_batch.take_out, name="payer-take-out"),
    path("utbetalningar/<int:number>/los-upp/", views_batch.dissolve, name="payer-dissolve"),
    path("utbetalningar/<int:number>/fil/<int:part>/", views_batch.file, name="payer-batch-file"),
    path("bank/", views_bank.bank, name="payer-bank"),
    path("bank/<int:row>/pricka-av/", views_bank.match, name="payer-match"),
    path("bank/<int:row>/angra/", views_bank.undo, name="payer-undo"),
    path("krav/", views_debts.debts, name="payer-debts"),
    path("bokforing/", views_vouchers.vouchers, name="payer-vouchers"),
    path("bokforing/<int:number>/", views_vouchers.download, name="payer-voucher-file"),
]
