# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A recipient that passes its money on: SKL's list to the structures of the counties, and what they hand back.

The 2019 agreement (sections 5, 7) makes SKL the channel of the municipalities' 100 million kronor and states
neither key, requisition nor report for it; the choices in the agreement file are ours and marked there.
"""

from __future__ import annotations

from collections.abc import Mapping

from overens.grants.actions.performing import performing
from overens.grants.models import Case, Distribution, DistributionRow
from overens.ledger.reading import balances
from overens.people.models import Organisation, Person
from overens.rules.findings import refuse
from overens.rules.process import PAID_OUT, Place


def elsewhere(case: Case, place: Place) -> dict[int, int]:
    """Kronor of the case's line at a place of those it was passed on to, by organisation id."""
    structures = (
        DistributionRow.objects.filter(distribution__case=case).values_list("structure_id", flat=True).distinct()
    )
    found = balances((case.line_id, structure) for structure in structures)
    return {owner: places[place] for (_, owner), places in found.items() if place in places}


def received_sum(case: Case) -> int:
    """The sum that the recipient has to account for: paid to it, and not (yet) paid back and out again."""
    own = case.money
    return sum(own.get(place, 0) for place in PAID_OUT) + sum(
        sum(elsewhere(case, place).values()) for place in (Place.HELD, Place.USED)
    )


def distribute(case: Case, rows: Mapping[str, tuple[int, str]], person: Person) -> Distribution:
    """Pass held money on by a signed list.

    rows: structure code -> (kronor, host organisation). Raises Refused: ``list-empty``, ``list-unknown``,
    ``list-above-held``.
    """
    with performing("distribute", case, person) as p:
        structures = _structures(rows)
        total = sum(kronor for kronor, _ in rows.values())
        held = p.case.money.get(Place.HELD, 0)
        if total > held:
            refuse("list-above-held", asked=total, held=held)
        paper = p.write({"rows": {code: {"kronor": kronor, "host": host} for code, (kronor, host) in rows.items()}})
        for code, (kronor, _) in rows.items():
            p.move(Place.HELD, Place.HELD, kronor, to_owner=structures[code].pk)
        return _store(p.case, paper, rows, structures, hand_back=False)


def hand_back(case: Case, rows: Mapping[str, int], person: Person) -> Distribution:
    """Record what structures have handed back to the channel: it answers for it again.

    rows: structure code -> kronor, at most what the structure holds.
    """
    with performing("hand-back", case, person) as p:
        named = {code: (kronor, "") for code, kronor in rows.items()}
        structures = _structures(named)
        holds = elsewhere(p.case, Place.HELD)
        paper = p.write({"rows": dict(rows)})
        for code, kronor in rows.items():
            held = holds.get(structures[code].pk, 0)
            if kronor > held:
                refuse("hand-back-above-held", key=code, asked=kronor, held=held)
            p.move(Place.HELD, Place.HELD, kronor, owner=structures[code].pk, to_owner=p.case.recipient_id)
        return _store(p.case, paper, named, structures, hand_back=True)


def _structures(rows: Mapping[str, tuple[int, str]]) -> dict[str, Organisation]:
    if not rows or any(kronor <= 0 for kronor, _ in rows.values()):
        refuse("list-empty")
    found = {o.code: o for o in Organisation.objects.filter(kind="structure", code__in=rows)}
    if unknown := sorted(rows.keys() - found.keys()):
        refuse("list-unknown", codes=", ".join(unknown))
    return found


def _store(case, paper, rows, structures, *, hand_back: bool) -> Distribution:  # type: ignore[no-untyped-def]
    distribution = Distribution.objects.create(case=case, version=paper, hand_back=hand_back)
    DistributionRow.objects.bulk_create(
        DistributionRow(distribution=distribution, structure=structures[code], kronor=kronor, host=host)
        for code, (kronor, host) in rows.items()
    )
    return distribution
