# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mandates as plain values: which roles an organisation can give, and what a mandate lets its holder do on a day.

Sources: 2019 agreement, sections 8.1 and 8.2, for who reviews and signs at a region and at the association. Which
roles the agencies give, and that a head of operations is given for one unit at a time, is assumed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from overens.rules.process import Role

R = Role
_RECIPIENT = (R.CONTRIBUTOR, R.PREPARER, R.HEAD_OF_FINANCE, R.AUTHORISED_SIGNATORY)

# By kind of organisation: the roles that its administrator can give there, in the order they are shown.
GIVES: dict[str, tuple[Role, ...]] = {
    "government": (R.ADMINISTRATOR,),
    "ministry": (R.MINISTRY_OFFICER, R.NEGOTIATOR, R.AUTHORISED_SIGNATORY, R.ADMINISTRATOR),
    "payer": (R.CASE_OFFICER, R.PAYER, R.SECOND_PAYER, R.ADMINISTRATOR),
    "followup": (R.ANALYST, R.ADMINISTRATOR),
    "association": (*_RECIPIENT, R.NEGOTIATOR, R.PLANNER, R.ADMINISTRATOR),
    "region": (*_RECIPIENT, R.PLANNER, R.HEAD_OF_OPERATIONS, R.ADMINISTRATOR),
    "structure": (R.ADMINISTRATOR,),
}
# Roles that are held at one unit of the organisation, which the mandate names.
AT_A_UNIT = frozenset({R.HEAD_OF_OPERATIONS})


@dataclass(frozen=True)
class Held:
    """A mandate as it is held. ``organisation`` is the organisation's number and ``kind`` what it is in the chain;
    ``agreement`` is empty for all of them; ``last_day`` None: until further notice. Both days are within it.
    """

    number: int
    organisation: int
    kind: str
    role: str
    agreement: str
    first_day: dt.date
    last_day: dt.date | None

    def in_force(self, day: dt.date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def covers(self, agreement: str) -> bool:
        return self.agreement in ("", agreement)
