# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an address asks of the years: which figure, per inhabitant or not, in which year's prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.portal.dividing import Inhabitants
from overens.rules.findings import refuse
from overens.rules.statistics.table import StatisticsTable
from overens.rules.years import prices
from overens.rules.years.money import Money, MoneyRow

WHAT, PER, PRICES = "visa", "per", "priser"
INHABITANT = "invanare"
# What a reader may ask for, and what each figure is called; the first is shown where nothing is asked for.
LABELS: Mapping[str, Promise] = {
    "decided": _("Beslutat"),
    "requisitioned": _("Rekvirerat"),
    "lapsed": _("Förfallet"),
    "paid": _("Utbetalt"),
    "used": _("Använt"),
    "unused": _("Oanvänt"),
    "clawed_back": _("Återkrävt"),
    "to_repay": _("Ska återbetalas"),
    "repaid": _("Återbetalat"),
    "written_off": _("Avskrivet"),
    "remitted": _("Eftergivet"),
}
assert tuple(LABELS) == tuple(Money.__dataclass_fields__)


@dataclass(frozen=True)
class Question:
    """``base``: the year whose prices are used; None for those of the time."""

    what: str
    per_inhabitant: bool
    base: int | None
    index: StatisticsTable
    inhabitants: Mapping[int, Inhabitants]

    def scale(self, row: MoneyRow, kronor: int) -> Fraction | None:
        """Kronor of a row as they are asked for; None where the year has no index, or the recipient no inhabitants."""
        found = Fraction(kronor)
        if self.base is not None:
            factor = prices.factor(self.index, row.year, self.base)
            if factor is None:
                return None
            found *= factor
        if not self.per_inhabitant:
            return found
        persons = self.persons(row)
        return found / persons if persons else None

    def persons(self, row: MoneyRow) -> Fraction | None:
        known = self.inhabitants.get(row.year)
        persons = known.persons.get(row.recipient) if known else None
        return Fraction(persons) if persons else None


def read(query: QueryDict, index: StatisticsTable, inhabitants: Mapping[int, Inhabitants], per: bool) -> Question:
    """Raises Refused for a figure that is none, and for prices of a year that the index lacks.

    per: whether figures are per inhabitant where the address does not say.
    """
    what = query.get(WHAT) or "decided"
    if what not in LABELS:
        refuse("unknown-choice", WHAT, value=what[:60], choices=list(LABELS))
    base, known = query.get(PRICES) or "", prices.years(index)
    if base and base not in {str(year) for year in known}:
        refuse("years-no-index", PRICES, given=base[:20], first=known[0], last=known[-1])
    wanted = query.get(PER, INHABITANT if per else "")
    return Question(what, wanted == INHABITANT, int(base) if base else None, index, inhabitants)
