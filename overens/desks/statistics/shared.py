# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of statistics have in common: who reads them, and how a value and a time are written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.access import ActingRequest, for_desk
from overens.desks.saying import number
from overens.people.models.organisation import Kind
from overens.rules.amounts import SPACE
from overens.rules.statistics.table import Value
from overens.statistics.actions import WHO
from overens.statistics.models import TableState

readers = for_desk(Kind.MINISTRY, Kind.FOLLOWUP, Kind.ASSOCIATION)
STATES = {
    TableState.RECEIVED: (gettext_lazy("Att granska"), "warn"),
    TableState.APPROVED: (gettext_lazy("Godkänd"), "good"),
    TableState.REJECTED: (gettext_lazy("Avslagen"), "neutral"),
}
SHIPS = (gettext_lazy("Följer med Överens"), "info")
MEASURES = {
    "persons": gettext_lazy("personer"),
    "number": gettext_lazy("antal"),
    "full-time equivalents": gettext_lazy("årsarbetare"),
    "per cent": gettext_lazy("procent"),
    "per 1000 inhabitants": gettext_lazy("per 1 000 invånare"),
    "kronor per inhabitant": gettext_lazy("kronor per invånare"),
    "ratio": gettext_lazy("kvot"),
    "index": gettext_lazy("index"),
}
SEXES = {"": gettext_lazy("Båda"), "k": gettext_lazy("Kvinnor"), "m": gettext_lazy("Män")}


def may(request: ActingRequest) -> bool:
    """Whether they take statistics in."""
    return any(request.acting.has(kind, role) for kind, role in WHO.items())


def measure(code: str) -> str:
    return str(MEASURES.get(code, code))


def written(value: Value) -> str | None:
    """A value as people write it; None where there is none."""
    return None if value is None else number(value)


def signed(value: int | Decimal | None) -> str | None:
    """A difference, with its sign."""
    text = written(value)
    return text if not text or not value or value < 0 else f"+{text}"


def per_cent(value: Fraction | None) -> str | None:
    """To the nearest tenth, with its sign."""
    if value is None:
        return None
    return f"{signed(Decimal(round(value * 10)) / 10)}{SPACE}%"


def when(time: str) -> str:
    """A time in words where its code is not: 2018M11 is November 2018."""
    if "M" in time:
        return f"{time[:4]}, {_('månad')}{SPACE}{int(time[5:])}"
    return f"{time[:4]}, {_('kvartal')}{SPACE}{time[5:]}" if "K" in time else time


def some(times: tuple[str, ...]) -> str:
    """A few times, or the first and the last of many."""
    return ", ".join(map(when, times)) if len(times) <= 3 else f"{when(times[0])} – {when(times[-1])}"
