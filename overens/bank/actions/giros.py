# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of accounts: which giro numbers an organisation may be paid to, and how we know."""

from __future__ import annotations

import datetime as dt

from overens.bank.models import AccountProof, ListedGiro
from overens.people.models import Organisation


def is_listed(organisation: Organisation, giro: str) -> bool:
    return ListedGiro.objects.filter(organisation=organisation, giro=giro).exists()


def list_giro(
    organisation: Organisation, giro: str, source: str, day: dt.date, proof: AccountProof | None = None
) -> None:
    """From now on the organisation may be paid to the number. What is listed already stays as it is."""
    ListedGiro.objects.get_or_create(
        organisation=organisation, giro=giro, defaults={"source": source, "proof": proof, "listed_on": day}
    )
