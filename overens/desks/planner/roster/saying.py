# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What pages about those who work by a rota say alike: hours, shifts, days, wishes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from overens.desks.planner.roster.words import said
from overens.desks.saying import number
from overens.planning.roster.problem import Roster, Shift, Wish


def hours(minutes: int, sign: bool = False) -> str:
    """Of minutes, with two decimals at most; ``sign``: plus too."""
    found = (Decimal(minutes) / 60).quantize(Decimal("0.01")).normalize()
    return ("+" if sign and found > 0 else "") + number(Decimal(f"{found:f}"))


def times(shift: Shift) -> str:
    return f"{shift.start:%H.%M}–{shift.end:%H.%M}"


def weekday(day: dt.date) -> str:
    """Its name in full."""
    return formats.date_format(day, "l")


def dated(day: dt.date) -> str:
    """With its name: "tisdag 2 mars 2027"."""
    return formats.date_format(day, "l j F Y")


def wished(wish: Wish, roster: Roster) -> str:
    shift = next((said(each) for each in roster.shifts if each.id == wish.shift), "")
    values = {"day": dated(wish.day), "shift": shift}
    if wish.want == "on":
        return (_("%(day)s: vill arbeta %(shift)s") if shift else _("%(day)s: vill arbeta")) % values
    return (_("%(day)s: vill slippa %(shift)s") if shift else _("%(day)s: vill vara ledig")) % values
