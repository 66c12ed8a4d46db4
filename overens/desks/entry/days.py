# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Days in the life of the demo that are worth meeting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class ClockStep:
    to: dt.date
    label: str | Promise


DAYS = (
    (dt.date(2019, 11, 27), gettext_lazy("Några dagar före sista dag för rekvisition")),
    (dt.date(2019, 11, 30), gettext_lazy("Dagen före sista dag för rekvisition")),
    (dt.date(2019, 12, 2), gettext_lazy("Dagen efter: det som inte rekvirerats har förfallit")),
    (dt.date(2019, 12, 31), gettext_lazy("Bidragsperioden slutar")),
    (dt.date(2020, 3, 10), gettext_lazy("De första ekonomiska berättelserna kommer")),
    (dt.date(2020, 3, 30), gettext_lazy("Dagen före sista dag för berättelse och återbetalning")),
    (dt.date(2020, 4, 1), gettext_lazy("Dagen efter: krav ställs på det som saknas")),
    (dt.date(2020, 4, 24), gettext_lazy("Socialstyrelsen läser och kodar redogörelserna")),
    (dt.date(2020, 5, 12), gettext_lazy("Departementet föreslår återkrav")),
    (dt.date(2020, 6, 15), gettext_lazy("Regeringen har beslutat om återkrav, och rättelser har kommit")),
    (dt.date(2020, 9, 30), gettext_lazy("Allt är slutreglerat")),
)


def next_days(today: dt.date) -> tuple[ClockStep, ...]:
    """The next day, and the next one worth meeting: what the panel on every page offers."""
    tomorrow = today + dt.timedelta(days=1)
    coming = [ClockStep(day, why) for day, why in DAYS if day > tomorrow]
    if tomorrow > DAYS[-1][0]:
        return ()
    return (ClockStep(tomorrow, gettext_lazy("Nästa dag")), *coming[:1])
