# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the mix's pages, and names for ids."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.desks.saying import language, number
from overens.planning.mix.problem import Mix

KINDS: dict[str, Promise] = {
    "care": _("Vård"),
    "service": _("Vårdnära service"),
    "administration": _("Administration"),
}
GROUNDS: dict[str, Promise] = {
    "occupation": _("Hör till yrket"),
    "competence": _("Lokalt beslut om kompetens"),
    "delegation": _("Delegering"),
}
AIMS: dict[str, Promise] = {"cost": _("Lägst kostnad"), "patients": _("Mest tid för patienter")}
STATES: dict[str, Promise] = {
    "happened": _("Blev av"),
    "partly": _("Delvis"),
    "not": _("Blev inte av"),
    "added": _("Bara mer personal"),
    "left": _("Kanske ogjort"),
}


def said(thing: Any) -> str:
    return str((language() == "en" and thing.title_en) or thing.title)


def names_of(mix: Mix) -> dict[str, str]:
    """By id, of competences and tasks; an id may be of one of each, so by kind: "c/…", "t/…"."""
    return {f"c/{each.id}": said(each) for each in mix.competences} | {f"t/{each.id}": said(each) for each in mix.tasks}


def hours(value: float) -> str:
    return number(round(Decimal(value), 1))


def day(value: dt.date | None) -> str:
    return value.isoformat() if value else "–"
