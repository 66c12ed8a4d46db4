# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of statistics with the replies that they were read from."""

from overens.statistics.models.table import Arrival, Reply, StoredColumn, StoredTable, TableState

__all__ = ["Arrival", "Reply", "StoredColumn", "StoredTable", "TableState"]
