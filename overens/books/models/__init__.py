# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A recipient's own books: what was imported, and how it is mapped to the cost heads of the agreement."""

from overens.books.models.layout import ColumnLayout
from overens.books.models.ledger_import import Combination, LedgerImport, Row
from overens.books.models.mapping import MappingVersion
from overens.books.models.upload import Upload

__all__ = ["ColumnLayout", "Combination", "LedgerImport", "MappingVersion", "Row", "Upload"]
