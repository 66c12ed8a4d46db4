# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's amendment of the 2019 agreement in the spring of 2020: no money moves, and a question is explained anew.

That the government changed what was to be reported on 9 April 2020 is so; what is changed here is made up.
"""

from __future__ import annotations

import datetime as dt

from overens.agreements import actions
from overens.agreements.actions import Minutes
from overens.agreements.models import AgreementVersion
from overens.agreements.reading import current_version
from overens.agreements.standing import standing_of
from overens.demo.people import person
from overens.demo.script import Step, at
from overens.grants.actions import amending
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.rules.process import Role

CODE = "2019"
STORED, SIGNED, APPROVED = dt.date(2020, 4, 3), dt.date(2020, 4, 7), dt.date(2020, 4, 9)
QUESTION = 'id = "7.1"\n'
EXPLAINED = (
    "Det räcker att svara för tiden fram till utgången av 2019. Det som hände under våren 2020 hör inte hit.",
    "It is enough to answer for the time up to the end of 2019. What happened in the spring of 2020 is left out.",
)


def steps() -> list[Step]:
    """In order of time."""
    key = f"agreement/{CODE}"
    return [
        Step(at(STORED), key, "store-agreement", _store),
        Step(at(SIGNED, 9), key, "sign-agreement", lambda: _sign("SKL")),
        Step(at(SIGNED, 14), key, "sign-agreement", lambda: _sign("REG")),
        Step(at(APPROVED), key, "approve-agreement", _approve),
    ]


def amended(text: str) -> str:
    """The text in force with what a question asks explained."""
    swedish, english = EXPLAINED
    return text.replace(QUESTION, f'{QUESTION}guidance = "{swedish}"\nguidance_en = "{english}"\n', 1)


def _store() -> AgreementVersion:
    text = amended(current_version(CODE).text)
    return actions.store(text, person("SOC", Role.NEGOTIATOR), to_sign=True)


def _waiting() -> AgreementVersion:
    return AgreementVersion.objects.filter(code=CODE).latest("number")


def _sign(party: str) -> None:
    version = _waiting()
    if any(each.code == party for each in standing_of(version).missing):
        ministry = Organisation.objects.get(kind=Kind.MINISTRY).code
        at_party = party if party == "SKL" else ministry
        actions.sign(version, party, person(at_party, Role.AUTHORISED_SIGNATORY))


def _approve() -> None:
    minutes = Minutes(
        APPROVED,
        "S2020/DEMO-1",
        "Regeringen",
        "Departementssekreterare, Socialdepartementet",
        "Ändringen av överenskommelsen godkänns.",
    )
    amending.approve(CODE, minutes, person("SOC", Role.MINISTRY_OFFICER))
