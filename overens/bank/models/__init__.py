# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes to the payer's bank and what comes from it: files and their rows, before anything is made of them."""

from overens.bank.models.incoming import BankAnswer, BankFile, BankRow, BankStatement, FileKind

__all__ = ["BankAnswer", "BankFile", "BankRow", "BankStatement", "FileKind"]
