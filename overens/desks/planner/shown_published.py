# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A result beside published forecasts: what is compared, both figures, and where the published one is from."""

from __future__ import annotations

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.planner.shown_tables import about
from overens.desks.saying import number
from overens.planning.supply.projection import Projection
from overens.planning.supply.published import Beside, What, beside
from overens.planning.supply.reference import Data

WHAT: dict[What, Promise] = {
    "doctors-supply": gettext_lazy("Läkare, tillgång efter tjugo år"),
    "doctors-need": gettext_lazy("Läkare, behov efter tjugo år"),
    "doctors-abroad": gettext_lazy("Läkare utbildade utomlands, varje år"),
    "doctors-45": gettext_lazy("Läkare som är 45 år eller äldre, vid starten"),
    "nurses-licensed": gettext_lazy("Sjuksköterskor som får legitimation, varje år"),
    "retirements": gettext_lazy("Pensioneringar på tio år, av dem som regionerna har anställda"),
    "need-health-care": gettext_lazy("Hälso- och sjukvården, behov efter tio år"),
    "need-older": gettext_lazy("Omsorgen om äldre, behov efter tio år"),
}
SOURCES: dict[str, Promise] = {
    "scb-2017": gettext_lazy("SCB 2017, enligt Läkartidningen"),
    "skr-2022": gettext_lazy("SKR 2022"),
    "socialstyrelsen-2020": gettext_lazy("Socialstyrelsen, 2020"),
}
# Shares that are changes, with their sign; the others are parts of a whole.
CHANGES = frozenset({"doctors-supply", "doctors-need", "need-health-care", "need-older"})


def rows(projection: Projection, data: Data) -> list[dict[str, str]]:
    """What is compared, both figures with their unit, and the source."""
    return [
        {
            "what": str(WHAT[each.what]),
            "published": _figure(each, each.published),
            "here": "–" if each.here is None else _figure(each, each.here),
            "source": str(SOURCES[each.source]) if each.read else _("%(source)s, ej läst vid källan") % {
                "source": SOURCES[each.source]
            },
        }
        for each in beside(projection, data)
    ]  # fmt: skip


def _figure(each: Beside, value: float) -> str:
    if each.unit == "persons":
        return _("%(number)s personer") % {"number": about(value)}
    percent = Decimal(round(100 * value))
    sign = "+" if each.what in CHANGES and percent > 0 else ""
    return _("%(number)s procent") % {"number": f"{sign}{number(percent)}"}
