# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who signs an agreement for a party, and what is declared by it.

Source: 2019 agreement, section 10, for that each party signs and that the agreement is valid once the government has
approved it. That an authorised signatory of the party signs, another person than the one who laid in the text and than
the one who signed for the other party, is ours (assumed).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from overens.rules.mandates import Held
from overens.rules.process import Role

SIGNS = (Role.AUTHORISED_SIGNATORY,)
# What a signatory declares, by language; the agreement, its version and the text's hash stand beside it.
DECLARATIONS = {
    "sv": "{party} ingår överenskommelsen ”{title}” ({id}), version {number}, med den text vars kontrollsumma är "
    "{sha256}. Överenskommelsen gäller först när regeringen har godkänt den.",
    "en": "{party} enters into the agreement “{title}” ({id}), version {number}, with the text whose checksum is "
    "{sha256}. The agreement is valid only when the government has approved it.",
}


def authorising(mandates: Iterable[Held], organisation: int, agreement: str, day: dt.date) -> Held | None:
    """The first mandate by which its holder signs an agreement for an organisation on a day."""
    for held in mandates:
        right = held.organisation == organisation and held.role in SIGNS
        if right and held.covers(agreement) and held.in_force(day):
            return held
    return None


def obstacle(
    *,
    person: int,
    mandates: Collection[Held],
    organisation: int,
    agreement: str,
    day: dt.date,
    laid_in_by: int | None = None,
    signed_by: Collection[int] = (),
) -> str | None:
    """What stands against a person's signing for the party that an organisation is; None when nothing does.

    mandates: everything that the person has ever held. laid_in_by: who stored the text. signed_by: those who have
    signed for other parties. ``no-mandate``, ``signatory-laid-in``, ``signed-for-other``.
    """
    if authorising(mandates, organisation, agreement, day) is None:
        return "no-mandate"
    if person == laid_in_by:
        return "signatory-laid-in"
    if person in signed_by:
        return "signed-for-other"
    return None


def declaration(language: str, *, party: str, title: str, id: str, number: int, sha256: str) -> str:
    """The declaration as the signatory is shown it."""
    return DECLARATIONS[language].format(party=party, title=title, id=id, number=number, sha256=sha256)
