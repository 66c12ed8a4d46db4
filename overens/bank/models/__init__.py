# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes to the payer's bank and what comes from it, and which accounts are known to be whose."""

from overens.bank.models.giro import AccountProof, ListedGiro
from overens.bank.models.outgoing import OutgoingFile

__all__ = ["AccountProof", "ListedGiro", "OutgoingFile"]
