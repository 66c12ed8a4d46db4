# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a grant of a scenario gives each region: what is decided, else what the agreement's file computes."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Sum as Total

from overens.agreements.models import AgreementVersion, DeclaredPart
from overens.agreements.reading import agreement_of, agreements_of
from overens.planning.supply import money
from overens.planning.supply.money import Sum
from overens.planning.supply.scenario import Grant, Scenario
from overens.rules import reading as files
from overens.rules.agreement import Agreement
from overens.rules.findings import Finding, refuse


def sums(scenario: Scenario) -> tuple[dict[str, Sum], tuple[Finding, ...]]:
    """What each grant gives, and what is to be said of those for which nothing is found."""
    return money.sums(scenario, find)


def find(grant: Grant) -> Sum:
    """Raises Refused: ``supply-grant-no-agreement``, ``supply-grant-no-pot``."""
    computed = money.of_agreement(grant, _agreement(grant))
    parts = DeclaredPart.objects.filter(row__decision__agreement=grant.agreement, pot=grant.pot).order_by()
    decided = dict(parts.values_list("row__recipient__code").annotate(Total("kronor")))
    return replace(computed, kronor=decided, source="decided") if decided else computed


def agreements() -> list[Agreement]:
    """Those that a grant may be a pot of, the newest first: as they are stored, and the others that ship."""
    stored = agreements_of(AgreementVersion.objects.current().values_list("code", flat=True))
    ship = {id: files.shipped(id) for id in (*files.shipped_ids(), *files.printed_ids()) if id not in stored}
    return sorted((*stored.values(), *ship.values()), key=lambda each: (each.period.first_day, each.id), reverse=True)


def _agreement(grant: Grant) -> Agreement:
    """As it is stored, else as it ships."""
    try:
        return agreement_of(grant.agreement)
    except AgreementVersion.DoesNotExist:
        known = sorted({*files.shipped_ids(), *files.printed_ids()})
        if grant.agreement not in known:
            stored = AgreementVersion.objects.current().values_list("code", flat=True)
            refuse(
                "supply-grant-no-agreement",
                f"grant[{grant.id}].agreement",
                agreement=grant.agreement,
                known=sorted({*known, *stored}),
            )
        return files.shipped(grant.agreement)
