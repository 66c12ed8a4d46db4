# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of data sets have in common: words for states and columns, and what a table changes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.saying import language, number
from overens.desks.statistics.shared import per_cent, signed
from overens.planner.models import DataKind, DataSetVersion, VersionState
from overens.planning.supply import reference
from overens.planning.supply.care import Care, NeedData
from overens.planning.supply.importing.comparing import Change, changes
from overens.planning.supply.importing.counts import Counts
from overens.planning.supply.importing.need_tables import NeedTables
from overens.planning.supply.importing.need_tables import changes as changes_of_need
from overens.planning.supply.importing.spreading import Shape
from overens.planning.supply.problem import Occupation
from overens.rules.statistics import units

STATES = {
    VersionState.RECEIVED: (gettext_lazy("Att granska"), "warn"),
    VersionState.APPROVED: (gettext_lazy("Godkänd"), "good"),
    VersionState.REJECTED: (gettext_lazy("Avslagen"), "neutral"),
}
WITHDRAWN = (gettext_lazy("Återkallad"), "neutral")
KINDS = {
    DataKind.WORKFORCE: gettext_lazy("Personal"),
    DataKind.HISTORY: gettext_lazy("Personal, flera år"),
    DataKind.NEED: gettext_lazy("Behov: invånare, vård och tid"),
}
ROLES = {
    "unused": gettext_lazy("Används inte"),
    "occupation": gettext_lazy("Yrke"),
    "aid": gettext_lazy("Etikett (AID)"),
    "age": gettext_lazy("Ålder"),
    "sex": gettext_lazy("Kön"),
    "region": gettext_lazy("Region"),
    "year": gettext_lazy("År"),
    "sector": gettext_lazy("Arbetsgivare"),
    "situation": gettext_lazy("Anställning eller frånvaro"),
    "persons": gettext_lazy("Antal personer"),
    "full-time": gettext_lazy("Årsarbetare (kontrolleras, räknas inte)"),
    "care": gettext_lazy("Vård"),
    "inhabitants": gettext_lazy("Antal invånare"),
    "uses": gettext_lazy("Användning per invånare och år"),
    "minutes": gettext_lazy("Minuter per användning"),
}
PARTS = {
    "population": gettext_lazy("Invånare"),
    "use": gettext_lazy("Användning per invånare och år"),
    "minutes": gettext_lazy("Minuter per användning, alla yrken"),
}
SEXES = {"": gettext_lazy("Båda, eller egen kolumn"), "k": gettext_lazy("Kvinnor"), "m": gettext_lazy("Män")}
SECTORS = {
    "": gettext_lazy("Alla arbetsgivare"),
    "region": gettext_lazy("Regionen"),
    "municipality": gettext_lazy("Kommuner"),
    "private": gettext_lazy("Privata utförare"),
    "agency": gettext_lazy("Inhyrda"),
}
BY = {
    "occupation": gettext_lazy("Yrke"),
    "age": gettext_lazy("Ålder"),
    "sex": gettext_lazy("Kön"),
    "region": gettext_lazy("Region"),
}


def state_of(version: DataSetVersion) -> tuple[str, str]:
    """In words, and the kind of pill."""
    said, kind = WITHDRAWN if version.withdraws else STATES[VersionState(version.state)]
    return str(said), kind


def title(occupation: Occupation) -> str:
    return occupation.title if language() == "sv" else occupation.title_en


def titles() -> dict[str, str]:
    """Of occupations, by code."""
    return {each.code: title(each) for each in reference.data().occupations}


def changed(request_by: str, counts: Counts, shape: Shape) -> dict[str, Any]:
    """For the table of what is used now against what would be: rows and the filter that chooses by what."""
    by = request_by if request_by in BY else "occupation"
    names = titles() | dict(units.names()) | {"k": _("Kvinnor"), "m": _("Män")}
    found = changes(counts, shape, by)  # type: ignore[arg-type]
    rows = [{"what": names.get(each.what, each.what), "cells": _cells(each)} for each in found]
    total = Change("", sum(each.before for each in found), sum(each.now for each in found))
    return {
        "changes": rows,
        "total": _cells(total),
        "by": BY[by],
        "fields": [{"name": "per", "label": _("Visa per"), "value": by, "type": "select", "options": list(BY.items())}],
    }


def need_changed(tables: NeedTables, now: NeedData) -> dict[str, Any]:
    """For the tables of what is used now against what would be, a table for each part."""
    names = dict(units.names()) | {each.code: care_title(each) for each in now.care}
    found: dict[str, list[dict[str, Any]]] = {}
    for each in changes_of_need(tables, now):
        before, after = (_figure(value, each.part) for value in (each.before, each.now))
        share = Fraction((after - before) * 100) / Fraction(before) if before else None
        cells = [number(before), number(after), signed(after - before), per_cent(share)]
        found.setdefault(each.part, []).append({"what": names.get(each.what, each.what), "cells": cells})
    return {"need_changes": [(PARTS[part], rows) for part, rows in found.items()]}


def _figure(value: float, part: str) -> Decimal:
    return Decimal(value).quantize(Decimal(1) if part == "population" else Decimal("0.01"))


def care_title(care: Care) -> str:
    return care.title if language() == "sv" else care.title_en


def _cells(change: Change) -> list[str | None]:
    share = None if change.share is None else Fraction(change.difference * 100, change.before)
    return [number(change.before), number(change.now), signed(change.difference), per_cent(share)]
