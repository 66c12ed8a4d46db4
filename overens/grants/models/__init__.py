# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case's papers: requisition, payment, financial report, settlement, debts and decisions on them."""

from overens.grants.models.case import Case
from overens.grants.models.claim import Claim, InterestClaim, PaymentPlan, PlanRow
from overens.grants.models.clawback import AccountsRequest, Clawback
from overens.grants.models.distribution import Distribution, DistributionRow
from overens.grants.models.examination import Examination
from overens.grants.models.matching import Match, Refunded, Undoing, Way
from overens.grants.models.payment import Batch, Payment
from overens.grants.models.report import CostItem, FinancialReport, Settlement
from overens.grants.models.requisition import Requisition
from overens.grants.models.voucher_export import ExportedVoucher, VoucherExport

__all__ = [
    "AccountsRequest",
    "Batch",
    "Case",
    "Claim",
    "Clawback",
    "CostItem",
    "Distribution",
    "DistributionRow",
    "Examination",
    "ExportedVoucher",
    "FinancialReport",
    "InterestClaim",
    "Match",
    "Payment",
    "PaymentPlan",
    "PlanRow",
    "Refunded",
    "Requisition",
    "Settlement",
    "Undoing",
    "VoucherExport",
    "Way",
]
