# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What separations are called, and how a mandate stands on a day."""

from __future__ import annotations

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.people.models import Mandate

SEPARATIONS: dict[str, Promise] = {
    "preparer != attester": _("Den som har skrivit i berättelsen granskar den inte"),
    "attester != signatory": _("Den som har granskat berättelsen skriver inte under den"),
    "preparer != signatory": _("Den som har skrivit i en handling skriver inte under den"),
    "examiner != payer": _("Den som har granskat rekvisitionen förbereder inte betalningen"),
    "examiner != second-payer": _("Den som har granskat rekvisitionen ger inte betalningen dess andra attest"),
    "payer != second-payer": _(
        "Den som har förberett en betalning eller attesterat den först attesterar den inte igen"
    ),
    "account-examiner != payer": _("Den som har godtagit ett konto förbereder ingen betalning till det"),
    "account-examiner != second-payer": _("Den som har godtagit ett konto attesterar ingen betalning till det"),
}


def standing(mandate: Mandate, day: dt.date) -> tuple[Promise, str]:
    """How a mandate stands on a day, and how its pill looks."""
    if mandate.valid_to and mandate.valid_to < mandate.valid_from:
        return _("Trädde aldrig i kraft"), "neutral"
    if mandate.valid_from > day:
        return _("Kommande"), "info"
    if mandate.valid_to and mandate.valid_to < day:
        return _("Upphört"), "neutral"
    return _("Gäller"), "good"
