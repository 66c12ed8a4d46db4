# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A measure, a call and a proposal at every address of tests/cases/access.toml that has one."""

from __future__ import annotations

import datetime as dt

from overens.demo.people import person
from overens.followup.actions import calling, rounds, rows
from overens.followup.models import Report, Round
from overens.followup.models.round import RoundState
from overens.people.models import Organisation
from overens.rules.followup.calls import Proposed
from overens.rules.followup.parts import MEASURE
from overens.rules.process import Role


def numbers() -> dict[str, int]:
    """Open the account of the work where it is not, and make what is missing; what stands in braces in the table."""
    rounds.prepare("2019")
    round = Round.objects.get(key="2019/redogorelse")
    if round.state == RoundState.PREPARING:
        rounds.open_round(round)
    writer = person("23", Role.CONTRIBUTOR)
    report = Report.objects.with_parties().get(key="2019/redogorelse/23")
    measure = rows.add(report, MEASURE, {"name": "Vårdnära service"}, writer).part.key
    terms = calling.Terms("Avlasta", "", "insatser", 1_000_000, dt.date(2019, 11, 1))
    call = calling.open_call(Organisation.objects.get(code="23"), "2019", terms, writer)
    (proposal,) = calling.propose(call, [Proposed("Nattpatrull", "Ortopedi")], writer)
    return {"measure": int(measure.partition("/")[2]), "call": call.number, "proposal": proposal.number}
