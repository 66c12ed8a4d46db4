# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is done to an agreement: a text is stored, signed by its parties and approved by the government; payments are
decided, and last days moved.
"""

from overens.agreements.actions.deciding import APPROVAL, PAYMENT_DECISION, approve, decide_payment
from overens.agreements.actions.extending import EXTENSION, check_extension, extend
from overens.agreements.actions.minutes import Minutes
from overens.agreements.actions.signing import sign
from overens.agreements.actions.storing import store, store_population

__all__ = [
    "APPROVAL",
    "EXTENSION",
    "PAYMENT_DECISION",
    "Minutes",
    "approve",
    "check_extension",
    "decide_payment",
    "extend",
    "sign",
    "store",
    "store_population",
]
