# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of papers about what is owed: when the parts of a plan fall due, and how an interest was counted.

They are text in the language that is active, for a page, a PDF and a package alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from overens.grants.paper_words import INTEREST_RULES
from overens.rules.amounts import MINUS, SPACE, format_amount, group_digits
from overens.rules.interest import Stretch, demanded


@dataclass(frozen=True)
class ShownTable:
    """``figures`` says which columns hold figures; ``total`` is the last row, empty for none."""

    title: str
    columns: tuple[str, ...]
    figures: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()

    @property
    def heads(self) -> list[tuple[str, bool]]:
        return list(zip(self.columns, self.figures, strict=True))

    @property
    def body(self) -> list[list[tuple[str, bool]]]:
        """Each cell with whether it is a figure."""
        return [list(zip(row, self.figures, strict=True)) for row in self.rows]

    @property
    def foot(self) -> list[tuple[str, bool]]:
        return list(zip(self.total, self.figures, strict=True)) if self.total else []


def tables_of(data: Mapping[str, Any]) -> tuple[ShownTable, ...]:
    """The tables that a frozen content holds, in order."""
    found = []
    if schedule := data.get("schedule"):
        found.append(plan_table((_date(row["due_on"]), int(row["kronor"])) for row in schedule))
    if written := data.get("stretches"):
        found.append(interest_table(_stretch(row) for row in written))
    return tuple(found)


def plan_table(parts: Iterable[tuple[dt.date, int]]) -> ShownTable:
    """What falls due when."""
    listed = tuple(parts)
    return ShownTable(
        _("Det här ska betalas"),
        (_("Förfallodag"), _("Belopp")),
        (False, True),
        tuple((_day(day), format_amount(kronor)) for day, kronor in listed),
        (_("Summa"), format_amount(sum(kronor for _due, kronor in listed))) if len(listed) > 1 else (),
    )


def interest_table(rows: Iterable[Stretch]) -> ShownTable:
    """Interest by period: the sum owed × the yearly rate × the days of the year; the sum of it in whole kronor."""
    listed = tuple(rows)
    return ShownTable(
        _("Så är räntan räknad"),
        (_("Tid"), _("Slag"), _("Belopp"), _("Räntesats"), _("Dagar"), _("Ränta")),
        (False, False, True, True, True, True),
        tuple(
            (
                f"{_day(row.first_day)}{SPACE}– {_day(row.last_day)}",
                _kind(row),
                format_amount(row.kronor),
                percent(row.percent),
                str(row.days),
                with_ore(row.interest),
            )
            for row in listed
        ),
        (_("Summa, hela kronor"), "", "", "", str(sum(row.days for row in listed)), format_amount(demanded(listed))),
    )


def percent(rate: Fraction) -> str:
    """A rate as it is written: "8 %", "7,5 %"."""
    hundredths = round(rate * 100)
    whole, rest = divmod(abs(hundredths), 100)
    decimals = f",{rest:02d}".rstrip("0") if rest else ""
    return f"{MINUS if hundredths < 0 else ''}{whole}{decimals}{SPACE}%"


def with_ore(kronor: Fraction) -> str:
    """Exact kronor, shown to the nearest öre: "1 234,56 kr"."""
    whole, ore = divmod(round(kronor * 100), 100)
    return f"{group_digits(whole)},{ore:02d}{SPACE}kr"


def _kind(row: Stretch) -> str:
    return _("Anståndsränta") if row.rule == "deferral" else str(INTEREST_RULES["default"])


def _stretch(row: Mapping[str, Any]) -> Stretch:
    return Stretch(
        row["rule"], _date(row["first_day"]), _date(row["last_day"]), int(row["kronor"]), Fraction(row["percent"])
    )


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10])


def _day(day: dt.date) -> str:
    return format_date(day, "d MMMM y", locale=(get_language() or "sv")[:2])
