# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""SIE, the format in which Swedish accounting systems exchange ledgers: types 1 to 4, read and written.

``read`` gives a whole file, ``stream`` one voucher at a time; ``ledger`` makes either into what every format has in
common; ``write`` makes the bytes that ``read`` reads the same again.
"""

from overens.exchange.sie.neutral import entries, ledger
from overens.exchange.sie.reading import LARGEST, read, stream
from overens.exchange.sie.writing import write

__all__ = ["LARGEST", "entries", "ledger", "read", "stream", "write"]
