# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes to the payer's bank and what comes from it, as files and rows, and which accounts are known to be whose."""

from overens.bank.models.giro import AccountProof, ListedGiro
from overens.bank.models.incoming import BankAnswer, BankFile, BankRow, BankStatement, FileKind
from overens.bank.models.outgoing import OutgoingFile

__all__ = [
    "AccountProof",
    "BankAnswer",
    "BankFile",
    "BankRow",
    "BankStatement",
    "FileKind",
    "ListedGiro",
    "OutgoingFile",
]
