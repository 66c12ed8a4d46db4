# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the places of money and the states of a case are called on the pages, and how a state's pill looks."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.rendering.flow import UNDECIDED
from overens.rules.process import Place, State

PLACES: dict[str, Promise] = {
    UNDECIDED: _("Ej beslutat"),
    Place.RESERVED: _("Reserverat"),
    Place.ALLOCATED: _("Fördelat"),
    Place.REQUISITIONED: _("Rekvirerat"),
    Place.IN_PAYMENT: _("Under betalning"),
    Place.HELD: _("Hos mottagaren"),
    Place.USED: _("Använt"),
    Place.TO_REPAY: _("Ska återbetalas"),
    Place.RETURNED: _("Återbetalat"),
    Place.LAPSED: _("Förfallet"),
    Place.WRITTEN_OFF: _("Avskrivet"),
    Place.REMITTED: _("Eftergivet"),
}
STATES: dict[State, tuple[Promise, str]] = {
    State.DECIDED: (_("Kan rekvireras"), "neutral"),
    State.REQUISITIONED: (_("Rekvirerat"), "info"),
    State.ACCOUNT_UNPROVEN: (_("Kontot ska styrkas"), "warn"),
    State.RETURNED: (_("Rekvisition återlämnad"), "warn"),
    State.APPROVED: (_("Klart för utbetalning"), "info"),
    State.BATCHED: (_("I betalningsfil"), "info"),
    State.IN_PAYMENT: (_("Under betalning"), "info"),
    State.PAID: (_("Utbetalt"), "info"),
    State.REPORTED: (_("Redovisat"), "info"),
    State.REPORT_RETURNED: (_("Berättelse återlämnad"), "warn"),
    State.SETTLED: (_("Slutreglerat, återbetalning väntas"), "info"),
    State.CLAWED_BACK: (_("Återkrävt"), "bad"),
    State.CLOSED: (_("Avslutat"), "good"),
    State.LAPSED: (_("Rätten har förfallit"), "bad"),
}
