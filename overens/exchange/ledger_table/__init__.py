# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ledgers as tables: what Raindance, Unit4, SAP and others export as CSV or Excel.

``columns`` proposes what each column is; a person may say otherwise; ``read`` takes what was said.
"""

from overens.exchange.ledger_table.reading import Heading, Proposal, columns, read
from overens.exchange.ledger_table.roles import Column

__all__ = ["Column", "Heading", "Proposal", "columns", "read"]
