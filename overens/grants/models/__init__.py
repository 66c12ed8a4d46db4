# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case's papers: requisition, payment, financial report, settlement, debts and decisions on them."""

from overens.grants.models.accounts import AccountsRequest, AccountsStep
from overens.grants.models.case import Case
from overens.grants.models.claim import Claim, InterestClaim, PaymentPlan, PlanRow
from overens.grants.models.clawback import Clawback
from overens.grants.models.distribution import Distribution, DistributionRow
from overens.grants.models.examination import Examination
from overens.grants.models.matching import Match, Refunded, Undoing, Way
from overens.grants.models.payment import Batch, Payment
from overens.grants.models.policy import Draw, ExaminationPolicy, Selection, TakenOut
from overens.grants.models.report import CostItem, FinancialReport, Settlement
from overens.grants.models.requisition import Requisition
from overens.grants.models.voucher_export import ExportedVoucher, VoucherExport

__all__ = [
    "AccountsRequest",
    "AccountsStep",
    "Batch",
    "Case",
    "Claim",
    "Clawback",
    "CostItem",
    "Distribution",
    "DistributionRow",
    "Draw",
    "Examination",
    "ExaminationPolicy",
    "ExportedVoucher",
    "FinancialReport",
    "InterestClaim",
    "Match",
    "Payment",
    "PaymentPlan",
    "PlanRow",
    "Refunded",
    "Requisition",
    "Selection",
    "Settlement",
    "TakenOut",
    "Undoing",
    "VoucherExport",
    "Way",
]
