# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Freezing how things were when an agreement came into force."""

from __future__ import annotations

from django.db import transaction

from overens.agreements.models import Decision
from overens.agreements.reading import agreement_of, current_version
from overens.effects.models import Baseline
from overens.effects.tables import by_year, table_of, with_tables
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import documents, events, locks
from overens.rules.effects.indicators import key_figures, looked_at


def missing(decision: Decision) -> list[str]:
    """Key figures of an approved agreement that have no baseline yet, though there is a table of them."""
    there = set(Baseline.objects.filter(agreement=decision.agreement).values_list("kpi", flat=True))
    known = with_tables() - there
    return [kpi for kpi in looked_at(agreement_of(decision.agreement)) if kpi in known]


@transaction.atomic
def freeze(decision: Decision, kpi: str) -> Baseline:
    """The values of a key figure up to the year before the agreement's period, as a paper. The one that there is stays,
    whatever is approved later.
    """
    code = decision.agreement
    locks.hold(f"agreement/{code}")
    found = Baseline.objects.filter(agreement=code, kpi=kpi).first()
    if found is not None:
        return found
    agreement, version, source = agreement_of(code), current_version(code), table_of(kpi)
    assert source is not None, "asked for only where there is a table"
    before = agreement.period.first_day.year - 1
    values = {at: value for at, value in by_year(source).items() if at[1] <= before}
    regions = Organisation.objects.filter(kind=Kind.REGION).order_by("code").values_list("code", flat=True)
    known = {unit for (unit, _year), value in values.items() if value is not None}
    content = {
        "agreement": code,
        "version": version.number,
        "in_force_on": decision.decided_on,
        "kpi": kpi,
        "title": key_figures()[kpi].title if kpi in key_figures() else source.title,
        "named_by_agreement": any(each.kpi == kpi for each in agreement.indicators),
        "table": source.code,
        "table_sha256": source.sha256,
        "fetched_on": source.fetched_on,
        "measure": source.measure,
        "last_year": before,
        "values": [
            {"region": unit, "year": str(year), "value": None if value is None else str(value)}
            for (unit, year), value in sorted(values.items())
        ],
        "without_value": [region for region in regions if region not in known],
    }
    agency = Organisation.objects.filter(kind=Kind.FOLLOWUP).order_by("code")[0]
    paper = documents.single(Baseline.KIND, f"agreement/{code}", agency, content)
    events.record(f"agreement/{code}", "freeze-baseline", cause=paper)
    return Baseline.objects.create(agreement=code, version=version.number, kpi=kpi, table=source.code, paper=paper)
