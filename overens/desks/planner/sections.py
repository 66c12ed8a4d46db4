# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parts of the planner's desk, in the order of its own navigation."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTIONS: tuple[tuple[str, Promise], ...] = (
    ("planner-start", _("Scenarier")),
    ("planner-productions", _("Produktion och kapacitet")),
    ("planner-compare", _("Jämför")),
    ("planner-data", _("Data")),
    ("planner-units", _("Enheternas behov")),
    ("planner-plans", _("Plan")),
    ("planner-mix-start", _("Rätt kompetens")),
    ("planner-roster-start", _("Scheman")),
    ("planner-national", _("Vad ger pengarna?")),
)
